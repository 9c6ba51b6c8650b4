#include "app/desk_core/venue_talk.h"

namespace app {

VenueTalk::VenueTalk(AccessDesk& access, auth::StepUpService& approvals, const base::Clock& clock)
    : m_access(access)
    , m_approvals(approvals)
    , m_clock(clock)
{
}

void VenueTalk::begin(const rfq::SessionId& session, AccessDesk::Open open)
{
    end();
    m_session = session;
    m_open = std::move(open);
}

void VenueTalk::end()
{
    *m_current = ++m_generation;
    m_approvals.withdraw(std::exchange(m_approval, 0));
}

bool VenueTalk::stands() const
{
    const auto open = m_access.open(m_session);
    return open && open->connection == m_open.connection;
}

base::Status VenueTalk::say(fix::UserRequestType type, const stepup::DeskPayload& payload, Heard heard)
{
    const auto text = stepup::payloadText(payload);
    if (!text)
        return text.error();
    m_access.ask(m_session, type, *text, whileItGoesOn(std::move(heard)));
    return base::Ok{};
}

base::Status VenueTalk::askForApproval(
    const stepup::Challenge& challenge, const stepup::Action& action, base::SteadyTime ends, Approved approved)
{
    auto task = auth::taskFor(challenge, action, m_open.peer, ends, m_clock.steady());
    if (!task)
        return task.error();
    m_approval = m_approvals.ask(*std::move(task),
        whileItGoesOn(
            [this, challenge, approved = std::move(approved)](const base::Result<stepup::Assertion>& outcome) {
                m_approval = 0;
                approved(challenge, outcome);
            }));
    return base::Ok{};
}

}
