#include "app/cli/rfq_run.h"
#include "app/cli/venues_run.h"
#include "tests/support/fake_access.h"
#include "tests/support/fake_desk.h"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using namespace std::chrono_literals;
using cli::ExitCode;
using support::DlrA;
using support::DlrB;

cli::RfqCommand buy25(cli::AcceptMode accept = cli::AcceptMode::Best)
{
    cli::RfqCommand command;
    command.symbol = "EUR/USD";
    command.side = rfq::RequestSide::Buy;
    command.quantity = support::decimal("25000000");
    command.dealers = {"DLR-A", "DLR-B"};
    command.accept = accept;
    command.limit = support::decimal("1.1600");
    return command;
}

/// A run on a desk of fakes; the test plays the venue.
class RfqRunTest : public testing::Test {
protected:
    void start(cli::RfqCommand command = buy25())
    {
        m_run.emplace(std::move(command), desk.service, m_reporter, desk.clock, &access);
    }
    void startAndAsk(cli::RfqCommand command = buy25())
    {
        desk.logOn();
        start(std::move(command));
        ASSERT_FALSE(m_run->step());
        ASSERT_EQ(desk.service.rfqs().size(), 1u);
        id = desk.service.rfqs().front();
    }
    void quoteAll()
    {
        desk.quote(id, DlrA, "QA-1", "", "1.15350");
        desk.quote(id, DlrB, "QB-1", "", "1.15340");
    }
    std::optional<ExitCode> stepAfter(std::chrono::milliseconds wait)
    {
        desk.clock.advance(wait);
        return m_run->step();
    }
    /// Everything up to the bytes of the acceptance being handed over.
    void acceptBest(cli::RfqCommand command = buy25())
    {
        startAndAsk(std::move(command));
        quoteAll();
        ASSERT_FALSE(stepAfter(300ms));
        ASSERT_EQ(desk.link.acceptances().size(), 1u);
        desk.confirmSent(id);
        ASSERT_FALSE(m_run->step());
    }
    [[nodiscard]] std::string lastEvent(const std::string& name) const
    {
        std::string found;
        std::istringstream lines(m_out.str());
        for (std::string line; std::getline(lines, line);)
            if (nlohmann::ordered_json::parse(line)["event"] == name)
                found = line;
        return found;
    }

    support::FakeDesk desk;
    support::FakeAccess access;
    rfq::RfqId id;
    std::ostringstream m_out;
    cli::Reporter m_reporter{m_out, cli::Format::JsonLines};
    std::optional<cli::RfqRun> m_run;
};

TEST_F(RfqRunTest, TheBestFirmQuoteIsAcceptedAndAFillIsExitZero)
{
    acceptBest();
    EXPECT_EQ(desk.link.acceptances()[0].acceptance.dealer, DlrB);
    EXPECT_EQ(desk.link.acceptances()[0].acceptance.price.text, "1.15340");
    desk.fill(id);
    EXPECT_EQ(m_run->step(), ExitCode::Done);
    EXPECT_NE(lastEvent("trade").find("\"price\":\"1.15340\""), std::string::npos) << lastEvent("trade");
}

