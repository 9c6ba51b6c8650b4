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

TEST(Signals, AreOneLineThatIsReadBack)
{
    Signals signals{.occasion = Occasion::Action,
        .all = {userRole(UserRole::Standard, Source::Proven, ""),
            timeOfWeek({std::chrono::Monday, 8h + 30min}, Source::Seen, ""),
            {"odd|name", std::string("a=b|c%\n\xc3\xbc; d"), Source::Reported, ""},
            transactionSize(number("5000000"), "EUR", Source::Seen, ""), {"empty", std::string(), Source::Seen, ""}}};
    const std::string line = signalsText(signals, Sizes::Keep);
    EXPECT_EQ(line,
        "action|proven:user=standard|seen:time=Mon 08:30|reported:odd%7cname=a%3db%7cc%25%0a%c3%bc; d"
        "|seen:transaction-size=5000000 EUR|seen:empty=");
    EXPECT_EQ(parseSignals(line), signals);
    const std::string without = signalsText(signals, Sizes::Omit);
    EXPECT_EQ(without.find("5000000"), std::string::npos);
    std::erase_if(signals.all, [](const Signal& each) { return each.attribute == attribute::TransactionSize; });
    EXPECT_EQ(parseSignals(without), signals);
    EXPECT_EQ(parseSignals("session"), Signals{});
    for (const char* text : {"", "|", "sometime", "session|", "session|user=x", "session|seen:user", "session|seen:=x",
             "session|seen:user=%", "session|seen:user=%4", "session|seen:user=%zz", "session|guess:user=x",
             "session |seen:user=x"})
        EXPECT_FALSE(parseSignals(text)) << text;
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
