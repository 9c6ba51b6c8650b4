#include "tests/unit/rfq/history_of.h"
#include "tests/unit/rfq/in_flight.h"

#include <gtest/gtest.h>

#include <chrono>

using namespace std::chrono_literals;
using namespace support;
using base::Errc;
using rfq::AcceptanceState;
using rfq::EvidenceKind;
using rfq::Inquiry;
using rfq::NoticeCode;
using rfq::RfqState;
using rfq::Severity;

namespace {

/// Accepted, sent as MsgSeqNum 17, and the connection went down.
struct Ladder : InFlight {
    void loseConnection()
    {
        desk.session(VenueX, rfq::SessionPhase::Waiting);
        ASSERT_EQ(state(), AcceptanceState::Unknown);
        desk.forgetChanges();
        desk.link.sent.clear();
    }
    void comeBack() { desk.session(VenueX, rfq::SessionPhase::LoggedOn), desk.service.tick(); }
    [[nodiscard]] std::vector<Inquiry> asked() const
    {
        std::vector<Inquiry> all;
        for (const rfq::AskOutcome& question : desk.link.questions())
            all.push_back(question.inquiry);
        return all;
    }
    [[nodiscard]] bool has(EvidenceKind kind) const
    {
        const auto& evidence = desk.acceptance(id).evidence;
        return std::any_of(evidence.begin(), evidence.end(), [&](const rfq::Evidence& e) { return e.kind == kind; });
    }
    void unknownOrder()
    {
        auto none = desk.statusReport(accepted(), '8', "unknown order");
        none.execType = 'I';
        none.execId = rfq::ExecId("0");
        none.rejectCode = "5";
        report(none);
    }
    void answerNothing(Inquiry inquiry, EvidenceKind meaning)
    {
        desk.service.apply(rfq::InquiryAnswered{VenueX, inquiry, accepted().id, meaning, "nothing"});
    }
};

TEST_F(Ladder, NothingIsAskedWhileTheSessionIsDown)
{
    loseConnection();
    desk.advance(1h);
    EXPECT_TRUE(desk.link.sent.empty());
    comeBack();
    EXPECT_EQ(asked(), std::vector{Inquiry::OrderStatus});
    EXPECT_EQ(desk.acceptance(id).asking, Inquiry::OrderStatus);
    EXPECT_TRUE(has(EvidenceKind::Asked));
}

TEST_F(Ladder, AStatusThatSaysFilledEndsTheDoubt)
{
    loseConnection();
    comeBack();
    auto status = desk.fillReport(accepted());
    status.execType = 'I';
    report(status);
    EXPECT_EQ(state(), AcceptanceState::Filled);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Traded);
    EXPECT_FALSE(desk.acceptance(id).asking);
    EXPECT_TRUE(has(EvidenceKind::Decided));
    EXPECT_TRUE(announced(NoticeCode::OutcomeResolved, Severity::Info));
    EXPECT_TRUE(desk.service.unknownOutcomes().empty());
}

TEST_F(Ladder, AStatusThatSaysPendingIsNoOutcomeAndIsAskedAgainSoon)
{
    loseConnection();
    comeBack();
    auto pending = desk.statusReport(accepted(), 'A');
    pending.execType = 'I';
    report(pending);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
    EXPECT_TRUE(has(EvidenceKind::Pending));
    EXPECT_EQ(asked().size(), 1U) << "nobody else needs to be asked";
    desk.advance(3s);
    EXPECT_EQ(asked(), (std::vector{Inquiry::OrderStatus, Inquiry::OrderStatus}));
    report(pending);
    desk.advance(3s);
    EXPECT_EQ(asked().size(), 3U) << "the same answer again is an answer, though no news";
}

TEST_F(Ladder, UnknownOrderCountsOnlyAfterTheGrace)
{
    loseConnection();
    comeBack();
    unknownOrder();
    EXPECT_EQ(state(), AcceptanceState::Unknown) << "it may still be on its way inside";
    // The rest of the ladder is climbed without an answer, then the grace is over and it is asked once more.
    desk.advance(3s);
    desk.advance(3s);
    desk.advance(4s);
    ASSERT_EQ(asked().back(), Inquiry::OrderStatus);
    EXPECT_EQ(state(), AcceptanceState::Unknown) << "only an answer after the grace counts";
    unknownOrder();
    EXPECT_EQ(state(), AcceptanceState::NotReceived);
    EXPECT_TRUE(desk.service.unknownOutcomes().empty());
    EXPECT_TRUE(desk.service.trades().empty());
}

TEST_F(Ladder, AMessageTheyAskForAgainWasNotReceivedOnceTheirApplicationAgrees)
{
    loseConnection();
    desk.service.apply(rfq::GapFilled{VenueX, 16, 18});
    EXPECT_TRUE(has(EvidenceKind::Missed));
    EXPECT_EQ(state(), AcceptanceState::Unknown) << "their engine may have lost its store";
    comeBack();
    unknownOrder();
    EXPECT_EQ(state(), AcceptanceState::NotReceived);
}

