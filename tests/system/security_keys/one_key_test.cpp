#include "tests/system/security_keys/key_fixture.h"

#include <algorithm>

using fido::Problem;

namespace {

class OneKey : public KeyTest { };

}

TEST_F(OneKey, IsListedAsItIs)
{
    const auto found = list();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].problem, "");
    EXPECT_EQ(found[0].path, first);
    EXPECT_EQ(found[0].manufacturer, "Countersign");
    EXPECT_EQ(found[0].product, "Virtual Key 1");
    EXPECT_EQ(found[0].aaguid.size(), 16U);
    EXPECT_EQ(found[0].firmware, "5.7.0");
    EXPECT_EQ(found[0].pin, fido::PinStatus::Set);
    EXPECT_EQ(found[0].pinTriesLeft, 8);
    EXPECT_TRUE(found[0].protectsCredentials);
    EXPECT_NE(std::find(found[0].versions.begin(), found[0].versions.end(), "FIDO_2_1"), found[0].versions.end());
    ASSERT_EQ(found[0].algorithms.size(), 1U);
    EXPECT_EQ(found[0].algorithms[0], fido::Algorithm::Es256);
}

TEST_F(OneKey, NoneIsThereAfterItWasPulled)
{
    virtualKeys.unplug();
    EXPECT_TRUE(list().empty());
    EXPECT_EQ(failure(beginAssert(inquiry({{1, 2, 3}}))).problem, Problem::NoKey);
}

TEST_F(OneKey, ComesAndGoesAreTold)
{
    int changes = 0;
    const auto watch = keys->onChanged([&] { ++changes; });
    virtualKeys.unplug();
    EXPECT_TRUE(desk.runUntil([&] { return changes >= 1; }));
    virtualKeys.plug();
    EXPECT_TRUE(desk.runUntil([&] { return changes >= 2; }));
    EXPECT_EQ(list().size(), 1U);
}

TEST_F(OneKey, EnrolsAndAnswers)
{
    const auto registration = enrolled();
    EXPECT_EQ(registration.format, "packed");
    EXPECT_FALSE(failureIn(fido::checkRegistration(registration, RpId, hash())));
    const auto assertion = value(beginAssert(inquiry({{9, 9, 9}, registration.credentialId})));
    EXPECT_EQ(assertion.credentialId, registration.credentialId);
    EXPECT_EQ(assertion.authenticatorData.size(), 37U);
    EXPECT_FALSE(failureIn(fido::checkAssertion(registration, RpId, hash(9), assertion)));
    // Anything else is not what was signed.
    EXPECT_TRUE(failureIn(fido::checkAssertion(registration, RpId, hash(8), assertion)));
    EXPECT_TRUE(failureIn(fido::checkAssertion(registration, "other.example.com", hash(9), assertion)));
    EXPECT_EQ(virtualKeys.status()["touches"], 2);
}

TEST_F(OneKey, EnrolsWithP384WhereItOffersThat)
{
    auto request = enrolment();
    request.algorithm = fido::Algorithm::Es384;
    EXPECT_EQ(failure(beginEnrol(request)).problem, Problem::Unsupported);
    virtualKeys.ask({{"do", "build"}, {"algorithms", {-7, -35}}});
    const auto registration = value(beginEnrol(request));
    const auto assertion = value(beginAssert(inquiry({registration.credentialId})));
    EXPECT_FALSE(failureIn(fido::checkAssertion(registration, RpId, hash(9), assertion)));
    EXPECT_EQ(fido::publicKeyOf(registration).size(), 110U);
}

TEST_F(OneKey, EveryAttestationComesThroughForTheRelyingPartyToJudge)
{
    const auto checked = [&](const char* variant) {
        virtualKeys.ask({{"do", "build"}, {"attestation", variant}});
        const auto registration = enrolled();
        return !failureIn(fido::checkRegistration(registration, RpId, hash()));
    };
    EXPECT_TRUE(checked("none"));
    EXPECT_TRUE(checked("self"));
    EXPECT_TRUE(checked("unknown-root"));
    EXPECT_FALSE(checked("bad-signature"));
    virtualKeys.ask({{"do", "build"}, {"attestation", "leaf-only"}});
    const auto shorter = enrolled().attestationStatement.size();
    virtualKeys.ask({{"do", "build"}, {"attestation", "packed"}});
    const auto whole = enrolled().attestationStatement.size();
    // With the intermediate certificate, which libfido2 itself does not show.
    EXPECT_GT(whole, shorter + 300);
}

