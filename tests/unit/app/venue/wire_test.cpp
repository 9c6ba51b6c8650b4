#include "app/venue/wire.h"
#include "tests/unit/app/venue/floor_fixture.h"

namespace venue::test {
namespace {

class Wire : public FloorTest { };

fix::WireMessage message(const char* type, std::vector<std::pair<int, std::string>> fields)
{
    fix::WireMessage made;
    made.type = type;
    made.fields = std::move(fields);
    return made;
}

TEST_F(Wire, EveryAnswerHasItsMessage)
{
    open();
    const auto quote = quoteOf("CASSINI");
    send(orderOn(quote));
    EXPECT_EQ(encode(quote, clock.utc()).type, "S");
    EXPECT_EQ(encode(clients.heard<Report>(Acme)[0], clock.utc()).type, "8");
    EXPECT_EQ(encode(QuoteWithdrawal{}, clock.utc()).type, "Z");
    EXPECT_EQ(encode(RequestDecline{}, clock.utc()).type, "AG");
    EXPECT_EQ(encode(MessageRefusal{}, clock.utc()).type, "j");
    EXPECT_EQ(encode(fix::maker::TradeRequestAck{}, clock.utc()).type, "AQ");
    EXPECT_EQ(encode(fix::maker::TradeReportOut{}, clock.utc()).type, "AE");
    EXPECT_EQ(encode(fix::maker::QuoteStatusOut{}, clock.utc()).type, "AI");
}

TEST_F(Wire, AQuoteOfADirectSessionCarriesNoParties)
{
    open();
    send(requestOf("Q1", ""), AcmeDirect);
    send(requestOf("Q1", "AURORA"));
    pass(1s);
    EXPECT_FALSE(encode(quotes(AcmeDirect).at(0), clock.utc()).find(453));
    EXPECT_EQ(encode(quotes(Acme).at(0), clock.utc()).find(448), "AURORA");
}

TEST_F(Wire, AMessageThatCannotBeReadIsAnsweredWithItsIdAndTheField)
{
    const fix::WireMessage order = message("D", {{11, "C7"}, {117, "X-1"}, {40, "D"}});
    const auto decoded = fix::maker::decode(order);
    ASSERT_FALSE(decoded);
    const MessageRefusal refusal = refusalOf(order, decoded.error());
    EXPECT_EQ(refusal.refMsgType, "D");
    EXPECT_EQ(refusal.refId, "C7");
    EXPECT_EQ(refusal.code, "5");
    EXPECT_NE(refusal.text.find("Symbol(55)"), std::string::npos) << refusal.text;
}

TEST_F(Wire, AnEnquiryThatCannotBeReadIsAnsweredWithItsOwnId)
{
    const fix::WireMessage enquiry = message("AF", {{584, "M7"}, {585, "3"}});
    EXPECT_EQ(refusalOf(enquiry, fix::maker::decode(enquiry).error()).refId, "M7");
}

TEST_F(Wire, AMessageWithAWrongValueIsAnsweredInOtherWords)
{
    const fix::WireMessage request = message("R", {{131, "Q7"}, {146, "1"}, {55, "EUR/USD"}, {38, "many"}});
    const MessageRefusal refusal = refusalOf(request, fix::maker::decode(request).error());
    EXPECT_EQ(refusal.refId, "Q7");
    EXPECT_EQ(refusal.code, "0");
}

}
}
