#include "tests/unit/stepup/hex.h"
#include "tests/unit/stepup/stepup_world.h"

using namespace stepup_test;
using Code = VerifyRefusal;

namespace {

std::string algorithmParam(const testing::TestParamInfo<Algorithm>& instance)
{
    return algorithmName(instance.param);
}

class AssertionOf : public testing::TestWithParam<Algorithm> {
protected:
    World m_world{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Algorithms, AssertionOf,
    testing::Values(Algorithm::Es256, Algorithm::Es384, Algorithm::EdDsa, Algorithm::Rs256), algorithmParam);

TEST_P(AssertionOf, AnEnrolledKeyApprovesExactlyTheAction)
{
    m_world.answer.signCount = 7;
    const auto verdict = m_world.approve();
    const auto* approval = std::get_if<Approval>(&verdict);
    ASSERT_TRUE(approval) << detailOf(verdict);
    EXPECT_EQ(approval->scope, Scope::Ticket);
    EXPECT_EQ(approval->action, Action(ticket()));
    EXPECT_EQ(approval->actionDigest, *actionDigest(ticket()));
    EXPECT_EQ(approval->user, UserId("alice"));
    EXPECT_EQ(approval->credential, m_world.key.id());
    EXPECT_EQ(approval->signCount, 7U);
    EXPECT_EQ(m_world.registry.find(m_world.key.id())->signCount, 7U);
    EXPECT_NE(approval->clientDataJson.find("countersign.stepup.v1"), std::string::npos);
}

TEST_P(AssertionOf, EverySingleBitOfAuthenticatorDataAndSignatureCounts)
{
    // A book of its own for each try: the same challenge again, so that one signature serves all.
    const auto verdictOn = [&](const Assertion& given) {
        CountingRandom random;
        ChallengeBook book(m_world.clock, random);
        AssertionVerifier verifier(RpId, book, m_world.registry);
        const auto challenge = book.issue(m_world.peer, ticket(), "why", {m_world.key.id()});
        return verifier.verify(m_world.peer, challenge->bytes, given);
    };
    CountingRandom random;
    ChallengeBook book(m_world.clock, random);
    const auto good = m_world.touch(*book.issue(m_world.peer, ticket(), "why", {m_world.key.id()}));
    for (std::size_t bit = 0; bit < good.authenticatorData.size() * 8; ++bit) {
        auto assertion = good;
        flip(assertion.authenticatorData, bit);
        ASSERT_TRUE(std::holds_alternative<Refusal>(verdictOn(assertion))) << bit;
    }
    for (std::size_t bit = 0; bit < good.signature.size() * 8; ++bit) {
        auto assertion = good;
        flip(assertion.signature, bit);
        ASSERT_EQ(codeOf(verdictOn(assertion)), Code::SignatureWrong) << bit;
    }
    EXPECT_EQ(m_world.registry.find(m_world.key.id())->signCount, 0U) << "a refused assertion left a trace";
    EXPECT_TRUE(std::holds_alternative<Approval>(verdictOn(good)));
}

TEST_P(AssertionOf, AShorterOrLongerSignatureIsRefused)
{
    for (const int change : {-1, 1}) {
        const auto challenge = m_world.ask();
        auto assertion = m_world.touch(challenge);
        assertion.signature.resize(assertion.signature.size() + static_cast<std::size_t>(change));
        EXPECT_EQ(codeOf(m_world.verify(challenge, assertion)), Code::SignatureWrong);
    }
    const auto challenge = m_world.ask();
    auto assertion = m_world.touch(challenge);
    assertion.signature.clear();
    EXPECT_EQ(codeOf(m_world.verify(challenge, assertion)), Code::SignatureWrong);
}

class AnAssertion : public testing::Test {
protected:
    Code refusal() { return codeOf(m_world.approve()); }
    /// The key signs client data that was changed.
    Code refusalOf(const Challenge& challenge, const ClientData& data)
    {
        return codeOf(m_world.verify(challenge, m_world.key.assertion(*clientDataHash(data), m_world.answer)));
    }

