#include "app/desk_core/access_desk.h"

#include "core/base/overloaded.h"

#include <utility>

namespace app {

using base::Errc;
using base::Error;
using rfq::AccessPhase;

AccessDesk::AccessDesk(const std::vector<fix::SessionSettings>& sessions, ContextSource& contexts,
    auth::StepUpService& touch, Say say, const base::Clock& clock)
    : m_clock(clock)
    , m_contexts(contexts)
    , m_touch(touch)
    , m_say(std::move(say))
{
    for (const fix::SessionSettings& settings : sessions) {
        if (auto peer = accessPeerOf(settings)) {
            m_lines[settings.name].peer = *std::move(peer);
            m_states[settings.name] = {};
        }
    }
}

AccessDesk::~AccessDesk()
{
    for (const auto& [name, line] : m_lines) {
        m_touch.withdraw(line.touch);
        if (line.arming)
            m_touch.withdraw(line.arming->touch);
        if (line.approving)
            m_touch.withdraw(line.approving->touch);
    }
}

void AccessDesk::apply(const fix::AccessEvent& event)
{
    std::visit(base::Overloaded{[this](const fix::AccessOpened& one) { opened(one); },
                   [this](const fix::AccessAnswered& one) { answered(one); },
                   [this](const fix::AccessClosed& one) { closed(one); }},
        event);
    changed();
}

void AccessDesk::opened(const fix::AccessOpened& event)
{
    const auto found = m_lines.find(event.session);
    if (found == m_lines.end())
        return;
    Line& line = found->second;
    line.connection = event.connection;
    line.user = event.user;
    line.clock = {};
    line.channelBinding = event.channelBinding;
    auto& state = m_states[event.session];
    state.problem.reset();
    state.lastStepUp.reset();
    if (m_present)
        return sendContext(event.session);
    // Whoever decides would wait for a context, and close the session for want of one. Told that nobody is here, it
    // keeps the session and lets nothing pass until they are back.
    state.phase = AccessPhase::Left;
    static_cast<void>(say(event.session, fix::UserRequestType::LogOff, {}));
}

void AccessDesk::closed(const fix::AccessClosed& event)
{
    const auto found = m_lines.find(event.session);
    if (found == m_lines.end() || found->second.connection != event.connection)
        return;
    Line& line = found->second;
    line.connection = 0;
    ++line.contextAsked; // what still comes is of a connection that is no more
    m_touch.withdraw(std::exchange(line.touch, 0));
    m_states[event.session].phase = AccessPhase::Offline;
    dropAsked(&event.session);
    dropApproval(event.session);
    // A grant counts for person and certificate, on the next connection too; what is still being asked does not.
    if (line.arming && line.arming->grant.empty())
        endTicket(event.session, rfq::ArmPhase::Refused, Error{Errc::ConnectionLost, "the session has ended"});
}

std::string AccessDesk::say(const rfq::SessionId& session, fix::UserRequestType type, const std::string& payload)
{
    std::string id = "D-" + std::to_string(++m_lastId);
    m_say(session, m_lines.at(session).connection, {.id = id, .type = type, .username = {}, .payload = payload});
    return id;
}

void AccessDesk::sendContext(const rfq::SessionId& session)
{
    Line& line = m_lines.at(session);
    auto& state = m_states[session];
    state.problem.reset();
    state.phase = AccessPhase::Asking;
    const std::uint64_t asked = ++line.contextAsked;
    m_contexts.ask({stepup::UserId(line.user), line.peer.session, line.channelBinding},
        [this, session, asked, alive = std::weak_ptr(m_alive)](const stepup::ContextStatement& statement) {
            if (!alive.expired() && m_lines.at(session).contextAsked == asked)
                contextCame(session, statement);
        });
}

void AccessDesk::contextCame(const rfq::SessionId& session, const stepup::ContextStatement& statement)
{
    // Time has passed: the person may have left.
    if (m_lines.at(session).connection == 0 || !m_present)
        return;
    const auto payload = stepup::payloadText(stepup::DeskPayload(statement));
    if (payload)
        static_cast<void>(say(session, fix::UserRequestType::LogOn, *payload));
    else
        missed(session, payload.error());
    changed();
}

void AccessDesk::answered(const fix::AccessAnswered& event)
{
    const auto found = m_lines.find(event.session);
    if (found == m_lines.end() || found->second.connection != event.connection || event.connection == 0)
        return;
    // A notice may repeat an older decision: what is later is nearer to their clock.
    const auto now = m_clock.steady();
    if (event.notice && event.notice->evaluatedAt > found->second.clock.at(now))
        found->second.clock = {event.notice->evaluatedAt, now};
    if (auto asked = m_asked.extract(event.response.id); !asked.empty()) {
        asked.mapped().answered(&event);
        // Where the policy has judged the session anew instead, that counts too.
        if (!event.notice || event.notice->about != stepup::NoticeAbout::Session)
            return;
    }
    const auto& arming = found->second.arming;
    if (arming && arming->request == event.response.id)
        return ticketAnswered(event.session, event);
    const auto& approving = found->second.approving;
    if (approving && approving->request == event.response.id)
        return quoteAnswered(event.session, event);
    if (event.notice && event.notice->about == stepup::NoticeAbout::Session)
        return decided(event.session, event);
    if (!event.notice && event.response.status != fix::UserStatus::Allowed)
        missed(event.session, {Errc::Refused, event.response.text});
}

void AccessDesk::decided(const rfq::SessionId& session, const fix::AccessAnswered& event)
{
    Line& line = m_lines.at(session);
    auto& state = m_states[session];
    m_touch.withdraw(std::exchange(line.touch, 0));
    const bool wasAnswering = state.phase == AccessPhase::Answering;
    state.before = std::exchange(state.notice, accessNoticeOf(*event.notice, event.response.text));
    state.problem.reset();
    if (!m_present) {
        state.phase = AccessPhase::Left;
        return;
    }
    switch (event.notice->outcome) {
    case stepup::AccessOutcome::StepUp:
        return askTouch(session, *event.notice);
    case stepup::AccessOutcome::ViewOnly:
        if (event.notice->challenge)
            return askTouch(session, *event.notice);
        break;
    case stepup::AccessOutcome::Allow:
        if (wasAnswering && !event.notice->refusal) {
            state.lastStepUp = m_clock.utc();
            if (m_alsoTouched)
                m_alsoTouched();
        }
        break;
    case stepup::AccessOutcome::Deny:
        dropTickets();
        break;
    }
    state.phase = AccessPhase::Decided;
}

auth::StepUpConnection AccessDesk::connectionOf(const Line& line) const
{
    return {line.peer.rpId, line.peer.session, line.peer.venue, line.channelBinding};
}

void AccessDesk::askTouch(const rfq::SessionId& session, const stepup::Notice& notice)
{
    if (!notice.challenge)
        return missed(session, {Errc::Refused, m_states[session].notice->text});
    Line& line = m_lines.at(session);
    const auto now = m_clock.steady();
    const stepup::Challenge& challenge = *notice.challenge;
    auto task = auth::taskFor(challenge, stepup::OpenSession{line.peer.venue, line.user}, connectionOf(line),
        endOf(challenge, notice.evaluatedAt, now), now);
    if (!task)
        return missed(session, task.error());
    m_states[session].phase = AccessPhase::StepUp;
    line.touch = m_touch.ask(*std::move(task),
        [this, session, challenge, alive = std::weak_ptr(m_alive)](const base::Result<stepup::Assertion>& outcome) {
            if (!alive.expired())
                touched(session, challenge, outcome);
        });
}

void AccessDesk::touched(
    const rfq::SessionId& session, const stepup::Challenge& challenge, const base::Result<stepup::Assertion>& outcome)
{
    Line& line = m_lines.at(session);
    line.touch = 0;
    if (!outcome) {
        missed(session, outcome.error());
        return changed();
    }
    // Time has passed: the connection that the signature is bound to, and the person, must still be there.
    if (line.connection == 0 || !m_present)
        return;
    const auto payload = answerTo(challenge, *outcome);
    if (!payload) {
        missed(session, payload.error());
        return changed();
    }
    m_states[session].phase = AccessPhase::Answering;
    static_cast<void>(say(session, fix::UserRequestType::LogOn, *payload));
    changed();
}

base::Result<std::string> AccessDesk::answerTo(
    const stepup::Challenge& challenge, const stepup::Assertion& assertion) const
{
    return stepup::payloadText(stepup::DeskPayload(stepup::ChallengeAnswer{challenge.bytes, assertion}));
}

void AccessDesk::missed(const rfq::SessionId& session, Error why)
{
    auto& state = m_states[session];
    state.phase = AccessPhase::StepUpMissed;
    state.problem = std::move(why);
}

void AccessDesk::askAgain(const rfq::SessionId& session)
{
    const auto found = m_lines.find(session);
    if (found == m_lines.end() || found->second.connection == 0 || !m_present || !rfq::canAskAgain(m_states[session]))
        return;
    sendContext(session);
    changed();
}

void AccessDesk::leave()
{
    if (!std::exchange(m_present, false))
        return;
    dropTickets();
    dropAsked(nullptr);
    for (auto& [session, line] : m_lines) {
        m_touch.withdraw(std::exchange(line.touch, 0));
        dropApproval(session);
        if (line.connection == 0)
            continue;
        m_states[session].phase = AccessPhase::Left;
        static_cast<void>(say(session, fix::UserRequestType::LogOff, {}));
    }
    if (m_alsoLeave)
        m_alsoLeave();
    changed();
}

void AccessDesk::comeBack()
{
    if (std::exchange(m_present, true))
        return;
    for (const auto& [session, line] : m_lines) {
        if (line.connection != 0)
            sendContext(session);
    }
    changed();
}

void AccessDesk::forget()
{
    dropTickets();
    dropAsked(nullptr);
    for (auto& [session, line] : m_lines) {
        m_touch.withdraw(std::exchange(line.touch, 0));
        dropApproval(session);
    }
    // Who signs in next is there.
    m_present = true;
    if (m_alsoLeave)
        m_alsoLeave();
    changed();
}

void AccessDesk::changed()
{
    if (m_changed)
        m_changed();
}

}
