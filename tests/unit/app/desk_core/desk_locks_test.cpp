#include "app/desk_core/desk_guard.h"
#include "app/desk_core/desk_locks.h"
#include "core/audit/trail_file.h"
#include "core/store/sqlite_database.h"
#include "core/tls/hex.h"
#include "core/tls/statement.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_pki.h"
#include "tests/unit/pep/pep_world.h"

#include <gtest/gtest.h>

/// Locks of a desk's own store, and who ends them.
namespace {

using namespace std::chrono_literals;
using base::Errc;
using stepup_test::filled;

/// Keeps what is said, and says when it is on the disk.
struct Trail final : audit::AuditRecorder {
    void write(audit::AuditRecord record, Done done) override
    {
        records.push_back(std::move(record));
        if (done)
            done(failure ? base::Status(*failure) : base::Ok{});
    }
    [[nodiscard]] std::vector<audit::AuditRecord> unlocks() const
    {
        std::vector<audit::AuditRecord> found;
        for (const auto& record : records)
            if (record.kind == audit::Kind::Unlocked)
                found.push_back(record);
        return found;
    }
    std::vector<audit::AuditRecord> records;
    std::optional<base::Error> failure;
};

class DeskLocksTest : public testing::Test {
protected:
    DeskLocksTest()
    {
        config.stateDirectory = files.path();
        config.access = app::DeskAccessConfig{};
        config.access->enforcement.rpId = "stepup.example.com";
        config.access->trail = files.path() / "access-audit.db";
        config.approvers.caFile = files.write("privileged.pem", authority.pem());
        desk = *app::GuardIdentities::open(config, clock);
        EXPECT_TRUE(desk->signIn(stepup::UserId("alice"), filled(0xa1)));
    }
    void openLocks()
    {
        auto opened = app::DeskLocks::open(config, random, clock);
        ASSERT_TRUE(opened) << opened.error().detail;
        locks = *std::move(opened);
    }
    void lockAlice()
    {
        ASSERT_TRUE(desk->lock(stepup::UserId("alice"), "the counter did not rise"));
        ASSERT_TRUE(desk->lock(filled(0xa1), "of a card that was reported lost"));
        openLocks();
    }
    tls::Identity issue(const support::TestCa& by, const std::string& name) const
    {
        support::CertificateOptions options;
        options.commonName = name;
        options.purpose = support::Purpose::Client;
        return by.issue(options);
    }
    /// What the service makes of a privileged person's card.
    rfq::Approval signedBy(const tls::Identity& person, const std::string& statement) const
    {
        rfq::Approval approval;
        approval.person = {tls::commonNameOf(*person.certificate), tls::fingerprint(*person.certificate)};
        approval.time = base::SystemClock().utc();
        approval.statement = statement;
        approval.certificate = tls::toPem(*person.certificate);
        const auto signature = tls::signStatement(person, statement);
        EXPECT_TRUE(signature);
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(signature->data());
        approval.signature = tls::hexOf({bytes, signature->size()});
        return approval;
    }
    std::optional<Errc> unlock(const rfq::Approval& approval)
    {
        const base::Status done = locks->unlock(approval);
        return done ? std::nullopt : std::optional(done.error().code);
    }
    bool isLocked() { return !locks->locked()->empty(); }

    support::FakeClock clock;
    stepup::SystemRandom random;
    support::TemporaryDirectory files;
    support::TestCa authority{"Privileged Persons"};
    app::DeskConfig config;
    std::unique_ptr<app::GuardIdentities> desk; ///< that of a desk that runs
    std::unique_ptr<app::DeskLocks> locks;
};

TEST_F(DeskLocksTest, SayWhoWhyAndSinceWhen)
{
    openLocks();
    EXPECT_TRUE(locks->locked()->empty());
    lockAlice();
    {
        auto trail = audit::TrailFile::open(
            {.file = config.access->trail, .signer = nullptr, .anchor = {}, .version = "1"}, clock);
        ASSERT_TRUE(trail);
        audit::AuditRecord record;
        record.time = clock.utc() - 1h;
        record.kind = audit::Kind::Locked;
        record.user = "alice";
        EXPECT_TRUE((*trail)->append({record}).records[0]);
        EXPECT_TRUE((*trail)->finish());
    }
    const auto found = locks->locked();
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 2U);
    EXPECT_EQ((*found)[0], (app::DeskLock{"alice", {}, "the counter did not rise", clock.utc() - 1h}));
    EXPECT_EQ((*found)[1].certificate.substr(0, 4), "a1a1");
}

