#pragma once

#include "core/base/result.h"
#include "core/rfq/values.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Zero-trust access, as the desk sees it: what the policy enforcement point (PEP) of a counterparty decided about a
/// session, and the tickets that are armed there.
namespace rfq {

enum class AccessOutcome {
    Allow,
    StepUp, ///< once a security key was touched
    ViewOnly, ///< prices may be asked for, nothing may be dealt
    Deny,
};

/// One attribute of a decision.
struct AccessLine {
    std::string attribute;
    std::string condition;
    int score = 0;
    std::string evidence; ///< empty where there is nothing to say

    friend bool operator==(const AccessLine&, const AccessLine&) = default;
};

/// A decision of a PEP, line by line.
struct AccessNotice {
    AccessOutcome outcome = AccessOutcome::Deny;
    int score = 0;
    int stepUpFrom = 0; ///< the lowest score that is stepped up
    int denyFrom = 0; ///< the lowest score that is denied
    std::vector<AccessLine> lines;
    std::string reference; ///< for the help desk; the PEP's audit trail has the same
    UtcTime evaluatedAt{}; ///< the PEP's clock
    std::string text; ///< the PEP's own sentence, English
    std::string refusal; ///< stable name of why an answer was refused; empty where none was

    friend bool operator==(const AccessNotice&, const AccessNotice&) = default;
};

/// Where a session stands with its PEP.
enum class AccessPhase {
    Offline, ///< not connected
    Asking, ///< the desk has said who it is and waits
    StepUp, ///< a touch is asked for
    StepUpMissed, ///< it was cancelled, or nobody touched in time: ask again
    Answering, ///< the touch is with the PEP
    Decided,
    Left, ///< the person has left or locked the desk: nothing passes
};

struct AccessState {
    AccessPhase phase = AccessPhase::Offline;
    std::optional<AccessNotice> notice; ///< the latest about the session; stays after the session has ended
    std::optional<AccessNotice> before; ///< the one before it, to show what has changed
    std::optional<base::Error> problem; ///< why there is no touch: StepUpMissed
    std::optional<UtcTime> lastStepUp; ///< when the PEP last took a touch for this session, while it is up

    friend bool operator==(const AccessState&, const AccessState&) = default;
};

/// Whether the person can do something about it by asking once more.
[[nodiscard]] inline bool canAskAgain(const AccessState& state)
{
    const bool looksOnly =
        state.phase == AccessPhase::Decided && state.notice && state.notice->outcome == AccessOutcome::ViewOnly;
    return looksOnly || state.phase == AccessPhase::StepUpMissed;
}

/// Whether something may be dealt over a session that stands, as far as access is concerned; prices may come all the
/// same. Errors: Refused, with what is missing. A session that is not connected is a matter of the session.
[[nodiscard]] inline base::Status mayDeal(const AccessState& state)
{
    switch (state.phase) {
    case AccessPhase::Offline:
        return base::Ok{};
    case AccessPhase::Decided:
        if (state.notice && state.notice->outcome == AccessOutcome::Allow)
            return base::Ok{};
        return base::Error{base::Errc::Refused,
            state.notice && state.notice->outcome == AccessOutcome::Deny ? "the access policy has denied this session"
                                                                         : "the access policy allows looking only"};
    case AccessPhase::Asking:
    case AccessPhase::Answering:
        return base::Error{base::Errc::Refused, "the access policy has not decided yet"};
    case AccessPhase::StepUp:
    case AccessPhase::StepUpMissed:
        return base::Error{base::Errc::Refused, "the access policy asks for a touch on your security key first"};
    case AccessPhase::Left:
        return base::Error{base::Errc::Refused, "you are away, as far as the access policy knows"};
    }
    return base::Error{base::Errc::Refused, "the access policy has not decided"};
}

using ArmId = base::Id<struct ArmTag>; ///< ours

/// Bounds within which one click deals without another touch.
struct ArmScope {
    SessionId session;
    std::string symbol;
    Settlement settlement; ///< the date is what counts
    std::string currency; ///< of the quantity
    Decimal maxQuantity; ///< of all acceptances together
    std::optional<Decimal> buyAtMost; ///< worst price; absent: no right to buy
    std::optional<Decimal> sellAtLeast; ///< worst price; absent: no right to sell
    std::vector<DealerId> dealers;
    std::chrono::seconds life{300};
    std::uint32_t uses = 1; ///< acceptances, at most

