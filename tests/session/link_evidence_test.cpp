#include "tests/session/dealt_session.h"

#include <fstream>
#include <iomanip>

/// What a desk learns about an acceptance from sequence numbers, resends and clocks, and that it is never sent twice.
namespace {

using namespace session_test;
using rfq::EvidenceKind;
using rfq::Inquiry;

class Evidence : public DealtSession {
protected:
    void openDeskThatSends789()
    {
        openVenue();
        auto settings = sessionSettings();
        settings.nextExpected = fix::NextExpected::Sent;
        openDesk({settings});
        desk->start(deskIdentity());
        ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    }
    /// The venue restarts, and its engine knows nothing from the acceptance on.
    void loseTheAcceptance()
    {
        desk->stop("the venue restarts");
        ASSERT_TRUE(reached(SessionPhase::Stopped));
        ASSERT_TRUE(venueEvents.next<fix::ClientLoggedOff>());
        const std::uint16_t port = venuePort;
        venue.reset();
        const auto file = files.path() / "venue" / "desk-at-venue.seqnums";
        int sender = 0;
        int target = 0;
        std::ifstream(file) >> sender >> target;
        ASSERT_EQ(target, static_cast<int>(sent.seqNum) + 2) << "the acceptance and the logout";
        std::ofstream(file) << std::setfill('0') << std::setw(10) << sender << ' ' << std::setw(10) << sent.seqNum
                            << " 0000000000\n";
        openVenue(port);
        desk->start(deskIdentity());
    }
    void expectSentOnce()
    {
        desk->send(command);
        const auto refused = deskEvents.next<rfq::AcceptanceNotSent>();
        ASSERT_TRUE(refused);
        EXPECT_EQ(refused->reason.code, Errc::Duplicate);
        ask(Inquiry::OrderStatus); // whatever was sent before has come when this has
        ASSERT_TRUE(clientMessage("H"));
        EXPECT_EQ(acceptancesHeard(), 1U);
    }
};

TEST_F(Evidence, ADropAfterTheWriteDoesNotSendItAgain)
{
    deal();
    venue->drop(clientSession);
    ASSERT_TRUE(reached(SessionPhase::Waiting));
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    expectSentOnce();
}

TEST_F(Evidence, AResendRequestForItIsGapFilledAndTold)
{
    deal();
    loseTheAcceptance();
    const auto filled = deskEvents.next<rfq::GapFilled>();
    ASSERT_TRUE(filled);
    EXPECT_EQ(filled->session, rfq::SessionId("VENUE-X"));
    EXPECT_LE(filled->first, sent.seqNum);
    EXPECT_GE(filled->last, sent.seqNum);
    expectSentOnce();
}

TEST_F(Evidence, ALogonAboveItsNumberSaysThatItArrived)
{
    openDeskThatSends789();
    accept();
    venue->drop(clientSession);
    ASSERT_TRUE(reached(SessionPhase::Waiting));
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    const auto expects = deskEvents.next<rfq::PeerExpects>();
    ASSERT_TRUE(expects);
    EXPECT_GT(expects->number, sent.seqNum);
    EXPECT_EQ(deskEvents.count<rfq::GapFilled>(), 0U);
    expectSentOnce();
}

TEST_F(Evidence, ALogonAtItsNumberSaysThatItIsMissing)
{
    openDeskThatSends789();
    accept();
    loseTheAcceptance();
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    const auto expects = deskEvents.next<rfq::PeerExpects>();
    ASSERT_TRUE(expects);
    EXPECT_EQ(expects->number, sent.seqNum);
    EXPECT_TRUE(deskEvents.next<rfq::GapFilled>());
    expectSentOnce();
}

TEST_F(Evidence, NumbersThatBeginAgainAreTold)
{
    openVenue();
    auto settings = sessionSettings();
    settings.reset = fix::SequenceReset::AtLogon;
    openDesk({settings});
    desk->start(deskIdentity());
    const auto reset = deskEvents.next<rfq::NumbersReset>();
    ASSERT_TRUE(reset);
    EXPECT_EQ(reset->session, rfq::SessionId("VENUE-X"));
}

TEST_F(Evidence, AReplayBringsAReportThatWasCountedOnceMore)
{
    deal();
    fill();
    const auto first = deskEvents.next<rfq::ExecutionReported>();
    ASSERT_TRUE(first);
    EXPECT_FALSE(first->report.possDup);
    ask(Inquiry::Replay);
    const auto again = deskEvents.next<rfq::ExecutionReported>();
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->report.possDup);
    EXPECT_EQ(again->report.clOrdId, rfq::ClOrdId("C1"));
    EXPECT_EQ(again->report.execId, rfq::ExecId("E1"));
    EXPECT_EQ(again->report.cumQty, command.acceptance.quantity);
}

