#include "app/venue/catalogue_reader.h"
#include "app/venue/scenario_reader.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace venue::test {
namespace {

using namespace std::chrono_literals;

base::Result<Misbehaviour> readFile(const std::filesystem::path& file)
{
    const Catalogue catalogue = builtInCatalogue().value();
    return readScenarioFile(file, catalogue.dealers, catalogue.market);
}

base::Result<Misbehaviour> readText(const std::string& text)
{
    const support::TemporaryDirectory directory;
    return readFile(directory.write("scenario.toml", text));
}

/// Every file of the library is understood, is for every dealer, and, but for the happy one, does something.
TEST(ScenarioFiles, TheLibraryIsInOrder)
{
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(COUNTERSIGN_VENUE_SCENARIOS)) {
        ++files;
        const auto read = readFile(entry.path());
        ASSERT_TRUE(read) << read.error().detail;
        const LineFaults& line = read->line;
        EXPECT_TRUE(!read->scenarios.empty() || line.mostPerSecond || line.clockError != 0ms
            || line.resend != ResendFault::None)
            << entry.path() << " does nothing";
        for (const Scenario& scenario : read->scenarios)
            EXPECT_TRUE(scenario.dealer.empty() && scenario.symbol.empty()) << entry.path();
    }
    EXPECT_GT(files, 50);
}

TEST(ScenarioFiles, EveryKeyIsRead)
{
    const auto read = readText(R"(
[[scenarios]]
symbol = "GBP/USD"
decline = ["10", "16"]
decline_text = "no"
decline_by = "quote-status"
quote_life = "2500ms"
order_from = 2
times = 3
order = "late-answer"
fill = "replayed"
hold = "10ms"
later = "12s"
reject = ["3"]
code = "5"
text = "words"
[line]
resend = "ignored"
most_messages_per_second = 5
clock_behind = "90s"
)");
    ASSERT_TRUE(read) << read.error().detail;
    const Scenario& scenario = read->scenarios.at(0);
    EXPECT_TRUE(scenario.dealer.empty());
    EXPECT_EQ(scenario.symbol, "GBP/USD");
    EXPECT_EQ(scenario.decline, (std::vector<std::string>{"10", "16"}));
    EXPECT_EQ(scenario.declineText, "no");
    EXPECT_EQ(scenario.declineBy, DeclineBy::QuoteStatus);
    EXPECT_EQ(scenario.quoteLife, 2500ms);
    EXPECT_EQ(scenario.orderFrom, 2);
    EXPECT_EQ(scenario.times, 3);
    EXPECT_EQ(scenario.order, OrderFault::LateAnswer);
    EXPECT_EQ(scenario.fill, FillFault::Replayed);
    EXPECT_EQ(scenario.hold, 10ms);
    EXPECT_EQ(scenario.later, 12s);
    EXPECT_EQ(scenario.reject, (std::vector<std::string>{"3"}));
    EXPECT_EQ(scenario.code, "5");
    EXPECT_EQ(scenario.text, "words");
    EXPECT_EQ(read->line.resend, ResendFault::Ignored);
    EXPECT_EQ(read->line.mostPerSecond, 5);
    EXPECT_EQ(read->line.clockError, -90s);
}

TEST(ScenarioFiles, MistakesAreNamed)
{
    const auto problemIn = [](const std::string& text) {
        const auto read = readText(text);
        return read ? std::string("no problem") : read.error().detail;
    };
    const auto names = [&](const std::string& text, const std::string& key) {
        EXPECT_NE(problemIn(text).find("key '" + key + "'"), std::string::npos) << problemIn(text);
    };
    names("[[scenarios]]\norder = \"drop\"\n", "scenarios.order");
    names("[[scenarios]]\ntimes = 0\n", "scenarios.times");
    names("[[scenarios]]\ndecline = []\n", "scenarios.decline");
    names("[[scenarios]]\nlater = \"13h\"\n", "scenarios.later");
    names("[[scenarios]]\nsymbol = \"XXX/YYY\"\n", "scenarios.symbol");
    names("[line]\nclock_ahead = \"1s\"\nclock_behind = \"1s\"\n", "line.clock_behind");
    names("[line]\nresend = \"always\"\n", "line.resend");
    names("seed = 1\n", "seed");
}

TEST(ScenarioFiles, WhatComesFirstPlaysFirst)
{
    Misbehaviour first{.scenarios = {{.code = "1"}}, .line = {.mostPerSecond = 5}};
    Misbehaviour second{.scenarios = {{.code = "2"}}, .line = {.resend = ResendFault::GapFill, .mostPerSecond = 9}};
    append(first, std::move(second));
    ASSERT_EQ(first.scenarios.size(), 2U);
    EXPECT_EQ(first.scenarios[0].code, "1");
    EXPECT_EQ(first.line.mostPerSecond, 5);
    EXPECT_EQ(first.line.resend, ResendFault::GapFill);
}

}
}