TEST_F(OneKey, RefusesWhatIsExcluded)
{
    const auto registration = enrolled();
    auto again = enrolment();
    again.excluded = {registration.credentialId};
    EXPECT_EQ(failure(beginEnrol(again)).problem, Problem::AlreadyEnrolled);
    EXPECT_EQ(virtualKeys.status()["credentials"].size(), 1U);
}

TEST_F(OneKey, WithoutCredProtectIsNotEnrolled)
{
    virtualKeys.ask({{"do", "build"}, {"protects", false}});
    EXPECT_EQ(failure(beginEnrol(enrolment())).problem, Problem::Unsupported);
}

TEST_F(OneKey, ThatOnlySaysThatItKnowsCredProtectIsNotEnrolled)
{
    // 0: it ignores what is asked for; 1 and 2: it shows the credential to whoever has not given the PIN.
    for (const int level : {0, 1, 2}) {
        SCOPED_TRACE(level);
        virtualKeys.ask({{"do", "build"}, {"protection", level}});
        EXPECT_TRUE(list().at(0).protectsCredentials);
        EXPECT_EQ(failure(beginEnrol(enrolment())).problem, Problem::Unsupported);
    }
    virtualKeys.ask({{"do", "build"}, {"protection", nullptr}});
    (void)enrolled();
}

TEST_F(OneKey, ThatDoesNotVerifyThePersonIsNotBelieved)
{
    const auto registration = enrolled();
    virtualKeys.ask({{"do", "build"}, {"flags_cleared", 4}});
    EXPECT_EQ(failure(beginAssert(inquiry({registration.credentialId}))).problem, Problem::NotVerified);
    EXPECT_EQ(failure(beginEnrol(enrolment())).problem, Problem::NotVerified);
}

TEST_F(OneKey, IsTheWrongOne)
{
    EXPECT_EQ(failure(beginAssert(inquiry({fido::Bytes(32, 1)}))).problem, Problem::WrongKey);
}

TEST_F(OneKey, OfAnotherRelyingPartyIsTheWrongOne)
{
    const auto registration = enrolled();
    auto request = inquiry({registration.credentialId});
    request.rpId = "other.example.com";
    EXPECT_EQ(failure(beginAssert(request)).problem, Problem::WrongKey);
}

TEST_F(OneKey, WaitsForTheTouchAndSaysSo)
{
    const auto registration = enrolled();
    virtualKeys.touch("wait");
    const auto pending = beginAssert(inquiry({registration.credentialId}));
    EXPECT_TRUE(desk.runUntil([&] { return !pending.touches->empty(); }));
    EXPECT_EQ(pending.touches->front().purpose, fido::TouchNeeded::Purpose::Consent);
    EXPECT_GT(pending.touches->front().left, 25s);
    EXPECT_LE(pending.touches->front().left, 30s);
    virtualKeys.touch("press");
    (void)value(pending);
}

TEST_F(OneKey, IsDenied)
{
    const auto registration = enrolled();
    virtualKeys.touch("wait");
    const auto pending = beginAssert(inquiry({registration.credentialId}));
    virtualKeys.waitTouch();
    virtualKeys.touch("deny");
    EXPECT_EQ(failure(pending).problem, Problem::Denied);
}

TEST_F(OneKey, IsCancelledAndGoesOn)
{
    const auto registration = enrolled();
    virtualKeys.touch("wait");
    for (int round = 0; round < 3; ++round) {
        const auto pending = beginAssert(inquiry({registration.credentialId}));
        virtualKeys.waitTouch();
        const auto begin = clock.steady();
        keys->cancel(pending.number);
        EXPECT_EQ(failure(pending).problem, Problem::Cancelled);
        EXPECT_LT(clock.steady() - begin, 15s); // and not the half minute of a touch
    }
    virtualKeys.touch("auto");
    (void)value(beginAssert(inquiry({registration.credentialId})));
}

