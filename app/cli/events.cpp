#include "app/cli/events.h"

#include "app/cli/event_parts.h"
#include "core/rfq/amount.h"
#include "core/rfq/value_date.h"

namespace cli {

using nlohmann::ordered_json;

namespace {

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
    case rfq::SessionPhase::Authorising:
        return "authorising";
    case rfq::SessionPhase::LoggedOn:
        return "logged-on";
    case rfq::SessionPhase::Waiting:
        return "waiting";
    case rfq::SessionPhase::Refused:
        return "refused";
    }
    return "";
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
        event.fields["pinnedAsNext"] = facts.pinnedAsNext;
        event.text += ", " + facts.tlsVersion + " " + facts.cipherSuite + " with " + facts.peerSubject;
        if (facts.pinnedAsNext)
            event.text += "; it shows its next certificate: make next_pins of this session its pins";
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
    addCandidates(event.fields, status);
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
    addReason(event.fields, line.code, line.category, line.text);
    event.text += reasonInBrackets(line.code, line.category, line.text);
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

Event warningEvent(const base::Error& problem)
{
    Event event{named("warning"), "WARNING: " + problem.detail};
    addError(event.fields, problem);
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
