#include "tests/bench/journal/records.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace bench {

namespace {

using namespace std::chrono_literals;

std::string id(char kind, int number)
{
    const std::string digits = std::to_string(number);
    return kind + std::string("01JDQ8V5KXN4T7A") + std::string(8 - digits.size(), '0') + digits;
}

rfq::UtcTime at(int number)
{
    using namespace std::chrono;
    return rfq::UtcTime(sys_days(2026y / November / 24)) + 20s * number;
}

rfq::AcceptanceMoved moved(int number, rfq::AcceptanceState state, std::chrono::milliseconds after)
{
    return {rfq::ClOrdId(id('C', number)), state, "", "MsgSeqNum 4711", at(number) + after};
}

rfq::TradeBooked trade(int number)
{
    const rfq::Acceptance acceptance = click(number).acceptance;
    rfq::Trade trade;
    trade.clOrdId = acceptance.id;
    trade.rfq = acceptance.rfq;
    trade.execId = rfq::ExecId(id('E', number));
    trade.orderId = rfq::OrderId(id('O', number));
    trade.dealer = acceptance.dealer;
    trade.instrument = acceptance.instrument;
    trade.quantity = acceptance.quantity;
    trade.currency = acceptance.currency;
    trade.price = acceptance.price;
    trade.settlement = acceptance.settlement;
    trade.time = at(number) + 400ms;
    return {trade};
}

rfq::AcceptanceWritten written(int number)
{
    return {rfq::ClOrdId(id('C', number)), 4711, 815, at(number) + 10ms};
}

rfq::JournalRecord evidence(int number, rfq::EvidenceKind kind, const std::string& text)
{
    return rfq::EvidenceFound{rfq::ClOrdId(id('C', number)), {at(number) + 13s, kind, text}};
}

}

Rig::Rig(const std::filesystem::path& file)
{
    auto journal = store::SqliteJournal::open(file, m_executor);
    if (!journal)
        fail(journal.error().detail);
    m_journal = *std::move(journal);
}

void Rig::append(rfq::JournalRecord record)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_open;
    }
    m_journal->append(std::move(record), [this](const base::Status& status) {
        if (!status)
            fail(status.error().detail);
        const std::lock_guard lock(m_mutex);
        if (--m_open == 0)
            m_wake.notify_one();
    });
}

void Rig::wait()
{
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_open == 0; });
}

rfq::RequestOpened request(int number)
{
    rfq::Request request;
    request.id = rfq::RfqId(id('Q', number));
    request.instrument = {.symbol = "EUR/USD", .pipDecimals = 4, .priceDecimals = 5, .spotDays = 2};
    request.side = rfq::RequestSide::Buy;
    request.quantity = rfq::Decimal(25'000'000, 0);
    request.currency = "EUR";
    request.settlement = {.tenor = rfq::Tenor::Spot, .date = 2026y / std::chrono::November / 26};
    for (const char* dealer : {"DLR-A", "DLR-B", "DLR-C", "DLR-D"})
        request.dealers.emplace_back(dealer);
    request.life = 20s;
    return {request, at(number)};
}

rfq::AcceptanceIntended click(int number)
{
    const rfq::Request asked = request(number).request;
    rfq::AcceptanceIntended intended;
    rfq::Acceptance& acceptance = intended.acceptance;
    acceptance.id = rfq::ClOrdId(id('C', number));
    acceptance.rfq = asked.id;
    acceptance.quote = rfq::QuoteId(id('A', number));
    acceptance.dealer = rfq::DealerId("DLR-A");
    acceptance.session = rfq::SessionId("VENUE-X");
    acceptance.instrument = asked.instrument;
    acceptance.quantity = asked.quantity;
    acceptance.currency = asked.currency;
    acceptance.price = *rfq::Price::parse("1.15870");
    acceptance.settlement = asked.settlement;
    acceptance.time = at(number);
    intended.displayed.bid = *rfq::Price::parse("1.15840");
    intended.displayed.offer = acceptance.price;
    intended.displayed.valueDate = asked.settlement.date;
    intended.displayed.sendingTime = at(number);
    intended.displayed.validUntil = at(number) + 2'500ms;
    intended.time = at(number);
    intended.steady = base::SteadyTime(1h);
    intended.trader = {"Maya Keller", std::string(64, 'a')};
    for (const std::string& field : {std::string("35=D"), "11=" + acceptance.id.text(), std::string("453=1"),
             std::string("448=DLR-A"), std::string("447=D"), std::string("452=35"), std::string("55=EUR/USD"),
             std::string("54=1"), std::string("60=20261124-09:30:00.123456"), std::string("38=25000000"),
             std::string("40=D"), std::string("44=1.15870"), std::string("15=EUR"), std::string("59=4"),
             std::string("64=20261126"), "117=" + acceptance.quote.text(), "131=" + acceptance.rfq.text()})
        intended.message += field + '\x01';
    return intended;
}

std::vector<rfq::JournalRecord> outcome(int number)
{
    const bool filled = number % 3 != 0;
    std::vector<rfq::JournalRecord> records{written(number), moved(number, rfq::AcceptanceState::Sent, 10ms),
        moved(number, rfq::AcceptanceState::Held, 60ms)};
    if (filled)
        records.emplace_back(trade(number));
    rfq::AcceptanceMoved end =
        moved(number, filled ? rfq::AcceptanceState::Filled : rfq::AcceptanceState::Rejected, 400ms);
    if (!filled)
        end.category = rfq::RejectCategory::PriceMoved;
    records.emplace_back(end);
    records.emplace_back(rfq::RequestClosed{
        rfq::RfqId(id('Q', number)), filled ? rfq::RfqState::Traded : rfq::RfqState::Ended, at(number) + 1s});
    return records;
}

std::vector<rfq::JournalRecord> noOutcome(int number)
{
    return {written(number), moved(number, rfq::AcceptanceState::Sent, 10ms),
        moved(number, rfq::AcceptanceState::Unknown, 12s),
        evidence(number, rfq::EvidenceKind::Asked, "OrderStatusRequest"),
        evidence(number, rfq::EvidenceKind::Silence, "OrderStatusRequest was not answered")};
}

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void fail(const std::string& what)
{
    std::fprintf(stderr, "bench_journal: %s\n", what.c_str());
    std::exit(1);
}

}
