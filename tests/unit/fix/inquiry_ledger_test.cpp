#include "core/fix/inquiry_ledger.h"
#include "core/fix/taker_codec.h"
#include "tests/unit/fix/codec_fixtures.h"

/// What follows from the answers to questions about acceptances, and from what is not in them.
namespace {

using namespace fix::test;
using rfq::EvidenceKind;
using rfq::Inquiry;

const std::string Fields = "37=O|17=0|150=I|55=EUR/USD|54=1|151=0|";

class Ledger : public testing::Test {
protected:
    void ask(Inquiry inquiry, const std::string& clOrdId, const std::string& id, std::uint64_t replayFrom = 0)
    {
        rfq::AskOutcome command{sampleAcceptance().acceptance, inquiry, replayFrom};
        command.acceptance.id = rfq::ClOrdId(clOrdId);
        ledger.open(command, id);
    }
    /// The answers that follow from this message; `event` is what it means by itself.
    std::vector<rfq::InquiryAnswered> hear(const std::string& line)
    {
        const auto message = wire(line);
        auto decoded = fix::taker::decode(message, Session, {}, std::nullopt, Received);
        EXPECT_TRUE(decoded) << line;
        event = *std::move(decoded);
        return ledger.note(message, event);
    }
    /// "C-1: unknown" for each answer.
    std::string heard(const std::string& line) { return textOf(hear(line)); }
    static std::string textOf(const std::vector<rfq::InquiryAnswered>& answers)
    {
        std::string text;
        for (const rfq::InquiryAnswered& answer : answers) {
            EXPECT_EQ(answer.session, Session);
            text += answer.clOrdId.text() + nameOf(answer.meaning) + answer.text + "; ";
        }
        return text;
    }
    static std::string nameOf(EvidenceKind kind)
    {
        if (kind == EvidenceKind::UnknownOrder)
            return " unknown: ";
        return kind == EvidenceKind::NoTrade ? " no trade: "
            : kind == EvidenceKind::Silence  ? " silence: "
                                             : " other: ";
    }

