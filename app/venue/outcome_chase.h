#pragma once

#include "app/venue/relay.h"
#include "core/rfq/desk.h"
#include "core/rfq/inquiry_rules.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace venue {

/// Finds out what became of acceptances that a counterparty has not answered: asks what its profile says that it can
/// answer, one question after the other and again, until a report decides. It never sends one again. The desk's ladder
/// (docs/recovery.md), without its people: they are the client's. Ids are ours. One thread.
class OutcomeChase {
public:
    /// It is proven that this acceptance never reached the counterparty's application.
    using NeverReceived = std::function<void(const rfq::Acceptance& acceptance, const std::string& why)>;
    OutcomeChase(Relay& relay, NeverReceived neverReceived);
    OutcomeChase(const OutcomeChase&) = delete;
    OutcomeChase& operator=(const OutcomeChase&) = delete;

    /// The first question is due then, if the counterparty is there; else once it is.
    void begin(const rfq::Acceptance& acceptance, const Forward& forward, rfq::SteadyTime firstQuestion);
    void written(const rfq::ClOrdId& id, std::uint64_t seqNum, std::uint64_t theirNext);
    [[nodiscard]] bool isPursued(const rfq::ClOrdId& id) const { return m_pursued.contains(id); }
    /// Whether the answer to this question about it is waited for.
    [[nodiscard]] bool isAsking(const rfq::ClOrdId& id, rfq::Inquiry inquiry) const;
    /// What is pursued of the quote that this status is about.
    [[nodiscard]] std::optional<rfq::ClOrdId> pursuedOn(const rfq::QuoteStatusReceived& event) const;
    /// The outcome is known.
    void end(const rfq::ClOrdId& id) { m_pursued.erase(id); }
    /// Somebody wants to know now.
    void ask(const rfq::ClOrdId& id);
    void learn(const rfq::ClOrdId& id, rfq::EvidenceKind kind, const std::string& text);

    void upstreamUp(const rfq::SessionId& upstream);
    void upstreamLost(const rfq::SessionId& upstream);
    void apply(const rfq::PeerExpects& event);
    void apply(const rfq::GapFilled& event);
    void apply(const rfq::NumbersReset& event);
    void apply(const rfq::InquiryAnswered& event);
    /// Nothing happens where it answers no question.
    void apply(const rfq::QuoteStatusReceived& event);
    /// Nothing happens where what was refused is no question.
    void apply(const rfq::MessageRejected& event);

    void runDue();
    [[nodiscard]] std::optional<base::SteadyTime> nextDue() const;

private:
    struct Pursuit {
        rfq::AcceptanceLine line; ///< what the rules of the ladder go by
        rfq::SteadyTime since{}; ///< "unknown order" is believed so long after this
        std::optional<rfq::Inquiry> last{}; ///< asked in this round
        std::optional<rfq::SteadyTime> answerDue{};
        std::optional<rfq::SteadyTime> nextRound{};
        std::optional<rfq::SteadyTime> denied{}; ///< when the counterparty said last that it knows no such order
        bool answered = false; ///< since the last question
        bool pending = false; ///< and the answer was that it is being decided
    };

    void learn(Pursuit& pursuit, rfq::EvidenceKind kind, const std::string& text);
    void look(Pursuit& pursuit);
    void askNext(Pursuit& pursuit);
    [[nodiscard]] std::chrono::nanoseconds pause(const Pursuit& pursuit) const;
    [[nodiscard]] rfq::SteadyTime graceEnd(const Pursuit& pursuit) const;
    [[nodiscard]] bool isProven(const Pursuit& pursuit) const;

    Relay& m_relay;
    const NeverReceived m_neverReceived;
    std::map<rfq::ClOrdId, Pursuit> m_pursued;
    std::map<rfq::SessionId, std::set<rfq::Inquiry>> m_unsupported; ///< learnt; asked again after a restart
};

}
