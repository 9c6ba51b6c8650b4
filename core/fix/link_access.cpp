#include "core/fix/dialect.h"
#include "core/fix/link_session.h"
#include "core/fix/tags.h"
#include "core/stepup/admission_words.h"

/// What goes between the desk and the counterparty's policy enforcement point, and what follows from it.
namespace fix {

using base::Errc;
using base::Error;
using rfq::SessionPhase;
using namespace std::chrono_literals;

namespace {

constexpr auto DecisionPatience = 30s; ///< for an answer; a person's touch is waited for by the desk

std::string reasonOf(const UserResponse& response, const stepup::Notice& notice)
{
    std::string text = response.text.empty() ? std::string("access is denied") : response.text;
    text += " Score " + std::to_string(notice.score) + ", denied from " + std::to_string(notice.denyFrom) + '.';
    for (const stepup::ScoreLine& line : notice.lines) {
        if (line.score > 0)
            text += ' ' + line.attribute + ": " + line.condition + ", " + std::to_string(line.score) + '.';
    }
    if (!notice.reference.empty())
        text += " Reference " + notice.reference + '.';
    return text;
}

}

AccessGate::Rule accessRuleOf(const SessionSettings& settings)
{
    if (!settings.access)
        return AccessGate::Rule::Open;
    switch (settings.access->judge) {
    case AccessJudge::Counterparty:
        return AccessGate::Rule::Enforced;
    case AccessJudge::Desk:
        return AccessGate::Rule::Desk;
    }
    return AccessGate::Rule::Enforced;
}

void LinkSession::askForAccess()
{
    publish(SessionPhase::Authorising);
    const auto binding = m_connection->channelBinding();
    if (!binding)
        return turnAway({Errc::TlsVersion, "a step-up is bound to its TLS 1.3 connection: " + binding.error().detail});
    m_context.access->post(
        AccessOpened{m_settings.name, m_attemptId, tls::commonNameOf(*m_identity->certificate), *binding});
}

void LinkSession::askHere()
{
    m_gate.connected();
    m_verdict.reset();
    m_askedHere = true;
    publish(SessionPhase::Authorising);
    // There is no connection yet to bind a touch to: its challenge never leaves this workstation.
    m_context.access->post(AccessOpened{m_settings.name, m_attemptId, tls::commonNameOf(*m_identity->certificate), {}});
}

void LinkSession::endJudgementHere(SessionPhase phase)
{
    const bool isOver =
        phase == SessionPhase::Stopped || phase == SessionPhase::Waiting || phase == SessionPhase::Refused;
    if (!isOver || !std::exchange(m_askedHere, false))
        return;
    m_gate.connected();
    m_context.access->post(AccessClosed{m_settings.name, m_attemptId});
}

void LinkSession::answeredHere(
    std::uint64_t connection, const UserResponse& response, const std::optional<stepup::Notice>& notice)
{
    if (!m_askedHere || connection != m_attemptId || !m_identity || m_stopping)
        return;
    m_gate.answered(response, notice);
    if (notice && notice->about == stepup::NoticeAbout::Session && notice->outcome == stepup::AccessOutcome::Deny)
        return turnAway({Errc::LogonRefused, reasonOf(response, *notice)});
    // Who may only look has not been let in: before an allow nothing is resolved, connected or signed.
    if (m_gate.passage() == AccessGate::Passage::Open && !m_connection && !m_attempt)
        return connect();
    if (m_connection && m_session->loggedOn())
        followGate();
}

void LinkSession::turnedAwayHere(std::uint64_t connection, Error reason)
{
    if (m_askedHere && connection == m_attemptId)
        turnAway(std::move(reason));
}

void LinkSession::send(std::uint64_t connection, UserRequest request)
{
    if (connection != m_attemptId || !m_gate.isEnforced() || !m_identity)
        return;
    request.username = tls::commonNameOf(*m_identity->certificate);
    m_gate.asked(request);
    if (m_gate.isDesks())
        return followGate();
    const bool waits = request.type == UserRequestType::LogOn && m_gate.passage() == AccessGate::Passage::Closed;
    if (waits && !m_decisionBy)
        m_decisionBy = m_context.clock.steady() + DecisionPatience;
    followGate();
    // Whatever becomes of it shows: the enforcement point answers, or the session ends.
    static_cast<void>(write(encode(request)));
}

void LinkSession::sayGoodbye()
{
    if (m_gate.isEnforced() && !m_gate.isDesks() && m_identity && m_session->loggedOn())
        send(m_attemptId, {.id = "D-0", .type = UserRequestType::LogOff, .username = {}, .payload = {}});
}

void LinkSession::onUserResponse(const WireMessage& message)
{
    const auto response = decodeUserResponse(message);
    if (!response) {
        onInboundRejected(message.type, response.error().detail, readable(message));
        return answer(message, "0", response.error().detail);
    }
    std::optional<stepup::Notice> notice;
    if (!response->payload.empty()) {
        if (auto read = stepup::parseNotice(response->payload))
            notice = *std::move(read);
        else
            onInboundRejected(message.type, "the notice cannot be read: " + read.error().detail, readable(message));
    }
    m_gate.answered(*response, notice);
    m_context.access->post(AccessAnswered{m_settings.name, m_attemptId, *response, notice});
    const bool decides = notice && notice->about == stepup::NoticeAbout::Session;
    if (decides)
        m_decisionBy.reset();
    if (decides && notice->outcome == stepup::AccessOutcome::Deny)
        return turnAway({Errc::LogonRefused, reasonOf(*response, *notice)});
    if (response->status == UserStatus::NotRecognised)
        return turnAway({Errc::LogonRefused, response->text.empty() ? "the person is not known" : response->text});
    followGate();
}

void LinkSession::followGate()
{
    switch (m_gate.passage()) {
    case AccessGate::Passage::Open:
    case AccessGate::Passage::ViewOnly:
        if (m_phase == SessionPhase::Authorising && m_connection)
            publish(SessionPhase::LoggedOn);
        return;
    case AccessGate::Passage::Paused:
        if (m_phase != SessionPhase::LoggedOn)
            return;
        m_ledger.forgetQuotes();
        m_inquiries.clear();
        return publish(SessionPhase::Authorising);
    case AccessGate::Passage::Closed:
        return;
    }
}

bool LinkSession::isHeldBack(const WireMessage& message)
{
    // Where the desk itself judges, nothing that the counterparty says is a decision.
    if (!m_gate.isEnforced() || m_gate.isDesks())
        return false;
    if (message.type == msg::UserResponse) {
        onUserResponse(message);
        return true;
    }
    if (!m_gate.mayRead(message.type)) {
        onInboundRejected(message.type, "it came before the access decision", readable(message));
        return true;
    }
    const bool refusesUs = message.type == msg::BusinessMessageReject || message.type == msg::Reject;
    if (!refusesUs || message.find(tag::RefMsgType) != msg::UserRequest || !m_decisionBy)
        return false;
    turnAway({Errc::Unsupported,
        "the counterparty does not take UserRequest(BE): it has no policy enforcement point, or another one. "
            + std::string(message.find(tag::Text).value_or(""))});
    return true;
}

void LinkSession::turnAway(Error reason)
{
    m_decisionBy.reset();
    if (m_verdict || m_stopping)
        return;
    m_session->note("access: " + reason.detail);
    if (!m_connection) {
        callOffAttempt();
        return lost(reason);
    }
    m_verdict = std::move(reason);
    m_loggedOnSince.reset(); // a session that was never let in has not stood: the next try waits longer
}

namespace {

/// What an enforcement point said that refused the Logon, before it answered it or just after.
std::optional<stepup::AdmissionRefusal> saidIn(const Error& reason)
{
    const bool isTheirs = reason.code == Errc::LogonRefused || reason.code == Errc::ConnectionLost;
    return isTheirs ? stepup::admissionRefusalIn(reason.detail) : std::nullopt;
}

}

std::optional<std::chrono::milliseconds> LinkSession::waitTold(const Error& reason) const
{
    const auto refusal = m_gate.isEnforced() ? saidIn(reason) : std::nullopt;
    return refusal ? refusal->wait : std::nullopt;
}

std::optional<rfq::AdmissionRefusal> LinkSession::refusalIn(const Error& reason)
{
    const auto said = saidIn(reason);
    if (!said)
        return std::nullopt;
    return rfq::AdmissionRefusal{.reference = said->reference, .isForAWhile = said->wait.has_value()};
}

void LinkSession::carryOutVerdict()
{
    if (m_decisionBy && m_context.clock.steady() >= *m_decisionBy)
        turnAway({Errc::Timeout, "the counterparty's policy enforcement point has not answered in 30 s"});
    if (!m_verdict || !m_connection || m_session->leaving())
        return;
    m_session->logout("no access");
    m_connection->flush();
}

}