TEST_F(OneKey, IsCancelledEvenWhereItDoesNotListen)
{
    const auto registration = enrolled();
    virtualKeys.touch("wait");
    virtualKeys.ask({{"do", "behave"}, {"ignores_cancel", true}});
    const auto pending = beginAssert(inquiry({registration.credentialId}));
    virtualKeys.waitTouch();
    const auto begin = clock.steady();
    keys->cancel(pending.number);
    EXPECT_EQ(failure(pending).problem, Problem::Cancelled);
    EXPECT_LT(clock.steady() - begin, 15s); // and not the half minute of a touch
}

TEST_F(OneKey, WhatWaitsInTheQueueIsCancelledToo)
{
    const auto registration = enrolled();
    virtualKeys.touch("wait");
    const auto running = beginAssert(inquiry({registration.credentialId}));
    const auto queued = beginAssert(inquiry({registration.credentialId}));
    virtualKeys.waitTouch();
    keys->cancel(queued.number);
    virtualKeys.touch("press");
    (void)value(running);
    EXPECT_EQ(failure(queued).problem, Problem::Cancelled);
}

TEST_F(OneKey, TimesOutByOurClock)
{
    const auto registration = enrolled();
    virtualKeys.touch("wait");
    auto request = inquiry({registration.credentialId});
    request.limit = 700ms;
    const auto begin = clock.steady();
    EXPECT_EQ(failure(beginAssert(request)).problem, Problem::TimedOut);
    EXPECT_LT(clock.steady() - begin, 15s); // and not the half minute of a touch
    virtualKeys.touch("auto");
    (void)value(beginAssert(inquiry({registration.credentialId})));
}

TEST_F(OneKey, TimesOutByItsOwn)
{
    const auto registration = enrolled();
    virtualKeys.touch("wait");
    virtualKeys.ask({{"do", "behave"}, {"patience", 0.3}});
    EXPECT_EQ(failure(beginAssert(inquiry({registration.credentialId}))).problem, Problem::TimedOut);
}

TEST_F(OneKey, IsPulledWhileItWaits)
{
    const auto registration = enrolled();
    virtualKeys.touch("wait");
    const auto pending = beginAssert(inquiry({registration.credentialId}));
    virtualKeys.waitTouch();
    const auto begin = clock.steady();
    virtualKeys.unplug();
    EXPECT_EQ(failure(pending).problem, Problem::Removed);
    EXPECT_LT(clock.steady() - begin, 15s); // and not the half minute of a touch
    virtualKeys.plug();
    virtualKeys.touch("auto");
    (void)value(beginAssert(inquiry({registration.credentialId})));
}

TEST_F(OneKey, IsAskedAndTheProgramEnds)
{
    const auto registration = enrolled();
    virtualKeys.touch("wait");
    const auto pending = beginAssert(inquiry({registration.credentialId}));
    virtualKeys.waitTouch();
    keys.reset();
    EXPECT_EQ(failure(pending).problem, Problem::Cancelled);
}

TEST_F(OneKey, IsNotEnrolledWithoutATouch)
{
    virtualKeys.touch("wait");
    const auto denied = beginEnrol(enrolment());
    virtualKeys.waitTouch();
    virtualKeys.touch("deny");
    EXPECT_EQ(failure(denied).problem, Problem::Denied);

    const auto cancelled = beginEnrol(enrolment());
    virtualKeys.waitTouch();
    keys->cancel(cancelled.number);
    EXPECT_EQ(failure(cancelled).problem, Problem::Cancelled);

    auto hurried = enrolment();
    hurried.limit = 700ms;
    EXPECT_EQ(failure(beginEnrol(hurried)).problem, Problem::TimedOut);

    const auto pulled = beginEnrol(enrolment());
    virtualKeys.waitTouch();
    virtualKeys.unplug();
    EXPECT_EQ(failure(pulled).problem, Problem::Removed);
    virtualKeys.plug();
    EXPECT_TRUE(virtualKeys.status()["credentials"].empty());
    virtualKeys.touch("auto");
    (void)enrolled();
}