TEST_F(DeskLocksTest, APrivilegedPersonEndsThemAndARunningDeskKnowsAtOnce)
{
    lockAlice();
    const auto mark = *desk->changeMark();
    const auto words = locks->statement("alice", "the key was a spare one");
    ASSERT_TRUE(words);
    EXPECT_NE(words->find("unlock=alice\n"), std::string::npos) << *words;
    EXPECT_NE(words->find("locked=the counter did not rise\n"), std::string::npos) << *words;
    EXPECT_NE(words->find("reason=the key was a spare one\n"), std::string::npos) << *words;
    EXPECT_EQ(unlock(signedBy(issue(authority, "olga.officer"), *words)), std::nullopt);
    EXPECT_FALSE(isLocked());
    EXPECT_NE(*desk->changeMark(), mark);
    const auto now = desk->load();
    ASSERT_EQ(now->users.size(), 1U);
    EXPECT_EQ(now->users[0].lockedWhy, "");
    EXPECT_EQ(now->users[0].certificates[0].lockedWhy, "");
}

TEST_F(DeskLocksTest, EachSignatureIsForOneUnlock)
{
    lockAlice();
    const auto words = locks->statement("alice", "a spare key");
    const auto approval = signedBy(issue(authority, "olga.officer"), *words);
    EXPECT_EQ(unlock(approval), std::nullopt);
    ASSERT_TRUE(desk->lock(stepup::UserId("alice"), "the counter did not rise"));
    EXPECT_EQ(unlock(approval), Errc::Refused);
    ASSERT_TRUE(locks->statement("alice", "a spare key"));
    EXPECT_EQ(unlock(approval), Errc::Refused) << "other words: another random number";
    EXPECT_TRUE(isLocked());
}

TEST_F(DeskLocksTest, NobodyElseAndNobodyForThemselves)
{
    lockAlice();
    const auto words = [this] { return locks->statement("alice", "a spare key").value(); };
    const support::TestCa other("Another Root");
    EXPECT_EQ(unlock(signedBy(issue(other, "mallory"), words())), Errc::CertificateUntrusted);
    EXPECT_EQ(unlock(signedBy(issue(authority, "alice"), words())), Errc::Refused);
    auto forged = signedBy(issue(authority, "olga.officer"), words());
    forged.signature[10] = forged.signature[10] == '0' ? '1' : '0';
    EXPECT_TRUE(unlock(forged));
    const auto late = signedBy(issue(authority, "olga.officer"), words());
    clock.advance(15min);
    EXPECT_EQ(unlock(late), Errc::Refused);
    EXPECT_TRUE(isLocked());
}

TEST_F(DeskLocksTest, WhatWasLockedMeanwhileIsNotWhatWasSigned)
{
    lockAlice();
    const auto words = locks->statement("alice", "a spare key");
    ASSERT_TRUE(desk->lock(stepup::UserId("alice"), "a replayed assertion"));
    EXPECT_EQ(unlock(signedBy(issue(authority, "olga.officer"), *words)), Errc::Refused);
    EXPECT_TRUE(isLocked());
}

TEST_F(DeskLocksTest, RefuseWhatCannotBeSigned)
{
    lockAlice();
    EXPECT_EQ(locks->statement("bob", "why").error().code, Errc::NotFound);
    EXPECT_EQ(locks->statement("alice", "").error().code, Errc::InvalidInput);
    EXPECT_EQ(locks->statement("alice", "x\nunlock=bob").error().code, Errc::InvalidInput);
    config.access.reset();
    EXPECT_EQ(app::DeskLocks::open(config, random, clock).error().code, Errc::Configuration);
}

TEST_F(DeskLocksTest, AreInTheTrailOfTheDeskOnceAlsoWhereItWasClosed)
{
    lockAlice();
    ASSERT_EQ(
        unlock(signedBy(issue(authority, "olga.officer"), *locks->statement("alice", "a spare key"))), std::nullopt);
    desk.reset();
    Trail trail;
    const auto open = [&] {
        app::DeskGuard::Verdicts verdicts;
        verdicts.answered = [](const auto&, auto, const auto&, const auto&) {};
        verdicts.ended = [](const auto&, auto, const auto&) {};
        auto guard = app::DeskGuard::open(
            config, std::move(verdicts), trail, clock, [] { return std::vector<zerotrust::IpAddress>(); });
        EXPECT_TRUE(guard) << guard.error().detail;
        return *std::move(guard);
    };
    {
        const auto guard = open();
        guard->tick();
        guard->tick();
    }
    const auto said = trail.unlocks();
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0].fields.at(audit::Field::Target), "alice");
    EXPECT_EQ(said[0].fields.at(audit::Field::By), "olga.officer");
    EXPECT_EQ(said[0].fields.at(audit::Field::Reason), "a spare key");
    const auto again = open();
    again->tick();
    EXPECT_EQ(trail.unlocks().size(), 1U);
    // And of a desk that runs meanwhile.
    ASSERT_TRUE((*app::GuardIdentities::open(config, clock))->lock(stepup::UserId("alice"), "once more"));
    ASSERT_EQ(unlock(signedBy(issue(authority, "olga.officer"), *locks->statement("alice", "again"))), std::nullopt);
    again->tick();
    EXPECT_EQ(trail.unlocks().size(), 2U);
}

}
