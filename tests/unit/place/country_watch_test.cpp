#include "core/place/country_watch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/mmdb_writer.h"
#include "tests/unit/place/place_world.h"

using namespace place_test;

namespace {

using place::CountryWatch;

/// `built` so long before the clock.
std::string countriesBuilt(const base::Clock& clock, std::chrono::hours before, const std::string& country)
{
    support::MmdbWriter writer("Weekly");
    writer.add("192.0.2.0/24", country);
    writer.builtAt(static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::seconds>((clock.utc() - before).time_since_epoch()).count()));
    return writer.bytes();
}

void replace(const std::filesystem::path& file, const std::string& bytes)
{
    const auto fresh = file.string() + ".new";
    std::ofstream(fresh, std::ios::binary) << bytes;
    std::filesystem::rename(fresh, file);
    // Also where both were written within the file system's smallest step of time.
    static int written = 0;
    std::filesystem::last_write_time(file, std::filesystem::last_write_time(file) + std::chrono::seconds(++written));
}

TEST(ACountryWatch, TakesANewFileAndKeepsTheLastGoodOne)
{
    support::FakeClock clock;
    const CountryOnDisk disk(countriesBuilt(clock, 24h, "DE"));
    auto watch = CountryWatch::open(disk.path(), clock);
    ASSERT_TRUE(watch) << watch.error().detail;
    EXPECT_FALSE(watch->look());
    EXPECT_EQ(watch->current().countryOf(address("192.0.2.1")), "DE");

    replace(disk.path(), countriesBuilt(clock, 1h, "CH"));
    EXPECT_FALSE(watch->look()) << "not every time";
    clock.advance(10s);
    ASSERT_LE(watch->nextDue(), clock.steady());
    auto news = watch->look();
    ASSERT_TRUE(news);
    EXPECT_EQ(news->news, CountryWatch::News::Adopted);
    EXPECT_NE(news->detail.find("Weekly built on "), std::string::npos) << news->detail;
    EXPECT_EQ(watch->current().countryOf(address("192.0.2.1")), "CH");
    EXPECT_FALSE(watch->look());

    replace(disk.path(), "no such file");
    clock.advance(10s);
    news = watch->look();
    ASSERT_TRUE(news);
    EXPECT_EQ(news->news, CountryWatch::News::Refused);
    EXPECT_EQ(watch->current().countryOf(address("192.0.2.1")), "CH") << "the last good one";
    EXPECT_FALSE(watch->look());
    clock.advance(10s);
    EXPECT_FALSE(watch->look()) << "told once";

    std::filesystem::remove(disk.path());
    clock.advance(10s);
    news = watch->look();
    ASSERT_TRUE(news);
    EXPECT_EQ(news->news, CountryWatch::News::Refused);
    EXPECT_FALSE(watch->look());
    replace(disk.path(), countriesBuilt(clock, 1h, "AT"));
    clock.advance(10s);
    news = watch->look();
    ASSERT_TRUE(news);
    EXPECT_EQ(news->news, CountryWatch::News::Adopted);
    EXPECT_EQ(watch->current().countryOf(address("192.0.2.1")), "AT");
}

TEST(ACountryWatch, SaysOnceThatAFileIsOld)
{
    support::FakeClock clock;
    const CountryOnDisk disk(countriesBuilt(clock, 24h * 89, "DE"));
    auto watch = CountryWatch::open(disk.path(), clock);
    ASSERT_TRUE(watch) << watch.error().detail;
    EXPECT_FALSE(watch->look());
    clock.advance(25h);
    const auto news = watch->look();
    ASSERT_TRUE(news);
    EXPECT_EQ(news->news, CountryWatch::News::Old);
    EXPECT_NE(news->detail.find("more than 90 days"), std::string::npos) << news->detail;
    clock.advance(24h);
    EXPECT_FALSE(watch->look());
    replace(disk.path(), countriesBuilt(clock, 24h * 100, "DE"));
    clock.advance(10s);
    EXPECT_EQ(watch->look().value_or(CountryWatch::Report{}).news, CountryWatch::News::Adopted);
    EXPECT_EQ(watch->look().value_or(CountryWatch::Report{}).news, CountryWatch::News::Old) << "that one is old, too";
    EXPECT_FALSE(watch->look());
}

TEST(ACountryWatch, BeginsWithAFileThatCanBeUsed)
{
    const support::FakeClock clock;
    const CountryOnDisk disk("no such file");
    EXPECT_FALSE(CountryWatch::open(disk.path(), clock));
}

}
