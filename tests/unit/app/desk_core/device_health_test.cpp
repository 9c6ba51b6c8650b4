#include "app/desk_core/device_health.h"
#include "core/stepup/device_trust.h"
#include "tests/support/device_ca.h"
#include "tests/support/fake_clock.h"
#include "tests/support/swtpm.h"
#include "tests/support/test_pki.h"
#include "tests/unit/app/desk_core/access_world.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>

using namespace access_test;

namespace {

/// The desk's thread, which the test plays.
class Desk final : public base::Executor {
public:
    void post(std::function<void()> work) override
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(work));
        m_came.notify_one();
    }
    void runOne()
    {
        std::unique_lock lock(m_mutex);
        m_came.wait(lock, [this] { return !m_queue.empty(); });
        auto work = std::move(m_queue.front());
        m_queue.pop_front();
        lock.unlock();
        work();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_came;
    std::deque<std::function<void()>> m_queue;
};

stepup::QuoteBinding binding()
{
    stepup::QuoteBinding made{stepup::UserId("alice"), "DESK>VENUE", {}};
    made.channelBinding.fill(0xcb);
    return made;
}

struct DeviceHealthTest : testing::Test {
    stepup::ContextStatement ask(const device::TpmSettings& tpm, const device::CertificateSettings& certificate = {})
    {
        app::DeviceHealth health("Countersign test", tpm, certificate, clock, desk);
        std::optional<stepup::ContextStatement> statement;
        std::thread::id where;
        health.ask(binding(), [&](const stepup::ContextStatement& answer) {
            statement = answer;
            where = std::this_thread::get_id();
        });
        EXPECT_FALSE(statement) << "the desk's thread does not wait";
        desk.runOne();
        EXPECT_EQ(where, std::this_thread::get_id());
        return statement.value_or(stepup::ContextStatement());
    }

    support::FakeClock clock;
    Desk desk;
};

TEST_F(DeviceHealthTest, StatesWhatItFindsInTheOrderOfTheDialect)
{
    const auto statement = ask({});
    EXPECT_EQ(statement.program, "Countersign test");
    EXPECT_FALSE(statement.quote) << "no TPM";
    EXPECT_TRUE(stepup::payloadText(stepup::DeskPayload(statement)));
}

TEST_F(DeviceHealthTest, SaysWhetherTheCardWasGone)
{
    app::DeviceHealth health("Countersign test", {}, {}, clock, desk);
    const auto said = [&] {
        std::string value = "nothing";
        health.ask(binding(), [&](const stepup::ContextStatement& answer) {
            EXPECT_TRUE(stepup::payloadText(stepup::DeskPayload(answer))) << "in the order of the dialect";
            for (const auto& item : answer.posture)
                if (item.name == zerotrust::attribute::TokenRemoved)
                    value = item.value;
        });
        desk.runOne();
        return value;
    };
    EXPECT_EQ(said(), "no");
    health.setTokenRemoved(true);
    EXPECT_EQ(said(), "yes");
    health.setTokenRemoved(false);
    EXPECT_EQ(said(), "no");
}

TEST_F(DeviceHealthTest, AddsAQuoteThatIsBoundToTheConnection)
{
    support::Swtpm tpm;
    tpm.extend(7, 0x17);
    const device::TpmSettings settings{.tcti = tpm.tcti()};
    const auto identity = device::readTpm(settings);
    ASSERT_TRUE(identity) << identity.error().detail;
    const stepup::DeviceReference reference{identity->key, identity->pcrs, true};
    const auto statement = ask(settings);
    ASSERT_TRUE(statement.quote);
    EXPECT_TRUE(std::holds_alternative<stepup::TpmAttest>(
        stepup::verifyQuote(*statement.quote, reference, *stepup::quoteNonce(statement, binding()))));
    auto elsewhere = binding();
    elsewhere.channelBinding.fill(0xcc);
    EXPECT_TRUE(std::holds_alternative<stepup::QuoteRefusal>(
        stepup::verifyQuote(*statement.quote, reference, *stepup::quoteNonce(statement, elsewhere))));
}