TEST_F(RfqRunTest, ItWaitsForBetterQuotesAfterTheFirstFirmOne)
{
    startAndAsk();
    desk.quote(id, DlrA, "QA-1", "", "1.15350");
    EXPECT_FALSE(stepAfter(300ms));
    EXPECT_TRUE(desk.link.acceptances().empty());
    EXPECT_FALSE(stepAfter(1'600ms));
    EXPECT_TRUE(desk.link.acceptances().empty());
    EXPECT_FALSE(stepAfter(500ms));
    ASSERT_EQ(desk.link.acceptances().size(), 1u);
    EXPECT_EQ(desk.link.acceptances()[0].acceptance.dealer, DlrA);
}

TEST_F(RfqRunTest, AQuoteThatDiesBeforeItIsAcceptedLeavesTheNextBest)
{
    startAndAsk();
    quoteAll();
    desk.service.apply(rfq::QuoteWithdrawn{support::VenueX, id, DlrB, rfq::QuoteId("QB-1"), ""});
    EXPECT_FALSE(stepAfter(300ms));
    ASSERT_EQ(desk.link.acceptances().size(), 1u);
    EXPECT_EQ(desk.link.acceptances()[0].acceptance.dealer, DlrA);
}

TEST_F(RfqRunTest, QuotesOutsideTheLimitAreNotAcceptedAndTheExitCodeSaysSo)
{
    startAndAsk();
    desk.quote(id, DlrA, "QA-1", "", "1.16010");
    desk.quote(id, DlrB, "QB-1", "", "1.16020");
    EXPECT_FALSE(stepAfter(3s));
    EXPECT_EQ(stepAfter(20s), ExitCode::NoAcceptableQuote);
    EXPECT_TRUE(desk.link.acceptances().empty());
}

TEST_F(RfqRunTest, WithoutAnyQuoteTheExitCodeIsThree)
{
    startAndAsk();
    EXPECT_EQ(stepAfter(21s), ExitCode::NoAcceptableQuote);
    EXPECT_NE(lastEvent("end").find("\"exitCode\":3"), std::string::npos);
}

TEST_F(RfqRunTest, ARejectionIsExitFourWithTheDealersWords)
{
    acceptBest();
    desk.reject(id, "last look");
    EXPECT_EQ(m_run->step(), ExitCode::Rejected);
    EXPECT_NE(lastEvent("reject").find("last look"), std::string::npos);
    EXPECT_EQ(desk.link.acceptances().size(), 1u);
}

TEST_F(RfqRunTest, AnAcceptanceWithoutAnAnswerIsExitFive)
{
    acceptBest();
    EXPECT_FALSE(stepAfter(11s));
    EXPECT_NE(lastEvent("asking").find("OrderStatusRequest"), std::string::npos);
    EXPECT_EQ(stepAfter(3s), ExitCode::UnknownOutcome);
    EXPECT_NE(lastEvent("unknown").find("+44 20 7946 0002"), std::string::npos) << lastEvent("unknown");
}

TEST_F(RfqRunTest, ARejectionHasItsCategory)
{
    rfq::DeskSettings settings = support::deskSettings();
    settings.profiles[support::VenueX].rejectCodes = {{"99", rfq::RejectCategory::PriceMoved}};
    support::FakeDesk own(settings);
    own.logOn();
    cli::RfqRun run(buy25(), own.service, m_reporter, own.clock);
    ASSERT_FALSE(run.step());
    const rfq::RfqId asked = own.service.rfqs().front();
    own.quote(asked, DlrA, "QA-1", "", "1.15350");
    own.quote(asked, DlrB, "QB-1", "", "1.15340");
    own.clock.advance(300ms);
    ASSERT_FALSE(run.step());
    own.confirmSent(asked);
    auto report = own.statusReport(own.acceptance(asked).acceptance, '8', "no");
    report.rejectCode = "99";
    own.service.apply(rfq::ExecutionReported{report});
    EXPECT_EQ(run.step(), ExitCode::Rejected);
    EXPECT_NE(lastEvent("reject").find("\"category\":\"price-moved\""), std::string::npos) << lastEvent("reject");
}

TEST_F(RfqRunTest, WithRecoverItWaitsForTheOutcomeOfAnUnknown)
{
    auto command = buy25();
    command.recover = 30s;
    acceptBest(command);
    desk.session(support::VenueX, rfq::SessionPhase::Waiting);
    EXPECT_FALSE(m_run->step());
    EXPECT_NE(lastEvent("unknown"), "");
    desk.session(support::VenueX, rfq::SessionPhase::LoggedOn);
    EXPECT_FALSE(stepAfter(1s));
    EXPECT_NE(lastEvent("asking").find("OrderStatusRequest"), std::string::npos);
    desk.fill(id);
    EXPECT_EQ(m_run->step(), ExitCode::Done);
    EXPECT_NE(lastEvent("trade"), "");
}

TEST_F(RfqRunTest, RecoverEndsWhenItsTimeIsOverOrSomebodyInterrupts)
{
    auto command = buy25();
    command.recover = 30s;
    acceptBest(command);
    desk.session(support::VenueX, rfq::SessionPhase::Waiting);
    EXPECT_FALSE(m_run->step());
    EXPECT_FALSE(stepAfter(29s));
    EXPECT_EQ(stepAfter(1s), ExitCode::UnknownOutcome);
    m_run->interrupt();
    EXPECT_EQ(m_run->step(), ExitCode::UnknownOutcome);
}

TEST_F(RfqRunTest, WhatWasNeverReceivedIsNotTradedAndSaidSo)
{
    auto command = buy25();
    command.recover = 30s;
    acceptBest(command);
    desk.session(support::VenueX, rfq::SessionPhase::Waiting);
    EXPECT_FALSE(m_run->step());
    desk.service.apply(rfq::PeerExpects{support::VenueX, 17});
    desk.session(support::VenueX, rfq::SessionPhase::LoggedOn);
    EXPECT_FALSE(m_run->step());
    auto report = desk.statusReport(desk.acceptance(id).acceptance, '8', "unknown order");
    report.execType = 'I';
    report.rejectCode = "5";
    desk.service.apply(rfq::ExecutionReported{report});
    EXPECT_EQ(m_run->step(), ExitCode::Rejected);
    EXPECT_NE(lastEvent("reject").find("\"state\":\"not-received\""), std::string::npos) << lastEvent("reject");
    EXPECT_NE(lastEvent("end").find("never received"), std::string::npos);
}

TEST_F(RfqRunTest, AFillThatDiffersIsNotASuccess)
{
    acceptBest();
    auto report = desk.fillReport(desk.acceptance(id).acceptance);
    report.lastPx = report.avgPx = support::price("1.15390");
    desk.service.apply(rfq::ExecutionReported{report});
    EXPECT_EQ(m_run->step(), ExitCode::UnknownOutcome);
    EXPECT_NE(lastEvent("trade").find("\"asAccepted\":false"), std::string::npos);
}

TEST_F(RfqRunTest, AFillForLessIsNotASuccess)
{
    acceptBest();
    auto report = desk.fillReport(desk.acceptance(id).acceptance);
    report.lastQty = support::decimal("10000000");
    report.cumQty = support::decimal("10000000");
    report.ordStatus = '4';
    desk.service.apply(rfq::ExecutionReported{report});
    EXPECT_EQ(m_run->step(), ExitCode::UnknownOutcome);
    EXPECT_NE(lastEvent("end").find("Only 10,000,000 of 25,000,000 EUR"), std::string::npos) << lastEvent("end");
}

TEST_F(RfqRunTest, AnAcceptanceThatWasNotSentLetsAnotherQuoteBeAccepted)
{
    startAndAsk();
    quoteAll();
    EXPECT_FALSE(stepAfter(300ms));
    const rfq::Acceptance first = desk.acceptance(id).acceptance;
    desk.service.apply(rfq::AcceptanceNotSent{first.session, first.id, {base::Errc::Stale, "replaced"}});
    desk.quote(id, DlrB, "QB-2", "", "1.15345");
    EXPECT_FALSE(m_run->step());
    EXPECT_FALSE(stepAfter(300ms));
    EXPECT_FALSE(stepAfter(100ms));
    ASSERT_EQ(desk.link.acceptances().size(), 2u);
    EXPECT_NE(desk.link.acceptances()[1].acceptance.id, first.id);
}

TEST_F(RfqRunTest, WithAcceptNoneNothingIsEverAccepted)
{
    startAndAsk(buy25(cli::AcceptMode::None));
    quoteAll();
    EXPECT_FALSE(stepAfter(3s));
    EXPECT_EQ(stepAfter(20s), ExitCode::Done);
    EXPECT_TRUE(desk.link.acceptances().empty());
    EXPECT_NE(lastEvent("quote"), "");
}

TEST_F(RfqRunTest, SessionsThatAreRefusedAreExitSixWithTheReason)
{
    rfq::SessionChanged refused;
    refused.session = support::VenueX;
    refused.phase = rfq::SessionPhase::Refused;
    refused.reason = base::Error{base::Errc::CertificateRefused, "they do not take our certificate"};
    desk.service.apply(refused);
    start();
    EXPECT_EQ(m_run->step(), ExitCode::NotConnected);
    EXPECT_NE(lastEvent("end").find("they do not take our certificate"), std::string::npos) << lastEvent("end");
}

TEST_F(RfqRunTest, ADraftThatIsRefusedIsAUsageError)
{
    desk.logOn();
    auto command = buy25();
    command.symbol = "EUR/XXX";
    start(command);
    EXPECT_EQ(m_run->step(), ExitCode::Usage);
    EXPECT_TRUE(desk.link.sent.empty());
}

TEST_F(RfqRunTest, AnInterruptionEndsTheRequest)
{
    startAndAsk();
    m_run->interrupt();
    EXPECT_EQ(m_run->step(), ExitCode::NoAcceptableQuote);
    EXPECT_EQ(desk.link.ends().size(), 1u);
}

TEST_F(RfqRunTest, AnInterruptionWaitsForAnAcceptanceInFlightUntilItIsUnknown)
{
    acceptBest();
    m_run->interrupt();
    EXPECT_FALSE(m_run->step());
    EXPECT_FALSE(stepAfter(11s));
    EXPECT_EQ(stepAfter(3s), ExitCode::UnknownOutcome);
}

TEST(VenuesRun, ItWaitsForEverySessionAndTellsWhatIsMissing)
{
    support::FakeDesk desk;
    std::ostringstream out;
    cli::Reporter reporter(out, cli::Format::JsonLines);
    cli::VenuesRun run(cli::VenuesCommand{}, desk.service, reporter, desk.clock);
    desk.session(support::VenueX, rfq::SessionPhase::LoggedOn);
    EXPECT_FALSE(run.step());
    desk.clock.advance(10s);
    EXPECT_EQ(run.step(), ExitCode::NotConnected);
    EXPECT_NE(out.str().find("\"session\":\"DLR-D\",\"phase\":\"stopped\""), std::string::npos) << out.str();
}

TEST(VenuesRun, EverySessionLoggedOnIsExitZero)
{
    support::FakeDesk desk;
    std::ostringstream out;
    cli::Reporter reporter(out, cli::Format::Text);
    cli::VenuesRun run(cli::VenuesCommand{}, desk.service, reporter, desk.clock);
    desk.logOn();
    EXPECT_EQ(run.step(), ExitCode::Done);
}

}
