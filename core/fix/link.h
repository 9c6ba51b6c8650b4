#pragma once

#include "core/base/clock.h"
#include "core/base/inbox.h"
#include "core/fix/access_events.h"
#include "core/fix/settings.h"
#include "core/rfq/ports.h"

#include <map>
#include <memory>
#include <vector>

namespace fix {

/// The desk's FIX sessions: one thread (the FIX thread) owns sockets, TLS, sequence numbers and codec of all of them.
/// Every method may be called from any thread and never blocks, but for the destructor, which logs out (bounded) and
/// joins.
class FixLink final : public rfq::VenueLink {
public:
    /// Nothing connects before start(). `events` must outlive the link.
    FixLink(std::vector<SessionSettings> sessions, base::Inbox<rfq::VenueEvent>& events, const base::Clock& clock);
    /// With somebody who answers policy enforcement points; `access` must outlive the link. Without, a session that has
    /// one does not open.
    FixLink(std::vector<SessionSettings> sessions, base::Inbox<rfq::VenueEvent>& events, AccessInbox& access,
        const base::Clock& clock);
    ~FixLink() override;
    FixLink(const FixLink&) = delete;
    FixLink& operator=(const FixLink&) = delete;

    /// Opens every session with this identity; a session that was Refused or stopped starts again. One that is up stays
    /// up, and uses this identity when it connects next.
    void start(std::shared_ptr<const tls::Identity> identity);
    /// Logs out of every session and forgets the identity; nothing reconnects until the next start(). The token is
    /// gone, or the trader signs out.
    void stop(std::string reason);
    /// As stop(), once this moment has come; a start() before it calls it off. The FIX thread keeps the time: nobody
    /// else needs to be awake.
    void stopAt(base::SteadyTime when, std::string reason);
    /// Tries a Waiting or Refused session again at once.
    void retry(const rfq::SessionId& session);
    /// Agreed with the counterparty: the next Logon of this session says ResetSeqNumFlag(141)=Y, and both sequence
    /// numbers start again at 1. What either side has not received by then is not sent again. A Waiting or Refused
    /// session is tried at once; nothing happens to one that is logged on.
    void resetSequenceNumbers(const rfq::SessionId& session);

    /// To the policy enforcement point at the other end of this connection of the session, which answers with an
    /// AccessAnswered; dropped where the connection is over. The username is put in.
    void sendUserRequest(const rfq::SessionId& session, std::uint64_t connection, UserRequest request);

    // Where the desk itself judges a session (AccessJudge::Desk), each attempt to connect is told with an AccessOpened
    // and waits for these; what belongs to another attempt is dropped.
    /// What the desk's enforcement point answers to what was said with sendUserRequest().
    void answerHere(const rfq::SessionId& session, std::uint64_t connection, UserResponse response,
        std::optional<stepup::Notice> notice);
    /// It lets nobody in any more, for this reason: the session is logged out, or not opened.
    void turnAwayHere(const rfq::SessionId& session, std::uint64_t connection, base::Error reason);

    /// RequestSent/RequestNotSent and AcceptanceSent/AcceptanceNotSent tell what became of it. An acceptance is refused
    /// past its deadline, when the newest quote of that dealer on that request is no longer the one accepted, while the
    /// session is not logged on, and the second time its ClOrdID is seen (invariants 2 and 4).
    void send(rfq::VenueCommand command) override;
    [[nodiscard]] std::string compose(const rfq::Acceptance& acceptance) const override;

private:
    class Thread;
    const std::map<rfq::SessionId, rfq::Profile> m_profiles;
    std::unique_ptr<Thread> m_thread;
};

}
