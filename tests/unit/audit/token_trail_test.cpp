#include "app/trail/token_head_signer.h"
#include "core/audit/reader.h"
#include "core/audit/record_text.h"
#include "tests/unit/audit/records_in.h"
#include "tests/unit/audit/trail_fixture.h"

#include <algorithm>
#include <atomic>

/// A trail whose head is signed by a token, which may be away.
namespace {

using namespace audit_test;

/// A token that comes and goes, with the key of the fixture.
class FickleSigner final : public audit::HeadSigner {
public:
    explicit FickleSigner(std::unique_ptr<audit::HeadSigner> key)
        : m_key(std::move(key))
    {
    }
    [[nodiscard]] std::string keyId() const override { return m_key->keyId(); }
    [[nodiscard]] base::Result<std::string> sign(std::string_view statement) override
    {
        ++asked;
        if (!isThere)
            return base::Error{Errc::TokenAbsent, "no token"};
        return m_key->sign(statement);
    }
    std::atomic<bool> isThere = true;
    std::atomic<int> asked = 0;

private:
    std::unique_ptr<audit::HeadSigner> m_key;
};

class TokenTrail : public TrailTest {
protected:
    void openBehind(std::uint64_t every)
    {
        token = std::make_shared<FickleSigner>(*audit::openKeyFile(keyFile));
        auto made = settings();
        made.signer = nullptr;
        made.moment = audit::HeadMoment::BehindCommit;
        made.headEvery = every;
        auto opening = audit::AuditTrail::open(made, thread, clock,
            [this](audit::AuditTrail::Trouble, const base::Error& error) { troubles.push_back(error); });
        ASSERT_TRUE(opening);
        trail = *std::move(opening);
    }
    std::size_t notes(std::string_view error) const
    {
        const auto records = audit_test::recordsIn(file);
        return static_cast<std::size_t>(std::count_if(records.begin(), records.end(), [&](const AuditRecord& one) {
            const auto found = one.fields.find(Field::Error);
            return one.kind == Kind::TokenEvent && found != one.fields.end() && found->second == error;
        }));
    }
    std::shared_ptr<FickleSigner> token;
};

TEST_F(TokenTrail, WhatCameBeforeTheTokenIsSignedOnceItIsThere)
{
    openBehind(100);
    ASSERT_TRUE(append(opened("anna")));
    EXPECT_EQ(verify().finding->fault, Fault::Unsigned);
    trail->signWith(token);
    ASSERT_TRUE(append(opened("ben"))); // and by then the head is written
    auto verdict = verify();
    EXPECT_FALSE(verdict.finding);
    EXPECT_EQ(verdict.coveredTo, 2u);
    EXPECT_EQ(verdict.records, 3u);
    EXPECT_TRUE(verdict.signedLate.empty());
    trail->seal();
    verdict = verify();
    EXPECT_EQ(verdict.coveredTo, 3u);
    EXPECT_EQ(token->asked, 2);
    ASSERT_TRUE(append(opened("carl")));
    trail.reset(); // nobody signs any more
    EXPECT_EQ(verify().coveredTo, 3u);
    EXPECT_EQ(token->asked, 2);
    EXPECT_TRUE(troubles.empty());
}

TEST_F(TokenTrail, OneSignatureIsForSeveralRecords)
{
    openBehind(4);
    trail->signWith(token); // of the first record
    for (int i = 0; i < 8; ++i)
        ASSERT_TRUE(append(opened("user" + std::to_string(i))));
    trail->seal();
    const auto verdict = verify();
    EXPECT_FALSE(verdict.finding);
    EXPECT_EQ(verdict.records, 9u);
    EXPECT_EQ(verdict.coveredTo, 9u);
    EXPECT_EQ(verdict.heads, 3u);
}

TEST_F(TokenTrail, ATokenThatIsAwayIsSaidOnceAndWhatItMissedIsSignedWhenItIsBack)
{
    openBehind(2);
    trail->signWith(token);
    ASSERT_TRUE(append(opened("anna"))); // behind the head of record 1
    token->isThere = false;
    for (int i = 0; i < 6; ++i)
        ASSERT_TRUE(append(opened("user" + std::to_string(i))));
    trail->sign();
    ASSERT_TRUE(append(opened("ben")));
    EXPECT_EQ(notes("head-not-signed"), 1u);
    EXPECT_EQ(notes("head-signed"), 0u);
    ASSERT_TRUE(thread.runUntil([&] { return !troubles.empty(); }));
    EXPECT_EQ(troubles.size(), 1u);
    auto verdict = verify();
    EXPECT_FALSE(verdict.finding);
    EXPECT_EQ(verdict.coveredTo, 1u);
    const std::uint64_t missed = verdict.records;
    token->isThere = true;
    trail->sign();
    trail->seal();
    EXPECT_EQ(notes("head-not-signed"), 1u);
    EXPECT_EQ(notes("head-signed"), 1u);
    verdict = verify();
    EXPECT_FALSE(verdict.finding);
    EXPECT_EQ(verdict.coveredTo, verdict.records);
    ASSERT_EQ(verdict.signedLate.size(), 1u);
    EXPECT_EQ(verdict.signedLate[0], (audit::Stretch{2, missed}));
    EXPECT_EQ(troubles.size(), 1u);
}

TEST_F(TokenTrail, ATokenThatIsAwayIsNotAskedForEachRecord)
{
    openBehind(4);
    token->isThere = false;
    trail->signWith(token);
    for (int i = 0; i < 16; ++i)
        ASSERT_TRUE(append(opened("user" + std::to_string(i))));
    EXPECT_LE(token->asked, 6);
    EXPECT_GE(token->asked, 3);
}

TEST_F(TokenTrail, TwoSignersOneAfterTheOtherAreBothProven)
{
    makeTrail(3); // signed by the fixture's key
    const auto card = std::make_shared<const tls::Identity>(authority.issue({}));
    const auto cardFile = directory.write("card.pem", support::pemOf(*card->certificate));
    openBehind(100);
    trail->signWith(*app::headSignerOf(card));
    ASSERT_TRUE(append(opened("anna")));
    trail->seal();
    EXPECT_EQ(fault(), Fault::HeadForged);
    const auto verdict = verify(*audit::HeadKeys::open({certificateFile, cardFile}));
    EXPECT_FALSE(verdict.finding);
    EXPECT_EQ(verdict.coveredTo, 4u);
}

TEST(TokenHead, RsaCardsSignToo)
{
    support::TestCa authority;
    for (const auto type : {support::KeyType::Ec256, support::KeyType::Rsa2048}) {
        support::CertificateOptions options;
        options.keyType = type;
        const auto card = std::make_shared<const tls::Identity>(authority.issue(options));
        const auto signer = app::headSignerOf(card);
        ASSERT_TRUE(signer);
        const support::TemporaryDirectory directory;
        const auto keys = audit::HeadKeys::open({directory.write("card.pem", support::pemOf(*card->certificate))});
        ASSERT_TRUE(keys);
        const audit::Head head{1, {}, {}, (*signer)->keyId()};
        const auto statement = audit::headStatement(head);
        const auto signature = (*signer)->sign(statement);
        ASSERT_TRUE(signature) << signature.error().detail;
        EXPECT_EQ(keys->doubt(head, {statement, *signature}), std::nullopt);
    }
}

}
