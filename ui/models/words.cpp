#include "ui/models/words.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Words)
};

}

QString stateText(rfq::RfqState state)
{
    using rfq::RfqState;
    switch (state) {
    case RfqState::Sent:
        return Words::tr("Sent");
    case RfqState::Open:
        return Words::tr("Open");
    case RfqState::Quoted:
        return Words::tr("Quoted");
    case RfqState::Accepting:
        return Words::tr("Dealing");
    case RfqState::Traded:
        return Words::tr("Traded");
    case RfqState::PartlyTraded:
        return Words::tr("Partly traded");
    case RfqState::Unknown:
        return Words::tr("UNKNOWN");
    case RfqState::Declined:
        return Words::tr("Declined");
    case RfqState::Expired:
        return Words::tr("Expired");
    case RfqState::Suspended:
        return Words::tr("Suspended");
    case RfqState::Ended:
        return Words::tr("Ended");
    case RfqState::NotSent:
        return Words::tr("Not sent");
    }
    return {};
}

QString stateText(rfq::DealerState state)
{
    using rfq::DealerState;
    switch (state) {
    case DealerState::Asked:
        return Words::tr("asked");
    case DealerState::NoSession:
        return Words::tr("not asked");
    case DealerState::Indicative:
        return Words::tr("indicative");
    case DealerState::Firm:
        return Words::tr("firm");
    case DealerState::Invalid:
        return Words::tr("invalid");
    case DealerState::Withdrawn:
        return Words::tr("withdrawn");
    case DealerState::Expired:
        return Words::tr("expired");
    case DealerState::Stale:
        return Words::tr("stale");
    case DealerState::Passed:
        return Words::tr("passed");
    case DealerState::Rejected:
        return Words::tr("rejected");
    case DealerState::NoResponse:
        return Words::tr("no answer");
    case DealerState::LostSession:
        return Words::tr("session lost");
    }
    return {};
}

QString stateText(rfq::AcceptanceState state)
{
    using rfq::AcceptanceState;
    switch (state) {
    case AcceptanceState::Intended:
    case AcceptanceState::Sent:
        return Words::tr("SENDING");
    case AcceptanceState::Held:
        return Words::tr("HELD");
    case AcceptanceState::Filled:
        return Words::tr("TRADED");
    case AcceptanceState::PartlyFilled:
        return Words::tr("PARTLY TRADED");
    case AcceptanceState::Rejected:
        return Words::tr("REJECTED");
    case AcceptanceState::NotDone:
        return Words::tr("NOT DONE");
    case AcceptanceState::NotSent:
        return Words::tr("NOT SENT");
    case AcceptanceState::Unknown:
        return Words::tr("UNKNOWN");
    case AcceptanceState::NotReceived:
        return Words::tr("NOT RECEIVED");
    case AcceptanceState::Closed:
        return Words::tr("CLOSED");
    case AcceptanceState::Busted:
        return Words::tr("BUSTED");
    }
    return {};
}

QString stateText(rfq::SessionPhase phase)
{
    using rfq::SessionPhase;
    switch (phase) {
    case SessionPhase::Stopped:
        return Words::tr("off");
    case SessionPhase::Connecting:
        return Words::tr("connecting");
    case SessionPhase::Securing:
        return Words::tr("securing");
    case SessionPhase::LoggingOn:
        return Words::tr("logging on");
    case SessionPhase::Authorising:
        return Words::tr("asking for access");
    case SessionPhase::LoggedOn:
        return Words::tr("on");
    case SessionPhase::Waiting:
        return Words::tr("retry");
    case SessionPhase::Refused:
        return Words::tr("refused");
    }
    return {};
}

QString severityText(rfq::Severity severity)
{
    switch (severity) {
    case rfq::Severity::Info:
        return Words::tr("Info");
    case rfq::Severity::Warning:
        return Words::tr("Warning");
    case rfq::Severity::Alarm:
        return Words::tr("ALARM");
    }
    return {};
}