TEST_F(Ladder, ANextExpectedNumberThatIsNotAboveOursIsTheSameProof)
{
    loseConnection();
    desk.service.apply(rfq::PeerExpects{VenueX, 17});
    comeBack();
    unknownOrder();
    EXPECT_EQ(state(), AcceptanceState::NotReceived);
}

TEST_F(Ladder, ANextExpectedNumberAboveOursProvesOnlyThatItArrived)
{
    loseConnection();
    desk.service.apply(rfq::PeerExpects{VenueX, 18});
    EXPECT_TRUE(has(EvidenceKind::Received));
    comeBack();
    unknownOrder();
    EXPECT_EQ(state(), AcceptanceState::Unknown);
}

TEST_F(Ladder, AGapThatDoesNotCoverItProvesNothing)
{
    loseConnection();
    desk.service.apply(rfq::GapFilled{VenueX, 18, 40});
    desk.service.apply(rfq::GapFilled{DirectD, 1, 40});
    comeBack();
    unknownOrder();
    EXPECT_FALSE(has(EvidenceKind::Missed));
    EXPECT_EQ(state(), AcceptanceState::Unknown);
}

TEST_F(Ladder, NumbersThatBeginAgainProveNothing)
{
    loseConnection();
    desk.service.apply(rfq::NumbersReset{VenueX});
    desk.service.apply(rfq::PeerExpects{VenueX, 1});
    desk.service.apply(rfq::GapFilled{VenueX, 1, 40});
    EXPECT_TRUE(has(EvidenceKind::NumbersReset));
    EXPECT_FALSE(has(EvidenceKind::Missed));
    ASSERT_FALSE(desk.journal.all<rfq::AcceptanceWritten>().empty());
    EXPECT_EQ(desk.journal.all<rfq::AcceptanceWritten>().back().seqNum, 0U);
}

TEST_F(Ladder, ARejectThatCameMeanwhileDecides)
{
    loseConnection();
    comeBack();
    desk.reject(id);
    EXPECT_EQ(state(), AcceptanceState::Rejected);
    EXPECT_TRUE(announced(NoticeCode::AcceptanceRejected, Severity::Warning));
}

/// A counterparty that can be asked in every way.
struct Talkative : testing::Test {
    Talkative()
        : desk([] {
            auto settings = deskSettings();
            settings.profiles[VenueX].inquiries = {Inquiry::OrderStatus, Inquiry::MassStatus, Inquiry::TradeCapture,
                Inquiry::QuoteStatus, Inquiry::Replay};
            return settings;
        }())
    {
        desk.logOn();
        id = desk.acceptedBy(DlrA);
        desk.session(VenueX, rfq::SessionPhase::Waiting);
        desk.link.sent.clear();
        desk.session(VenueX, rfq::SessionPhase::LoggedOn);
    }
    [[nodiscard]] const rfq::Acceptance& accepted() const { return desk.acceptance(id).acceptance; }
    [[nodiscard]] AcceptanceState state() const { return desk.acceptance(id).state; }
    void answer(EvidenceKind meaning)
    {
        desk.service.apply(rfq::InquiryAnswered{VenueX, *desk.acceptance(id).asking, accepted().id, meaning, "-"});
    }
    FakeDesk desk;
    rfq::RfqId id;
};

TEST_F(Talkative, EachRungIsClimbedInItsOrderAndThenAPersonIsNeeded)
{
    for (const Inquiry expected :
        {Inquiry::OrderStatus, Inquiry::MassStatus, Inquiry::TradeCapture, Inquiry::QuoteStatus, Inquiry::Replay}) {
        EXPECT_EQ(desk.acceptance(id).asking, expected);
        EXPECT_FALSE(desk.acceptance(id).exhausted);
        answer(EvidenceKind::NoTrade);
    }
    EXPECT_FALSE(desk.acceptance(id).asking);
    EXPECT_TRUE(desk.acceptance(id).exhausted);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
    EXPECT_EQ(desk.link.questions().size(), 5U);
    desk.advance(30s);
    EXPECT_EQ(desk.link.questions().size(), 6U) << "begins again after a while";
}

TEST_F(Talkative, AReplayBeginsWhereTheAcceptanceWasSent)
{
    for (int i = 0; i < 4; ++i)
        answer(EvidenceKind::NoTrade);
    EXPECT_EQ(desk.link.questions().back().replayFrom, 9U);
}

TEST_F(Talkative, SilenceLeadsToTheNextRung)
{
    desk.advance(3s);
    EXPECT_EQ(desk.acceptance(id).asking, Inquiry::MassStatus);
    EXPECT_EQ(desk.acceptance(id).evidence.back().kind, EvidenceKind::Asked);
}

TEST_F(Talkative, WhatTheyCannotAnswerIsNotAskedAgain)
{
    desk.service.apply(rfq::MessageRejected{VenueX, "H", accepted().id.text(), "3", "unsupported", false});
    EXPECT_EQ(desk.acceptance(id).asking, Inquiry::MassStatus);
    for (int i = 0; i < 4; ++i)
        answer(EvidenceKind::NoTrade);
    desk.advance(30s);
    EXPECT_EQ(desk.acceptance(id).asking, Inquiry::MassStatus);
}

