#include "tests/unit/access/access_world.h"

using namespace access_test;
using namespace std::chrono_literals;

namespace {

TEST(ASignalsValue, IsReadAsItIsWritten)
{
    const std::vector<SignalValue> values{std::string("hardware-token"), std::string("DE"), std::string(""),
        Measure{number("90"), ""}, Measure{number("10000000.50"), "EUR"}, address("192.0.2.7"), address("2001:db8::1"),
        WeekTime{std::chrono::Monday, 8h + 30min}, WeekTime{std::chrono::Sunday, 0min}};
    for (const SignalValue& value : values)
        EXPECT_EQ(parseValue(valueText(value)), value) << valueText(value);
}

TEST(ASignalsValue, IsAWordWhereItIsNothingElse)
{
    for (const char* text : {"10 eur", "10  EUR", "10 EUR ", "Mon 24:00", "Mon 08:60", "Mo 08:30", "1.2.3", "mon 08:30",
             "1.2.3.4/24", "Mon 08:30:00", "--1", " 1"})
        EXPECT_EQ(parseValue(text), SignalValue(std::string(text))) << text;
}

TEST(ASignal, HasNamesThatAreReadBack)
{
    for (const Source source : {Source::Seen, Source::Proven, Source::Reported})
        EXPECT_EQ(parseSource(sourceName(source)), source);
    for (const Occasion occasion : {Occasion::Session, Occasion::Action})
        EXPECT_EQ(parseOccasion(occasionName(occasion)), occasion);
    EXPECT_FALSE(parseSource("guessed"));
    EXPECT_FALSE(parseOccasion(""));
}

}
