#include "tests/unit/app/venue/floor_fixture.h"

/// What scenarios do to orders, beyond what one report can say.
namespace venue::test {
namespace {

using fix::maker::Repeat;

class OrderFaults : public FloorTest {
protected:
    void play(Scenario scenario)
    {
        settings.scenarios = {std::move(scenario)};
        open();
    }
    fix::maker::QuoteOut deal(const std::string& number = "1")
    {
        const auto quote = quoteOf("CASSINI", "Q" + number);
        send(orderOn(quote, "C" + number));
        return quote;
    }
    bool isKnown(const std::string& clOrdId) const
    {
        return book->find(Acme, rfq::ClOrdId(clOrdId)).value().has_value();
    }
    void comeBack()
    {
        venue->loggedOff(Acme);
        venue->loggedOn(Acme);
    }
};

TEST_F(OrderFaults, HitTheOrdersTheyAreMeantForAndNoOthers)
{
    play({.orderFrom = 2, .times = 2, .reject = {"3"}});
    std::string outcome;
    for (int i = 1; i <= 5; ++i) {
        deal(std::to_string(i));
        outcome += reports().back().ordStatus;
    }
    EXPECT_EQ(outcome, "28822");
}

TEST_F(OrderFaults, PlayOneAfterTheOther)
{
    settings.scenarios = {{.times = 1, .reject = {"3"}}, {.times = 1, .reject = {"13"}}};
    open();
    std::vector<std::string> codes;
    for (int i = 1; i <= 3; ++i) {
        deal(std::to_string(i));
        codes.push_back(reports().back().rejectCode);
    }
    EXPECT_EQ(codes, (std::vector<std::string>{"3", "13", ""}));
}

TEST_F(OrderFaults, AnOrderOnADeadQuoteDoesNotCount)
{
    play({.times = 1, .reject = {"3"}});
    auto stray = orderOn(quoteOf("CASSINI", "Q0"), "C0");
    stray.quote = rfq::QuoteId("X");
    send(stray);
    EXPECT_EQ(reports().back().rejectCode, "5");
    deal();
    EXPECT_EQ(reports().back().rejectCode, "3");
}

TEST_F(OrderFaults, RejectCodesComeInTurnAndWithTheirText)
{
    play({.reject = {"0", "4711"}, .text = "because"});
    for (const char* code : {"0", "4711", "0"}) {
        deal("-" + std::to_string(reports().size()));
        EXPECT_EQ(reports().back().rejectCode, code);
        EXPECT_EQ(reports().back().text, "because");
        EXPECT_EQ(reports().back().ordStatus, '8');
    }
}

TEST_F(OrderFaults, AHoldOfAnyLength)
{
    play({.hold = 10ms});
    deal();
    EXPECT_EQ(reports().back().ordStatus, 'A');
    pass(10ms);
    EXPECT_EQ(reports().back().ordStatus, '2');
}

TEST_F(OrderFaults, ALateAnswerComesAfterSilence)
{
    play({.order = OrderFault::LateAnswer});
    deal();
    pass(11'990ms);
    EXPECT_TRUE(reports().empty());
    pass(10ms);
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(reports()[0].ordStatus, '2');
}

TEST_F(OrderFaults, ALateAnswerMayOutliveEveryMemoryOfItsQuote)
{
    play({.order = OrderFault::LateAnswer, .later = 2h});
    deal();
    clock.advance(1h + 59min);
    venue->runDue();
    EXPECT_TRUE(reports().empty());
    clock.advance(1min);
    venue->runDue();
    EXPECT_EQ(reports().back().ordStatus, '2');
}

TEST_F(OrderFaults, DropBeforeAndLogoutBeforeLeaveTheOrderUnknownAndTheQuoteAlive)
{
    for (const OrderFault fault : {OrderFault::DropBeforeDeal, OrderFault::LogoutBeforeDeal, OrderFault::SessionReject,
             OrderFault::BusinessReject}) {
        play({.times = 1, .order = fault});
        const auto quote = deal();
        EXPECT_FALSE(isKnown("C1"));
        EXPECT_TRUE(reports().empty());
        venue->loggedOn(Acme);
        send(orderOn(quote, "C2"));
        ASSERT_EQ(reports().size(), 1U);
        EXPECT_EQ(reports()[0].ordStatus, '2');
        clients.all.clear();
    }
    EXPECT_EQ(clients.dropped.size(), 1U);
    ASSERT_EQ(clients.loggedOut.size(), 1U);
    EXPECT_EQ(clients.loggedOut[0].second, "the venue closes");
    ASSERT_EQ(clients.refused.size(), 1U);
    EXPECT_EQ(clients.refused[0].second.refSeqNum, 42U);
    EXPECT_EQ(clients.refused[0].second.refMsgType, "D");
    EXPECT_EQ(clients.refused[0].second.code, "99");
}

TEST_F(OrderFaults, RejectsOfEitherLevelCarryTheCodeAndTheText)
{
    play({.order = OrderFault::SessionReject, .code = "5", .text = "value is incorrect"});
    deal();
    EXPECT_EQ(clients.refused.at(0).second.code, "5");
    EXPECT_EQ(clients.refused.at(0).second.text, "value is incorrect");
    play({.order = OrderFault::BusinessReject, .code = "2", .text = "unknown security"});
    deal();
    const auto refusal = clients.heard<MessageRefusal>(Acme).back();
    EXPECT_EQ(refusal.refMsgType, "D");
    EXPECT_EQ(refusal.refId, "C1");
    EXPECT_EQ(refusal.code, "2");
    EXPECT_EQ(refusal.text, "unknown security");
}

TEST_F(OrderFaults, DropAfterReport)
{
    play({.order = OrderFault::DropAfterReport});
    deal();
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(clients.dropped, std::vector{Acme});
    comeBack();
    EXPECT_EQ(reports().size(), 1U) << "it is in the session's sequence: a resend brings it";
}

TEST_F(OrderFaults, LogoutAfterDealBringsTheFillLater)
{
    play({.order = OrderFault::LogoutAfterDeal, .text = "closed for the day"});
    deal();
    EXPECT_TRUE(reports().empty());
    EXPECT_EQ(clients.loggedOut.at(0).second, "closed for the day");
    EXPECT_EQ(truthOf("C1").state, OrderState::Filled);
    comeBack();
    EXPECT_EQ(reports().at(0).ordStatus, '2');
}

TEST_F(OrderFaults, ALostReportIsFoundByAskingOnly)
{
    play({.order = OrderFault::LoseReportAndNumbers});
    deal();
    EXPECT_EQ(clients.forgotten, std::vector{Acme});
    comeBack();
    EXPECT_TRUE(reports().empty());
    restart();
    logOnAll();
    EXPECT_TRUE(reports().empty());
    send(fix::maker::OrderStatusRequest{rfq::ClOrdId("C1"), {}, {}, {}});
    EXPECT_EQ(reports().back().ordStatus, '2');
}

TEST_F(OrderFaults, RestartRejectsWhatWasUndecided)
{
    play({.order = OrderFault::Restart});
    deal();
    EXPECT_EQ(clients.dropped, std::vector{Acme});
    EXPECT_TRUE(clients.forgotten.empty());
    comeBack();
    EXPECT_EQ(reports().at(0).text, "cancelled by restart: nothing was dealt");
    play({.order = OrderFault::RestartWithoutNumbers});
    deal();
    EXPECT_EQ(clients.forgotten, std::vector{Acme});
    comeBack();
    EXPECT_EQ(reports().back().ordStatus, '8');
}

TEST_F(OrderFaults, ResetOfTheSessionAndChangeOfCertificateComeAfterTheReport)
{
    play({.order = OrderFault::ResetSession});
    deal();
    EXPECT_EQ(reports().at(0).ordStatus, '2');
    EXPECT_EQ(clients.reset, std::vector{Acme});
    EXPECT_EQ(clients.dropped.size(), 1U);
    play({.order = OrderFault::ChangeCertificate});
    deal();
    EXPECT_EQ(clients.certificates, 1);
    EXPECT_EQ(clients.dropped.size(), 2U);
}

TEST_F(OrderFaults, AWithdrawalThatCrossesTheOrder)
{
    for (const OrderFault fault : {OrderFault::WithdrawThenFill, OrderFault::WithdrawThenReject}) {
        clients.all.clear();
        play({.order = fault});
        const auto quote = deal();
        const auto withdrawals = clients.heard<QuoteWithdrawal>(Acme);
        ASSERT_EQ(withdrawals.size(), 1U);
        EXPECT_EQ(withdrawals[0].quote, quote.quote.id);
        ASSERT_EQ(reports().size(), 1U);
        EXPECT_EQ(reports()[0].ordStatus, fault == OrderFault::WithdrawThenFill ? '2' : '8');
        EXPECT_TRUE(std::holds_alternative<Report>(clients.all.back().second)) << "the withdrawal is told first";
    }
}

TEST_F(OrderFaults, AReplacementThatCrossesTheOrder)
{
    play({.order = OrderFault::ReplaceThenReject});
    const auto quote = deal();
    ASSERT_EQ(quotes().size(), 2U);
    EXPECT_NE(quotes()[1].quote.id, quote.quote.id);
    EXPECT_EQ(reports().at(0).rejectCode, "8");
}

TEST_F(OrderFaults, AFillAfterARejection)
{
    play({.order = OrderFault::FillAfterReject, .later = 20min});
    deal();
    EXPECT_EQ(reports().at(0).ordStatus, '8');
    EXPECT_EQ(truthOf("C1").state, OrderState::Rejected);
    clock.advance(20min);
    venue->runDue();
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(reports()[1].ordStatus, '2');
    EXPECT_EQ(truthOf("C1").state, OrderState::Filled);
}

TEST_F(OrderFaults, ARejectionAfterAFillChangesNothingOfTheDeal)
{
    play({.fill = FillFault::RejectedLater, .later = 1s});
    deal();
    EXPECT_EQ(reports().size(), 1U);
    pass(1s);
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(reports()[1].ordStatus, '8');
    EXPECT_TRUE(reports()[1].cumQty.isZero());
    EXPECT_NE(reports()[1].execId, reports()[0].execId);
    EXPECT_EQ(truthOf("C1").state, OrderState::Filled);
}

TEST_F(OrderFaults, ABustAndACorrectionNameTheFillAndChangeTheTruth)
{
    play({.fill = FillFault::CancelledLater, .later = 1s});
    deal();
    EXPECT_EQ(truthOf("C1").state, OrderState::Filled);
    pass(1s);
    EXPECT_EQ(lastReport().report.execType, 'H');
    EXPECT_EQ(lastReport().refersTo, reports()[0].execId);
    EXPECT_EQ(truthOf("C1").state, OrderState::Busted);
    EXPECT_TRUE(truthOf("C1").cumQty.isZero());

    clients.all.clear();
    play({.fill = FillFault::CorrectedLater, .later = 1s});
    const auto quote = deal();
    pass(1s);
    EXPECT_EQ(lastReport().report.execType, 'G');
    EXPECT_EQ(lastReport().refersTo, reports()[0].execId);
    EXPECT_EQ(truthOf("C1").avgPx->value, rfq::Decimal::add(quote.quote.offer->value, decimal("0.0001")).value());
}

TEST_F(OrderFaults, APartialStatusMayBeFollowedByTheRightOne)
{
    play({.fill = FillFault::PartialThenStatus});
    deal();
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(reports()[0].ordStatus, '1');
    EXPECT_TRUE(reports()[0].leavesQty.isZero());
    EXPECT_EQ(reports()[1].execType, 'I');
    EXPECT_EQ(reports()[1].ordStatus, '2');
    EXPECT_FALSE(reports()[1].lastQty);
}

TEST_F(OrderFaults, ValuesNobodyHasSeenStandOnAWholeFill)
{
    play({.fill = FillFault::UnknownStatus});
    deal();
    EXPECT_EQ(reports().back().ordStatus, 'Z');
    EXPECT_EQ(reports().back().cumQty, decimal("5000000"));
    play({.fill = FillFault::UnknownFields});
    deal();
    EXPECT_FALSE(lastReport().more.empty());
    EXPECT_EQ(lastReport().report.ordStatus, '2');
    EXPECT_EQ(truthOf("C1").state, OrderState::Filled);
}

TEST_F(OrderFaults, EarlierReportsComeAgainWithTheirOldIds)
{
    for (const auto& [fault, repeat] :
        {std::pair(FillFault::Replayed, Repeat::PossDup), std::pair(FillFault::Resent, Repeat::PossResend)}) {
        clients.all.clear();
        play({.orderFrom = 2, .fill = fault});
        deal("1");
        deal("2");
        const auto all = clients.heard<Report>(Acme);
        ASSERT_EQ(all.size(), 4U);
        EXPECT_EQ(all[2].out.report, all[0].out.report);
        EXPECT_EQ(all[3].out.report, all[1].out.report);
        EXPECT_EQ(all[1].out.repeat, Repeat::First);
        EXPECT_EQ(all[2].out.repeat, repeat);
        EXPECT_EQ(all[3].out.repeat, repeat);
    }
}

TEST_F(OrderFaults, TheTruthIsWhatWasDealtWhateverTheReportSaid)
{
    play({.fill = FillFault::OtherOrder});
    deal();
    EXPECT_EQ(reports().back().clOrdId.text(), "C1-x");
    EXPECT_EQ(truthOf("C1").state, OrderState::Filled);
    play({.fill = FillFault::LessQuantity});
    deal();
    EXPECT_EQ(truthOf("C1").state, OrderState::PartlyFilled);
    EXPECT_EQ(truthOf("C1").cumQty, decimal("2500000"));
}

}
}
