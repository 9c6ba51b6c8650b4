#include "tests/unit/rfq/history_of.h"
#include "tests/unit/rfq/in_flight.h"

#include <gtest/gtest.h>

#include <chrono>

using namespace std::chrono_literals;
using namespace support;
using base::Errc;
using rfq::AcceptanceState;
using rfq::IncidentKind;
using rfq::RfqState;
using rfq::TradeState;

/// Fills that come in pieces, twice, too early, or are changed afterwards. Each was found by the adversary first.
namespace {

struct AmendedFill : InFlight {
    [[nodiscard]] rfq::ExecutionReport execution(const char* name, const char* quantity, const char* cumQty) const
    {
        auto report = desk.fillReport(accepted());
        report.execId = rfq::ExecId(name);
        report.lastQty = decimal(quantity);
        report.cumQty = decimal(cumQty);
        report.leavesQty = base::Decimal::subtract(accepted().quantity, report.cumQty).value();
        report.ordStatus = report.leavesQty.isZero() ? '2' : '1';
        return report;
    }
    [[nodiscard]] rfq::ExecutionReport amendment(char type, const char* of, const char* cumQty) const
    {
        auto report = execution((std::string("A-") + type).c_str(), "0", cumQty);
        report.execType = type;
        report.execRefId = rfq::ExecId(of);
        report.lastQty.reset();
        return report;
    }
    [[nodiscard]] base::Decimal position() const
    {
        const auto positions = desk.service.positions();
        return positions.empty() ? base::Decimal() : positions[0].least;
    }
    [[nodiscard]] bool hasIncident(IncidentKind kind) const
    {
        const auto& incidents = desk.service.incidents();
        return std::any_of(incidents.begin(), incidents.end(),
            [kind](const rfq::Incident& incident) { return incident.kind == kind; });
    }
};

TEST_F(AmendedFill, KnownFromAStatusIsTakenBackByItsOwnName)
{
    auto status = desk.fillReport(accepted());
    status.execType = 'I';
    status.execId = rfq::ExecId("0");
    report(status);
    ASSERT_EQ(state(), AcceptanceState::Filled);
    EXPECT_TRUE(desk.service.trades()[0].execId.empty()) << "the status has an ExecID of its own";
    report(amendment('H', "E-1", "0"));
    EXPECT_EQ(state(), AcceptanceState::Busted);
    EXPECT_EQ(position(), decimal("0"));
    auto replayed = execution("E-1", "25000000", "25000000");
    replayed.possDup = true;
    report(replayed);
    EXPECT_EQ(state(), AcceptanceState::Busted) << "its first report is history";
    EXPECT_EQ(position(), decimal("0"));
}

TEST_F(AmendedFill, KnownFromAStatusAndTakenBackWithoutAnyNameStaysSoInAReplay)
{
    auto status = desk.fillReport(accepted());
    status.execType = 'I';
    report(status);
    auto bust = amendment('H', "", "0");
    report(bust);
    ASSERT_EQ(state(), AcceptanceState::Busted);
    auto replayed = execution("E-1", "25000000", "25000000");
    replayed.possDup = true;
    report(replayed);
    EXPECT_EQ(state(), AcceptanceState::Busted);
    EXPECT_EQ(position(), decimal("0"));
    EXPECT_FALSE(hasIncident(IncidentKind::LateFill));
    report(execution("E-2", "25000000", "25000000"));
    EXPECT_EQ(position(), decimal("25000000")) << "a new fill is one";
}

TEST_F(AmendedFill, OneOfSeveralExecutionsTakenBackLeavesTheOthers)
{
    report(execution("E-1", "5000000", "5000000"));
    report(execution("E-2", "20000000", "25000000"));
    ASSERT_EQ(position(), decimal("25000000"));
    auto bust = amendment('H', "E-2", "5000000");
    bust.lastQty = decimal("20000000");
    report(bust);
    EXPECT_EQ(position(), decimal("5000000"));
    EXPECT_EQ(desk.service.trades()[0].state, TradeState::Corrected);
    EXPECT_TRUE(hasIncident(IncidentKind::FillBusted));
    report(bust);
    EXPECT_EQ(position(), decimal("5000000")) << "told again";
    auto other = amendment('H', "E-1", "0");
    other.lastQty = decimal("5000000");
    other.execId = rfq::ExecId("A-H2");
    report(other);
    EXPECT_EQ(position(), decimal("0"));
    EXPECT_EQ(state(), AcceptanceState::Busted);
}

TEST_F(AmendedFill, OneThatWasBookedAsAPartIsTakenBackByItsOwnName)
{
    report(execution("E-1", "5000000", "5000000"));
    report(execution("E-2", "20000000", "25000000"));
    auto bust = amendment('H', "E-1", "20000000");
    bust.lastQty = decimal("5000000");
    report(bust);
    EXPECT_EQ(position(), decimal("20000000"));
    report(bust);
    EXPECT_EQ(position(), decimal("20000000")) << "told again";
}

TEST_F(AmendedFill, ABustThatNamesNoAmountButTheRestLeavesTheRest)
{
    report(execution("E-1", "5000000", "5000000"));
    report(execution("E-2", "20000000", "25000000"));
    report(amendment('H', "E-2", "5000000"));
    EXPECT_EQ(position(), decimal("5000000"));
}

TEST_F(AmendedFill, APartThatWasTakenBackIsNotTakenBackAgainAfterARestart)
{
    report(execution("E-1", "5000000", "5000000"));
    report(execution("E-2", "20000000", "25000000"));
    auto bust = amendment('H', "E-1", "25000000"); // a dealer that does not count again
    bust.lastQty = decimal("5000000");
    report(bust);
    FakeDesk later;
    later.service.restore(historyOf(desk.journal.records));
    bust.possDup = true;
    later.service.apply(rfq::ExecutionReported{bust});
    EXPECT_EQ(later.service.positions()[0].least, decimal("20000000"));
}

TEST_F(AmendedFill, TakenBackBeforeItWasHeardOfCountsForNothing)
{
    becomeUnknown();
    report(amendment('H', "E-1", "0"));
    EXPECT_TRUE(hasIncident(IncidentKind::FillBusted));
    auto replayed = execution("E-1", "25000000", "25000000");
    replayed.possDup = true;
    report(replayed);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
    EXPECT_TRUE(desk.service.trades().empty());
    report(execution("E-2", "25000000", "25000000"));
    EXPECT_EQ(state(), AcceptanceState::Filled) << "another execution is another fill";
}

TEST_F(AmendedFill, CorrectedWithoutAnAmountKeepsItsAmount)
{
    desk.fill(id);
    auto correction = amendment('G', desk.service.trades()[0].execId.text().c_str(), "0");
    correction.lastPx = price("1.15340");
    report(correction);
    EXPECT_EQ(desk.service.trades()[0].quantity, decimal("25000000"));
    EXPECT_EQ(desk.service.trades()[0].price.text, "1.15340");
    EXPECT_EQ(desk.rfq(id).state, RfqState::Traded);
}

TEST_F(AmendedFill, CorrectedToLessMakesTheRequestPartlyTraded)
{
    desk.fill(id);
    auto correction = amendment('G', desk.service.trades()[0].execId.text().c_str(), "5000000");
    correction.lastQty = decimal("5000000");
    report(correction);
    EXPECT_EQ(desk.rfq(id).state, RfqState::PartlyTraded);
    EXPECT_EQ(position(), decimal("5000000"));
}

TEST_F(AmendedFill, CorrectedAfterItWasTakenBackIsAnIncidentAndNoDeal)
{
    desk.fill(id);
    const std::string name = desk.service.trades()[0].execId.text();
    report(amendment('H', name.c_str(), "0"));
    ASSERT_EQ(state(), AcceptanceState::Busted);
    report(amendment('G', name.c_str(), "25000000"));
    EXPECT_EQ(desk.service.trades()[0].state, TradeState::Busted);
    EXPECT_EQ(position(), decimal("0"));
    EXPECT_TRUE(hasIncident(IncidentKind::FillCorrected));
}

TEST_F(AmendedFill, OfTheOtherOrderIsWhatTheRequestTraded)
{
    const rfq::Acceptance first = accepted();
    desk.reject(id);
    ASSERT_TRUE(desk.accept(id, DlrA));
    desk.confirmSent(id);
    const rfq::Acceptance second = accepted();
    report(desk.fillReport(first));
    report(desk.fillReport(second));
    ASSERT_EQ(desk.service.trades().size(), 2U);
    auto bust = desk.fillReport(first);
    bust.execType = 'H';
    bust.execRefId = bust.execId;
    bust.execId = rfq::ExecId("H");
    report(bust);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Traded);
    EXPECT_EQ(desk.rfq(id).trade->clOrdId, second.id);
    FakeDesk after;
    after.service.restore(historyOf(desk.journal.records));
    EXPECT_EQ(after.rfq(id).state, RfqState::Traded);
    EXPECT_EQ(after.rfq(id).trade->clOrdId, second.id);
}

