#include "core/fix/raw_message.h"
#include "tests/unit/fix/codec_fixtures.h"

namespace {

using fix::test::wire;

TEST(WireMessage, FindGivesTheFirstFieldOfATag)
{
    const auto message = wire("35=8|448=LPA|448=LPB|58=");
    EXPECT_EQ(message.find(448), "LPA");
    EXPECT_EQ(message.find(58), "");
    EXPECT_FALSE(message.find(55));
}

TEST(WireMessage, APeerCannotWriteLinesOfItsOwnIntoTheLog)
{
    EXPECT_EQ(fix::redacted("35=j\x01"
                            "58=ok\nALARM\x1b[0m\x7f\x01"
                            "554=hunter2\x01"),
        "35=j|58=ok?ALARM?[0m?|554=***");
}

TEST(WireMessage, SecretsAreNeverReadable)
{
    const auto line = fix::readable(wire("35=BE|923=U1|553=anna|554=hunter2|925=hunter3|95=9|96=challenge|1402=enc1|"
                                         "1404=enc2|924=1"));
    EXPECT_EQ(line, "35=BE|923=U1|553=anna|554=***|925=***|95=9|96=***|1402=***|1404=***|924=1");
}

TEST(WireMessage, CounterpartyCannotBeginALineInOurLog)
{
    EXPECT_EQ(fix::readable(wire("35=j|58=ok\n2026-11-25 ALARM\x1b[0m\x7f")), "35=j|58=ok?2026-11-25 ALARM?[0m?");
}

TEST(WireMessage, TextOutsideAsciiStaysReadable)
{
    EXPECT_EQ(fix::readable(wire("35=j|58=zu sp\xc3\xa4t")), "35=j|58=zu sp\xc3\xa4t");
}

}
