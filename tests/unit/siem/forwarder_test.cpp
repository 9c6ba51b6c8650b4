#include "core/audit/trail.h"
#include "core/base/worker.h"
#include "core/siem/forwarder.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/siem/collector.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <optional>
#include <set>
#include <thread>

namespace {

using namespace std::chrono_literals;
using namespace siem_test;
using base::Errc;

std::uint64_t numberOf(const std::string& message)
{
    const auto at = message.find(" number=\"");
    return std::stoull(message.substr(at + 9));
}

class ForwarderTest : public testing::Test {
protected:
    ForwarderTest()
    {
        openTrail();
        ca = directory.write("ca.pem", authority.pem());
        settings.host = "127.0.0.1";
        settings.origin.host = "gate.example";
        settings.trail = file;
        settings.position = directory.path() / "position";
        settings.retryFirst = 20ms;
        settings.retryMost = 100ms;
        settings.settle = 100ms;
        settings.connectTimeout = 5s;
        settings.farewell = support::Patience; // a busy machine is no reason to lose a test
    }
    void openTrail()
    {
        audit::TrailSettings trailSettings;
        trailSettings.file = file;
        trail = *audit::AuditTrail::open(
            trailSettings, worker, *time, [](audit::AuditTrail::Trouble, const base::Error&) {});
    }
    void append(int count)
    {
        for (int i = 0; i < count; ++i) {
            audit::AuditRecord record;
            record.kind = audit::Kind::SessionOpened;
            record.user = "anna";
            trail->append(record);
        }
    }
    std::shared_ptr<const tls::Identity> identity(support::Purpose purpose, const support::TestCa& issuer)
    {
        support::CertificateOptions options;
        options.purpose = purpose;
        options.ipAddresses = {"127.0.0.1"};
        return std::make_shared<const tls::Identity>(issuer.issue(options));
    }
    std::unique_ptr<Collector> collect(std::uint16_t port = 0, const support::TestCa* issuer = nullptr)
    {
        tls::TrustPolicy trust;
        trust.caFile = ca;
        auto made = std::make_unique<Collector>(
            *tls::Context::forServer(trust, identity(support::Purpose::Server, issuer ? *issuer : authority)), port);
        settings.port = made->port();
        return made;
    }
    void forward(const support::TestCa* issuer = nullptr)
    {
        tls::TrustPolicy trust;
        trust.caFile = ca;
        trust.serverName = "127.0.0.1";
        auto context = tls::Context::forClient(trust, identity(support::Purpose::Client, issuer ? *issuer : authority));
        forwarder =
            std::make_unique<siem::Forwarder>(settings, *context, *time, [this](const siem::CollectorNews& news) {
                const std::lock_guard lock(mutex);
                told.push_back(news);
                heard.notify_all();
            });
        trail->whenGrown([this] { forwarder->wake(); });
    }
    bool waitUntilTold(const std::function<bool(const siem::CollectorNews&)>& holds)
    {
        std::unique_lock lock(mutex);
        return heard.wait_for(lock, support::Patience, [&] { return std::any_of(told.begin(), told.end(), holds); });
    }
    static bool isUp(const siem::CollectorNews& news) { return !news.problem; }
    /// From now on the forwarder and the trail live in time that passes only when told.
    void stopTime()
    {
        end();
        time = &fakeClock;
        openTrail();
    }
    /// Until so much counts as delivered, over a restart too.
    bool waitUntilKept(std::uint64_t number)
    {
        const auto patience = std::chrono::steady_clock::now() + support::Patience;
        while (std::chrono::steady_clock::now() < patience) {
            fakeClock.advance(1s); // it may note what it has written later than the collector has it
            forwarder->wake();
            const auto kept = audit::readPosition(settings.position);
            if (kept && kept->number == number)
                return true;
            std::this_thread::yield();
        }
        return false;
    }
    void end()
    {
        trail.reset();
        forwarder.reset();
    }
    void TearDown() override { end(); }

    /// Every record from 1 to `last` is there, and new ones come in their order.
    static bool hasAll(const std::vector<std::string>& messages, std::uint64_t last)
    {
        std::uint64_t newest = 0;
        for (const std::string& message : messages) {
            const std::uint64_t number = numberOf(message);
            EXPECT_LE(number, newest + 1) << "a gap";
            newest = std::max(newest, number);
        }
        return newest == last;
    }

