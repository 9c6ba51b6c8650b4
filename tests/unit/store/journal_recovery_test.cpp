#include "core/store/journal_names.h"
#include "core/store/journal_write.h"
#include "tests/unit/store/journal_fixture.h"

namespace {

using namespace store_test;
using base::Errc;
using rfq::AcceptanceState;
using rfq::EvidenceKind;
using Rows = std::vector<std::string>;

class RecoveryJournalTest : public JournalTest {
protected:
    void openWithAcceptance()
    {
        open();
        mustAppend(opened("R1"));
        mustAppend(intended("C1", "R1"));
    }
    rfq::History reopened()
    {
        journal.reset();
        open();
        return load();
    }
    rfq::History::PastAcceptance reopenedAcceptance()
    {
        const rfq::History history = reopened();
        EXPECT_EQ(history.acceptances.size(), 1u);
        return history.acceptances.empty() ? rfq::History::PastAcceptance{} : history.acceptances.front();
    }
};

TEST_F(RecoveryJournalTest, TheMessageIsKeptByteForByte)
{
    open();
    mustAppend(opened("R1"));
    auto click = intended("C1", "R1");
    click.message = std::string("8=FIX.4.4\x01"
                                "58=\xff\xfe\x01"
                                "96=\0\x01",
        21);
    mustAppend(click);
    EXPECT_EQ(reopenedAcceptance().message, click.message);
}

TEST_F(RecoveryJournalTest, TheClickIsOnRecordWithBothClocksAndThePerson)
{
    openWithAcceptance();
    journal.reset();
    EXPECT_EQ(rows("SELECT clicked_us, clicked_steady_ns, trader, trader_fingerprint FROM acceptance"),
        (Rows{std::to_string(at(1).time_since_epoch().count()) + "|987654321012345|Maya Keller|aa11"}));
}

TEST_F(RecoveryJournalTest, WhatItWasWrittenWithComesBack)
{
    openWithAcceptance();
    EXPECT_EQ(reopenedAcceptance().seqNum, std::nullopt);
    EXPECT_EQ(load().acceptances.at(0).written, std::nullopt);
    mustAppend(rfq::AcceptanceWritten{rfq::ClOrdId("C1"), 42, 77, at(2)});
    const auto past = reopenedAcceptance();
    EXPECT_EQ(past.seqNum, 42u);
    EXPECT_EQ(past.theirNext, 77u);
    EXPECT_EQ(past.written, at(2));
}

TEST_F(RecoveryJournalTest, NumbersThatBeganAgainProveNothingButStayOnRecord)
{
    openWithAcceptance();
    mustAppend(rfq::AcceptanceWritten{rfq::ClOrdId("C1"), 42, 77, at(2)});
    mustAppend(rfq::AcceptanceWritten{rfq::ClOrdId("C1"), 0, 0, at(9)});
    const auto past = reopenedAcceptance();
    EXPECT_EQ(past.seqNum, std::nullopt);
    EXPECT_EQ(past.theirNext, 0u);
    EXPECT_EQ(past.written, at(2));
    journal.reset();
    EXPECT_EQ(rows("SELECT seq_num, their_next FROM acceptance"), Rows{"42|77"});
}

TEST_F(RecoveryJournalTest, AResetIsNoProofOfWriting)
{
    openWithAcceptance();
    mustAppend(rfq::AcceptanceWritten{rfq::ClOrdId("C1"), 0, 0, at(9)});
    EXPECT_EQ(reopenedAcceptance().written, std::nullopt);
}

TEST_F(RecoveryJournalTest, TheWholePathIsKeptAndTheCategoryWithIt)
{
    openWithAcceptance();
    mustAppend(moved("C1", AcceptanceState::Sent, 2));
    mustAppend(moved("C1", AcceptanceState::Unknown, 3));
    auto rejected = moved("C1", AcceptanceState::Rejected, 4);
    rejected.category = rfq::RejectCategory::PriceMoved;
    mustAppend(rejected);
    const auto past = reopenedAcceptance();
    EXPECT_EQ(past.state, AcceptanceState::Rejected);
    EXPECT_EQ(past.category, rfq::RejectCategory::PriceMoved);
    journal.reset();
    EXPECT_EQ(rows("SELECT acceptance, state, code, text, category, time_us FROM acceptance_move ORDER BY sequence"),
        (Rows{"C1|sent|99|as they said|none|" + std::to_string(at(2).time_since_epoch().count()),
            "C1|unknown|99|as they said|none|" + std::to_string(at(3).time_since_epoch().count()),
            "C1|rejected|99|as they said|price-moved|" + std::to_string(at(4).time_since_epoch().count())}));
}

TEST_F(RecoveryJournalTest, EvidenceComesBackOldestFirst)
{
    openWithAcceptance();
    mustAppend(opened("R2"));
    mustAppend(intended("C2", "R2"));
    mustAppend(learnt("C1", EvidenceKind::Missed, 5));
    mustAppend(learnt("C2", EvidenceKind::Received, 6));
    mustAppend(learnt("C1", EvidenceKind::UnknownOrder, 7));
    const rfq::History history = reopened();
    ASSERT_EQ(history.acceptances.size(), 2u);
    EXPECT_EQ(history.acceptances[0].evidence,
        (std::vector{
            learnt("C1", EvidenceKind::Missed, 5).evidence, learnt("C1", EvidenceKind::UnknownOrder, 7).evidence}));
    EXPECT_EQ(history.acceptances[1].evidence, std::vector{learnt("C2", EvidenceKind::Received, 6).evidence});
}

TEST_F(RecoveryJournalTest, AClosingComesBackWithEverythingThatProvesIt)
{
    openWithAcceptance();
    mustAppend(moved("C1", AcceptanceState::Unknown));
    const rfq::OutcomeClosed decided = closed("C1", rfq::Verdict::Traded);
    mustAppend(decided);
    mustAppend(moved("C1", AcceptanceState::Closed));
    const auto past = reopenedAcceptance();
    EXPECT_EQ(past.state, AcceptanceState::Closed);
    EXPECT_EQ(past.closing, decided.closing);
}

TEST_F(RecoveryJournalTest, ATwinThatTwoPersonsAllowedIsOnRecord)
{
    openWithAcceptance();
    rfq::TwinConsent consent;
    consent.unknown = rfq::ClOrdId("C1");
    consent.reason = "the client waits";
    consent.trader = {"Maya Keller", "aa11"};
    consent.approval = approval();
    consent.time = at(62);
    mustAppend(rfq::TwinAllowed{consent});
    journal.reset();
    EXPECT_EQ(rows("SELECT acceptance, reason, trader, trader_fingerprint, approver, approver_fingerprint, statement, "
                   "certificate, signature, approved_us, time_us FROM twin_consent"),
        (Rows{"C1|the client waits|Maya Keller|aa11|Noor Haddad|bb22|" + approval().statement + "|"
            + approval().certificate + "|3045|" + std::to_string(at(60).time_since_epoch().count()) + "|"
            + std::to_string(at(62).time_since_epoch().count())}));
}

TEST_F(RecoveryJournalTest, ACorrectedTradeComesBackCorrectedAndIsKeptAsItWas)
{
    openWithAcceptance();
    mustAppend(booked("C1", "R1", "E-1"));
    mustAppend(booked("C1", "R1", "E-2"));
    rfq::Trade corrected = booked("C1", "R1", "E-1").trade;
    corrected.price = *rfq::Price::parse("1.15990");
    corrected.discrepancy = "at 1.15990 instead of 1.15870";
    corrected.state = rfq::TradeState::Corrected;
    mustAppend(rfq::TradeAmended{corrected});
    const rfq::History history = reopened();
    ASSERT_EQ(history.trades.size(), 2u);
    EXPECT_EQ(history.trades[0], corrected);
    EXPECT_EQ(history.trades[1], booked("C1", "R1", "E-2").trade);
    journal.reset();
    EXPECT_EQ(rows("SELECT price, state FROM trade_before"), Rows{"1.15870|booked"});
}

TEST_F(RecoveryJournalTest, TheNewestTradeOfAnExecIdIsAmended)
{
    openWithAcceptance();
    mustAppend(booked("C1", "R1", "E-1"));
    mustAppend(booked("C1", "R1", "E-1"));
    rfq::Trade busted = booked("C1", "R1", "E-1").trade;
    busted.state = rfq::TradeState::Busted;
    mustAppend(rfq::TradeAmended{busted});
    const rfq::History history = reopened();
    ASSERT_EQ(history.trades.size(), 2u);
    EXPECT_EQ(history.trades[0].state, rfq::TradeState::Booked);
    EXPECT_EQ(history.trades[1].state, rfq::TradeState::Busted);
}

TEST_F(RecoveryJournalTest, RecordsOfWhatTheJournalDoesNotKnowAreOurDefect)
{
    open();
    for (const rfq::JournalRecord& record :
        std::vector<rfq::JournalRecord>{rfq::AcceptanceWritten{rfq::ClOrdId("nobody"), 1, 1, at(1)},
            rfq::AcceptanceWritten{rfq::ClOrdId("nobody"), 0, 0, at(1)}, learnt("nobody", EvidenceKind::Asked),
            closed("nobody", rfq::Verdict::Traded), rfq::TradeAmended{booked("nobody", "R1").trade},
            rfq::IncidentChanged{incident("nobody")}}) {
        const base::Status status = append(record);
        ASSERT_FALSE(status) << record.index();
        EXPECT_EQ(status.error().code, Errc::Internal) << status.error().detail;
    }
}

TEST_F(RecoveryJournalTest, WhatAnIncidentIsAboutComesBackAsFarAsItCanBeDisputed)
{
    open();
    rfq::Incident about = incident("I1", "R1", "C1");
    about.report.emplace();
    about.report->clOrdId = about.clOrdId;
    about.report->session = about.session;
    about.report->orderId = rfq::OrderId("O-1");
    about.report->execId = rfq::ExecId("E-1");
    about.report->execRefId = rfq::ExecId("E-0");
    about.report->symbol = "EUR/USD";
    about.report->side = rfq::Side::Sell;
    about.report->currency = "EUR";
    about.report->quantity = rfq::Decimal::parse("25000000").value();
    about.report->lastQty = rfq::Decimal::parse("5000000").value();
    about.report->lastPx = rfq::Price::parse("1.15340").value();
    about.report->cumQty = rfq::Decimal::parse("5000000").value();
    about.report->avgPx = rfq::Price::parse("1.15340").value();
    rfq::Incident bare = incident("I2", "R1", "C1"); // of a dealer who says next to nothing
    bare.report.emplace();
    bare.report->clOrdId = bare.clOrdId;
    bare.report->session = bare.session;
    mustAppend(rfq::IncidentRaised{about});
    mustAppend(rfq::IncidentRaised{bare});
    EXPECT_EQ(reopened().incidents, (std::vector{about, bare}));
}

TEST_F(RecoveryJournalTest, AnIncidentComesBackAsItWasLeft)
{
    openWithAcceptance();
    mustAppend(rfq::IncidentRaised{incident("I1")});
    rfq::Incident second = incident("I2", "R1", "C1");
    second.kind = rfq::IncidentKind::LateFill;
    mustAppend(rfq::IncidentRaised{second});
    second.disputed = true;
    second = acknowledged(second);
    mustAppend(rfq::IncidentChanged{second});
    EXPECT_EQ(reopened().incidents, (std::vector{incident("I1"), second}));
}

TEST_F(RecoveryJournalTest, WhatNobodyHasAcknowledgedComesBackHoweverOldItIs)
{
    open();
    mustAppend(opened("OLD"));
    mustAppend(rfq::IncidentRaised{incident("I-OPEN", "OLD")});
    mustAppendEach(
        300, [](const std::string& number) { return rfq::IncidentRaised{acknowledged(incident("I" + number))}; });
    mustAppend(opened("NEW", 10));
    journal.reset();
    open();
    const rfq::History history = load(1);
    ASSERT_EQ(history.requests.size(), 2u);
    EXPECT_EQ(history.requests[0].request.id.text(), "OLD");
    ASSERT_EQ(history.incidents.size(), 201u);
    EXPECT_EQ(history.incidents.front().id.text(), "I-OPEN");
    EXPECT_EQ(history.incidents[1].id.text(), "I100");
    EXPECT_EQ(history.incidents.back().id.text(), "I299");
}

TEST_F(RecoveryJournalTest, AFloodOfRefusedEventsIsCountedAndDoesNotFillTheDisk)
{
    constexpr std::int64_t Kept = store::JournalWriter::RefusalsKept;
    open();
    const rfq::EventRefused refused{"acceptance C-1", "filled", "Rejected", std::string(5'000, 'x'), at(1)};
    std::int64_t done = 0;
    for (std::int64_t i = 0; i < Kept + 500; ++i)
        journal->append(refused, [&](const base::Status& status) {
            EXPECT_TRUE(status);
            ++done;
        });
    ASSERT_TRUE(thread.runUntil([&] { return done == Kept + 500; }));
    mustAppend(opened("R1"));
    journal.reset();
    EXPECT_EQ(rows("SELECT count(*), sum(more), max(length(text)) FROM event_refused"),
        Rows{std::to_string(Kept) + "|500|" + std::to_string(store::JournalWriter::RefusalTextKept)});
    EXPECT_EQ(rows("SELECT subject, state, event, time_us FROM event_refused LIMIT 1"),
        Rows{"acceptance C-1|filled|Rejected|" + std::to_string(at(1).time_since_epoch().count())});
    EXPECT_LT(std::filesystem::file_size(file), 20'000'000u);
}

TEST_F(RecoveryJournalTest, TheNextRunKeepsRefusedEventsAgain)
{
    const rfq::EventRefused refused{"request R-1", "ended", "quote", "", at(1)};
    for (int run = 0; run < 2; ++run) {
        open();
        mustAppend(refused);
        journal.reset();
    }
    EXPECT_EQ(rows("SELECT count(*), sum(more) FROM event_refused"), Rows{"2|0"});
}

template <typename E>
void expectWords(std::optional<E> (*from)(std::string_view), E last, std::string_view (*name)(E))
{
    for (int value = 0; value <= static_cast<int>(last); ++value) {
        const std::string_view word = name(static_cast<E>(value));
        EXPECT_FALSE(word.empty()) << value;
        EXPECT_EQ(from(word), static_cast<E>(value)) << word;
    }
    EXPECT_EQ(from("no such word"), std::nullopt);
}

TEST(JournalNames, EveryValueHasAWordOfItsOwn)
{
    using namespace store;
    expectWords<rfq::TradeState>(tradeStateFrom, rfq::TradeState::Busted, nameOf);
    expectWords<rfq::EvidenceKind>(evidenceKindFrom, EvidenceKind::Closed, nameOf);
    expectWords<rfq::Verdict>(verdictFrom, rfq::Verdict::NotTraded, nameOf);
    expectWords<rfq::IncidentKind>(incidentKindFrom, rfq::IncidentKind::Contradiction, nameOf);
    expectWords<rfq::RejectCategory>(rejectCategoryFrom, rfq::RejectCategory::Unknown, rfq::nameOf);
    expectWords<AcceptanceState>(acceptanceStateFrom, AcceptanceState::Busted, nameOf);
    expectWords<rfq::RfqState>(rfqStateFrom, rfq::RfqState::NotSent, nameOf);
}

}
