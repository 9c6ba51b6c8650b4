#include "app/venue/decline_codes.h"
#include "app/venue/request_forwarder.h"
#include "core/rfq/quote_rules.h"

#include <algorithm>
#include <array>
#include <utility>

// What counterparties answer to requests, and how the client hears of it.
namespace venue {

namespace {

Firmness firmnessOf(const rfq::Quote& quote)
{
    if (quote.state != rfq::QuoteState::Firm)
        return Firmness::Indicative;
    return quote.type == rfq::QuoteType::RestrictedTradeable ? Firmness::Restricted : Firmness::Tradeable;
}

/// QuoteStatus(297) after which there is no quote any more.
bool ends(const std::string& status)
{
    // Cancelled in one of four ways, rejected, removed, expired, not found, passed, cancelled.
    constexpr std::array Ending{"1", "2", "3", "4", "5", "6", "7", "9", "11", "17"};
    return std::find(Ending.begin(), Ending.end(), status) != Ending.end();
}

}

void RequestForwarder::apply(const rfq::QuoteReceived& received)
{
    const rfq::Quote& quote = received.quote;
    Asked* asked = open(quote.rfq);
    const auto dealer = asked ? asked->dealers.find(quote.dealer) : std::map<rfq::DealerId, rfq::SessionId>::iterator();
    if (!asked || dealer == asked->dealers.end() || dealer->second != quote.session) {
        // Whose it is is never guessed.
        m_floor.log.record("quote-of-no-request",
            {{"upstream", quote.session.text()}, {"forwarded", quote.rfq.text()}, {"dealer", quote.dealer.text()}});
        return;
    }
    const rfq::Quote judged = judgedQuote(received,
        {.request = asked->sent,
            .profile = m_relay.profileOf(quote.session),
            .requestExpires = asked->expires,
            .now = m_floor.clock.steady()});
    switch (judged.state) {
    case rfq::QuoteState::Firm:
    case rfq::QuoteState::Indicative:
        return forward(*asked, received, judged);
    case rfq::QuoteState::Withdrawn:
        return withdraw(*asked, quote.dealer, "no price any more");
    case rfq::QuoteState::Invalid:
    case rfq::QuoteState::Stale:
        return withhold(*asked, judged, judged.problem);
    case rfq::QuoteState::Replaced:
    case rfq::QuoteState::Expired:
        return withhold(*asked, judged, "it had expired when it came");
    }
}

/// It is not shown: the client could not deal on it. What the dealer quoted before it is gone all the same.
void RequestForwarder::withhold(Asked& asked, const rfq::Quote& quote, const std::string& why)
{
    m_floor.log.record("quote-withheld",
        {{"session", asked.client->name.text()}, {"rfq", asked.clientId.text()}, {"dealer", quote.dealer.text()},
            {"why", why}});
    withdraw(asked, quote.dealer, why);
}

void RequestForwarder::forward(Asked& asked, const rfq::QuoteReceived& received, const rfq::Quote& judged)
{
    const rfq::SessionId& client = asked.client->name;
    if (const MadeQuote* known = m_floor.ledger.find(client, judged.id))
        return withhold(asked, judged,
            known->dealer == judged.dealer ? "its QuoteID(117) was used before"
                                           : "another dealer's quote has the same QuoteID(117)");
    MadeQuote made;
    made.session = client;
    made.rfq = asked.clientId;
    made.dealer = judged.dealer;
    made.id = judged.id;
    made.instrument = asked.sent.instrument;
    made.currency = asked.sent.currency;
    made.quantity = asked.sent.quantity;
    made.bid = judged.bid;
    made.offer = judged.offer;
    made.valueDate = asked.sent.settlement.date;
    made.firmness = firmnessOf(judged);
    made.expires = judged.deadline;
    m_floor.ledger.add(std::move(made));
    asked.answered.insert(judged.dealer);
    asked.live[judged.dealer] = judged.id;

    // Prices, amounts and the id as the dealer wrote them. The life by this gateway's clock: its SendingTime(52) is
    // what the client reads it against.
    fix::maker::QuoteOut out{
        .quote = judged, .type = judged.type, .symbol = received.symbol, .currency = asked.sent.currency};
    out.quote.rfq = asked.clientId;
    out.quote.dealer = asked.client->wireName(judged.dealer);
    out.quote.session = client;
    out.quote.validUntil =
        m_floor.wireTime() + std::chrono::floor<std::chrono::milliseconds>(judged.deadline - m_floor.clock.steady());
    m_floor.clients.answer(client, out);
}

void RequestForwarder::apply(const rfq::QuoteWithdrawn& withdrawn)
{
    for (auto& [ours, asked] : m_asked) {
        if (asked.phase != Phase::Open || (!withdrawn.rfq.empty() && withdrawn.rfq != ours))
            continue;
        for (const auto& [dealer, upstream] : asked.dealers) {
            const auto live = asked.live.find(dealer);
            const bool meant = upstream == withdrawn.session && (withdrawn.dealer.empty() || withdrawn.dealer == dealer)
                && live != asked.live.end() && (!withdrawn.quote || *withdrawn.quote == live->second);
            if (meant)
                withdraw(asked, dealer, "withdrawn by the dealer");
        }
    }
}

void RequestForwarder::apply(const rfq::RequestDeclined& declined)
{
    Asked* asked = open(declined.rfq);
    if (!asked)
        return;
    if (declined.dealer.empty())
        return declineAll(*asked, declined.session, declined.code, declined.text);
    const auto dealer = asked->dealers.find(declined.dealer);
    if (dealer == asked->dealers.end() || dealer->second != declined.session)
        return;
    withdraw(*asked, declined.dealer, "declined by the dealer");
    decline(*asked, declined.dealer, declined.code, declined.text);
}

void RequestForwarder::apply(const rfq::RequestNotSent& notSent)
{
    if (Asked* asked = open(notSent.rfq))
        declineAll(*asked, notSent.session, decline::Other,
            notSent.session.text() + " could not be asked: " + notSent.reason.detail);
}

void RequestForwarder::apply(const rfq::QuoteStatusReceived& status)
{
    Asked* asked = open(status.rfq);
    if (!asked || !ends(status.status))
        return;
    const auto dealer = asked->dealers.find(status.dealer);
    if (dealer == asked->dealers.end() || dealer->second != status.session)
        return;
    const std::string words = "QuoteStatus(297) " + status.status + (status.text.empty() ? "" : ": " + status.text);
    const auto live = asked->live.find(status.dealer);
    if (live != asked->live.end() && (!status.quote || *status.quote == live->second))
        return withdraw(*asked, status.dealer, words);
    if (!asked->answered.contains(status.dealer))
        decline(*asked, status.dealer, status.rejectCode.empty() ? decline::Other : status.rejectCode, words);
}

void RequestForwarder::apply(const rfq::MessageRejected& rejected)
{
    if (Asked* asked = open(rfq::RfqId(rejected.refId)))
        declineAll(*asked, rejected.session, decline::Other,
            rejected.session.text() + " refused the request, reason " + rejected.code
                + (rejected.text.empty() ? "" : ": " + rejected.text));
}

void RequestForwarder::upstreamLost(const rfq::SessionId& upstream)
{
    for (auto& [ours, asked] : m_asked)
        if (asked.phase == Phase::Open)
            declineAll(asked, upstream, decline::Other, m_relay.absenceOf(upstream));
}

}
