#include "core/store/sqlite_database.h"
#include "tests/unit/app/venue/floor_fixture.h"

#include <fstream>
#include <map>
#include <random>
#include <set>

namespace venue::test {
namespace {

using fix::maker::Repeat;

class Restart : public FloorTest {
protected:
    std::vector<fix::maker::ReportOut> since(std::size_t first) const
    {
        std::vector<fix::maker::ReportOut> found;
        const auto all = clients.heard<Report>(Acme);
        for (std::size_t i = first; i < all.size(); ++i)
            found.push_back(all[i].out);
        return found;
    }
};

TEST_F(Restart, AnOrderThatWasTakenButNotDecidedIsRejectedOnceAndReportedAtTheNextLogon)
{
    settings.scenarios = {{.order = OrderFault::NeverAnswer}};
    open();
    send(orderOn(quoteOf("CASSINI")));
    EXPECT_TRUE(reports().empty());
    restart();
    EXPECT_TRUE(reports().empty()) << "nobody is there to hear";
    EXPECT_EQ(truthOf("C1").state, OrderState::Rejected);
    logOnAll();
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(reports()[0].ordStatus, '8');
    EXPECT_EQ(reports()[0].text, "cancelled by restart: nothing was dealt");
    EXPECT_EQ(lastReport().repeat, Repeat::First) << "it cannot have been sent before";
    restart();
    logOnAll();
    EXPECT_EQ(reports().size(), 1U);
}

TEST_F(Restart, AFillThatNobodyConfirmedIsSentAgainAsTheSameFill)
{
    confirming = false;
    open();
    send(orderOn(quoteOf("CASSINI")));
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(lastReport().repeat, Repeat::First);
    restart();
    logOnAll();
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(lastReport().repeat, Repeat::PossResend);
    EXPECT_EQ(reports()[1], reports()[0]) << "the same ExecID(17), in every field the same";
}

TEST_F(Restart, AFillThatWasConfirmedIsNotSentAgain)
{
    open();
    send(orderOn(quoteOf("CASSINI")));
    restart();
    logOnAll();
    EXPECT_EQ(reports().size(), 1U);
}

TEST_F(Restart, WhatWasNotConfirmedBeforeALogoffIsSentAgainWithoutARestartToo)
{
    confirming = false;
    open();
    send(orderOn(quoteOf("CASSINI")));
    venue->loggedOff(Acme);
    venue->loggedOn(Acme);
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(lastReport().repeat, Repeat::PossResend);
    confirming = true;
    venue->loggedOff(Acme);
    venue->loggedOn(Acme);
    ASSERT_EQ(reports().size(), 3U);
    venue->loggedOff(Acme);
    venue->loggedOn(Acme);
    EXPECT_EQ(reports().size(), 3U);
}

TEST_F(Restart, AClOrdIdOfBeforeIsNeverDealtAgain)
{
    open();
    const auto quote = quoteOf("CASSINI");
    send(orderOn(quote));
    restart();
    logOnAll();
    send(orderOn(quote), Acme, Delivery::PossibleDuplicate);
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(reports()[1].execId, reports()[0].execId);
    EXPECT_EQ(lastReport().repeat, Repeat::PossResend);
    send(orderOn(quoteOf("CASSINI", "Q2")));
    EXPECT_EQ(reports().back().rejectCode, "6");
}

TEST_F(Restart, QuotesOfBeforeAreForgotten)
{
    open();
    const auto quote = quoteOf("CASSINI");
    restart();
    logOnAll();
    send(orderOn(quote));
    EXPECT_EQ(reports().back().rejectCode, "5");
}

TEST_F(Restart, NoIdIsUsedTwiceEvenWithinASecond)
{
    open();
    std::set<std::string> ids;
    for (int run = 0; run < 3; ++run) {
        const auto quote = quoteOf("CASSINI", "Q" + std::to_string(run));
        send(orderOn(quote, "C" + std::to_string(run)));
        EXPECT_TRUE(ids.insert(quote.quote.id.text()).second);
        EXPECT_TRUE(ids.insert(reports().back().execId.text()).second);
        EXPECT_TRUE(ids.insert(reports().back().orderId.text()).second);
        restart(); // the clock stands still
        logOnAll();
    }
}

TEST_F(Restart, ABookThatCannotBeWrittenEndsDealing)
{
    open();
    const auto quote = quoteOf("CASSINI");
    // The table is gone from under the venue.
    auto other =
        store::SqliteDatabase::open(directory->path() / "orders.sqlite", store::SqliteDatabase::Mode::Existing);
    ASSERT_TRUE(other && (*other)->execute("ALTER TABLE orders RENAME TO gone"));
    send(orderOn(quote));
    EXPECT_TRUE(reports().empty());
    const auto refusals = clients.heard<MessageRefusal>(Acme);
    ASSERT_EQ(refusals.size(), 1U);
    EXPECT_EQ(refusals[0].code, "4");
    EXPECT_EQ(refusals[0].refId, "C1");
    ASSERT_TRUE((*other)->execute("ALTER TABLE gone RENAME TO orders"));
    send(orderOn(quote, "C2"));
    EXPECT_TRUE(reports().empty()) << "until somebody has looked at it";
    EXPECT_EQ(clients.heard<MessageRefusal>(Acme).size(), 2U);
}

struct Killed { };

/// Plays the same deals over and over, and kills the venue at another moment each time: between any two things it
/// writes, logs or sends. What the client makes of the reports, and of the answers to its questions after the restart,
/// must be the venue's truth.
class KillPoints : public FloorTest, public testing::WithParamInterface<unsigned> {
protected:
    KillPoints()
    {
        dealer("DRYAD").lastLook =
            LastLook{.hold = {300ms, 300ms}, .rejectPercent = 30, .tolerancePips = decimal("1000")};
        clients.onStep = log.onStep = [this] {
            if (fuse > 0 && --fuse == 0)
                throw Killed();
        };
    }