TEST_F(DeviceHealthTest, SaysTheRestWhereTheTpmDoesNotAnswer)
{
    support::Swtpm tpm;
    tpm.stop();
    const auto statement = ask({.tcti = tpm.tcti()});
    EXPECT_EQ(statement.program, "Countersign test");
    EXPECT_FALSE(statement.quote);
}

TEST_F(DeviceHealthTest, ShowsItsCertificateForEachStatementAnew)
{
    const support::TemporaryDirectory files;
    const support::DeviceCa ca;
    const support::TestDevice device = ca.issue();
    const device::CertificateSettings certificate{.certificate = files.write("device.pem", device.pem()).string(),
        .key = files.write("device.key", device.keyPem()).string(),
        .module = {},
        .pinFile = {}};
    using std::filesystem::perms;
    std::filesystem::permissions(certificate.key, perms::owner_read | perms::owner_write);
    app::DeviceHealth health("Countersign test", {}, certificate, clock, desk);
    std::vector<stepup::ContextStatement> statements;
    for (int i = 0; i < 2; ++i) {
        health.ask(binding(), [&](const stepup::ContextStatement& answer) { statements.push_back(answer); });
        desk.runOne();
    }
    ASSERT_TRUE(statements.at(0).certificate && statements.at(1).certificate);
    EXPECT_LT(statements[0].certificate->sequence, statements[1].certificate->sequence);
    EXPECT_EQ(statements[0].certificate->place, stepup::DeviceKeyPlace::File);
    const auto trust = ca.trust();
    for (const auto& statement : statements)
        EXPECT_TRUE(std::holds_alternative<stepup::KnownDevice>(stepup::verifyDevice(*statement.certificate, trust,
            {.nonce = *stepup::quoteNonce(statement, binding()),
                .registered = {"dns:ws-17.firm.example"},
                .at = clock.utc()})));
    EXPECT_FALSE(
        ask({}, {.certificate = certificate.certificate, .key = "/nowhere", .module = {}, .pinFile = {}}).certificate)
        << "what cannot sign says the rest";
}

TEST_F(DeviceHealthTest, MayBeGoneBeforeItsAnswerIsTaken)
{
    bool answered = false;
    {
        app::DeviceHealth health("Countersign test", {}, {}, clock, desk);
        health.ask(binding(), [&](const stepup::ContextStatement&) { answered = true; });
        desk.runOne();
        EXPECT_TRUE(answered);
        health.ask(binding(), [&](const stepup::ContextStatement&) { answered = false; });
    }
    EXPECT_TRUE(answered) << "what was posted is not run by it";
}

/// The desk's own part: what comes late is judged anew.
struct LateContext : AccessTest {
    LateContext() { contexts.atOnce = false; }
};

TEST_F(LateContext, IsStatedWhenItIsThere)
{
    connect();
    EXPECT_TRUE(said.empty());
    EXPECT_EQ(state().phase, rfq::AccessPhase::Asking);
    ASSERT_EQ(contexts.bindings.size(), 1U);
    EXPECT_EQ(
        contexts.bindings[0], (stepup::QuoteBinding{stepup::UserId("alice"), "DESK>VENUE", pep.peer.channelBinding}));
    contexts.answerAll();
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(lastPayload(), stepup::DeskPayload(contexts.statement));
}

TEST_F(LateContext, OfAConnectionThatIsNoMoreIsNotSaid)
{
    connect();
    desk.apply(fix::AccessClosed{VenueX, 1});
    contexts.answerAll();
    EXPECT_TRUE(said.empty());
    connect(2);
    connect(3);
    ASSERT_EQ(contexts.waiting.size(), 2U);
    contexts.answerAll();
    ASSERT_EQ(said.size(), 1U) << "the first was asked for another connection";
    EXPECT_EQ(said[0].connection, 3U);
}

TEST_F(LateContext, IsNotSaidForSomebodyWhoHasLeft)
{
    connect();
    desk.leave();
    const auto before = said.size();
    contexts.answerAll();
    EXPECT_EQ(said.size(), before);
    desk.comeBack();
    contexts.answerAll();
    EXPECT_EQ(said.size(), before + 1);
}

}
