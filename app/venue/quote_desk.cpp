#include "app/venue/quote_desk.h"

#include "app/venue/decline_codes.h"
#include "app/venue/faults.h"
#include "core/base/overloaded.h"

#include <algorithm>
#include <utility>

namespace venue {

namespace {

using std::chrono::milliseconds;

// A quote that would live shorter than this is not worth sending.
constexpr milliseconds ShortestLife{100};
// How long a request is remembered after its end, so that a late order hears what became of its quote.
constexpr std::chrono::minutes RequestMemory{10};

std::optional<rfq::QuoteType> typeOf(Firmness firmness)
{
    switch (firmness) {
    case Firmness::Tradeable:
        return rfq::QuoteType::Tradeable;
    case Firmness::Restricted:
        return rfq::QuoteType::RestrictedTradeable;
    case Firmness::Indicative:
        return rfq::QuoteType::Indicative;
    case Firmness::Unstated:
        return std::nullopt;
    }
    return std::nullopt;
}

/// The client may deal on what it was told, wrong or not.
void keepAsSent(MadeQuote& made, const fix::maker::QuoteOut& out, const Floor& floor)
{
    made.bid = out.quote.bid;
    made.offer = out.quote.offer;
    if (!out.type)
        made.firmness = Firmness::Unstated;
    if (out.quote.validUntil && *out.quote.validUntil < floor.wireTime())
        made.expires = floor.clock.steady();
}

}

QuoteDesk::QuoteDesk(Floor& floor)
    : m_floor(floor)
    , m_rules(floor.settings.requests, floor.market, floor.clock)
{
}

void QuoteDesk::request(const SessionSettings& session, const fix::maker::QuoteRequest& request, Delivery delivery)
{
    const Key key{session.name, request.rfq};
    const auto refuse = [&](const char* code, const char* text) {
        decline(session, {request.rfq, {}, request.symbol, code, text});
    };
    if (m_asked.contains(key)) {
        if (delivery == Delivery::First)
            refuse(decline::Other, "QuoteReqID(131) was used before");
        return;
    }
    if (m_open[session.name] >= m_floor.settings.requests.mostOpen)
        return refuse(decline::ExceedsLimit, "too many open requests");
    auto read = m_rules.read(request);
    if (const auto* refusal = std::get_if<RequestDecline>(&read))
        return decline(session, *refusal);
    const std::vector<rfq::DealerId> dealers = dealersFor(session, request);
    m_floor.log.record("request",
        {{"session", session.name.text()}, {"rfq", request.rfq.text()}, {"symbol", request.symbol},
            {"quantity", request.quantity.text()}, {"currency", request.currency},
            {"dealers", std::to_string(dealers.size())}});
    Asked asked{.session = &session, .request = request, .terms = std::get<RequestTerms>(std::move(read))};
    m_floor.timers.at(asked.terms.expires, [this, key] { end(key.first, key.second, "expired"); });
    m_asked.emplace(key, std::move(asked));
    ++m_open[session.name];
    for (const rfq::DealerId& dealer : dealers)
        ask(key, dealer);
}

/// The dealers to be asked; for those that were named but are not behind this session, the client hears so.
std::vector<rfq::DealerId> QuoteDesk::dealersFor(
    const SessionSettings& session, const fix::maker::QuoteRequest& request)
{
    if (request.dealers.empty() || session.kind == SessionKind::Direct)
        return session.dealers;
    std::vector<rfq::DealerId> chosen;
    for (const rfq::DealerId& dealer : request.dealers) {
        const bool behind = std::find(session.dealers.begin(), session.dealers.end(), dealer) != session.dealers.end();
        if (!behind)
            decline(session,
                {request.rfq, dealer, request.symbol, decline::NotAuthorized,
                    "no dealer " + dealer.text() + " on this session"});
        else if (std::find(chosen.begin(), chosen.end(), dealer) == chosen.end())
            chosen.push_back(dealer);
    }
    return chosen;
}

QuoteDesk::Asked* QuoteDesk::open(const Key& key)
{
    const auto found = m_asked.find(key);
    return found != m_asked.end() && found->second.phase == Phase::Open ? &found->second : nullptr;
}

void QuoteDesk::decline(const SessionSettings& session, const RequestDecline& decline)
{
    m_floor.log.record("declined",
        {{"session", session.name.text()}, {"rfq", decline.rfq.text()}, {"dealer", decline.dealer.text()},
            {"code", decline.code}, {"text", decline.text}});
    RequestDecline sent = decline;
    sent.dealer = session.wireName(decline.dealer);
    m_floor.clients.answer(session.name, sent);
}

void QuoteDesk::declineByStatus(const SessionSettings& session, const RequestDecline& decline)
{
    constexpr const char* Rejected = "5"; // QuoteStatus(297)
    constexpr const char* NoQuote = "*"; // QuoteID(117) is required, and there is none
    m_floor.log.record("declined",
        {{"session", session.name.text()}, {"rfq", decline.rfq.text()}, {"dealer", decline.dealer.text()},
            {"code", decline.code}, {"text", decline.text}});
    m_floor.clients.answer(session.name,
        fix::maker::QuoteStatusOut{.reqId = {},
            .rfq = decline.rfq,
            .quote = rfq::QuoteId(NoQuote),
            .dealer = session.wireName(decline.dealer),
            .symbol = decline.symbol,
            .status = Rejected,
            .rejectCode = decline.code,
            .text = decline.text});
}

void QuoteDesk::ask(const Key& key, const rfq::DealerId& id)
{
    Dealer& dealer = m_floor.dealers.at(id);
    Asked& asked = m_asked.at(key);
    if (m_floor.script.quoting(id, asked.request.symbol).silent)
        return;
    asked.lean[id] = dealer.drawLean();
    m_floor.timers.at(m_floor.clock.steady() + dealer.drawDelay(), [this, key, id] { firstAnswer(key, id); });
}

void QuoteDesk::firstAnswer(const Key& key, const rfq::DealerId& id)
{
    Asked* asked = open(key);
    if (!asked)
        return;
    Dealer& dealer = m_floor.dealers.at(id);
    const fix::maker::QuoteRequest& request = asked->request;
    if (!dealer.deals(request.symbol))
        return decline(*asked->session,
            {request.rfq, id, request.symbol, decline::UnknownSymbol, "does not quote " + request.symbol});
    if (const auto reason = m_floor.script.declining(id, request.symbol)) {
        const RequestDecline no{request.rfq, id, request.symbol, reason->code, reason->text};
        return m_floor.script.quoting(id, request.symbol).declineBy == DeclineBy::QuoteStatus
            ? declineByStatus(*asked->session, no)
            : decline(*asked->session, no);
    }
    if (const auto reason = dealer.passes(baseAmount(*asked)))
        return decline(*asked->session, {request.rfq, id, request.symbol, reason->code, reason->text});
    quote(key, id);
}

void QuoteDesk::quote(const Key& key, const rfq::DealerId& id)
{
    Asked* asked = open(key);
    if (!asked)
        return;
    Dealer& dealer = m_floor.dealers.at(id);
    const rfq::SteadyTime now = m_floor.clock.steady();
    const Scenario scenario = m_floor.script.quoting(id, asked->request.symbol);
    const milliseconds life = scenario.quoteLife ? *scenario.quoteLife : dealer.drawLife();
    const rfq::SteadyTime expires = std::min(now + life, asked->terms.expires);
    if (expires - now < ShortestLife)
        return;
    MadeQuote made = make(*asked, dealer, expires);
    const fix::maker::QuoteOut out = written(*asked, made, scenario.quote);
    keepAsSent(made, out, m_floor);
    ++asked->quotes;
    m_floor.ledger.add(made);
    m_floor.clients.answer(key.first, out);
    if (scenario.withdrawAfter)
        m_floor.timers.at(now + *scenario.withdrawAfter, [this, key, id = made.id] {
            const MadeQuote* still = open(key) ? m_floor.ledger.find(key.first, id) : nullptr;
            if (still && still->state == MadeQuoteState::Live)
                withdraw(key.first, id);
        });
    if (dealer.settings().requote)
        m_floor.timers.at(now + *dealer.settings().requote, [this, key, id] { quote(key, id); });
}

MadeQuote QuoteDesk::make(const Asked& asked, Dealer& dealer, rfq::SteadyTime expires)
{
    const Ticks mid = m_floor.market.outrightMid(asked.request.symbol, asked.terms.days, m_floor.clock.steady());
    const TwoWayPrice price = dealer.price(asked.terms.instrument,
        {.mid = mid,
            .baseAmount = baseAmount(asked),
            .days = asked.terms.days,
            .leanPercent = asked.lean.at(dealer.settings().id)});
    return {
        .session = asked.session->name,
        .rfq = asked.request.rfq,
        .dealer = dealer.settings().id,
        .id = rfq::QuoteId(m_floor.numbers.next(dealer.settings().id.text())),
        .instrument = asked.terms.pair(),
        .currency = asked.request.currency,
        .quantity = asked.request.quantity,
        .bid = priceOf(price.bid, asked.terms.pair()),
        .offer = priceOf(price.offer, asked.terms.pair()),
        .valueDate = asked.terms.valueDate,
        .firmness = dealer.settings().firmness,
        .mid = mid,
        .days = asked.terms.days,
        .expires = expires,
    };
}

fix::maker::QuoteOut QuoteDesk::written(const Asked& asked, const MadeQuote& made, QuoteFault fault) const
{
    const rfq::UtcTime now = m_floor.wireTime();
    fix::maker::QuoteOut out;
    out.quote.id = made.id;
    out.quote.rfq = made.rfq;
    out.quote.dealer = asked.session->wireName(made.dealer);
    out.quote.session = made.session;
    out.quote.bid = made.bid;
    out.quote.offer = made.offer;
    out.quote.bidSize = made.quantity;
    out.quote.offerSize = made.quantity;
    out.quote.valueDate = made.valueDate;
    out.quote.validUntil =
        now + std::chrono::duration_cast<std::chrono::microseconds>(made.expires - m_floor.clock.steady());
    out.type = typeOf(made.firmness);
    out.quote.type = out.type.value_or(rfq::QuoteType::Indicative);
    out.symbol = asked.request.symbol;
    out.currency = asked.request.currency;
    keepSides(out, asked.request.side, fault, made.instrument);
    spoil(out, fault, made.instrument, now);
    return out;
}

void QuoteDesk::withdraw(const rfq::SessionId& session, const rfq::QuoteId& id)
{
    MadeQuote* quote = m_floor.ledger.find(session, id);
    const auto asked = quote ? m_asked.find({session, quote->rfq}) : m_asked.end();
    if (asked == m_asked.end())
        return;
    quote->state = MadeQuoteState::Withdrawn;
    m_floor.clients.answer(session,
        QuoteWithdrawal{quote->rfq, id, asked->second.session->wireName(quote->dealer), quote->instrument.symbol});
}

void QuoteDesk::replace(const rfq::SessionId& session, const rfq::QuoteId& id)
{
    MadeQuote* replaced = m_floor.ledger.find(session, id);
    if (!replaced)
        return;
    replaced->state = MadeQuoteState::Replaced;
    quote({session, replaced->rfq}, replaced->dealer);
}

/// The asked amount in whole units of base currency, at the present price.
std::int64_t QuoteDesk::baseAmount(const Asked& asked)
{
    const auto amount = asked.request.quantity.rescaled(0);
    const rfq::Instrument& pair = asked.terms.pair();
    const std::int64_t units = amount ? amount.value().mantissa() : 0;
    if (asked.request.currency == pair.base())
        return units;
    return scaled(units, powerOfTen(pair.priceDecimals), m_floor.market.spotMid(pair.symbol, m_floor.clock.steady()));
}

void QuoteDesk::end(const rfq::SessionId& session, const rfq::RfqId& rfq, const std::string& why)
{
    const Key key{session, rfq};
    Asked* asked = open(key);
    if (!asked)
        return;
    asked->phase = Phase::Ended;
    --m_open[session];
    m_floor.ledger.end(session, rfq);
    m_floor.log.record("request-ended",
        {{"session", session.text()}, {"rfq", rfq.text()}, {"quotes", std::to_string(asked->quotes)}, {"why", why}});
    m_floor.timers.at(m_floor.clock.steady() + RequestMemory, [this, key] {
        m_floor.ledger.forget(key.first, key.second);
        m_asked.erase(key);
    });
}

void QuoteDesk::endAll(const rfq::SessionId& session, const std::string& why)
{
    std::vector<rfq::RfqId> ending;
    for (const auto& [key, asked] : m_asked)
        if (key.first == session && asked.phase == Phase::Open)
            ending.push_back(key.second);
    for (const rfq::RfqId& rfq : ending)
        end(session, rfq, why);
}

}