    /// False where the venue was killed in the middle of it.
    template <typename Work>
    bool survives(Work work)
    {
        try {
            work();
            return true;
        } catch (const Killed&) {
            comeBack();
            return false;
        }
    }

    /// It may be killed while it recovers, too.
    void comeBack()
    {
        while (true) {
            fuse = static_cast<int>(chance() % 6);
            try {
                restart();
                logOnAll();
                fuse = 0;
                return;
            } catch (const Killed&) {
                // and tries again
            }
        }
    }

    /// The quantity that the client believes to have dealt, by order; each ExecID counts once.
    std::map<std::string, rfq::Decimal> believed() const
    {
        std::map<std::string, rfq::Decimal> deals;
        std::map<std::string, rfq::ExecutionReport> seen;
        for (const rfq::ExecutionReport& report : reports()) {
            const auto [earlier, isNew] = seen.emplace(report.execId.text(), report);
            EXPECT_TRUE(isNew || earlier->second == report) << "one ExecID, two meanings";
            if (isNew && report.execType == 'F') {
                EXPECT_FALSE(deals.contains(report.clOrdId.text())) << "dealt twice: " << report.clOrdId.text();
                deals[report.clOrdId.text()] = report.cumQty;
            }
        }
        return deals;
    }

    int fuse = 0;
    std::mt19937 chance{GetParam()}; // NOLINT(cert-msc51-cpp): the same each time
};

TEST_P(KillPoints, NoDealIsLostOrDoubled)
{
    open();
    std::vector<std::string> orders;
    for (int i = 0; i < 6; ++i) {
        const std::string number = std::to_string(i);
        const auto quote = quoteOf(chance() % 2 == 0 ? "DRYAD" : "CASSINI", "Q" + number);
        fuse = static_cast<int>(chance() % 14);
        survives([&] { send(orderOn(quote, "C" + number)); });
        orders.push_back("C" + number);
        survives([&] { pass(400ms); });
        fuse = 0;
        if (chance() % 3 == 0)
            send(orderOn(quote, "C" + number), Acme, Delivery::PossibleDuplicate);
    }
    fuse = 0;
    restart();
    logOnAll();

    const auto deals = believed();
    for (const std::string& order : orders) {
        const auto booked = book->find(Acme, rfq::ClOrdId(order)).value();
        const bool dealt = booked && booked->truth.state == OrderState::Filled;
        EXPECT_EQ(deals.contains(order), dealt) << order;
        if (dealt && deals.contains(order)) {
            EXPECT_EQ(deals.at(order), booked->truth.cumQty) << order;
        }
        EXPECT_FALSE(booked && booked->truth.state == OrderState::Taken) << "nothing stays open: " << order;
        send(fix::maker::OrderStatusRequest{.clOrdId = rfq::ClOrdId(order), .reqId = "S", .symbol = {}, .side = {}});
        EXPECT_EQ(reports().back().cumQty.isZero(), !dealt) << order;
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, KillPoints, testing::Range(1U, 41U));

}
}
