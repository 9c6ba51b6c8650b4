#pragma once

#include "core/pep/change_book.h"
#include "core/pep/change_work.h"
#include "core/store/sqlite_database.h"
#include "tests/support/test_pki.h"
#include "tests/unit/pep/pep_world.h"

/// A book of changes to an identity store, and officers who sign.
namespace pep_test {

class CountingRandom final : public stepup::RandomSource {
public:
    [[nodiscard]] bool fill(std::span<std::uint8_t> bytes) override
    {
        for (auto& byte : bytes)
            byte = ++m_last;
        return !isBroken;
    }
    bool isBroken = false;

private:
    std::uint8_t m_last = 0;
};

class AChangeBook : public testing::Test {
protected:
    AChangeBook()
    {
        auto opened = IdentityDatabase::open(m_files.path() / "identities.sqlite");
        EXPECT_TRUE(opened) << opened.error().detail;
        m_database = *std::move(opened);
        m_book.emplace(*m_database, m_random, m_clock, FourEyes::On);
    }
    static IdentityChange newUser(const char* name, std::uint8_t certificate)
    {
        IdentityChange change;
        change.kind = ChangeKind::AddUser;
        change.user = stepup::UserId(name);
        change.certificate = CertificateRecord{.fingerprint = filled(certificate), .key = KeyHome::Hardware};
        return change;
    }
    static IdentityChange privileged(const char* name, std::uint8_t certificate)
    {
        IdentityChange change = newUser(name, certificate);
        change.role = zerotrust::UserRole::Privileged;
        return change;
    }
    static IdentityChange about(ChangeKind kind, const char* name)
    {
        IdentityChange change;
        change.kind = kind;
        change.user = stepup::UserId(name);
        return change;
    }
    static IdentityChange entitled(const char* name, const char* instruments, const char* most = "1000000")
    {
        IdentityChange change = about(ChangeKind::ChangeUser, name);
        change.entitlement = EntitlementParts{.segment = "default",
            .activities = std::set{zerotrust::Activity::View},
            .instruments = zerotrust::Names{instruments},
            .maxQuantity = zerotrust::Quantities{{"EUR", decimal(most)}}};
        return change;
    }
    ChangeAnswer submit(const IdentityChange& change)
    {
        const auto answer = m_book->submit(change, "root");
        EXPECT_TRUE(answer) << answer.error().detail;
        return answer ? *answer : ChangeAnswer{.outcome = ChangeOutcome::Refused};
    }
    base::Result<ChangeAnswer> sign(
        std::int64_t number, ChangeStep step, const char* name, std::uint8_t certificate, const std::string& more = {})
    {
        const auto statement = m_book->statement(number, step);
        return m_book->take({.change = number,
            .step = step,
            .by = {stepup::UserId(name), filled(certificate)},
            .statement = statement ? *statement + more : "",
            .signature = "signature"});
    }
    ChangeOutcome outcome(const base::Result<ChangeAnswer>& answer)
    {
        return answer ? answer->outcome : ChangeOutcome::Refused;
    }
    /// olga and bert, privileged: the first at once, the second by the first.
    void twoOfficers()
    {
        ASSERT_EQ(submit(privileged("olga", 1)).outcome, ChangeOutcome::Done);
        const auto second = submit(privileged("bert", 2));
        ASSERT_EQ(second.outcome, ChangeOutcome::Drafted);
        ASSERT_EQ(outcome(sign(second.number, ChangeStep::Propose, "olga", 1)), ChangeOutcome::Done);
    }
    void takeOverFromVersion1()
    {
        m_book.reset();
        ASSERT_TRUE(m_database->file().execute(
            "DROP TRIGGER one_more_card; DROP TRIGGER became_privileged; DROP VIEW privileged_with_a_card; "
            "DROP TABLE changes; DROP TABLE change_events; DROP TABLE privileged; "
            "ALTER TABLE certificates DROP COLUMN attestation; ALTER TABLE credentials DROP COLUMN last_used_at; "
            "PRAGMA user_version=1"));
        auto opened = IdentityDatabase::open(m_files.path() / "identities.sqlite");
        ASSERT_TRUE(opened) << opened.error().detail;
        m_database = *std::move(opened);
        m_book.emplace(*m_database, m_random, m_clock, FourEyes::On);
    }
    bool isThere(const char* name)
    {
        const auto found = findUser(*m_database, stepup::UserId(name));
        return found && found->has_value();
    }
    ChangeEvent lastEvent() { return m_book->untold()->back(); }

    support::TemporaryDirectory m_files;
    support::FakeClock m_clock;
    CountingRandom m_random;
    std::unique_ptr<IdentityDatabase> m_database;
    std::optional<ChangeBook> m_book;
};

}
