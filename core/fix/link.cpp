#include "core/fix/link.h"

#include "core/fix/link_thread.h"
#include "core/fix/taker_codec.h"

namespace fix {

namespace {

std::map<rfq::SessionId, rfq::Profile> profilesOf(const std::vector<SessionSettings>& sessions)
{
    std::map<rfq::SessionId, rfq::Profile> profiles;
    for (const SessionSettings& session : sessions)
        profiles.emplace(session.name, session.profile);
    return profiles;
}

}

FixLink::FixLink(std::vector<SessionSettings> sessions, base::Inbox<rfq::VenueEvent>& events, const base::Clock& clock)
    : m_profiles(profilesOf(sessions))
    , m_thread(std::make_unique<Thread>(std::move(sessions), events, nullptr, clock))
{
}

FixLink::FixLink(std::vector<SessionSettings> sessions, base::Inbox<rfq::VenueEvent>& events, AccessInbox& access,
    const base::Clock& clock)
    : m_profiles(profilesOf(sessions))
    , m_thread(std::make_unique<Thread>(std::move(sessions), events, &access, clock))
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

void FixLink::stopAt(base::SteadyTime when, std::string reason)
{
    m_thread->post(Thread::StopAt{when, std::move(reason)});
}

void FixLink::retry(const rfq::SessionId& session)
{
    m_thread->post(Thread::Retry{session});
}

void FixLink::resetSequenceNumbers(const rfq::SessionId& session)
{
    m_thread->post(Thread::ResetNumbers{session});
}

void FixLink::sendUserRequest(const rfq::SessionId& session, std::uint64_t connection, UserRequest request)
{
    m_thread->post(Thread::Say{session, connection, std::move(request)});
}

void FixLink::answerHere(const rfq::SessionId& session, std::uint64_t connection, UserResponse response,
    std::optional<stepup::Notice> notice)
{
    m_thread->post(Thread::Answer{session, connection, std::move(response), std::move(notice)});
}

void FixLink::turnAwayHere(const rfq::SessionId& session, std::uint64_t connection, base::Error reason)
{
    m_thread->post(Thread::TurnAway{session, connection, std::move(reason)});
}

void FixLink::send(rfq::VenueCommand command)
{
    m_thread->post(std::move(command));
}

std::string FixLink::compose(const rfq::Acceptance& acceptance) const
{
    const auto profile = m_profiles.find(acceptance.session);
    return profile == m_profiles.end() ? std::string() : wireText(taker::encode(acceptance, profile->second));
}

}
