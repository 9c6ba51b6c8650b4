#include "app/cli/event_parts.h"

#include "app/cli/events.h"
#include "core/rfq/amount.h"
#include "core/rfq/value_date.h"

namespace cli {

using nlohmann::ordered_json;

const char* sideName(rfq::Side side)
{
    return side == rfq::Side::Buy ? "buy" : "sell";
}

const char* sideName(rfq::RequestSide side)
{
    switch (side) {
    case rfq::RequestSide::Buy:
        return "buy";
    case rfq::RequestSide::Sell:
        return "sell";
    case rfq::RequestSide::TwoWay:
        return "two-way";
    }
    return "";
}

const char* stateName(rfq::AcceptanceState state)
{
    switch (state) {
    case rfq::AcceptanceState::Intended:
        return "intended";
    case rfq::AcceptanceState::Sent:
        return "sent";
    case rfq::AcceptanceState::Held:
        return "held";
    case rfq::AcceptanceState::Filled:
        return "filled";
    case rfq::AcceptanceState::PartlyFilled:
        return "partly-filled";
    case rfq::AcceptanceState::Rejected:
        return "rejected";
    case rfq::AcceptanceState::NotDone:
        return "not-done";
    case rfq::AcceptanceState::NotSent:
        return "not-sent";
    case rfq::AcceptanceState::Unknown:
        return "unknown";
    case rfq::AcceptanceState::NotReceived:
        return "not-received";
    case rfq::AcceptanceState::Closed:
        return "closed";
    case rfq::AcceptanceState::Busted:
        return "busted";
    }
    return "";
}

std::string dateOf(base::UtcTime time)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    return rfq::isoDate(base::Date(day));
}

/// "2026-11-24T08:00:07.480123Z".
std::string stamp(base::UtcTime time)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss clock(time - day);
    std::string micros = std::to_string(clock.subseconds().count());
    micros.insert(0, 6 - micros.size(), '0');
    const auto two = [](long long value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return dateOf(time) + "T" + two(clock.hours().count()) + ":" + two(clock.minutes().count()) + ":"
        + two(clock.seconds().count()) + "." + micros + "Z";
}

ordered_json named(const char* event)
{
    return ordered_json{{"event", event}};
}

void addError(ordered_json& fields, const base::Error& error)
{
    fields["error"] = base::errcName(error.code);
    fields["detail"] = error.detail;
}

void addCandidates(ordered_json& fields, const rfq::TokenStatus& status)
{
    for (const rfq::TokenCandidate& candidate : status.candidates) {
        const rfq::TokenIdentity& identity = candidate.identity;
        fields["candidates"].push_back({{"subject", identity.subject}, {"issuer", candidate.issuer},
            {"fingerprint", identity.fingerprint}, {"keyId", identity.keyId}, {"tokenSerial", identity.tokenSerial},
            {"card", identity.card}, {"reader", candidate.reader}, {"notAfter", stamp(identity.notAfter)}});
    }
}

void addAcceptance(ordered_json& fields, const rfq::AcceptanceLine& line)
{
    const rfq::Acceptance& acceptance = line.acceptance;
    fields["rfq"] = acceptance.rfq.text();
    fields["clOrdId"] = acceptance.id.text();
    fields["state"] = stateName(line.state);
    fields["dealer"] = acceptance.dealer.text();
    fields["quote"] = acceptance.quote.text();
    fields["symbol"] = acceptance.instrument.symbol;
    fields["side"] = sideName(acceptance.side);
    fields["quantity"] = acceptance.quantity.text();
    fields["currency"] = acceptance.currency;
    fields["price"] = acceptance.price.text;
    fields["valueDate"] = rfq::isoDate(acceptance.settlement.date);
}

void addReason(ordered_json& fields, const std::string& code, rfq::RejectCategory category, const std::string& text)
{
    if (!code.empty())
        fields["code"] = code;
    if (category != rfq::RejectCategory::None)
        fields["category"] = nameOf(category);
    if (!text.empty())
        fields["text"] = text;
}

std::string dealInWords(rfq::Side side, const rfq::Decimal& quantity, const std::string& currency)
{
    return std::string("You ") + (side == rfq::Side::Buy ? "BUY " : "SELL ") + rfq::groupedAmount(quantity) + " "
        + currency;
}

std::string termsInWords(const rfq::AcceptanceLine& line)
{
    const rfq::Acceptance& a = line.acceptance;
    return dealInWords(a.side, a.quantity, a.currency) + " against " + a.instrument.symbol + " at " + a.price.text
        + " with " + a.dealer.text() + ", value " + rfq::isoDate(a.settlement.date);
}

std::string reasonInBrackets(const std::string& code, rfq::RejectCategory category, const std::string& text)
{
    std::string what = code;
    if (category != rfq::RejectCategory::None && category != rfq::RejectCategory::Unknown)
        what += (what.empty() ? "" : ", ") + std::string(nameOf(category));
    if (what.empty() && text.empty())
        return "";
    return " (" + what + (what.empty() || text.empty() ? "" : ": ") + text + ")";
}

}
