#include "app/venue/options.h"

#include <gtest/gtest.h>

#include <vector>

namespace {

using venue::Options;
using venue::Task;

base::Result<Options> parse(std::vector<std::string> words)
{
    return venue::parseOptions(words);
}

std::string problem(std::vector<std::string> words)
{
    const auto options = parse(std::move(words));
    return options ? "no problem" : options.error().detail;
}

TEST(VenueOptions, SeedAndPortGoBeforeTheFile)
{
    const auto options = parse({"--config", "venue.toml", "--seed", "18446744073709551615", "--port", "0"});
    ASSERT_TRUE(options);
    EXPECT_EQ(options.value().task, Task::Serve);
    EXPECT_EQ(options.value().config, "venue.toml");
    EXPECT_EQ(options.value().seed, 18446744073709551615U);
    EXPECT_EQ(options.value().port, 0);
}

TEST(VenueOptions, AFileMayOnlyBeChecked)
{
    const auto options = parse({"--check-config", "venue.toml"});
    ASSERT_TRUE(options);
    EXPECT_EQ(options.value().task, Task::CheckConfig);
}

TEST(VenueOptions, ScenariosAddUp)
{
    const auto options = parse({"--config", "venue.toml", "--scenario", "a.toml", "--scenario", "b.toml"});
    ASSERT_TRUE(options);
    EXPECT_EQ(options.value().scenarios, (std::vector<std::filesystem::path>{"a.toml", "b.toml"}));
    EXPECT_EQ(options.value().task, Task::Serve);
}

TEST(VenueOptions, OrdersAreListedFromTheFilesOfAConfiguration)
{
    const auto options = parse({"orders", "--config", "venue.toml"});
    ASSERT_TRUE(options);
    EXPECT_EQ(options.value().task, Task::ListOrders);
    EXPECT_EQ(options.value().config, "venue.toml");
    EXPECT_EQ(problem({"orders"}), "--config FILE is missing");
    EXPECT_EQ(problem({"--config", "f", "orders"}), "unknown option 'orders'");
}

TEST(VenueOptions, HelpAndVersionNeedNoFile)
{
    EXPECT_EQ(parse({"--help"}).value().task, Task::Help);
    EXPECT_EQ(parse({"--seed", "1", "--version"}).value().task, Task::Version);
}

TEST(VenueOptions, AMistakeIsNamed)
{
    EXPECT_EQ(problem({}), "--config FILE is missing");
    EXPECT_EQ(problem({"--config"}), "--config: a value is missing");
    EXPECT_EQ(problem({"--prot", "1"}), "unknown option '--prot'");
    EXPECT_EQ(
        problem({"--config", "f", "--port", "65536"}), "--port: expected a number from 0 to 65535, found '65536'");
    EXPECT_EQ(problem({"--config", "f", "--seed", "1x"}),
        "--seed: expected a number from 0 to 18446744073709551615, found '1x'");
}

}