// ---- part fills whose last word denies them ----

TEST_F(AmendedFill, APartFillThatTheLastWordDeniesIsAnIncident)
{
    report(execution("E-1", "10000000", "10000000"));
    ASSERT_EQ(state(), AcceptanceState::Held);
    desk.reject(id);
    EXPECT_EQ(state(), AcceptanceState::Rejected);
    EXPECT_TRUE(hasIncident(IncidentKind::Contradiction));
    const auto& records = desk.journal.records;
    const auto at = [&](auto matches) { return std::find_if(records.begin(), records.end(), matches); };
    EXPECT_LT(at([](const auto& record) { return std::holds_alternative<rfq::IncidentRaised>(record); }),
        at([](const auto& record) {
            const auto* moved = std::get_if<rfq::AcceptanceMoved>(&record);
            return moved && moved->state == AcceptanceState::Rejected;
        }))
        << "a crash between the two must not lose the alarm";
}

TEST_F(AmendedFill, APartFillProvesThatItWasReceived)
{
    report(execution("E-1", "10000000", "10000000"));
    becomeUnknown();
    ASSERT_EQ(state(), AcceptanceState::Unknown);
    desk.service.apply(rfq::PeerExpects{VenueX, 17});
    desk.advance(1min);
    auto none = desk.statusReport(accepted(), '8');
    none.execType = 'I';
    none.rejectCode = "5";
    report(none);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
    FakeDesk after;
    after.service.restore(historyOf(desk.journal.records));
    after.logOn();
    EXPECT_EQ(after.acceptance(id).state, AcceptanceState::Unknown) << "over restarts too";
}