TEST_F(Talkative, AMoodIsNotAnInability)
{
    desk.service.apply(rfq::MessageRejected{VenueX, "H", accepted().id.text(), "4", "not now", false});
    for (int i = 0; i < 4; ++i)
        answer(EvidenceKind::NoTrade);
    desk.advance(30s);
    EXPECT_EQ(desk.acceptance(id).asking, Inquiry::OrderStatus);
}

TEST_F(Talkative, ATradeThatNamesTheOrderIsTheFill)
{
    auto execution = desk.fillReport(accepted());
    execution.execType = 0;
    execution.ordStatus = 0;
    desk.service.apply(rfq::TradeCaptured{execution});
    desk.service.apply(rfq::TradeCaptured{execution});
    EXPECT_EQ(state(), AcceptanceState::Filled);
    EXPECT_EQ(desk.service.trades().size(), 1U);
}

TEST_F(Talkative, TwoExecutionsOfOneOrderAddUp)
{
    auto first = desk.fillReport(accepted());
    first.execId = rfq::ExecId("T1");
    first.cumQty = decimal("10000000");
    first.lastQty = first.cumQty;
    auto second = first;
    second.execId = rfq::ExecId("T2");
    second.cumQty = decimal("15000000");
    second.lastQty = second.cumQty;
    desk.service.apply(rfq::TradeCaptured{first});
    EXPECT_EQ(state(), AcceptanceState::Unknown);
    desk.service.apply(rfq::TradeCaptured{second});
    EXPECT_EQ(state(), AcceptanceState::Filled);
}

TEST_F(Talkative, ATradeOfTheSameTermsIsACandidateAndNeverMatchedByItself)
{
    auto execution = desk.fillReport(accepted());
    execution.clOrdId = {};
    desk.service.apply(rfq::TradeCaptured{execution});
    EXPECT_EQ(state(), AcceptanceState::Unknown);
    EXPECT_EQ(desk.acceptance(id).evidence.back().kind, EvidenceKind::Candidate);
    EXPECT_TRUE(desk.service.trades().empty());
    execution.lastPx = execution.avgPx = price("1.15350");
    const auto known = desk.acceptance(id).evidence.size();
    desk.service.apply(rfq::TradeCaptured{execution});
    EXPECT_EQ(desk.acceptance(id).evidence.size(), known) << "other terms";
}

TEST_F(Talkative, APersonCanAskAgainAtOnce)
{
    for (int i = 0; i < 5; ++i)
        answer(EvidenceKind::NoTrade);
    ASSERT_TRUE(desk.acceptance(id).exhausted);
    EXPECT_TRUE(desk.service.ask(accepted().id));
    EXPECT_EQ(desk.acceptance(id).asking, Inquiry::OrderStatus);
    EXPECT_EQ(desk.service.ask(rfq::ClOrdId("nobody")).error().code, Errc::NotFound);
    desk.session(VenueX, rfq::SessionPhase::Waiting);
    EXPECT_FALSE(desk.acceptance(id).asking);
    EXPECT_EQ(desk.service.ask(accepted().id).error().code, Errc::NotConnected);
    desk.session(VenueX, rfq::SessionPhase::LoggedOn);
    desk.fill(id);
    EXPECT_EQ(desk.service.ask(accepted().id).error().code, Errc::Refused);
}

TEST_F(Ladder, EverythingLearntSurvivesARestart)
{
    loseConnection();
    desk.service.apply(rfq::GapFilled{VenueX, 17, 17});
    const auto learnt = desk.acceptance(id).evidence;
    FakeDesk after;
    after.service.restore(historyOf(desk.journal.records));
    EXPECT_EQ(after.acceptance(id).state, AcceptanceState::Unknown);
    EXPECT_EQ(after.acceptance(id).evidence, learnt);
    EXPECT_EQ(after.acceptance(id).seqNum, 17U);
    EXPECT_EQ(after.acceptance(id).theirNext, 9U);
    EXPECT_EQ(after.acceptance(id).message, desk.acceptance(id).message);
    after.logOn();
    ASSERT_EQ(after.link.questions().size(), 1U) << "the ladder begins by itself";
    auto none = after.statusReport(after.acceptance(id).acceptance, '8');
    none.execType = 'I';
    none.rejectCode = "5";
    after.service.apply(rfq::ExecutionReported{none});
    EXPECT_EQ(after.acceptance(id).state, AcceptanceState::NotReceived);
}

TEST_F(Ladder, AnOrderStatusRefusalWhileAskingIsNoRejectOfTheOrder)
{
    loseConnection();
    comeBack();
    auto none = desk.statusReport(accepted(), '8', "unknown order");
    none.rejectCode = "5"; // some answer with ExecType 8 instead of I
    report(none);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
    EXPECT_TRUE(has(EvidenceKind::UnknownOrder));
}

}
