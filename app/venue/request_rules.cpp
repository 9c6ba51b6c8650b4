#include "app/venue/request_rules.h"

#include "app/venue/decline_codes.h"

#include <algorithm>
#include <string>
#include <utility>

namespace venue {

namespace {

constexpr std::int64_t LargestAmount = 1'000'000'000'000;

RequestDecline declined(const fix::maker::QuoteRequest& request, const char* code, std::string text)
{
    return {.rfq = request.rfq, .dealer = {}, .symbol = request.symbol, .code = code, .text = std::move(text)};
}

std::optional<RequestDecline> refusalOfAmount(
    const fix::maker::QuoteRequest& request, const rfq::Instrument& instrument)
{
    if (request.currency != instrument.base() && request.currency != instrument.terms())
        return declined(
            request, decline::Other, "Currency(15) must be " + instrument.base() + " or " + instrument.terms());
    if (request.quantity.isNegative() || request.quantity.isZero())
        return declined(request, decline::Other, "OrderQty(38) must be above zero");
    if (request.quantity > rfq::Decimal(LargestAmount, 0))
        return declined(request, decline::ExceedsLimit, "OrderQty(38) is above " + std::to_string(LargestAmount));
    return std::nullopt;
}

}

RequestRules::RequestRules(const RequestLimits& limits, const Market& market, const base::Clock& clock)
    : m_limits(limits)
    , m_market(market)
    , m_clock(clock)
    , m_calendar(limits.holidays)
{
}

std::variant<RequestTerms, RequestDecline> RequestRules::read(const fix::maker::QuoteRequest& request) const
{
    const InstrumentSettings* instrument = m_market.find(request.symbol);
    if (!instrument)
        return declined(request, decline::UnknownSymbol, "unknown symbol " + request.symbol);
    if (auto refusal = refusalOfAmount(request, instrument->instrument))
        return *refusal;
    const auto life = lifeOf(request);
    if (life <= std::chrono::milliseconds(0))
        return declined(request, decline::TooLateToEnter, "ExpireTime(126) is past");
    const auto delivery = deliveryOf(request, instrument->instrument);
    if (!delivery)
        return declined(request, decline::Other, "SettlDate(64): " + delivery.error().detail);
    return RequestTerms{*instrument, delivery.value().date, delivery.value().days, m_clock.steady() + life};
}

std::chrono::milliseconds RequestRules::lifeOf(const fix::maker::QuoteRequest& request) const
{
    if (!request.expires)
        return m_limits.usualLife;
    const auto asked = std::chrono::duration_cast<std::chrono::milliseconds>(*request.expires - m_clock.utc());
    return std::min(asked, m_limits.longestLife);
}

base::Result<RequestRules::Delivery> RequestRules::deliveryOf(
    const fix::maker::QuoteRequest& request, const rfq::Instrument& instrument) const
{
    const auto spot = rfq::valueDateFor(instrument, {rfq::Tenor::Spot, {}}, m_clock.utc(), m_calendar);
    if (!spot || !request.settlDate)
        return spot ? base::Result<Delivery>(Delivery{spot.value(), 0}) : spot.error();
    const auto date =
        rfq::valueDateFor(instrument, {rfq::Tenor::Broken, *request.settlDate}, m_clock.utc(), m_calendar);
    if (!date)
        return date.error();
    const auto days = (std::chrono::sys_days(date.value()) - std::chrono::sys_days(spot.value())).count();
    if (days > m_limits.longestForwardDays)
        return base::Error{
            base::Errc::InvalidInput, "more than " + std::to_string(m_limits.longestForwardDays) + " days after spot"};
    return Delivery{date.value(), days};
}

}
