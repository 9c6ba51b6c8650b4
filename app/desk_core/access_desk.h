#pragma once

#include "app/desk_core/access_session.h"
#include "app/desk_core/context_source.h"
#include "auth/step_up.h"
#include "core/base/clock.h"
#include "core/fix/access_events.h"
#include "core/rfq/access.h"
#include "core/stepup/dialect.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace app {

/// The desk's side of the step-up dialect: says who asks, has challenges answered with a touch, keeps what was decided,
/// and holds the grants of armed tickets. A challenge is answered only for an action that the desk itself wants. The
/// desk's thread.
class AccessDesk final : public rfq::AccessControl {
public:
    /// Hands a message to the FIX thread, for this connection of the session.
    using Say = std::function<void(const rfq::SessionId&, std::uint64_t connection, fix::UserRequest)>;

    /// `contexts`, `touch` and `clock` must outlive it. `contexts` says what is said of this program and workstation.
    AccessDesk(const std::vector<fix::SessionSettings>& sessions, ContextSource& contexts, auth::StepUpService& touch,
        Say say, const base::Clock& clock);
    ~AccessDesk() override;
    AccessDesk(const AccessDesk&) = delete;
    AccessDesk& operator=(const AccessDesk&) = delete;

    /// A session as it stands, for whoever asks its enforcement point for something else than tickets.
    struct Open {
        std::uint64_t connection = 0; ///< another one is another session
        std::string user;
        auth::StepUpConnection peer;
    };
    /// Absent where nobody is there, or the desk has not said who asks.
    [[nodiscard]] std::optional<Open> open(const rfq::SessionId& session) const;
    /// Says it on the session, which is open. `answered` comes exactly once, unless this dies before: with the answer,
    /// or with null where the session ended or the person left without one.
    using Answered = std::function<void(const fix::AccessAnswered* answer)>;
    void ask(const rfq::SessionId& session, fix::UserRequestType type, const std::string& payload, Answered answered);

    void apply(const fix::AccessEvent& event);
    /// Nobody is signed in any more; sessions end by themselves.
    void forget();

    /// The sealed right of the armed ticket that covers this acceptance; empty where none does.
    [[nodiscard]] std::string grantFor(const rfq::Acceptance& acceptance) const;
    /// Whether the right is still held and covers it, just before it is sent; from then on it counts as spent. Errors:
    /// Expired, Refused.
    [[nodiscard]] base::Status spend(const rfq::Acceptance& acceptance, const std::string& grant);
    /// It is certain that nothing of the acceptance has left this desk: what it had spent of a ticket that still stands
    /// counts again. Nothing where it had spent none.
    void giveBack(const rfq::Acceptance& notSent);

    /// An acceptance was refused for want of rights, which is final for it. While its quote lives, a touch for exactly
    /// this price is asked for, once; the trader then clicks again (invariants 2 and 4).
    void approveQuote(const rfq::Acceptance& refused);
    /// Whether an approval of this quote was asked for and is not there (yet): another try would be refused like the
    /// one before.
    [[nodiscard]] bool isRefused(const rfq::Acceptance& acceptance) const;
    /// The acceptance goes out: an approval of its quote is used up.
    void useApproval(const rfq::Acceptance& acceptance);