TEST_F(AmendedFill, AListOfTradesFromAnotherSessionAddsNothing)
{
    auto elsewhere = desk.fillReport(accepted());
    elsewhere.session = DirectD;
    elsewhere.execId = rfq::ExecId("T-1");
    desk.service.apply(rfq::TradeCaptured{elsewhere});
    auto here = desk.fillReport(accepted());
    here.execId = rfq::ExecId("T-2");
    desk.service.apply(rfq::TradeCaptured{here});
    EXPECT_EQ(position(), decimal("25000000"));
    EXPECT_TRUE(hasIncident(IncidentKind::StrayFill));
}

// ---- asked late, restarted in between ----

TEST_F(AmendedFill, AnAnswerIsWaitedForFromWhenItWasAskedFor)
{
    desk.advance(1h); // the workstation slept
    ASSERT_EQ(desk.acceptance(id).asking, rfq::Inquiry::OrderStatus);
    EXPECT_EQ(desk.service.nextDeadline(), desk.clock.steady() + 3s);
    desk.advance(3s - 1ns);
    EXPECT_EQ(state(), AcceptanceState::Sent);
    desk.advance(1ns);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
}

TEST_F(AmendedFill, ABookedFillStandsAboveTheLastStateOnDisk)
{
    desk.reject(id);
    desk.fill(id);
    auto records = desk.journal.records;
    while (!std::holds_alternative<rfq::TradeBooked>(records.back()))
        records.pop_back();
    FakeDesk after;
    after.service.restore(historyOf(records));
    EXPECT_EQ(after.acceptance(id).state, AcceptanceState::Filled);
    EXPECT_EQ(after.rfq(id).state, RfqState::Traded);

    report(amendment('H', desk.service.trades()[0].execId.text().c_str(), "0"));
    records = desk.journal.records;
    while (!std::holds_alternative<rfq::TradeAmended>(records.back()))
        records.pop_back();
    FakeDesk later;
    later.service.restore(historyOf(records));
    EXPECT_EQ(later.acceptance(id).state, AcceptanceState::Busted);
    EXPECT_EQ(later.rfq(id).state, RfqState::Ended);
}

}
