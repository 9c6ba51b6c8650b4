#include "tests/support/fake_desk.h"
#include "tests/unit/rfq/history_of.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>

using namespace std::chrono_literals;
using namespace support;
using base::Errc;
using rfq::AcceptanceState;
using rfq::RfqState;

namespace {

struct Restart : testing::Test {
    Restart()
    {
        before.logOn();
        after.ids = FakeIdSource(100);
    }
    void restart()
    {
        after.service.restore(historyOf(before.journal.records));
        after.logOn();
    }
    FakeDesk before;
    FakeDesk after;
};

TEST_F(Restart, BringsBackDealsAsTheyWere)
{
    const auto id = before.acceptedBy(DlrA);
    before.fill(id);
    restart();
    EXPECT_EQ(after.rfq(id).state, RfqState::Traded);
    EXPECT_EQ(after.rfq(id).request, before.rfq(id).request);
    EXPECT_EQ(after.rfq(id).trade, before.rfq(id).trade);
    EXPECT_EQ(after.service.trades(), before.service.trades());
    EXPECT_EQ(after.acceptance(id).state, AcceptanceState::Filled);
    EXPECT_TRUE(after.journal.records.empty());
    EXPECT_EQ(after.service.takeChanges().newTrades, 1U);
}

TEST_F(Restart, ClosesWhatWasLive)
{
    const auto id = before.request();
    restart();
    EXPECT_EQ(after.rfq(id).state, RfqState::Expired);
    ASSERT_EQ(after.journal.all<rfq::RequestClosed>().size(), 1U);
    EXPECT_EQ(after.journal.all<rfq::RequestClosed>()[0].state, RfqState::Expired);
    EXPECT_TRUE(after.link.sent.empty());
}

TEST_F(Restart, KeepsTheWayARequestEnded)
{
    const auto id = before.request();
    ASSERT_TRUE(before.service.end(id));
    restart();
    EXPECT_EQ(after.rfq(id).state, RfqState::Ended);
}

TEST_F(Restart, MakesAnUnansweredAcceptanceUnknownAndNeverSendsItAgain)
{
    const auto id = before.acceptedBy(DlrA);
    restart();
    EXPECT_EQ(after.rfq(id).state, RfqState::Unknown);
    EXPECT_EQ(after.acceptance(id).state, AcceptanceState::Unknown);
    EXPECT_TRUE(after.link.acceptances().empty());
    const rfq::Changes changes = after.service.takeChanges();
    EXPECT_TRUE(std::any_of(changes.notices.begin(), changes.notices.end(), [](const rfq::Notice& n) {
        return n.code == rfq::NoticeCode::OutcomeUnknown && n.severity == rfq::Severity::Alarm;
    }));
    after.advance(24h);
    EXPECT_EQ(after.rfq(id).state, RfqState::Unknown);
    EXPECT_EQ(after.service.end(id).error().code, Errc::Refused);
}

TEST_F(Restart, MakesAMereIntentUnknownToo)
{
    before.journal.setMode(FakeJournal::Mode::WhenTold);
    const auto id = before.request();
    before.quote(id, DlrA, "QA-1", "", "1.15342");
    ASSERT_TRUE(before.accept(id, DlrA));
    restart();
    EXPECT_EQ(after.acceptance(id).state, AcceptanceState::Unknown) << "the write may have happened after the record";
}

TEST_F(Restart, BlocksTheTwinDeal)
{
    before.acceptedBy(DlrA);
    restart();
    auto draft = FakeDesk::draft();
    const auto id = after.service.request(draft);
    ASSERT_TRUE(id);
    after.quote(*id, DlrB, "QB-1", "", "1.15342");
    EXPECT_EQ(after.accept(*id, DlrB).error().code, Errc::Refused);
}

TEST_F(Restart, AReplayedFillResolvesUnknown)
{
    const auto id = before.acceptedBy(DlrA);
    restart();
    auto fill = after.fillReport(after.acceptance(id).acceptance);
    fill.possDup = true;
    after.service.apply(rfq::ExecutionReported{fill});
    EXPECT_EQ(after.rfq(id).state, RfqState::Traded);
    EXPECT_EQ(after.service.trades().size(), 1U);
}

TEST_F(Restart, AReplayedRejectResolvesUnknown)
{
    const auto id = before.acceptedBy(DlrA);
    restart();
    after.reject(id);
    EXPECT_EQ(after.acceptance(id).state, AcceptanceState::Rejected);
    EXPECT_EQ(after.rfq(id).state, RfqState::Expired);
}

TEST_F(Restart, AReplayedFillOfAKnownDealIsNotASecondDeal)
{
    const auto id = before.acceptedBy(DlrA);
    before.fill(id);
    restart();
    auto fill = after.fillReport(after.acceptance(id).acceptance);
    fill.possDup = true;
    after.service.apply(rfq::ExecutionReported{fill});
    EXPECT_EQ(after.service.trades().size(), 1U);
}

TEST_F(Restart, ACrashBetweenTheTradeAndItsStateLosesNothing)
{
    const auto id = before.acceptedBy(DlrA);
    rfq::History history = historyOf(before.journal.records);
    before.fill(id);
    history.trades = {before.service.trades()[0]};
    after.service.restore(history);
    EXPECT_EQ(after.acceptance(id).state, AcceptanceState::Filled);
    EXPECT_EQ(after.rfq(id).state, RfqState::Traded);
}

TEST_F(Restart, AnUnknownAcceptanceSurvivesTheLossOfItsRequest)
{
    const auto id = before.acceptedBy(DlrA);
    rfq::History history = historyOf(before.journal.records);
    history.requests.clear();
    after.service.restore(history);
    ASSERT_TRUE(after.service.find(id));
    EXPECT_EQ(after.rfq(id).state, RfqState::Unknown);
}

TEST_F(Restart, TwiceChangesNothingMore)
{
    const auto id = before.acceptedBy(DlrA);
    before.request();
    restart();
    auto all = before.journal.records;
    all.insert(all.end(), after.journal.records.begin(), after.journal.records.end());
    FakeDesk third;
    third.service.restore(historyOf(all));
    EXPECT_EQ(third.rfq(id).state, RfqState::Unknown);
    EXPECT_TRUE(third.journal.records.empty());
}

}
