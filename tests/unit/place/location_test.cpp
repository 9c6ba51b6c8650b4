#include "core/access/decision.h"
#include "core/access/travel.h"
#include "core/place/location.h"
#include "tests/support/mmdb_writer.h"
#include "tests/unit/place/place_world.h"

using namespace place_test;
using namespace zerotrust;

namespace {

AccessPolicy policy()
{
    const auto network = [](const char* text) { return Network::parse(text).value_or({}); };
    return {.id = "p",
        .version = 1,
        .thresholds = {},
        .attributes = {{.attribute = "network",
                           .conditions = {{"known", 0, {NetworkTest{{network("10.0.0.0/8")}}}},
                               {"unknown", 15, {Otherwise{}}}}},
            {.attribute = "country",
                .conditions = {{"expected", 0, {WordTest{{"DE", "CH"}}}}, {"anomalous", 40, {Otherwise{}}}}}},
        .places = {{network("10.0.0.0/8"), "DE"}, {network("10.7.0.0/16"), "CH"}, {network("fd00::/8"), "DE"}}};
}

class ALocation : public testing::Test {
protected:
    [[nodiscard]] int scoreOf(const char* from, const place::CountryFile* countries) const
    {
        return evaluate(policy(), {.all = place::locationSignals(policy(), countries, address(from))}).score.total;
    }
    static std::string fileBytes()
    {
        support::MmdbWriter writer;
        writer.add("203.0.113.0/24", "DE");
        writer.add("198.51.100.0/24", "KP");
        writer.add("10.7.1.0/24", "US");
        return writer.bytes();
    }
    CountryOnDisk m_disk{fileBytes()};
};

TEST_F(ALocation, ComesFromTheFileOrFromThePlacesOfThePolicy)
{
    const auto file = place::CountryFile::open(m_disk.path());
    ASSERT_TRUE(file) << file.error().detail;
    EXPECT_EQ(place::locate(policy(), &*file, address("203.0.113.9")),
        (place::Location{"DE", "203.0.113.9 is in DE: Test-Country"}));
    EXPECT_EQ(place::locate(policy(), &*file, address("10.1.0.1")).country, "DE");
    EXPECT_EQ(place::locate(policy(), &*file, address("10.7.1.1")).country, "CH") << "the smaller network counts";
    EXPECT_EQ(place::locate(policy(), nullptr, address("fd00::1")).country, "DE");
    EXPECT_EQ(place::locate(policy(), &*file, address("8.8.8.8")),
        (place::Location{"", "Test-Country does not know 8.8.8.8"}));
    EXPECT_EQ(place::locate(policy(), nullptr, address("203.0.113.9")),
        (place::Location{"", "there is no file of countries"}));
}

TEST_F(ALocation, IsJudgedByThePolicy)
{
    const auto file = place::CountryFile::open(m_disk.path());
    ASSERT_TRUE(file);
    EXPECT_EQ(scoreOf("10.1.0.1", &*file), 0);
    EXPECT_EQ(scoreOf("203.0.113.9", &*file), 15);
    EXPECT_EQ(scoreOf("198.51.100.1", &*file), 55);
    EXPECT_EQ(scoreOf("203.0.113.9", nullptr), 55) << "what is not known counts as the worst";
}

TEST(Travel, IsImpossibleBetweenCountriesInNoTime)
{
    const base::UtcTime noon = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + 12h;
    EXPECT_TRUE(isImpossibleTravel({"DE", noon}, {"SG", noon + 29min}, 30min));
    EXPECT_FALSE(isImpossibleTravel({"DE", noon}, {"SG", noon + 30min}, 30min));
    EXPECT_FALSE(isImpossibleTravel({"DE", noon}, {"DE", noon + 1min}, 30min));
    EXPECT_FALSE(isImpossibleTravel({"", noon}, {"SG", noon + 1min}, 30min));
    EXPECT_FALSE(isImpossibleTravel({"DE", noon}, {"", noon + 1min}, 30min));
    EXPECT_TRUE(isImpossibleTravel({"DE", noon}, {"SG", noon - 1h}, 30min)) << "a clock that was set back";
}

}
