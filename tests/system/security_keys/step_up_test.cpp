#include "tests/system/security_keys/step_up_fixture.h"

#include <map>

using stepup::VerifyRefusal;

TEST_F(StepUp, AKeyIsEnrolledAndApprovesExactlyTheAction)
{
    const auto credential = enrolledCredential();
    EXPECT_EQ(credential.name, "Blue key");
    const auto challenge = ask(action(), {credential.id});
    const auto verdict = assertions.verify(peer, challenge.bytes, touch(challenge, peer));
    const auto* approval = std::get_if<stepup::Approval>(&verdict);
    ASSERT_NE(approval, nullptr) << std::get<stepup::Refusal>(verdict).detail;
    EXPECT_EQ(approval->action, action());
    EXPECT_EQ(approval->credential, credential.id);
}

TEST_F(StepUp, AnAnswerCountsOnce)
{
    const auto credential = enrolledCredential();
    const auto challenge = ask(action(), {credential.id});
    const auto answer = touch(challenge, peer);
    EXPECT_TRUE(std::holds_alternative<stepup::Approval>(assertions.verify(peer, challenge.bytes, answer)));
    EXPECT_EQ(refusalOf(assertions.verify(peer, challenge.bytes, answer)), VerifyRefusal::ChallengeUnknown);
}

TEST_F(StepUp, AnEarlierAnswerIsNoneToALaterQuestion)
{
    const auto credential = enrolledCredential();
    const auto earlier = ask(action(), {credential.id});
    const auto recorded = touch(earlier, peer);
    const auto second = ask(action(), {credential.id});
    EXPECT_EQ(refusalOf(assertions.verify(peer, second.bytes, recorded)), VerifyRefusal::SignatureWrong);
}

TEST_F(StepUp, AnAnswerThatComesTooLateIsRefused)
{
    const auto credential = enrolledCredential();
    const auto challenge = ask(action(), {credential.id});
    const auto answer = touch(challenge, peer);
    venueClock.advance(stepup::ChallengeLimits{}.life);
    EXPECT_EQ(refusalOf(assertions.verify(peer, challenge.bytes, answer)), VerifyRefusal::ChallengeExpired);
    const auto again = ask(action(), {credential.id});
    const auto inTime = touch(again, peer);
    venueClock.advance(stepup::ChallengeLimits{}.life - 1ns);
    EXPECT_TRUE(std::holds_alternative<stepup::Approval>(assertions.verify(peer, again.bytes, inTime)));
}

TEST_F(StepUp, AnAnswerForAnotherActionOrFromAnotherConnectionIsRefused)
{
    const auto credential = enrolledCredential();
    auto challenge = ask(action(), {credential.id});
    challenge.action = filled(0x77); // the desk was shown something else
    EXPECT_EQ(
        refusalOf(assertions.verify(peer, challenge.bytes, touch(challenge, peer))), VerifyRefusal::SignatureWrong);

    auto elsewhere = peer;
    elsewhere.channelBinding = filled(0xcc);
    const auto second = ask(action(), {credential.id});
    EXPECT_EQ(
        refusalOf(assertions.verify(peer, second.bytes, touch(second, elsewhere))), VerifyRefusal::SignatureWrong);
    const auto third = ask(action(), {credential.id});
    EXPECT_EQ(refusalOf(assertions.verify(elsewhere, third.bytes, touch(third, elsewhere))),
        VerifyRefusal::ChallengeOfOtherConnection);
}

TEST_F(StepUp, ACounterThatDoesNotRiseIsAClone)
{
    virtualKeys.ask({{"do", "build"}, {"counter", 40}});
    const auto credential = enrolledCredential();
    const auto earlier = ask(action(), {credential.id});
    EXPECT_TRUE(std::holds_alternative<stepup::Approval>(assertions.verify(peer, earlier.bytes, touch(earlier, peer))));
    virtualKeys.ask({{"do", "build"}, {"counter", 5}});
    const auto second = ask(action(), {credential.id});
    EXPECT_EQ(refusalOf(assertions.verify(peer, second.bytes, touch(second, peer))), VerifyRefusal::CounterNotRisen);
}

TEST_F(StepUp, AnotherKeyThanTheOneThatIsAllowedIsRefused)
{
    const auto credential = enrolledCredential();
    virtualKeys.unplug(0);
    addSecond();
    const auto stranger = value(beginEnrol(enrolment()));
    auto challenge = ask(action(), {credential.id});
    challenge.allowed = {stranger.credentialId}; // a desk that asks whom it likes
    EXPECT_EQ(refusalOf(assertions.verify(peer, challenge.bytes, touch(challenge, peer))),
        VerifyRefusal::CredentialNotAllowed);
}

TEST_F(StepUp, OnlyAnAttestationOfAModelThatIsAllowedIsTaken)
{
    const std::map<std::string, VerifyRefusal> variants{{"none", VerifyRefusal::AttestationNone},
        {"self", VerifyRefusal::AttestationSelf}, {"bad-signature", VerifyRefusal::AttestationSignatureWrong},
        {"wrong-aaguid", VerifyRefusal::AttestationModel}, {"bad-ou", VerifyRefusal::AttestationSubject},
        {"ca-flag", VerifyRefusal::AttestationAuthority}, {"expired", VerifyRefusal::AttestationExpired},
        {"leaf-only", VerifyRefusal::AttestationUntrusted}, {"unknown-root", VerifyRefusal::AttestationUntrusted}};
    for (const auto& [variant, expected] : variants) {
        SCOPED_TRACE(variant);
        virtualKeys.ask({{"do", "build"}, {"attestation", variant}});
        const auto verdict = enrol();
        const auto* refusal = std::get_if<stepup::Refusal>(&verdict);
        ASSERT_NE(refusal, nullptr) << "enrolled";
        EXPECT_EQ(refusal->code, expected) << refusal->detail;
    }
    virtualKeys.ask({{"do", "build"}, {"attestation", "packed"}});
    policy.models = {stepup::Aaguid{}};
    const auto verdict = enrol();
    ASSERT_TRUE(std::holds_alternative<stepup::Refusal>(verdict));
    EXPECT_EQ(std::get<stepup::Refusal>(verdict).code, VerifyRefusal::ModelNotAllowed);
    EXPECT_TRUE(registry.of(peer.user).empty());
}