    fix::InquiryLedger ledger;
    std::optional<rfq::VenueEvent> event;
};

TEST_F(Ledger, AListOfDecidedOrdersThatDoesNotNameItKnowsNoSuchOrder)
{
    ask(Inquiry::MassStatus, "C-1", "M1");
    EXPECT_EQ(heard("35=8|11=C-7|584=M1|911=2|912=N|39=2|14=5|" + Fields), "");
    EXPECT_EQ(heard("35=8|11=C-8|584=M1|911=2|912=Y|39=0|14=0|" + Fields),
        "C-1 unknown: 2 reports, none about it, some of them of decided orders; ");
    EXPECT_EQ(heard("35=8|11=C-8|584=M1|911=2|912=Y|39=0|14=0|" + Fields), "") << "said once";
}

TEST_F(Ledger, AListOfOpenOrdersProvesNothingAboutADecidedOne)
{
    ask(Inquiry::MassStatus, "C-1", "M1");
    EXPECT_EQ(heard("35=8|11=C-8|584=M1|912=Y|39=0|14=0|" + Fields),
        "C-1 no trade: 1 report, none about it, all of them of open orders; ");
    ask(Inquiry::MassStatus, "C-1", "M2");
    EXPECT_EQ(heard("35=8|584=M2|911=1|912=Y|39=8|14=0|" + Fields),
        "C-1 no trade: 1 report, none about it, all of them of open orders; ")
        << "whoever rejects without a ClOrdID lists no order";
}

TEST_F(Ledger, AListThatNamesItIsAnsweredByItsReport)
{
    ask(Inquiry::MassStatus, "C-1", "M1");
    EXPECT_EQ(heard("35=8|11=C-1|584=M1|911=2|912=N|39=0|14=0|" + Fields), "");
    ASSERT_TRUE(event);
    EXPECT_TRUE(std::holds_alternative<rfq::ExecutionReported>(*event));
    EXPECT_EQ(heard("35=8|11=C-7|584=M1|911=2|912=Y|39=2|14=5|" + Fields), "");
}

TEST_F(Ledger, AListThatCountsItsReportsNeedsNoLastOne)
{
    ask(Inquiry::MassStatus, "C-1", "M1");
    EXPECT_EQ(heard("35=8|11=C-7|584=M1|911=2|39=2|14=5|" + Fields), "");
    EXPECT_NE(heard("35=8|11=C-8|584=M1|911=2|39=2|14=5|" + Fields), "");
}

TEST_F(Ledger, AListThatIsNotWholeProvesNothing)
{
    ask(Inquiry::MassStatus, "C-1", "M1");
    EXPECT_EQ(heard("35=8|11=C-7|584=M1|911=3|912=N|39=2|14=5|" + Fields), "");
    EXPECT_EQ(heard("35=8|11=C-8|584=M1|911=3|912=Y|39=2|14=5|" + Fields),
        "C-1 silence: only 2 of 3 reports could be read, none about it; ");
}

TEST_F(Ledger, AReportThatCannotBeReadMayBeTheOne)
{
    ask(Inquiry::MassStatus, "C-1", "M1");
    ask(Inquiry::TradeCapture, "C-1", "T1");
    ledger.noteUnreadable(wire("35=8|584=M1|11=C-1|39=2|14=x"));
    EXPECT_EQ(heard("35=8|11=C-8|584=M1|912=Y|39=2|14=5|" + Fields),
        "C-1 silence: only 1 of 1 report could be read, none about it; ");
    EXPECT_EQ(heard("35=AE|568=T1|571=X|17=E7|32=5|912=Y|552=1|54=1|11=C-7"), "C-1 no trade: 1 report, none about it; ")
        << "the other list was read whole";
}

TEST_F(Ledger, AListIsForWhoAskedForIt)
{
    ask(Inquiry::MassStatus, "C-1", "M1");
    ask(Inquiry::MassStatus, "C-2", "M2");
    EXPECT_EQ(heard("35=8|11=C-7|584=M2|912=Y|39=2|14=5|" + Fields),
        "C-2 unknown: 1 report, none about it, some of them of decided orders; ");
    EXPECT_EQ(heard("35=8|11=C-7|584=OLD|912=Y|39=2|14=5|" + Fields), "");
    EXPECT_EQ(heard("35=8|11=C-7|912=Y|39=2|14=5|" + Fields),
        "C-1 unknown: 1 report, none about it, some of them of decided orders; ")
        << "who does not say whose list it is means everybody's";
}

TEST_F(Ledger, AQuestionAskedAgainTakesThePlaceOfTheFormer)
{
    ask(Inquiry::MassStatus, "C-1", "M1");
    ask(Inquiry::MassStatus, "C-1", "M2");
    EXPECT_EQ(heard("35=8|11=C-7|584=M1|912=Y|39=2|14=5|" + Fields), "");
    EXPECT_NE(heard("35=8|11=C-7|584=M2|912=Y|39=2|14=5|" + Fields), "");
}

TEST_F(Ledger, AnOrdinaryReportIsNoList)
{
    ask(Inquiry::MassStatus, "C-1", "M1");
    EXPECT_EQ(heard("35=8|11=C-7|39=2|14=5|" + Fields), "");
    EXPECT_EQ(heard("35=8|11=C-7|912=Y|584=M1|39=2|14=5|" + Fields),
        "C-1 unknown: 1 report, none about it, some of them of decided orders; ");
}

TEST_F(Ledger, TradesThatDoNotNameIt)
{
    ask(Inquiry::TradeCapture, "C-1", "T1");
    EXPECT_EQ(heard("35=AQ|568=T1|748=2|749=0|750=0"), "");
    EXPECT_FALSE(event);
    EXPECT_EQ(heard("35=AE|568=T1|571=X|17=E7|32=5|912=N|552=1|54=1|11=C-7"), "");
    EXPECT_EQ(heard("35=AE|568=T1|571=Y|17=E8|32=5|552=1|54=1"), "C-1 no trade: 2 reports, none about it; ");
}

TEST_F(Ledger, TradesThatNameIt)
{
    ask(Inquiry::TradeCapture, "C-1", "T1");
    EXPECT_EQ(heard("35=AE|568=T1|571=X|17=E7|32=5|912=Y|552=1|54=1|11=C-1"), "");
    ASSERT_TRUE(event);
    EXPECT_TRUE(std::holds_alternative<rfq::TradeCaptured>(*event));
    ask(Inquiry::TradeCapture, "C-1", "T2");
    EXPECT_EQ(heard("35=AE|568=T2|571=X|17=E7|32=5|150=H|912=Y|552=1|54=1|11=C-1"), "") << "one that was taken back";
}

TEST_F(Ledger, NothingIsSaidAboutWhomTheRequestWasAbout)
{
    ask(Inquiry::MassStatus, "C-1", "M1");
    ask(Inquiry::TradeCapture, "C-2", "T1");
    EXPECT_EQ(heard("35=AQ|568=T1|748=0|749=0|750=1"), "");
    EXPECT_EQ(std::get<rfq::InquiryAnswered>(*event).clOrdId, rfq::ClOrdId("C-2"));
    EXPECT_EQ(heard("35=8|37=NONE|17=0|584=M1|911=0|912=Y|150=I|39=8"), "");
    EXPECT_EQ(std::get<rfq::InquiryAnswered>(*event).clOrdId, rfq::ClOrdId("C-1"));
    EXPECT_EQ(heard("35=8|37=NONE|17=0|584=M1|911=0|912=Y|150=I|39=8"), "");
    EXPECT_TRUE(std::get<rfq::InquiryAnswered>(*event).clOrdId.empty()) << "answered already";
}

TEST_F(Ledger, AnAnswerByTheIdOfTheQuestionAloneIsCompleted)
{
    ask(Inquiry::OrderStatus, "C-1", "H1");
    ask(Inquiry::QuoteStatus, "C-1", "Q1");
    hear("35=8|37=NONE|790=H1|39=8|103=5|14=0|17=0|150=I|151=0");
    EXPECT_EQ(std::get<rfq::ExecutionReported>(*event).report.clOrdId, rfq::ClOrdId("C-1"));
    hear("35=8|37=NONE|11=C-9|790=H1|39=8|103=5|14=0|17=0|150=I|151=0");
    EXPECT_EQ(std::get<rfq::ExecutionReported>(*event).report.clOrdId, rfq::ClOrdId("C-9")) << "what it says stands";
    hear("35=AI|649=Q1|55=EUR/USD|297=9");
    EXPECT_EQ(std::get<rfq::QuoteStatusReceived>(*event).quote, sampleAcceptance().acceptance.quote);
    hear("35=AI|649=Q7|55=EUR/USD|297=9");
    EXPECT_FALSE(std::get<rfq::QuoteStatusReceived>(*event).quote);
}

TEST_F(Ledger, AReplayWithoutAWordAboutIt)
{
    ask(Inquiry::Replay, "C-1", "", 17);
    EXPECT_EQ(heard("35=8|43=Y|11=C-7|39=2|14=5|" + Fields), "");
    EXPECT_EQ(heard("35=8|11=C-1|39=0|14=0|" + Fields), "") << "not replayed";
    EXPECT_EQ(textOf(ledger.replayOver(fix::ReplayEnd::Complete)),
        "C-1 no trade: their messages from 17 on came once more, 1 report, none about it; ");
    EXPECT_EQ(textOf(ledger.replayOver(fix::ReplayEnd::Complete)), "");
}

TEST_F(Ledger, AReplayThatTellsIsItsOwnAnswer)
{
    ask(Inquiry::Replay, "C-1", "", 17);
    ask(Inquiry::Replay, "C-2", "", 12);
    EXPECT_EQ(heard("35=8|43=Y|11=C-1|39=2|14=5|" + Fields), "");
    EXPECT_EQ(textOf(ledger.replayOver(fix::ReplayEnd::Complete)),
        "C-2 no trade: their messages from 12 on came once more, 1 report, none about it; ");
}

TEST_F(Ledger, AReplayThatDoesNotComeOrCannotBeReadProvesNothing)
{
    ask(Inquiry::Replay, "C-1", "", 17);
    EXPECT_EQ(textOf(ledger.replayOver(fix::ReplayEnd::GivenUp)), "");
    ask(Inquiry::Replay, "C-1", "", 17);
    ledger.noteUnreadable(wire("35=8|43=Y|11=C-1|39=2"));
    EXPECT_EQ(textOf(ledger.replayOver(fix::ReplayEnd::Complete)),
        "C-1 silence: their messages from 17 on came once more, and not all of them could be read; ");
}

TEST_F(Ledger, AReplayServesAllThatWaitForOne)
{
    EXPECT_FALSE(ledger.replayFrom());
    ask(Inquiry::Replay, "C-1", "", 17);
    ask(Inquiry::Replay, "C-2", "", 12);
    ask(Inquiry::Replay, "C-3", "", 30);
    EXPECT_EQ(ledger.replayFrom(), 12U);
}

TEST_F(Ledger, NoQuestionOutlivesTheConnection)
{
    ask(Inquiry::MassStatus, "C-1", "M1");
    ask(Inquiry::Replay, "C-1", "", 17);
    ledger.clear();
    EXPECT_EQ(heard("35=8|11=C-7|584=M1|912=Y|39=2|14=5|" + Fields), "");
    EXPECT_FALSE(ledger.replayFrom());
}

}
