#include "core/fix/link.h"

#include "core/fix/link_thread.h"

namespace fix {

FixLink::FixLink(std::vector<SessionSettings> sessions, base::Inbox<rfq::VenueEvent>& events, const base::Clock& clock)
    : m_thread(std::make_unique<Thread>(std::move(sessions), events, clock))
{
}

FixLink::~FixLink() = default;

void FixLink::start(std::shared_ptr<const tls::Identity> identity)
{
    m_thread->post(Thread::Start{std::move(identity)});
}

void FixLink::stop(std::string reason)
{
    m_thread->post(Thread::Stop{std::move(reason)});
}

void FixLink::retry(const rfq::SessionId& session)
{
    m_thread->post(Thread::Retry{session});
}

void FixLink::send(rfq::VenueCommand command)
{
    m_thread->post(std::move(command));
}

}
