#pragma once

#include "core/base/inbox.h"
#include "core/fix/link.h"
#include "core/fix/link_session.h"

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace fix {

/// The FIX thread: one poll loop over all sessions. It waits for nothing but poll.
class FixLink::Thread {
public:
    Thread(std::vector<SessionSettings> sessions, base::Inbox<rfq::VenueEvent>& events, AccessInbox* access,
        const base::Clock& clock);
    ~Thread();
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;

    struct Start {
        std::shared_ptr<const tls::Identity> identity;
    };
    struct Stop {
        std::string reason;
    };
    struct StopAt {
        base::SteadyTime when;
        std::string reason;
    };
    struct Retry {
        rfq::SessionId session;
    };
    struct ResetNumbers {
        rfq::SessionId session;
    };
    /// To the policy enforcement point of this connection.
    struct Say {
        rfq::SessionId session;
        std::uint64_t connection = 0;
        UserRequest request;
    };
    /// Of the desk's own enforcement point.
    struct Answer {
        rfq::SessionId session;
        std::uint64_t connection = 0;
        UserResponse response;
        std::optional<stepup::Notice> notice;
    };
    struct TurnAway {
        rfq::SessionId session;
        std::uint64_t connection = 0;
        base::Error reason;
    };
    struct End { };
    using Order = std::variant<Start, Stop, StopAt, Retry, ResetNumbers, Say, Answer, TurnAway, End, rfq::VenueCommand,
        AttemptNews>;
    void post(Order order) { m_orders.post(std::move(order)); }

private:
    void run();
    void obey(Order order);
    void obey(rfq::VenueCommand command);
    void start(const std::shared_ptr<const tls::Identity>& identity);
    void stop(const std::string& reason);
    void stopWhenDue();
    void refuse(const rfq::VenueCommand& command);
    void waitAndServe();
    void cutWhatStayed();
    [[nodiscard]] LinkSession* find(const rfq::SessionId& name);
    [[nodiscard]] bool isQuiet() const;

    const base::Clock& m_clock;
    base::Inbox<rfq::VenueEvent>& m_events;
    tls::Waker m_waker;
    base::Inbox<Order> m_orders;
    LinkContext m_context;
    std::vector<std::unique_ptr<LinkSession>> m_sessions;
    std::optional<StopAt> m_stopAt;
    std::optional<base::SteadyTime> m_cutAt; ///< when logouts that are under way are given up
    bool m_ending = false;
    std::thread m_thread; ///< last: everything above stands before it runs
};

}