TEST_F(Evidence, AReplayWithoutAWordAboutItIsAnAnswer)
{
    deal();
    fill();
    ASSERT_TRUE(deskEvents.next<rfq::ExecutionReported>());
    ask(Inquiry::Replay, "C2");
    const auto answer = deskEvents.next<rfq::InquiryAnswered>();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->inquiry, Inquiry::Replay);
    EXPECT_EQ(answer->clOrdId, rfq::ClOrdId("C2"));
    EXPECT_EQ(answer->meaning, EvidenceKind::NoTrade);
    EXPECT_NE(answer->text.find("1 report, none about it"), std::string::npos) << answer->text;
}

TEST_F(Evidence, AReplayWithAMessageThatCannotBeReadIsSilence)
{
    deal();
    fix::WireMessage broken = encode(fix::maker::ReportOut{.report = status('2', "25000000")});
    std::erase_if(broken.fields, [](const auto& field) { return field.first == fix::tag::CumQty; });
    venue->send(clientSession, broken);
    ASSERT_TRUE(deskEvents.next<rfq::InboundRejected>());
    ask(Inquiry::Replay, "C2");
    ASSERT_TRUE(deskEvents.next<rfq::InboundRejected>());
    const auto answer = deskEvents.next<rfq::InquiryAnswered>();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->clOrdId, rfq::ClOrdId("C2"));
    EXPECT_EQ(answer->meaning, EvidenceKind::Silence);
    EXPECT_NE(answer->text.find("not all of them could be read"), std::string::npos) << answer->text;
}

TEST_F(Evidence, WhereNothingCameSinceThereIsNothingToReplay)
{
    deal();
    ask(Inquiry::Replay);
    const auto answer = deskEvents.next<rfq::InquiryAnswered>();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->meaning, EvidenceKind::NoTrade);
    EXPECT_EQ(answer->clOrdId, rfq::ClOrdId("C1"));
}

TEST_F(Evidence, AQuoteThatWaitedIsKnownByIt)
{
    logOn();
    clock.suspend(1s); // the workstation stood still while the quote was on its way
    const auto event = [&] {
        desk->send(request());
        EXPECT_TRUE(clientMessage("R"));
        quote("R1", "Q1");
        return deskEvents.next<rfq::QuoteReceived>();
    }();
    ASSERT_TRUE(event);
    EXPECT_GE(event->lateness, 900ms);
}

TEST_F(Evidence, TheClocksDifferenceIsToldWhenItIsKnownAndWhenItMoves)
{
    openVenue();
    auto settings = sessionSettings();
    settings.heartBtInt = 1s;
    openDesk({settings});
    desk->start(deskIdentity());
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    const auto first = deskEvents.next<rfq::ClockMeasured>();
    ASSERT_TRUE(first);
    EXPECT_LT(std::chrono::abs(first->offset), 500ms);
    clock.suspend(1s);
    const auto moved = deskEvents.next<rfq::ClockMeasured>();
    ASSERT_TRUE(moved);
    EXPECT_GT(std::chrono::abs(moved->offset - first->offset), 50ms);
}

class AcceptanceBytes : public DealtSession, public testing::WithParamInterface<rfq::AcceptStyle> {
protected:
    void logOnWithStyle()
    {
        openVenue();
        auto settings = sessionSettings();
        settings.profile.acceptStyle = GetParam();
        openDesk({settings});
        desk->start(deskIdentity());
        ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    }
    [[nodiscard]] static std::string type() { return GetParam() == rfq::AcceptStyle::PreviouslyQuoted ? "D" : "AJ"; }
};

TEST_P(AcceptanceBytes, AreTheJournalsByteForByte)
{
    logOnWithStyle();
    command = acceptance(quoted("R1", "Q1"));
    EXPECT_TRUE(command.message.starts_with("35=" + type() + "\x01"));
    EXPECT_EQ(desk->compose(command.acceptance), command.message) << "composed again, it is the same";
    desk->send(command);
    ASSERT_TRUE(deskEvents.next<rfq::AcceptanceSent>());
    const auto order = clientMessage(type());
    ASSERT_TRUE(order);
    EXPECT_EQ(fix::wireText(*order), command.message);
}

TEST_P(AcceptanceBytes, AreNotComposedAgain)
{
    logOnWithStyle();
    command = acceptance(quoted("R1", "Q1"));
    command.message += "58=as the journal has it\x01";
    desk->send(command);
    const auto order = clientMessage(type());
    ASSERT_TRUE(order);
    EXPECT_EQ(fix::wireText(*order), command.message);
}

TEST_P(AcceptanceBytes, ThatAreNoMessageAreNotSent)
{
    logOnWithStyle();
    command = acceptance(quoted("R1", "Q1"));
    command.message.clear();
    desk->send(command);
    const auto refused = deskEvents.next<rfq::AcceptanceNotSent>();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason.code, Errc::Internal);
}

INSTANTIATE_TEST_SUITE_P(Styles, AcceptanceBytes,
    testing::Values(rfq::AcceptStyle::PreviouslyQuoted, rfq::AcceptStyle::QuoteResponse), [](const auto& style) {
        return style.param == rfq::AcceptStyle::PreviouslyQuoted ? "PreviouslyQuoted" : "QuoteResponse";
    });

}
