#include "app/cli/events.h"

#include "core/rfq/amount.h"
#include "core/rfq/value_date.h"

namespace cli {

using nlohmann::ordered_json;

namespace {

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

const char* stateName(rfq::DealerState state)
{
    switch (state) {
    case rfq::DealerState::Asked:
        return "asked";
    case rfq::DealerState::NoSession:
        return "no-session";
    case rfq::DealerState::Indicative:
        return "indicative";
    case rfq::DealerState::Firm:
        return "firm";
    case rfq::DealerState::Invalid:
        return "invalid";
    case rfq::DealerState::Withdrawn:
        return "withdrawn";
    case rfq::DealerState::Expired:
        return "expired";
    case rfq::DealerState::Stale:
        return "stale";
    case rfq::DealerState::Passed:
        return "passed";
    case rfq::DealerState::Rejected:
        return "rejected";
    case rfq::DealerState::NoResponse:
        return "no-response";
    case rfq::DealerState::LostSession:
        return "lost-session";
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

void addIdentity(ordered_json& fields, const rfq::TokenIdentity& identity)
{
    fields["token"] = identity.tokenLabel;
    fields["tokenSerial"] = identity.tokenSerial;
    fields["keyId"] = identity.keyId;
    fields["keyAlgorithm"] = identity.keyAlgorithm;
    fields["subject"] = identity.subject;
    fields["fingerprint"] = identity.fingerprint;
    fields["notAfter"] = stamp(identity.notAfter);
}

std::string identityInWords(const rfq::TokenIdentity& identity)
{
    return identity.commonName + " with the " + identity.keyAlgorithm + " key on token \"" + identity.tokenLabel
        + "\"; the certificate is valid until " + dateOf(identity.notAfter);
}

std::string termsInWords(const rfq::AcceptanceLine& line)
{
    const rfq::Acceptance& a = line.acceptance;
    return dealInWords(a.side, a.quantity, a.currency) + " against " + a.instrument.symbol + " at " + a.price.text
        + " with " + a.dealer.text() + ", value " + rfq::isoDate(a.settlement.date);
}

std::string inBrackets(const std::string& code, const std::string& text)
{
    if (code.empty() && text.empty())
        return "";
    return " (" + code + (code.empty() || text.empty() ? "" : ": ") + text + ")";
}

}

const char* phaseName(rfq::SessionPhase phase)
{
    switch (phase) {
    case rfq::SessionPhase::Stopped:
        return "stopped";
    case rfq::SessionPhase::Connecting:
        return "connecting";
    case rfq::SessionPhase::Securing:
        return "securing";
    case rfq::SessionPhase::LoggingOn:
        return "logging-on";
    case rfq::SessionPhase::LoggedOn:
        return "logged-on";
    case rfq::SessionPhase::Waiting:
        return "waiting";
    case rfq::SessionPhase::Refused:
        return "refused";
    }
    return "";
}

std::string dealInWords(rfq::Side side, const rfq::Decimal& quantity, const std::string& currency)
{
    return std::string("You ") + (side == rfq::Side::Buy ? "BUY " : "SELL ") + rfq::groupedAmount(quantity) + " "
        + currency;
}

Event sessionEvent(const rfq::SessionChanged& session)
{
    Event event{named("session"), session.session.text() + ": " + phaseName(session.phase)};
    event.fields["session"] = session.session.text();
    event.fields["phase"] = phaseName(session.phase);
    if (session.connection) {
        const rfq::ConnectionFacts& facts = *session.connection;
        event.fields["address"] = facts.peerAddress;
        event.fields["tlsVersion"] = facts.tlsVersion;
        event.fields["cipherSuite"] = facts.cipherSuite;
        event.fields["peerSubject"] = facts.peerSubject;
        event.fields["peerFingerprint"] = facts.peerFingerprint;
        event.fields["peerNotAfter"] = stamp(facts.peerNotAfter);
        event.fields["pinned"] = facts.pinned;
        event.text += ", " + facts.tlsVersion + " " + facts.cipherSuite + " with " + facts.peerSubject;
    }
    if (session.reason) {
        addError(event.fields, *session.reason);
        event.text += " (" + session.reason->detail + ")";
    }
    return event;
}

Event accessEvent(const rfq::TokenStatus& status)
{
    Event event{named("access"), "Signed in"};
    event.fields["outcome"] = "signed-in";
    if (status.identity) {
        addIdentity(event.fields, *status.identity);
        event.text += " as " + identityInWords(*status.identity);
    }
    return event;
}

Event identityEvent(const rfq::TokenIdentity& identity)
{
    Event event{named("token"),
        identityInWords(identity) + ", key id " + identity.keyId + ", fingerprint " + identity.fingerprint};
    addIdentity(event.fields, identity);
    return event;
}

Event accessRefusedEvent(const base::Error& error, const rfq::TokenStatus& status)
{
    Event event{named("access"), "Sign-in refused: " + error.detail};
    event.fields["outcome"] = "refused";
    addError(event.fields, error);
    if (status.pin.triesLeft) {
        event.fields["triesLeft"] = *status.pin.triesLeft;
        event.text += "; tries left: " + std::to_string(*status.pin.triesLeft);
    }
    event.fields["finalTry"] = status.pin.finalTry;
    event.fields["blocked"] = status.pin.blocked;
    return event;
}

Event rfqEvent(const rfq::Rfq& rfq)
{
    const rfq::Request& request = rfq.request;
    Event event{named("rfq"), ""};
    event.fields["rfq"] = request.id.text();
    event.fields["symbol"] = request.instrument.symbol;
    event.fields["side"] = sideName(request.side);
    event.fields["quantity"] = request.quantity.text();
    event.fields["currency"] = request.currency;
    event.fields["tenor"] = rfq::tenorCode(request.settlement.tenor);
    event.fields["valueDate"] = rfq::isoDate(request.settlement.date);
    event.fields["opened"] = stamp(rfq.opened);
    auto& dealers = event.fields["dealers"] = ordered_json::array();
    std::string names;
    for (const rfq::DealerLine& line : rfq.dealers) {
        dealers.push_back(line.dealer.text());
        names += (names.empty() ? "" : ", ") + line.dealer.text();
    }
    event.text = std::string("Asked ") + names + ": " + sideName(request.side) + " "
        + rfq::groupedAmount(request.quantity) + " " + request.currency + " of " + request.instrument.symbol
        + ", value " + rfq::isoDate(request.settlement.date);
    return event;
}

Event quoteEvent(const rfq::Rfq& rfq, const rfq::DealerLine& line)
{
    Event event{named("quote"), line.dealer.text() + ": " + stateName(line.state)};
    event.fields["rfq"] = rfq.request.id.text();
    event.fields["dealer"] = line.dealer.text();
    event.fields["state"] = stateName(line.state);
    if (line.quote) {
        const rfq::Quote& quote = *line.quote;
        event.fields["quote"] = quote.id.text();
        if (quote.bid)
            event.fields["bid"] = quote.bid->text;
        if (quote.offer)
            event.fields["offer"] = quote.offer->text;
        if (quote.bid || quote.offer)
            event.text +=
                ", bid " + (quote.bid ? quote.bid->text : "-") + " offer " + (quote.offer ? quote.offer->text : "-");
        if (line.state == rfq::DealerState::Firm) {
            const auto life = std::chrono::duration_cast<std::chrono::milliseconds>(quote.deadline - quote.received);
            event.fields["lifeMs"] = life.count();
            event.text += ", good for " + std::to_string(life.count() / 1'000) + "."
                + std::to_string(life.count() % 1'000 / 100) + " s";
        }
        if (!quote.problem.empty()) {
            event.fields["problem"] = quote.problem;
            event.text += ": " + quote.problem;
        }
    }
    if (!line.code.empty())
        event.fields["code"] = line.code;
    if (!line.text.empty())
        event.fields["text"] = line.text;
    event.text += inBrackets(line.code, line.text);
    return event;
}

Event acceptEvent(const rfq::AcceptanceLine& line)
{
    Event event{named("accept"), "Accepting: " + termsInWords(line) + " - " + stateName(line.state)};
    addAcceptance(event.fields, line);
    event.fields["time"] = stamp(line.time);
    return event;
}

Event tradeEvent(const rfq::Trade& trade)
{
    Event event{named("trade"), "TRADED. "};
    event.fields["rfq"] = trade.rfq.text();
    event.fields["clOrdId"] = trade.clOrdId.text();
    event.fields["execId"] = trade.execId.text();
    event.fields["orderId"] = trade.orderId.text();
    event.fields["dealer"] = trade.dealer.text();
    event.fields["symbol"] = trade.instrument.symbol;
    event.fields["side"] = sideName(trade.side);
    event.fields["quantity"] = trade.quantity.text();
    event.fields["currency"] = trade.currency;
    event.fields["price"] = trade.price.text;
    event.fields["valueDate"] = rfq::isoDate(trade.settlement.date);
    event.fields["time"] = stamp(trade.time);
    event.fields["asAccepted"] = trade.discrepancy.empty();
    event.text += dealInWords(trade.side, trade.quantity, trade.currency) + " against " + trade.instrument.symbol
        + " at " + trade.price.text + " with " + trade.dealer.text() + ", value " + rfq::isoDate(trade.settlement.date)
        + " (ExecID " + trade.execId.text() + ")";
    if (!trade.discrepancy.empty()) {
        event.fields["discrepancy"] = trade.discrepancy;
        event.text += ". ALARM: this is not what was accepted: " + trade.discrepancy + ". Call the dealer now.";
    }
    return event;
}

Event rejectEvent(const rfq::AcceptanceLine& line)
{
    Event event{named("reject"), ""};
    addAcceptance(event.fields, line);
    event.fields["code"] = line.code;
    event.fields["text"] = line.text;
    event.text = std::string(line.state == rfq::AcceptanceState::NotSent ? "NOT SENT, nothing was dealt: "
                         : line.state == rfq::AcceptanceState::NotDone   ? "NOT DONE, nothing was dealt: "
                                                                       : "REJECTED by the dealer, nothing was dealt: ")
        + termsInWords(line) + inBrackets(line.code, line.text);
    return event;
}

Event unknownEvent(const rfq::AcceptanceLine& line, const std::string& phone)
{
    Event event{named("unknown"), "UNKNOWN OUTCOME: it may or may not be done: " + termsInWords(line)};
    addAcceptance(event.fields, line);
    event.fields["text"] = line.text;
    if (!phone.empty())
        event.fields["phone"] = phone;
    event.text += ". Do not deal it again. Ask the dealer" + (phone.empty() ? "" : " (" + phone + ")")
        + " about ClOrdID " + line.acceptance.id.text() + inBrackets(line.code, line.text);
    return event;
}

Event alarmEvent(const rfq::Notice& notice)
{
    Event event{named("alarm"), "ALARM"};
    event.fields["time"] = stamp(notice.time);
    if (!notice.session.empty())
        event.fields["session"] = notice.session.text();
    if (!notice.rfq.empty())
        event.fields["rfq"] = notice.rfq.text();
    if (!notice.clOrdId.empty())
        event.fields["clOrdId"] = notice.clOrdId.text();
    if (notice.error) {
        addError(event.fields, *notice.error);
        event.text += ": " + notice.error->detail;
    }
    if (!notice.raw.empty()) {
        event.fields["raw"] = notice.raw;
        event.text += ": " + notice.raw;
    }
    return event;
}

Event endEvent(ExitCode code, const std::string& reason)
{
    Event event{named("end"), reason};
    event.fields["exitCode"] = static_cast<int>(code);
    event.fields["reason"] = reason;
    return event;
}

}