    support::TemporaryDirectory directory;
    support::TestCa authority;
    std::string ca;
    std::filesystem::path file = directory.path() / "audit.db";
    base::SystemClock clock;
    support::FakeClock fakeClock; ///< passes only when told
    const base::Clock* time = &clock;
    base::Worker worker;
    siem::CollectorSettings settings;
    std::mutex mutex;
    std::condition_variable heard;
    std::vector<siem::CollectorNews> told;
    std::unique_ptr<siem::Forwarder> forwarder;
    std::unique_ptr<audit::AuditTrail> trail;
};

TEST_F(ForwarderTest, SendsWhatIsThereAndWhatComes)
{
    append(10);
    const auto collector = collect();
    forward();
    ASSERT_TRUE(collector->waitUntil([](const auto& messages) { return hasAll(messages, 11); }));
    append(1);
    ASSERT_TRUE(collector->waitUntil([](const auto& messages) { return hasAll(messages, 12); }));
    EXPECT_TRUE(waitUntilTold(isUp));
}

TEST_F(ForwarderTest, CollectorAwayAndBackLosesNothing)
{
    append(500);
    auto collector = collect();
    const std::uint16_t port = settings.port;
    forward();
    ASSERT_TRUE(collector->waitUntil([](const auto& messages) { return hasAll(messages, 501); }));
    collector.reset();
    append(700);
    ASSERT_TRUE(waitUntilTold([](const siem::CollectorNews& news) { return news.problem.has_value(); }));
    append(300);
    collector = collect(port);
    // What the first collector had and what the second one gets overlap: nothing between is missing.
    ASSERT_TRUE(collector->waitUntil([](const auto& messages) {
        return !messages.empty() && numberOf(messages.front()) <= 502 && numberOf(messages.back()) == 1501;
    }));
}

TEST_F(ForwarderTest, ACollectorThatIsDownForAnHourGetsEverythingOnceAndInItsOrder)
{
    stopTime();
    settings.settle = 10s;
    append(50);
    auto collector = collect();
    const std::uint16_t port = settings.port;
    forward();
    ASSERT_TRUE(collector->waitUntil([](const auto& messages) { return hasAll(messages, 51); }));
    fakeClock.advance(9s);
    forwarder->wake();
    EXPECT_EQ(audit::readPosition(settings.position)->number, 0u) << "what the collector may not have got yet";
    fakeClock.advance(1s);
    ASSERT_TRUE(waitUntilKept(51));
    collector.reset();
    const auto isGone = [](const siem::CollectorNews& news) {
        return news.problem && news.problem->code == Errc::ConnectionRefused;
    };
    append(1); // noticed by whoever writes to it
    ASSERT_TRUE(waitUntilTold(isGone));
    // The trail is the spool: each record is on the disk when it is confirmed, and nobody waits for the collector.
    constexpr int Minutes = 60;
    constexpr int EachMinute = 20;
    for (int minute = 0; minute < Minutes; ++minute) {
        fakeClock.advance(1min);
        append(EachMinute - 1);
        std::promise<void> written;
        audit::AuditRecord record;
        record.kind = audit::Kind::SessionClosed;
        trail->append(record, [&written](const base::Status& status) {
            EXPECT_TRUE(status);
            written.set_value();
        });
        ASSERT_EQ(written.get_future().wait_for(support::Patience), std::future_status::ready);
    }
    constexpr std::uint64_t Last = 52 + Minutes * EachMinute;
    {
        const std::lock_guard lock(mutex);
        EXPECT_LE(std::count_if(told.begin(), told.end(), isGone), 1) << "an hour of it is one piece of news";
    }
    EXPECT_EQ(audit::readPosition(settings.position)->number, 51u) << "nothing more was delivered";
    collector = collect(port);
    ASSERT_TRUE(collector->waitUntil(
        [](const auto& messages) { return !messages.empty() && numberOf(messages.back()) == Last; }));
    EXPECT_TRUE(collector->waitUntil([](const auto& messages) {
        std::uint64_t next = 52;
        return std::all_of(messages.begin(), messages.end(), [&](const auto& one) { return numberOf(one) == next++; });
    })) << "each once, none missing, none out of turn";
    fakeClock.advance(10s);
    EXPECT_TRUE(waitUntilKept(Last));
}

TEST_F(ForwarderTest, AConnectionThatBreaksAgainAndAgainLosesNothing)
{
    append(300);
    const auto collector = collect();
    collector->breakEvery(25);
    forward();
    ASSERT_TRUE(collector->waitUntilBroken(8));
    collector->breakEvery(std::nullopt);
    ASSERT_TRUE(waitUntilTold([](const siem::CollectorNews& news) { return news.problem.has_value(); }));
    ASSERT_TRUE(collector->waitUntil([](const auto& messages) { return hasAll(messages, 301); }));
}

TEST_F(ForwarderTest, ACollectorThatDoesNotReadHoldsUpNobody)
{
    const auto collector = collect();
    forward();
    ASSERT_TRUE(waitUntilTold(isUp));
    ASSERT_TRUE(collector->waitUntil([](const auto& messages) { return hasAll(messages, 1); }));
    collector->hold();
    // More than the buffers of a connection take.
    constexpr int Records = 2'500;
    audit::AuditRecord large;
    large.kind = audit::Kind::SessionOpened;
    large.user = large.session = large.reference = std::string(1'000, 'x');
    large.fields[audit::Field::Reason] = std::string(1'000, 'x');
    std::promise<void> written;
    for (int i = 1; i < Records; ++i)
        trail->append(large);
    trail->append(large, [&written](const base::Status& status) {
        EXPECT_TRUE(status);
        written.set_value();
    });
    ASSERT_EQ(written.get_future().wait_for(support::Patience), std::future_status::ready);
    collector->goOn();
    const auto isWhole = [](const auto& messages) {
        return messages.size() > Records && hasAll(messages, Records + 1);
    };
    EXPECT_TRUE(collector->waitUntil(isWhole));
}

TEST_F(ForwarderTest, GoesOnWhereItWasAfterARestart)
{
    settings.settle = 0ms;
    append(10);
    const auto collector = collect();
    forward();
    ASSERT_TRUE(collector->waitUntil([](const auto& messages) { return hasAll(messages, 11); }));
    end();
    EXPECT_EQ(audit::readPosition(settings.position)->number, 11u);
    openTrail();
    append(1);
    forward();
    ASSERT_TRUE(collector->waitUntil(
        [](const auto& messages) { return messages.size() == 12 && numberOf(messages.back()) == 12; }));
}

TEST_F(ForwarderTest, TheEndSendsWhatIsLeft)
{
    const auto collector = collect();
    forward();
    ASSERT_TRUE(waitUntilTold(isUp));
    append(200);
    end();
    EXPECT_TRUE(collector->waitUntil([](const auto& messages) { return hasAll(messages, 201); }));
    for (const siem::CollectorNews& news : told)
        EXPECT_FALSE(news.problem) << news.problem->detail;
}

TEST_F(ForwarderTest, AnotherTrailIsSentFromItsStart)
{
    audit::Position position{40, {}};
    position.hash.fill(1);
    ASSERT_TRUE(audit::writePosition(settings.position, position));
    append(3);
    const auto collector = collect();
    forward();
    ASSERT_TRUE(collector->waitUntil([](const auto& messages) { return hasAll(messages, 4); }));
    EXPECT_TRUE(waitUntilTold(
        [](const siem::CollectorNews& news) { return news.problem && news.problem->code == Errc::Stale; }));
}

TEST_F(ForwarderTest, ACollectorOfAnotherAuthorityGetsNothing)
{
    const support::TestCa other("Other Root");
    append(3);
    const auto collector = collect(0, &other);
    forward();
    ASSERT_TRUE(waitUntilTold([](const siem::CollectorNews& news) {
        return news.problem && news.problem->code == Errc::CertificateUntrusted;
    }));
    EXPECT_TRUE(collector->waitUntil([](const auto& messages) { return messages.empty(); }));
    EXPECT_EQ(audit::readPosition(settings.position)->number, 0u);
}

TEST_F(ForwarderTest, ACollectorThatRefusesUsIsTold)
{
    const support::TestCa other("Other Root");
    append(3);
    const auto collector = collect();
    forward(&other);
    ASSERT_TRUE(waitUntilTold([](const siem::CollectorNews& news) {
        return news.problem && news.problem->code == Errc::CertificateRefused;
    }));
    EXPECT_EQ(audit::readPosition(settings.position)->number, 0u);
}

TEST_F(ForwarderTest, NobodyThereIsToldOnceAndEndsAtOnce)
{
    {
        const auto nobody = collect();
    }
    forward();
    ASSERT_TRUE(waitUntilTold(
        [](const siem::CollectorNews& news) { return news.problem && news.problem->code == Errc::ConnectionRefused; }));
    end();
    EXPECT_EQ(told.size(), 1u);
}

}
