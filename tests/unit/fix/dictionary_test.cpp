#include "core/fix/dictionary.h"
#include "core/fix/quickfix.h"
#include "core/fix/raw_message.h"
#include "tests/unit/fix/codec_fixtures.h"

namespace {

FIX::DataDictionary dictionary()
{
    std::istringstream text{std::string(fix::fix44Dictionary())};
    FIX::DataDictionary result(text);
    result.allowUnknownMsgFields(true);
    result.checkUserDefinedFields(false);
    result.checkFieldsHaveValues(false);
    return result;
}

/// "35=8|37=1|" framed as a whole message.
std::string framed(std::string_view line)
{
    std::string body = std::string(line.substr(0, line.find('|') + 1))
        + "34=2|49=VENUE|52=20261125-07:00:07.480|56=DESK|" + std::string(line.substr(line.find('|') + 1)) + "|";
    std::replace(body.begin(), body.end(), '|', '\x01');
    std::string message = "8=FIX.4.4\x01"
                          "9="
        + std::to_string(body.size()) + '\x01' + body;
    unsigned sum = 0;
    for (const char c : message)
        sum += static_cast<unsigned char>(c);
    const std::string digits = std::to_string(1000 + sum % 256).substr(1);
    return message + "10=" + digits + '\x01';
}

/// What the engine has to say against the message; empty where it lets it pass.
std::string objection(std::string_view line)
{
    const auto rules = dictionary();
    try {
        const FIX::Message message(framed(line), rules, true);
        rules.validate(message);
    } catch (const FIX::Exception& problem) {
        return problem.what();
    }
    return {};
}

TEST(Dictionary, EngineLoadsIt)
{
    EXPECT_EQ(dictionary().getVersion(), "FIX.4.4");
    for (const char* type : {"0", "1", "2", "3", "4", "5", "A", "R", "S", "Z", "AG", "AI", "AJ", "a", "b", "D", "8",
             "H", "AF", "F", "9", "Q", "AD", "AQ", "AE", "j", "B", "BE", "BF"})
        EXPECT_TRUE(dictionary().isMsgType(type)) << type;
}

TEST(Dictionary, WhatWeSendPasses)
{
    EXPECT_EQ(objection("35=R|131=Q7F3K2|146=1|55=EUR/USD|460=4|167=FOR|303=1|537=1|54=2|38=25000000|63=0|64=20261127|"
                        "15=EUR|40=D|126=20261125-07:00:30.000|60=20261125-07:00:07.480|453=2|448=LPA|447=D|452=35|"
                        "448=LPB|447=D|452=35"),
        "");
    EXPECT_EQ(objection(fix::test::SampleQuote.substr(0, fix::test::SampleQuote.find("|52="))), "");
    EXPECT_EQ(objection(fix::test::SampleFill), "");
    EXPECT_EQ(objection("35=Z|131=Q7F3K2|117=*|298=4|295=1|55=EUR/USD"), "");
    EXPECT_EQ(objection("35=H|11=C-1|453=1|448=LPA|447=D|452=35|790=C-1-H1|1=FUND-7|55=EUR/USD|54=2"), "");
    EXPECT_EQ(objection("35=AF|584=C-1-M1|585=7"), "");
    EXPECT_EQ(objection("35=AD|568=C-1-T1|569=0|263=0|580=2|75=20261124|75=20261126"), "");
    EXPECT_EQ(objection("35=a|649=C-1-Q1|117=LPA-1|55=EUR/USD|453=1|448=LPA|447=D|452=35|1=FUND-7|263=0"), "");
    EXPECT_EQ(objection("35=Q|37=LP77|17=E1|127=E|55=EUR/USD|54=2|38=25000000|32=20000000|31=1.15|58=no"), "");
}

TEST(Dictionary, NoFillIsRefusedOverWhatACodecCanJudge)
{
    const std::string fill = "35=8|37=LP77|17=E1|11=C-0009|151=0|14=25000000";
    for (const char* odd : {"|150=%", "|39=zz", "|103=4711", "|460=99|167=FXSPOT", "|18=? ?", "|59=X", "|63=T+2",
             "|20=0", "|1166=M1", "|9702=x", "|453=1|448=LPA|447=D|452=999", "|453=1|448=LPA|452=35|2376=24", "|58="})
        EXPECT_EQ(objection(fill + odd), "") << odd;
    for (const char* broken : {"35=8|37=1", "35=8|31=1,15|14=all|151=?|6=n/a|60=now|64=T+2"})
        EXPECT_EQ(objection(broken), "") << broken;
}

TEST(Dictionary, GroupsOfLaterVersionsDoNotCostAFill)
{
    const std::string fill(fix::test::SampleFill);
    EXPECT_EQ(objection(fill + "|768=2|769=20261125-07:00:08|770=1|769=20261125-07:00:09|770=2"), "");
    EXPECT_EQ(objection(fill + "|1907=2|1903=UTI1|1906=0|1903=UTI2|1906=1"), "");
    EXPECT_EQ(objection(fill + "|453=2|448=LPA|447=D|452=35|2376=24|448=ANNA|447=D|452=11|2376=22"), "");
    EXPECT_EQ(objection(fill + "|136=2|137=1|138=USD|139=4|137=2|138=USD|139=7"), "");
}

TEST(Dictionary, SessionMessagesKeepTheirRules)
{
    EXPECT_EQ(objection("35=A|98=0|108=30"), "");
    EXPECT_NE(objection("35=A|98=0"), "");
    EXPECT_NE(objection("35=1|58=no id"), "");
    EXPECT_NE(objection("35=2|7=x|16=0"), "");
}

TEST(Dictionary, LengthThatThePeerStatesIsNotBelieved)
{
    // QuickFIX 1.15.1 reads as many bytes as the length field says, past the end of the message, for a DATA field.
    const auto rules = dictionary();
    for (const char* line :
        {"35=BE|923=1|95=99999999|96=abc", "35=S|117=1|354=99999999|355=abc", "35=A|98=0|108=30|95=99999|96=x"}) {
        const FIX::Message message(framed(line), rules, true);
        EXPECT_LT(message.toString().size(), 200U) << line;
    }
    for (int tag = 1; tag < 3000; ++tag)
        EXPECT_FALSE(rules.isDataField(tag)) << tag;
}

TEST(Dictionary, GroupsSurviveTheEngine)
{
    const auto rules = dictionary();
    const std::string line = "35=R|131=Q7|146=1|55=EUR/USD|38=5|15=EUR|453=2|448=LPA|447=D|452=35|448=LPB|447=D|452=35";
    const FIX::Message message(framed(line), rules, true);
    const auto parts = fix::takeApart(message.toString());
    ASSERT_TRUE(parts);
    EXPECT_EQ(fix::readable(parts->body), line);
}

}
