#pragma once

#include "core/rfq/acceptance_moves.h"

#include <map>
#include <optional>
#include <set>

namespace rfq {

/// Finds out what became of acceptances without an outcome: climbs the ladder of questions, weighs the evidence, and
/// lets two persons decide where nothing else can. docs/recovery.md is its description.
class RecoveryDesk {
public:
    RecoveryDesk(DeskState& desk, AcceptanceMoves& moves);

    void sessionUp(const SessionId& session);
    void sessionLost(const SessionId& session);
    void expected(const PeerExpects& event);
    void gapFilled(const GapFilled& event);
    void numbersReset(const NumbersReset& event);
    void answered(const InquiryAnswered& event);
    void captured(const TradeCaptured& event);
    void quoteStatus(const QuoteStatusReceived& event);
    /// A question of ours was refused: the counterparty cannot answer such.
    void refused(const MessageRejected& event);

    /// After every event and whenever time has passed: looks at what is new and takes the next step.
    void look();
    [[nodiscard]] std::optional<SteadyTime> nextDeadline() const;

    /// See RfqService.
    [[nodiscard]] base::Status ask(const ClOrdId& id);
    [[nodiscard]] base::Status close(Closing closing);
    [[nodiscard]] base::Status allowTwin(TwinConsent consent);

private:
    /// Where on the ladder one acceptance is.
    struct Climb {
        SteadyTime since{}; ///< when its outcome became unknown here
        std::optional<Inquiry> last; ///< the question asked last in this round
        int answers = 0; ///< so many were weighed
        std::optional<SteadyTime> answerDue;
        std::optional<SteadyTime> nextRound;
    };

    void lookAt(AcceptanceLine& line, Climb& climb);
    void weigh(AcceptanceLine& line, Climb& climb);
    void beginRound(AcceptanceLine& line, Climb& climb);
    void askNext(AcceptanceLine& line, Climb& climb);
    void rest(AcceptanceLine& line, Climb& climb, std::chrono::nanoseconds pause);
    [[nodiscard]] std::chrono::nanoseconds pauseAfterRound(const AcceptanceLine& line, const Climb& climb) const;
    /// From here on "unknown order" is an answer.
    [[nodiscard]] SteadyTime graceEnd(const AcceptanceLine& line, const Climb& climb) const;
    [[nodiscard]] bool deniedAfterGrace(const AcceptanceLine& line, const Climb& climb) const;
    /// The unknown acceptances of this session.
    [[nodiscard]] std::vector<AcceptanceLine*> unknownOf(const SessionId& session);
    [[nodiscard]] base::Result<AcceptanceLine*> unknownLine(const ClOrdId& id);
    [[nodiscard]] base::Status checkConsent(
        const Person& trader, const Approval& approval, const std::string& statement) const;

    DeskState& m_desk;
    AcceptanceMoves& m_moves;
    std::map<ClOrdId, Climb> m_climbs;
    std::map<SessionId, std::set<Inquiry>> m_unsupported; ///< learnt; asked again after a restart
};

}
