#include "tests/unit/store/journal_fixture.h"

namespace {

using namespace store_test;
using base::Errc;
using rfq::AcceptanceState;

TEST_F(JournalTest, EveryColumnComesBackAsItWasWritten)
{
    open();
    mustAppend(opened("R1"));
    mustAppend(intended("C1", "R1"));
    mustAppend(moved("C1", AcceptanceState::Filled));
    mustAppend(booked("C1", "R1"));
    mustAppend(rfq::RequestClosed{rfq::RfqId("R1"), rfq::RfqState::Traded, at(4)});
    journal.reset();
    open();
    const rfq::History history = load();

    ASSERT_EQ(history.requests.size(), 1u);
    EXPECT_EQ(history.requests[0].request, opened("R1").request);
    EXPECT_EQ(history.requests[0].state, rfq::RfqState::Traded);
    EXPECT_EQ(history.requests[0].opened, at(0));
    ASSERT_EQ(history.acceptances.size(), 1u);
    EXPECT_EQ(history.acceptances[0].acceptance, intended("C1", "R1").acceptance);
    EXPECT_EQ(history.acceptances[0].state, AcceptanceState::Filled);
    EXPECT_EQ(history.acceptances[0].code, "99");
    EXPECT_EQ(history.acceptances[0].text, "as they said");
    EXPECT_EQ(history.acceptances[0].time, at(1));
    ASSERT_EQ(history.trades.size(), 1u);
    EXPECT_EQ(history.trades[0], booked("C1", "R1").trade);
}

TEST_F(JournalTest, PricesAndQuantitiesKeepTheirDigits)
{
    open();
    mustAppend(opened("R1"));
    auto click = intended("C1", "R1");
    click.acceptance.price = *rfq::Price::parse("01.158700");
    click.acceptance.quantity = rfq::Decimal(2'500'000'050, 2);
    mustAppend(click);
    const rfq::History history = load();
    ASSERT_EQ(history.acceptances.size(), 1u);
    EXPECT_EQ(history.acceptances[0].acceptance.price.text, "01.158700");
    EXPECT_EQ(history.acceptances[0].acceptance.quantity.text(), "25000000.50");
}

TEST_F(JournalTest, WordsOfTheCounterpartyAreKeptByteForByte)
{
    open();
    mustAppend(opened("R1"));
    mustAppend(intended("C1", "R1"));
    auto rejected = moved("C1", AcceptanceState::Rejected);
    rejected.text = std::string("'); DROP TABLE trade; -- \xff\x00 caf\xc3\xa9", 33);
    mustAppend(rejected);
    EXPECT_EQ(load().acceptances.at(0).text, rejected.text);
}

TEST_F(JournalTest, CallbacksComeInTheOrderOfTheAppends)
{
    open();
    std::vector<int> order;
    constexpr int Count = 500;
    for (int i = 0; i < Count; ++i)
        journal->append(opened("R" + std::to_string(i)), [&order, i](const base::Status& status) {
            EXPECT_TRUE(status);
            order.push_back(i);
        });
    ASSERT_TRUE(thread.runUntil([&] { return order.size() == Count; }));
    for (int i = 0; i < Count; ++i)
        ASSERT_EQ(order[static_cast<std::size_t>(i)], i);
}

TEST_F(JournalTest, ARecordThatCannotBeWrittenDoesNotTakeItsNeighboursWithIt)
{
    open();
    std::vector<bool> outcomes;
    const auto note = [&](const base::Status& status) { outcomes.push_back(status.has_value()); };
    journal->append(opened("R1"), note);
    journal->append(moved("nobody", AcceptanceState::Sent), note);
    journal->append(opened("R2"), note);
    journal->append(opened("R1"), note);
    ASSERT_TRUE(thread.runUntil([&] { return outcomes.size() == 4; }));
    EXPECT_EQ(outcomes, (std::vector<bool>{true, false, true, false}));
    EXPECT_EQ(load().requests.size(), 2u);
}

TEST_F(JournalTest, AnAcceptanceOfAnUnknownRequestIsRefused)
{
    open();
    EXPECT_FALSE(append(intended("C1", "never-asked")));
    EXPECT_EQ(append(rfq::RequestClosed{rfq::RfqId("never-asked"), rfq::RfqState::Ended, at(1)}).error().code,
        Errc::Internal);
}

TEST_F(JournalTest, FillsThatShareAnExecIdAreAllKept)
{
    open();
    mustAppend(opened("R1"));
    mustAppend(intended("C1", "R1"));
    mustAppend(booked("C1", "R1", ""));
    mustAppend(booked("C1", "R1", ""));
    EXPECT_EQ(load().trades.size(), 2u);
}

TEST_F(JournalTest, AnAcceptanceWithoutAnOutcomeComesBackHoweverOldItIs)
{
    open();
    mustAppend(opened("OLD"));
    mustAppend(intended("C-OPEN", "OLD"));
    mustAppend(moved("C-OPEN", AcceptanceState::Sent));
    mustAppend(opened("OLD-DONE"));
    mustAppend(intended("C-DONE", "OLD-DONE"));
    mustAppend(moved("C-DONE", AcceptanceState::Rejected));
    for (int i = 0; i < 5; ++i)
        mustAppend(opened("NEW" + std::to_string(i), 10 + i));
    const rfq::History history = load(2);

    ASSERT_EQ(history.requests.size(), 3u);
    EXPECT_EQ(history.requests[0].request.id.text(), "OLD");
    EXPECT_EQ(history.requests[1].request.id.text(), "NEW3");
    EXPECT_EQ(history.requests[2].request.id.text(), "NEW4");
    ASSERT_EQ(history.acceptances.size(), 1u);
    EXPECT_EQ(history.acceptances[0].acceptance.id.text(), "C-OPEN");
    EXPECT_EQ(history.acceptances[0].state, AcceptanceState::Sent);
}

TEST_F(JournalTest, EveryStateWithoutAnOutcomeComesBack)
{
    open();
    mustAppend(opened("R1"));
    for (const AcceptanceState state : {AcceptanceState::Intended, AcceptanceState::Sent, AcceptanceState::Held,
             AcceptanceState::Filled, AcceptanceState::PartlyFilled, AcceptanceState::Rejected,
             AcceptanceState::NotDone, AcceptanceState::NotSent, AcceptanceState::Unknown, AcceptanceState::NotReceived,
             AcceptanceState::Closed, AcceptanceState::Busted}) {
        const std::string name = std::to_string(static_cast<int>(state));
        mustAppend(opened("R" + name + "-own"));
        mustAppend(intended("C" + name, "R" + name + "-own"));
        mustAppend(moved("C" + name, state));
    }
    for (const auto& past : load(0).acceptances)
        EXPECT_FALSE(rfq::isOver(past.state));
    EXPECT_EQ(load(0).acceptances.size(), 4u);
}

TEST_F(JournalTest, TheDestructorFinishesWhatWasAppended)
{
    open();
    for (int i = 0; i < 50; ++i)
        journal->append(opened("R" + std::to_string(i)), [](const base::Status&) {});
    journal.reset();
    open();
    EXPECT_EQ(load().requests.size(), 50u);
}

}