    friend bool operator==(const ArmScope&, const ArmScope&) = default;
};

enum class ArmPhase {
    Asking, ///< the PEP was asked
    StepUp, ///< a touch is asked for
    Answering,
    Armed,
    Refused, ///< by the PEP, or nobody touched: `problem` says which
    Over, ///< its time is over, all of it is spent, or it was given up
};

struct ArmedTicket {
    ArmId id;
    ArmScope scope;
    ArmPhase phase = ArmPhase::Asking;
    Decimal left; ///< quantity
    std::uint32_t usesLeft = 0;
    SteadyTime ends{}; ///< while Armed
    std::optional<base::Error> problem;
    std::optional<AccessNotice> notice; ///< what the PEP decided about it

    friend bool operator==(const ArmedTicket&, const ArmedTicket&) = default;
};

enum class QuoteApprovalPhase {
    Asking, ///< whoever judges was asked
    StepUp, ///< a touch is asked for
    Answering,
    Approved, ///< one more click on exactly this price deals, before it ends
    Refused, ///< or nobody touched: `problem` says which
};

/// The approval of one quote with a touch, after an acceptance of it was refused for want of one. The acceptance that
/// was refused stays refused: only the trader's next click deals.
struct QuoteApproval {
    RfqId rfq;
    QuoteId quote;
    Side side = Side::Buy;
    QuoteApprovalPhase phase = QuoteApprovalPhase::Asking;
    SteadyTime ends{}; ///< of the quote: no approval outlives it
    std::optional<base::Error> problem;

    friend bool operator==(const QuoteApproval&, const QuoteApproval&) = default;
};

/// Access and armed tickets, for the desk's faces. Calls never block; everything on the desk's thread.
class AccessControl {
public:
    virtual ~AccessControl() = default;
    /// The sessions that have a PEP; of others nothing is known here.
    [[nodiscard]] virtual const std::map<SessionId, AccessState>& sessions() const = 0;
    /// The latest of each session, whatever became of it.
    [[nodiscard]] virtual const std::map<SessionId, ArmedTicket>& tickets() const = 0;
    /// The latest of each session, while its quote lives.
    [[nodiscard]] virtual const std::map<SessionId, QuoteApproval>& approvals() const = 0;
    /// Asks the PEP of the session to approve these bounds; one armed before is given up. Errors: NotConnected, Refused
    /// (no PEP: nothing to arm), InvalidInput (scope), Duplicate (one is being asked for).
    [[nodiscard]] virtual base::Result<ArmId> arm(ArmScope scope) = 0;
    /// Gives it up: its right is attached to nothing any more.
    virtual void disarm(const SessionId& session) = 0;
    /// Asks the PEP once more, after a step-up was missed.
    virtual void askAgain(const SessionId& session) = 0;
    /// The trader is not there: rights are given up, nothing passes until they are back.
    virtual void leave() = 0;
    virtual void comeBack() = 0;
    /// Ends what is late. Call it as time passes, about once a second.
    virtual void tick() = 0;
    /// Called whenever any of this has changed; replaces the callback given before.
    virtual void onChanged(std::function<void()> changed) = 0;
};

/// Why an acceptance is outside an armed ticket's bounds. Errors: Refused, Expired.
[[nodiscard]] base::Status covers(const ArmedTicket& ticket, const Acceptance& acceptance, SteadyTime now);

}
