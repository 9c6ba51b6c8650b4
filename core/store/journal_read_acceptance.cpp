#include "core/store/journal_names.h"
#include "core/store/journal_read.h"
#include "core/store/journal_row.h"

#include <map>
#include <string>
#include <utility>

namespace store {

namespace {

using base::Result;
using PastAcceptance = rfq::History::PastAcceptance;

PastAcceptance pastAcceptance(Row& row)
{
    PastAcceptance past;
    rfq::Acceptance& acceptance = past.acceptance;
    acceptance.id = rfq::ClOrdId(row.text());
    acceptance.rfq = rfq::RfqId(row.text());
    acceptance.quote = rfq::QuoteId(row.text());
    acceptance.dealer = rfq::DealerId(row.text());
    acceptance.session = rfq::SessionId(row.text());
    acceptance.instrument = row.instrument();
    acceptance.side = row.word(sideFrom, rfq::Side::Buy);
    acceptance.quantity = row.decimal();
    acceptance.currency = row.text();
    acceptance.price = row.price();
    acceptance.settlement = row.settlement();
    past.state = row.word(acceptanceStateFrom, rfq::AcceptanceState::Unknown);
    past.code = row.text();
    past.text = row.text();
    past.time = row.time();
    acceptance.time = past.time;
    past.category = row.word(rejectCategoryFrom, rfq::RejectCategory::Unknown);
    past.message = row.bytes();
    const auto seqNum = row.optionalInteger();
    const auto theirNext = row.optionalInteger();
    past.written = row.optionalTime();
    const bool proves = !row.optionalTime();
    if (proves && seqNum)
        past.seqNum = static_cast<std::uint64_t>(*seqNum);
    if (proves && theirNext)
        past.theirNext = static_cast<std::uint64_t>(*theirNext);
    return past;
}

rfq::EvidenceFound evidence(Row& row)
{
    rfq::EvidenceFound found;
    found.clOrdId = rfq::ClOrdId(row.text());
    found.evidence.time = row.time();
    found.evidence.kind = row.word(evidenceKindFrom, rfq::EvidenceKind::Asked);
    found.evidence.text = row.text();
    return found;
}

rfq::Closing closing(Row& row)
{
    rfq::Closing closing;
    closing.clOrdId = rfq::ClOrdId(row.text());
    closing.verdict = row.word(verdictFrom, rfq::Verdict::NotTraded);
    closing.reason = row.text();
    closing.reference = row.text();
    closing.trader = row.person();
    closing.approval = row.approval();
    closing.time = row.time();
    return closing;
}

}

Result<std::vector<PastAcceptance>> readAcceptances(SqliteDatabase& database)
{
    auto acceptances = readAll<PastAcceptance>(database, "acceptance",
        "SELECT id, request, quote, dealer, session, symbol, pip_decimals, price_decimals, spot_days, side, quantity, "
        "currency, price, tenor, value_date, state, code, text, clicked_us, category, message, seq_num, their_next, "
        "written_us, numbers_reset_us FROM acceptance WHERE request IN temp.chosen ORDER BY sequence",
        pastAcceptance);
    if (!acceptances)
        return acceptances.error();
    auto found = readAll<rfq::EvidenceFound>(database, "evidence for",
        "SELECT acceptance, time_us, kind, text FROM evidence WHERE acceptance IN "
        "(SELECT id FROM acceptance WHERE request IN temp.chosen) ORDER BY sequence",
        evidence);
    if (!found)
        return found.error();
    auto closings = readAll<rfq::Closing>(database, "closing of",
        "SELECT acceptance, verdict, reason, reference, trader, trader_fingerprint, approver, approver_fingerprint, "
        "approved_us, statement, certificate, signature, time_us FROM outcome_closing WHERE acceptance IN "
        "(SELECT id FROM acceptance WHERE request IN temp.chosen) ORDER BY sequence",
        closing);
    if (!closings)
        return closings.error();

    std::map<rfq::ClOrdId, PastAcceptance*> byId;
    for (PastAcceptance& past : *acceptances)
        byId.emplace(past.acceptance.id, &past);
    for (rfq::EvidenceFound& one : *found)
        byId.at(one.clOrdId)->evidence.push_back(std::move(one.evidence));
    for (rfq::Closing& one : *closings)
        byId.at(one.clOrdId)->closing = std::move(one);
    return acceptances;
}

}
