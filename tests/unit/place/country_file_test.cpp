#include "core/place/country_file.h"
#include "tests/support/mmdb_writer.h"
#include "tests/unit/place/place_world.h"

#include <gmock/gmock.h>

#include <random>

using namespace place_test;
using testing::HasSubstr;

namespace {

TEST(ACountryFile, KnowsIpv4AndIpv6)
{
    support::MmdbWriter writer("Test-Country");
    writer.add("192.0.2.0/24", "DE");
    writer.add("198.51.100.0/25", "CH");
    writer.add("2001:db8::/32", "FR");
    writer.builtAt(1'795'521'600);
    const CountryOnDisk disk(writer.bytes());
    const auto file = place::CountryFile::open(disk.path());
    ASSERT_TRUE(file) << file.error().detail;
    EXPECT_EQ(file->type(), "Test-Country");
    EXPECT_EQ(file->built(), base::UtcTime(std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + 12h));
    EXPECT_EQ(file->countryOf(address("192.0.2.77")), "DE");
    EXPECT_EQ(file->countryOf(address("::ffff:192.0.2.77")), "DE");
    EXPECT_EQ(file->countryOf(address("198.51.100.127")), "CH");
    EXPECT_EQ(file->countryOf(address("198.51.100.128")), std::nullopt);
    EXPECT_EQ(file->countryOf(address("2001:db8:1::1")), "FR");
    EXPECT_EQ(file->countryOf(address("2001:db9::1")), std::nullopt);
    EXPECT_EQ(file->countryOf(address("127.0.0.1")), std::nullopt);
}

TEST(ACountryFile, IsNothingElse)
{
    const auto open = [](const std::string& bytes) {
        const CountryOnDisk disk(bytes);
        const auto file = place::CountryFile::open(disk.path());
        return file ? std::string("opened") : base::errcName(file.error().code) + (": " + file.error().detail);
    };
    EXPECT_THAT(open(""), HasSubstr("country.mmdb"));
    EXPECT_THAT(open("country,code\n"), HasSubstr("expected a MaxMind DB file"));
    const auto absent = place::CountryFile::open("/nowhere/at/all.mmdb");
    ASSERT_FALSE(absent);
    EXPECT_EQ(absent.error().code, base::Errc::Io);
    EXPECT_FALSE(place::CountryFile::open("/"));
}

TEST(ACountryFile, TakesNoOddCodeForACountry)
{
    support::MmdbWriter writer;
    writer.add("192.0.2.0/26", "de");
    writer.add("192.0.2.64/26", "DEU");
    writer.add("192.0.2.128/26", "");
    const CountryOnDisk disk(writer.bytes());
    const auto file = place::CountryFile::open(disk.path());
    ASSERT_TRUE(file);
    for (const char* from : {"192.0.2.1", "192.0.2.65", "192.0.2.129"})
        EXPECT_EQ(file->countryOf(address(from)), std::nullopt);
}

TEST(ACountryFile, SurvivesDamage)
{
    support::MmdbWriter writer;
    writer.add("192.0.2.0/24", "DE");
    const std::string whole = writer.bytes();
    std::mt19937 random(7);
    for (int i = 0; i < 300; ++i) {
        std::string damaged = whole;
        for (int n = 0; n < 3; ++n)
            damaged[random() % damaged.size()] = static_cast<char>(random());
        if (i % 3 == 0)
            damaged.resize(random() % damaged.size());
        const CountryOnDisk disk(damaged);
        if (const auto file = place::CountryFile::open(disk.path())) {
            const auto country = file->countryOf(address("192.0.2.1"));
            EXPECT_TRUE(!country || country->size() == 2);
        }
    }
}

}