    World m_world;
};

TEST_F(AnAssertion, SignsEverySingleBitOfTheClientDatasInputs)
{
    for (Digest ClientData::*member : {&ClientData::challenge, &ClientData::action, &ClientData::channelBinding})
        for (std::size_t bit = 0; bit < 256; ++bit) {
            const auto challenge = m_world.ask();
            auto data = m_world.clientData(challenge);
            flip(data.*member, bit);
            ASSERT_EQ(refusalOf(challenge, data), Code::SignatureWrong) << bit;
        }
    for (std::string ClientData::*member : {&ClientData::session, &ClientData::rpId})
        for (std::size_t bit = 0; bit < 8 * (m_world.clientData(m_world.ask()).*member).size(); ++bit) {
            m_world.book.forget(m_world.peer.session);
            const auto challenge = m_world.ask();
            auto data = m_world.clientData(challenge);
            auto& text = data.*member;
            text[bit / 8] = static_cast<char>(static_cast<unsigned char>(text[bit / 8]) ^ (1U << (bit % 8)));
            if (!clientDataHash(data))
                continue; // not UTF-8: the other end could not have signed it either
            ASSERT_EQ(refusalOf(challenge, data), Code::SignatureWrong) << bit;
        }
    for (int bit = 0; bit < 64; ++bit) {
        m_world.book.forget(m_world.peer.session);
        const auto challenge = m_world.ask();
        auto data = m_world.clientData(challenge);
        data.seq ^= std::uint64_t{1} << bit;
        ASSERT_EQ(refusalOf(challenge, data), Code::SignatureWrong) << bit;
    }
    for (const Scope scope : {Scope::Session, Scope::Acceptance, Scope::Settings, Scope::Enrolment}) {
        const auto challenge = m_world.ask();
        auto data = m_world.clientData(challenge);
        data.scope = scope;
        EXPECT_EQ(refusalOf(challenge, data), Code::SignatureWrong);
    }
}

TEST_F(AnAssertion, IsRefusedASecondTime)
{
    const auto challenge = m_world.ask();
    const auto assertion = m_world.touch(challenge);
    EXPECT_TRUE(std::holds_alternative<Approval>(m_world.verify(challenge, assertion)));
    EXPECT_EQ(codeOf(m_world.verify(challenge, assertion)), Code::ChallengeUnknown);
}

TEST_F(AnAssertion, ConsumesItsChallengeEvenWhenItIsWrong)
{
    const auto challenge = m_world.ask();
    auto wrong = m_world.touch(challenge);
    flip(wrong.signature, 100);
    EXPECT_EQ(codeOf(m_world.verify(challenge, wrong)), Code::SignatureWrong);
    EXPECT_EQ(codeOf(m_world.verify(challenge, m_world.touch(challenge))), Code::ChallengeUnknown);
}

TEST_F(AnAssertion, ForAnotherChallengeIsRefused)
{
    const auto first = m_world.ask();
    const auto second = m_world.ask();
    EXPECT_EQ(codeOf(m_world.verify(second, m_world.touch(first))), Code::SignatureWrong);
    EXPECT_EQ(codeOf(m_world.verifier.verify(m_world.peer, filled(9), m_world.touch(first))), Code::ChallengeUnknown);
}

TEST_F(AnAssertion, IsRefusedFromTheInstantOfExpiry)
{
    using namespace std::chrono_literals;
    const auto late = m_world.ask();
    m_world.clock.advance(60s);
    EXPECT_EQ(codeOf(m_world.verify(late, m_world.touch(late))), Code::ChallengeExpired);

    const auto challenge = m_world.ask();
    m_world.clock.shiftUtc(-24h); // the wall clock does not matter
    m_world.clock.advance(60s - 1ns);
    EXPECT_TRUE(std::holds_alternative<Approval>(m_world.verify(challenge, m_world.touch(challenge))));
}

TEST_F(AnAssertion, CountsOnlyForThePersonSessionAndConnectionThatWereAsked)
{
    const auto refusalFrom = [&](const Peer& peer) {
        const auto challenge = m_world.ask();
        return codeOf(m_world.verifier.verify(peer, challenge.bytes, m_world.touch(challenge)));
    };
    auto other = alice();
    other.user = UserId("bob");
    EXPECT_EQ(refusalFrom(other), Code::ChallengeOfOtherUser);
    other = alice();
    other.session = "OTHER>VENUE";
    EXPECT_EQ(refusalFrom(other), Code::ChallengeOfOtherSession);
    other = alice();
    other.channelBinding[31] ^= 1;
    EXPECT_EQ(refusalFrom(other), Code::ChallengeOfOtherConnection);
    other = alice();
    other.certificate[0] ^= 1;
    EXPECT_EQ(refusalFrom(other), Code::ChallengeOfOtherConnection);
}

TEST_F(AnAssertion, RelayedToAnotherConnectionIsRefused)
{
    // Somebody in the middle has two connections; the person signs over theirs.
    const auto challenge = m_world.ask();
    auto data = m_world.clientData(challenge);
    data.channelBinding = filled(0xdd);
    EXPECT_EQ(refusalOf(challenge, data), Code::SignatureWrong);
}

TEST_F(AnAssertion, ApprovesAnEnrolmentWhereAnEnrolledKeyIsNamed)
{
    const Action wanted = EnrolKey{.user = "alice", .keyName = "Red key"};
    const auto challenge = *m_world.book.issue(m_world.peer, wanted, "why", {m_world.key.id()});
    const auto verdict = m_world.verify(challenge, m_world.touch(challenge));
    const auto* approval = std::get_if<Approval>(&verdict);
    ASSERT_TRUE(approval) << detailOf(verdict);
    EXPECT_EQ(approval->scope, Scope::Enrolment);
    EXPECT_EQ(approval->action, wanted);
}

TEST_F(AnAssertion, DoesNotAnswerAnEnrolment)
{
    const auto challenge = m_world.ask(EnrolKey{.user = "alice", .keyName = "Red key"});
    EXPECT_EQ(codeOf(m_world.verify(challenge, m_world.touch(challenge))), Code::ChallengeOfOtherPurpose);
}

TEST_F(AnAssertion, OfAKeyThatTheChallengeDoesNotNameIsRefused)
{
    const auto challenge = m_world.ask();
    auto assertion = m_world.touch(challenge);
    assertion.credentialId = idOf(0x22);
    EXPECT_EQ(codeOf(m_world.verify(challenge, assertion)), Code::CredentialNotAllowed);
}

TEST_F(AnAssertion, OfAKeyThatIsNotEnrolledIsRefused)
{
    const support::SoftAuthenticator stranger(Algorithm::Es256, idOf(0x33));
    const auto challenge = *m_world.book.issue(m_world.peer, ticket(), "why", {stranger.id()});
    const auto assertion = stranger.assertion(m_world.hash(challenge), m_world.answer);
    EXPECT_EQ(codeOf(m_world.verify(challenge, assertion)), Code::CredentialUnknown);
}

TEST_F(AnAssertion, OfAnotherPersonsKeyIsRefused)
{
    m_world.peer.user = UserId("bob");
    EXPECT_EQ(refusal(), Code::CredentialOfOtherUser);
}

TEST_F(AnAssertion, OfAKeyBoundToAnotherCertificateIsRefusedUntilItIsRebound)
{
    m_world.peer.certificate = filled(0xa2);
    EXPECT_EQ(refusal(), Code::CredentialOfOtherCertificate);
    m_world.registry.rebind(UserId("bob"), filled(0xa1), filled(0xa2));
    EXPECT_EQ(refusal(), Code::CredentialOfOtherCertificate);
    m_world.registry.rebind(UserId("alice"), filled(0xa1), filled(0xa2));
    EXPECT_TRUE(std::holds_alternative<Approval>(m_world.approve()));
}

TEST_F(AnAssertion, OfAKeyRevokedMeanwhileIsRefused)
{
    const auto challenge = m_world.ask();
    EXPECT_TRUE(m_world.registry.revoke(m_world.key.id(), m_world.clock.utc()));
    EXPECT_EQ(codeOf(m_world.verify(challenge, m_world.touch(challenge))), Code::CredentialRevoked);
}

TEST_F(AnAssertion, NeedsTouchAndUserVerificationAndHardware)
{
    using namespace support;
    const std::pair<int, Code> cases[] = {{0, Code::UserNotPresent}, {UserVerified, Code::UserNotPresent},
        {UserPresent, Code::UserNotVerified},
        {UserPresent | UserVerified | ::support::BackupEligible, Code::BackupEligible},
        {UserPresent | UserVerified | ::support::BackedUp, Code::BackedUp},
        {UserPresent | UserVerified | 0x02, Code::AuthenticatorDataMalformed},
        {UserPresent | UserVerified | 0x20, Code::AuthenticatorDataMalformed}};
    for (const auto& [flags, code] : cases) {
        m_world.answer.flags = static_cast<std::uint8_t>(flags);
        EXPECT_EQ(refusal(), code) << flags;
    }
}

TEST_F(AnAssertion, ForAnotherRelyingPartyIsRefused)
{
    m_world.answer.rpId = "evil.example";
    EXPECT_EQ(refusal(), Code::WrongRelyingParty);
}

TEST_F(AnAssertion, WithBytesThatDoNotBelongIsRefused)
{
    using namespace support;
    m_world.answer.tail = {0xa0};
    EXPECT_EQ(refusal(), Code::AuthenticatorDataMalformed);
    m_world.answer.flags |= ExtensionData; // an empty map says nothing
    EXPECT_EQ(refusal(), Code::AuthenticatorDataMalformed);
    m_world.answer.tail = {0xa1, 0x61, 'a', 0xf5, 0x00};
    EXPECT_EQ(refusal(), Code::AuthenticatorDataMalformed);
    m_world.answer.tail = {0xa1, 0x61, 'a', 0xf5};
    EXPECT_TRUE(std::holds_alternative<Approval>(m_world.approve()));

    m_world.answer.flags = UserPresent | UserVerified | AttestedData;
    m_world.answer.signCount = 2;
    m_world.answer.tail = Bytes(16, 7);
    append(m_world.answer.tail, Bytes{0, 16});
    append(m_world.answer.tail, Bytes(16, 8));
    append(m_world.answer.tail, m_world.key.coseKey());
    EXPECT_EQ(refusal(), Code::AttestedCredentialUnexpected);
}

TEST_F(AnAssertion, NeedsACounterThatRisesUnlessTheKeyHasNone)
{
    const auto verdictAt = [&](std::uint32_t count) {
        m_world.answer.signCount = count;
        return m_world.approve();
    };
    EXPECT_TRUE(std::holds_alternative<Approval>(verdictAt(0)));
    EXPECT_TRUE(std::holds_alternative<Approval>(verdictAt(0)));
    EXPECT_TRUE(std::holds_alternative<Approval>(verdictAt(5)));
    EXPECT_EQ(codeOf(verdictAt(5)), Code::CounterNotRisen);
    EXPECT_EQ(codeOf(verdictAt(4)), Code::CounterNotRisen);
    EXPECT_EQ(codeOf(verdictAt(0)), Code::CounterNotRisen);
    EXPECT_EQ(m_world.registry.find(m_world.key.id())->signCount, 5U);
    EXPECT_TRUE(std::holds_alternative<Approval>(verdictAt(0xffffffff)));
    EXPECT_EQ(codeOf(verdictAt(6)), Code::CounterNotRisen);
}

TEST_F(AnAssertion, OfAKeyThatCannotBeReadIsRefused)
{
    auto broken = *m_world.registry.find(m_world.key.id());
    broken.id = idOf(0x44);
    broken.coseKey.pop_back();
    ASSERT_TRUE(m_world.registry.add(broken));
    const auto challenge = m_world.ask();
    auto assertion = m_world.touch(challenge);
    assertion.credentialId = broken.id;
    EXPECT_EQ(codeOf(m_world.verify(challenge, assertion)), Code::KeyUnusable);
}

TEST_F(AnAssertion, OfAKeyThatWasEnrolledWithAnotherAlgorithmIsRefused)
{
    auto other = *m_world.registry.find(m_world.key.id());
    other.id = idOf(0x44);
    other.algorithm = Algorithm::Rs256;
    ASSERT_TRUE(m_world.registry.add(other));
    const auto challenge = m_world.ask();
    auto assertion = m_world.touch(challenge);
    assertion.credentialId = other.id;
    EXPECT_EQ(codeOf(m_world.verify(challenge, assertion)), Code::KeyUnusable);
}

/// The example of docs/step-up.md, which was signed apart from this code.
TEST(TheDocumentedAssertion, Verifies)
{
    const auto key = parseCoseKey(
        bytesOfHex("a401010327200621582003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"));
    ASSERT_TRUE(key);
    ClientData data{.scope = Scope::Ticket,
        .challenge = {},
        .rpId = RpId,
        .action = *actionDigest(ticket()),
        .channelBinding = filled(0xcb),
        .session = "DESK>VENUE",
        .seq = 7};
    std::iota(data.challenge.begin(), data.challenge.end(), std::uint8_t{0});
    auto message = bytesOfHex("cbef322bd0889fea966d4576dd345e4fbea884ec268bd2db064c600ad235e5170500000001");
    const auto authenticator = parseAuthenticatorData(message);
    ASSERT_TRUE(authenticator);
    EXPECT_EQ(authenticator->rpIdHash, sha256(bytesOf(RpId)));
    append(message, *clientDataHash(data));
    EXPECT_TRUE(verifySignature(*key->key, key->algorithm, message,
        bytesOfHex("5401c9d111b2754033313df76daeb23112ef348b9254f5710222297d9f7dc86e"
                   "9398773ea4168acb0e35ca43489869c9250424e18051668660a4d2da76a5850b")));
}

}