QString noticeText(rfq::NoticeCode code)
{
    using rfq::NoticeCode;
    switch (code) {
    case NoticeCode::SessionUp:
        return Words::tr("The session is logged on.");
    case NoticeCode::SessionDown:
        return Words::tr("The session is down. Its quotes are stale.");
    case NoticeCode::SessionRefused:
        return Words::tr("The session was refused and is not tried again by itself.");
    case NoticeCode::RequestNotSent:
        return Words::tr("The request was not sent.");
    case NoticeCode::QuoteUnknownRequest:
        return Words::tr("A quote came for a request this desk does not know. It was ignored.");
    case NoticeCode::QuoteInvalid:
        return Words::tr("A quote does not fit the request and cannot be dealt on.");
    case NoticeCode::Traded:
        return Words::tr("Traded.");
    case NoticeCode::PartlyTraded:
        return Words::tr("Traded for less than the full amount.");
    case NoticeCode::AcceptanceRejected:
        return Words::tr("The dealer rejected the deal. You did not trade.");
    case NoticeCode::AcceptanceNotDone:
        return Words::tr("The dealer closed the order without a fill. You did not trade.");
    case NoticeCode::AcceptanceNotSent:
        return Words::tr("The acceptance did not leave this desk. You did not trade.");
    case NoticeCode::OutcomeUnknown:
        return Words::tr("The outcome is UNKNOWN: you may have traded. Call the dealer.");
    case NoticeCode::OutcomeResolved:
        return Words::tr("An unknown outcome is resolved by the dealer's evidence.");
    case NoticeCode::FillDiffers:
        return Words::tr("The fill differs from what you accepted. Call the dealer.");
    case NoticeCode::FillUnknownOrder:
        return Words::tr("A fill came for an order this desk does not know. Call the dealer.");
    case NoticeCode::FillCorrected:
        return Words::tr("The dealer corrected or cancelled a fill. Call the dealer.");
    case NoticeCode::MessageRejected:
        return Words::tr("The counterparty refused a message of this desk.");
    case NoticeCode::InboundRejected:
        return Words::tr("A message of the counterparty could not be read. A fill may be lost: check with the dealer.");
    case NoticeCode::JournalFailed:
        return Words::tr("The journal cannot be written. Dealing is off.");
    case NoticeCode::DealingSuspended:
        return Words::tr("Dealing is off.");
    case NoticeCode::DealingResumed:
        return Words::tr("Dealing is on.");
    case NoticeCode::OutcomeAsked:
        return Words::tr("The counterparty is asked about an unknown outcome.");
    case NoticeCode::OutcomeClosed:
        return Words::tr("Two persons decided an unknown outcome.");
    case NoticeCode::TwinAllowed:
        return Words::tr("Two persons allowed one more deal while an outcome is unknown.");
    case NoticeCode::IncidentRaised:
        return Words::tr("An incident needs your acknowledgement.");
    case NoticeCode::IncidentAcknowledged:
        return Words::tr("An incident was acknowledged.");
    case NoticeCode::DontKnowSent:
        return Words::tr("The dealer was told that this desk does not recognise the fill.");
    case NoticeCode::ClockDiffers:
        return Words::tr("This workstation's clock and the counterparty's differ.");
    case NoticeCode::WorkstationNotWatched:
        return Words::tr("This desk cannot see whether the workstation is locked or goes to sleep. Lock the desk "
                         "yourself before you leave (Ctrl+L), and tell IT.");
    case NoticeCode::CertificateMonth:
        return Words::tr("Your certificate ends within 30 days. Ask IT to renew it.");
    case NoticeCode::CertificateWeek:
        return Words::tr("Your certificate ends within 7 days; then you cannot sign in. Ask IT to renew it now.");
    case NoticeCode::CertificateDay:
        return Words::tr("Your certificate ends within a day; then you cannot sign in. Call IT now.");
    case NoticeCode::CertificateEnded:
        return Words::tr("Your certificate has ended. A session that breaks off does not come back. Call IT now.");
    }
    return {};
}

}