    [[nodiscard]] const std::map<rfq::SessionId, rfq::AccessState>& sessions() const override { return m_states; }
    [[nodiscard]] const std::map<rfq::SessionId, rfq::ArmedTicket>& tickets() const override { return m_tickets; }
    [[nodiscard]] const std::map<rfq::SessionId, rfq::QuoteApproval>& approvals() const override { return m_approvals; }
    [[nodiscard]] base::Result<rfq::ArmId> arm(rfq::ArmScope scope) override;
    void disarm(const rfq::SessionId& session) override;
    void askAgain(const rfq::SessionId& session) override;
    void leave() override;
    void comeBack() override;
    void tick() override;
    /// Whatever else is due as time passes.
    void alsoTick(std::function<void()> also) { m_alsoTick = std::move(also); }
    /// Whoever else must know that the person has left.
    void alsoLeave(std::function<void()> also) { m_alsoLeave = std::move(also); }
    /// Who else hears that a touch has let a session in.
    void alsoTouched(std::function<void()> also) { m_alsoTouched = std::move(also); }
    void onChanged(std::function<void()> changed) override { m_changed = std::move(changed); }

private:
    /// An armed ticket on its way.
    struct Arming {
        std::string request; ///< id of what was said last about it
        stepup::ArmTicket ticket;
        std::string grant; ///< sealed; empty until it is armed
        std::uint64_t touch = 0; ///< number of its step-up; 0: none
    };
    /// A quote whose approval is on its way.
    struct Approving {
        std::string request; ///< id of what was said last about it
        stepup::AcceptQuote quote;
        std::uint64_t touch = 0; ///< number of its step-up; 0: none
    };
    struct Line {
        AccessPeer peer;
        std::uint64_t connection = 0; ///< 0: none
        std::string user;
        stepup::Digest channelBinding{};
        PeerClock clock;
        std::uint64_t touch = 0;
        std::uint64_t contextAsked = 0; ///< number of the latest question for what to state; rises
        std::optional<Arming> arming;
        std::optional<Arming> usedUp; ///< instead of `arming`, once all of it is spent
        std::map<rfq::ClOrdId, base::Decimal> spent; ///< quantity, by acceptance; of the ticket that stands
        std::optional<Approving> approving;
    };

    void opened(const fix::AccessOpened& event);
    void answered(const fix::AccessAnswered& event);
    void closed(const fix::AccessClosed& event);
    void decided(const rfq::SessionId& session, const fix::AccessAnswered& event);
    void askTouch(const rfq::SessionId& session, const stepup::Notice& notice);
    void touched(const rfq::SessionId& session, const stepup::Challenge& challenge,
        const base::Result<stepup::Assertion>& outcome);
    void missed(const rfq::SessionId& session, base::Error why);
    void sendContext(const rfq::SessionId& session);
    void contextCame(const rfq::SessionId& session, const stepup::ContextStatement& statement);
    [[nodiscard]] std::string say(const rfq::SessionId& session, fix::UserRequestType type, const std::string& payload);
    [[nodiscard]] auth::StepUpConnection connectionOf(const Line& line) const;
    [[nodiscard]] base::Result<std::string> answerTo(
        const stepup::Challenge& challenge, const stepup::Assertion& assertion) const;

    void ticketAnswered(const rfq::SessionId& session, const fix::AccessAnswered& event);
    void askTicketTouch(const rfq::SessionId& session, const stepup::Notice& notice);
    void ticketTouched(const rfq::SessionId& session, const stepup::Challenge& challenge,
        const base::Result<stepup::Assertion>& outcome);
    void armed(const rfq::SessionId& session, const std::string& grant);
    void endTicket(const rfq::SessionId& session, rfq::ArmPhase phase, std::optional<base::Error> why);
    void dropTickets();
    void dropAsked(const rfq::SessionId* session); ///< null: of every session

    void quoteAnswered(const rfq::SessionId& session, const fix::AccessAnswered& event);
    void askQuoteTouch(const rfq::SessionId& session, const stepup::Notice& notice);
    void quoteTouched(const rfq::SessionId& session, const stepup::Challenge& challenge,
        const base::Result<stepup::Assertion>& outcome);
    void notApproved(const rfq::SessionId& session, base::Error why);
    /// Nobody can use them any more: the person has left, the connection is gone, or the quote has ended.
    void dropApproval(const rfq::SessionId& session);
    void endLateApprovals();
    void changed();

    const base::Clock& m_clock;
    ContextSource& m_contexts;
    auth::StepUpService& m_touch;
    const Say m_say;
    std::function<void()> m_changed;
    struct Asked {
        rfq::SessionId session;
        Answered answered;
    };
    std::function<void()> m_alsoTick;
    std::function<void()> m_alsoLeave;
    std::function<void()> m_alsoTouched;
    std::map<rfq::SessionId, Line> m_lines;
    std::map<std::string, Asked> m_asked; ///< by UserRequestID(923): what others wait for
    std::map<rfq::SessionId, rfq::AccessState> m_states;
    std::map<rfq::SessionId, rfq::ArmedTicket> m_tickets;
    std::map<rfq::SessionId, rfq::QuoteApproval> m_approvals;
    std::uint64_t m_lastId = 0;
    std::uint64_t m_lastArm = 0;
    bool m_present = true; ///< the person is there
    std::shared_ptr<const int> m_alive = std::make_shared<const int>(0);
};

}
