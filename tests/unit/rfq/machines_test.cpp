#include "core/rfq/acceptance_machine.h"
#include "core/rfq/dealer_machine.h"
#include "core/rfq/quote_machine.h"
#include "core/rfq/quote_rules.h"
#include "core/rfq/request_machine.h"

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

using rfq::AcceptanceEvent;
using rfq::AcceptanceState;
using rfq::DealerEvent;
using rfq::DealerState;
using rfq::QuoteEvent;
using rfq::QuoteState;
using rfq::RequestEvent;
using rfq::RfqState;

namespace {

/// A machine as a picture: a line for each state, a column for each event, the name of the target or '-' for refused.
template <typename State, typename Event>
struct Picture {
    std::vector<Event> events;
    std::vector<std::pair<State, std::vector<std::optional<State>>>> lines;

    void expectEqual() const
    {
        for (const auto& [from, targets] : lines) {
            ASSERT_EQ(targets.size(), events.size()) << rfq::nameOf(from);
            for (std::size_t i = 0; i < events.size(); ++i) {
                const auto next = rfq::nextState(from, events[i]);
                EXPECT_EQ(next, targets[i]) << rfq::nameOf(from) << " + " << rfq::nameOf(events[i]) << " leads to "
                                            << (next ? rfq::nameOf(*next) : "nothing");
            }
        }
    }
};

template <typename Transitions>
void expectOneTargetEach(const Transitions& transitions)
{
    std::set<std::pair<int, int>> seen;
    for (const auto& move : transitions) {
        EXPECT_TRUE(seen.emplace(static_cast<int>(move.from), static_cast<int>(move.event)).second)
            << rfq::nameOf(move.from) << " + " << rfq::nameOf(move.event) << " stands twice";
    }
}

TEST(Machines, HaveOneTargetForEachStateAndEvent)
{
    expectOneTargetEach(rfq::acceptanceTransitions());
    expectOneTargetEach(rfq::requestTransitions());
    expectOneTargetEach(rfq::dealerTransitions());
    expectOneTargetEach(rfq::quoteTransitions());
}

TEST(RequestMachine, MovesAsDrawn)
{
    using S = RfqState;
    using E = RequestEvent;
    constexpr auto No = std::nullopt;
    const Picture<S, E> picture{
        {E::Answered, E::Quoted, E::Accepted, E::LostSight, E::Filled, E::PartlyFilled, E::Settled, E::Declined,
            E::SessionsLost, E::SessionBack, E::LifeOver, E::Ended, E::NotSent},
        {
            {S::Sent,
                {S::Open, S::Quoted, No, No, No, No, No, S::Declined, S::Suspended, No, S::Expired, S::Ended,
                    S::NotSent}},
            {S::Open,
                {S::Open, S::Quoted, No, No, S::Traded, S::PartlyTraded, No, S::Declined, S::Suspended, No, S::Expired,
                    S::Ended, No}},
            {S::Quoted,
                {S::Open, S::Quoted, S::Accepting, No, S::Traded, S::PartlyTraded, No, S::Declined, S::Suspended, No,
                    S::Expired, S::Ended, No}},
            {S::Accepting,
                {S::Open, S::Quoted, S::Accepting, S::Unknown, S::Traded, S::PartlyTraded, S::Ended, S::Declined,
                    S::Suspended, No, S::Expired, No, No}},
            {S::Unknown,
                {S::Open, S::Quoted, No, S::Unknown, S::Traded, S::PartlyTraded, S::Ended, S::Declined, S::Suspended,
                    No, S::Expired, No, No}},
            {S::Suspended,
                {No, No, No, No, S::Traded, S::PartlyTraded, No, No, S::Suspended, S::Expired, S::Expired, S::Ended,
                    No}},
            {S::Traded, {No, No, No, No, S::Traded, S::PartlyTraded, S::Ended, No, No, No, No, No, No}},
            {S::PartlyTraded, {No, No, No, No, S::Traded, S::PartlyTraded, S::Ended, No, No, No, No, No, No}},
            {S::Declined, {No, No, No, No, S::Traded, S::PartlyTraded, No, No, No, No, No, No, No}},
            {S::Expired, {No, No, No, No, S::Traded, S::PartlyTraded, No, No, No, No, No, No, No}},
            {S::Ended, {No, No, No, No, S::Traded, S::PartlyTraded, S::Ended, No, No, No, No, No, No}},
            {S::NotSent, {No, No, No, No, No, No, No, No, No, No, No, No, No}},
        }};
    picture.expectEqual();
}

TEST(RequestMachine, IsDealtOnlyByFillsAndLeavesAnAcceptanceOnlyByWhatBecameOfIt)
{
    for (const auto& move : rfq::requestTransitions()) {
        const bool dealt = move.to == RfqState::Traded || move.to == RfqState::PartlyTraded;
        const bool fill = move.event == RequestEvent::Filled || move.event == RequestEvent::PartlyFilled;
        EXPECT_EQ(dealt, fill) << rfq::nameOf(move.from) << " + " << rfq::nameOf(move.event);
        if (move.from == RfqState::Accepting || move.from == RfqState::Unknown) {
            EXPECT_NE(move.event, RequestEvent::Ended) << "the trader cannot call it back";
            EXPECT_NE(move.event, RequestEvent::NotSent);
        }
        if (move.from == RfqState::Unknown) {
            EXPECT_NE(move.to, RfqState::Accepting);
        }
    }
}

TEST(DealerMachine, MovesAsDrawn)
{
    using S = DealerState;
    using E = DealerEvent;
    constexpr auto No = std::nullopt;
    const auto quoting = [&](S over, std::optional<S> notSent) {
        return std::vector<std::optional<S>>{S::Firm, S::Indicative, S::Invalid, S::Stale, S::Expired, S::Withdrawn,
            S::Passed, S::Rejected, S::LostSession, notSent, over};
    };
    const Picture<S, E> picture{
        {E::FirmQuote, E::IndicativeQuote, E::InvalidQuote, E::StaleQuote, E::QuoteExpired, E::QuoteWithdrawn,
            E::Passed, E::Refused, E::SessionLost, E::NotSent, E::RequestOver},
        {
            {S::Asked, quoting(S::NoResponse, S::NoSession)},
            {S::Firm, quoting(S::Expired, No)},
            {S::Indicative, quoting(S::Expired, No)},
            {S::Invalid, quoting(S::Invalid, No)},
            {S::Withdrawn, quoting(S::Withdrawn, No)},
            {S::Expired, quoting(S::Expired, No)},
            {S::Stale, quoting(S::Stale, No)},
            {S::Passed, {No, No, No, No, No, No, S::Passed, No, No, No, S::Passed}},
            {S::Rejected, {No, No, No, No, No, No, No, S::Rejected, No, No, S::Rejected}},
            {S::NoSession, {No, No, No, No, No, No, No, No, No, No, S::NoSession}},
            {S::LostSession, {No, No, No, S::LostSession, No, No, No, No, No, No, S::LostSession}},
            {S::NoResponse, {No, No, No, No, No, No, No, No, No, No, S::NoResponse}},
        }};
    picture.expectEqual();
}

TEST(QuoteMachine, MovesAsDrawn)
{
    using S = QuoteState;
    using E = QuoteEvent;
    constexpr auto No = std::nullopt;
    const Picture<S, E> picture{{E::Replaced, E::Withdrawn, E::TimedOut, E::SessionLost, E::RequestOver},
        {
            {S::Firm, {S::Replaced, S::Withdrawn, S::Expired, S::Stale, S::Expired}},
            {S::Indicative, {S::Replaced, S::Withdrawn, S::Expired, S::Stale, S::Expired}},
            {S::Invalid, {S::Replaced, No, No, No, No}},
            {S::Withdrawn, {S::Replaced, S::Withdrawn, S::Withdrawn, No, No}},
            {S::Expired, {S::Replaced, S::Expired, S::Expired, No, No}},
            {S::Stale, {S::Replaced, No, No, No, No}},
            {S::Replaced, {No, No, No, No, No}},
        }};
    picture.expectEqual();
}

TEST(QuoteMachine, NeverBringsAQuoteBack)
{
    for (const auto& move : rfq::quoteTransitions())
        EXPECT_FALSE(rfq::isLive(move.to)) << rfq::nameOf(move.from) << " + " << rfq::nameOf(move.event);
}

/// Invariants 2 and 3 as far as the table can hold them.
TEST(AcceptanceMachine, LeavesUnknownOnlyByEvidenceOrTwoPersonsAndIsFilledOnlyByFills)
{
    const std::set<AcceptanceEvent> evidence{AcceptanceEvent::NotWritten, AcceptanceEvent::Filled,
        AcceptanceEvent::FinallyPartFilled, AcceptanceEvent::Rejected, AcceptanceEvent::NotDone,
        AcceptanceEvent::NotReceived, AcceptanceEvent::Closed};
    for (const auto& move : rfq::acceptanceTransitions()) {
        const std::string what = std::string(rfq::nameOf(move.from)) + " + " + rfq::nameOf(move.event);
        const bool leavesUnknown = move.from == AcceptanceState::Unknown && move.to != AcceptanceState::Unknown;
        EXPECT_TRUE(!leavesUnknown || evidence.contains(move.event)) << what;
        EXPECT_TRUE(!isOver(move.from) || isOver(move.to)) << what << ": what is over is never in flight again";
        EXPECT_TRUE(move.to != AcceptanceState::Filled || move.event == AcceptanceEvent::Filled
            || move.event == AcceptanceEvent::Written)
            << what;
        EXPECT_TRUE(move.to != AcceptanceState::NotSent || move.event == AcceptanceEvent::NotWritten) << what;
        EXPECT_TRUE(move.from != AcceptanceState::Sent || move.event != AcceptanceEvent::NotWritten) << what;
        EXPECT_TRUE(move.event != AcceptanceEvent::Closed || move.from == AcceptanceState::Unknown) << what;
        EXPECT_TRUE(move.event != AcceptanceEvent::NotReceived || move.from == AcceptanceState::Unknown) << what;
    }
    for (const AcceptanceState over :
        {AcceptanceState::Rejected, AcceptanceState::NotDone, AcceptanceState::NotSent, AcceptanceState::NotReceived,
            AcceptanceState::Closed, AcceptanceState::Busted, AcceptanceState::PartlyFilled}) {
        EXPECT_EQ(rfq::nextState(over, AcceptanceEvent::Filled), AcceptanceState::Filled)
            << "a fill is a fill: " << rfq::nameOf(over);
    }
}

}
