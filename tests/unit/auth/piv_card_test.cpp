#include "auth/piv_card.h"
#include "auth/piv_commands.h"
#include "tests/unit/auth/scripted_card.h"
#include "tests/unit/auth/token_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using base::Errc;

const std::string PaddedPin = "313233343536ffff"; // 123456
const std::string Next = "3634323133357171"; // 642135qq
const std::string Change = "0024008010" + PaddedPin + Next;

auth::PinSetting change(ScriptedCard& card, const std::string& old = "123456", const std::string& next = "642135qq",
    rfq::LastTry lastTry = rfq::LastTry::NotConfirmed)
{
    return auth::changePivPin(card, Tokens::secret(old), Tokens::secret(next), lastTry);
}

auth::PinSetting unblock(ScriptedCard& card, rfq::LastTry lastTry = rfq::LastTry::NotConfirmed)
{
    return auth::unblockPivPin(card, Tokens::secret("123456"), Tokens::secret("642135qq"), lastTry);
}

TEST(PivCardTest, TellsWhichCardItIsAndItsTries)
{
    ScriptedCard card;
    card.answers[GetChuid] = "53173002aabb34100102030405060708090a0b0c0d0e0f10"
                             "6101";
    card.answers["00c0000001"] = "fe9000";
    card.answers["00f8000000"] = "00c0ffee9000";
    card.answers["00200080"] = "63c2";
    const auto facts = auth::readPivFacts(card);
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->guid, "0102030405060708090a0b0c0d0e0f10");
    EXPECT_EQ(facts->serial, "12648430");
    EXPECT_EQ(facts->pinTries, 2);
    EXPECT_EQ(facts->id(), facts->guid);
    EXPECT_FALSE(facts->factoryPin) << "firmware before 5.3";
    EXPECT_FALSE(card.claimed) << "a look must not wait for another program";
}

TEST(PivCardTest, AYubiKeyTellsWhetherItsPinIsTheFactorys)
{
    ScriptedCard card;
    card.answers["00f7008000"] = "050101"
                                 "06020303"
                                 "9000";
    EXPECT_FALSE(auth::readPivFacts(card)->factoryPin) << "of another maker, whose command that is nobody knows";
    EXPECT_EQ(std::count(card.commands.begin(), card.commands.end(), "00f7008000"), 0);
    card.answers["00f8000000"] = "00c0ffee9000";
    EXPECT_EQ(auth::readPivFacts(card)->factoryPin, true);
    card.answers["00f7008000"] = "050100"
                                 "06020303"
                                 "9000";
    EXPECT_EQ(auth::readPivFacts(card)->factoryPin, false);
}

TEST(PivCardTest, WhereNobodyHasFilledInTheGuidTheAgencysNumberTellsTheCard)
{
    const auto idWith = [](const std::string& fascN, const std::string& guid, const std::string& serial) {
        ScriptedCard card;
        card.answers[GetChuid] = "532d3019" + fascN + "3410" + guid + "9000";
        if (!serial.empty())
            card.answers["00f8000000"] = serial + "9000";
        const auto facts = auth::readPivFacts(card);
        return facts ? facts->id() : facts.error().detail;
    };
    const std::string agency = "d04310da010c39da739ced39ce739d836858210842108421c8";
    const std::string nobody = "d4e739da739ced39ce739d836858210842108421c84210c3eb";
    const std::string none(32, '0');
    const std::string own = "0102030405060708090a0b0c0d0e0f10";
    EXPECT_EQ(idWith(agency, none, {}), agency);
    EXPECT_EQ(idWith(agency, none, "00c0ffee"), "12648430");
    EXPECT_EQ(idWith(agency, own, {}), own);
    EXPECT_EQ(idWith(nobody, none, {}), "") << "every card outside the government has it";
    EXPECT_EQ(idWith(std::string(50, '0'), none, {}), "");
}

TEST(PivCardTest, ACardThatWantsTheExactSizeIsAskedAgainWithIt)
{
    ScriptedCard card;
    card.answers[GetChuid] = "6c14";
    card.answers["00cb3fff055c035fc10214"] = "53123410010203040506070809"
                                             "6107";
    card.answers["00c0000007"] = "6c08";
    card.answers["00c0000008"] = "0a0b0c0d0e0f10"
                                 "9000";
    card.answers["00f8000000"] = "6c04";
    card.answers["00f8000004"] = "00c0ffee9000";
    card.answers["00200080"] = "63c5";
    const auto facts = auth::readPivFacts(card);
    ASSERT_TRUE(facts) << facts.error().detail;
    EXPECT_EQ(facts->guid, "0102030405060708090a0b0c0d0e0f10");
    EXPECT_EQ(facts->serial, "12648430");
    EXPECT_EQ(facts->pinTries, 5) << "not every card begins with three";

    ScriptedCard insisting; // never satisfied
    insisting.answers[GetChuid] = "6c14";
    insisting.answers["00cb3fff055c035fc10214"] = "6c00";
    EXPECT_EQ(codeOf(auth::readPivFacts(insisting).error()), Errc::TokenFailure);
}

TEST(PivCardTest, HostileAnswersIdentifyNobody)
{
    for (const std::string object : {"", "53", "5382", "53ff00", "5310340501",
             "531234100000000000000000000000000000"
             "0000",
             "3410"}) {
        ScriptedCard card;
        card.answers[GetChuid] = object + "9000";
        const auto facts = auth::readPivFacts(card);
        ASSERT_TRUE(facts) << object;
        EXPECT_EQ(facts->id(), "") << object;
    }
    ScriptedCard silent;
    silent.answers[GetChuid] = "90";
    EXPECT_EQ(codeOf(auth::readPivFacts(silent).error()), Errc::TokenFailure);
    ScriptedCard endless;
    endless.answers[GetChuid] = std::string(512, 'a') + "6100";
    endless.answers["00c0000000"] = std::string(512, 'a') + "6100";
    EXPECT_EQ(codeOf(auth::readPivFacts(endless).error()), Errc::TokenFailure);
    ScriptedCard promising; // always more, and never anything
    promising.answers[GetChuid] = "6100";
    promising.answers["00c0000000"] = "6100";
    EXPECT_EQ(codeOf(auth::readPivFacts(promising).error()), Errc::TokenFailure);
    ScriptedCard other;
    other.answers["00a4040009a0000003080000100000"] = "6a82";
    EXPECT_EQ(codeOf(auth::readPivFacts(other).error()), Errc::Unsupported);
}

TEST(PivCardTest, ABlockedPinHasNoTriesAndAGivenOneNoCount)
{
    ScriptedCard card;
    card.answers["00200080"] = "6983";
    EXPECT_EQ(auth::readPivFacts(card)->pinTries, 0);
    card.answers["00200080"] = "9000";
    EXPECT_FALSE(auth::readPivFacts(card)->pinTries);
}

/// The discovery object of a card (SP 800-73-4, part 1, 3.3.2) with this PIN usage policy.
std::string discovery(const std::string& policy)
{
    return "7e124f0ba0000003080000100001005f2f02" + policy + "9000";
}
const std::string GetDiscovery = "00cb3fff035c017e00";

TEST(PivCardTest, WhereTheWholeCardsPinIsThePersonsThatOneIsMeant)
{
    ScriptedCard card;
    card.answers[GetDiscovery] = discovery("6020");
    card.answers["00200000"] = "63c2";
    card.answers["00200080"] = "63c5";
    const auto facts = auth::readPivFacts(card);
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->pin, auth::PivGlobalPin);
    EXPECT_EQ(facts->pinTries, 2);
    card.answers["0024000010" + PaddedPin + Next] = "9000";
    EXPECT_TRUE(change(card).result);
    card.answers["00200000"] = "63c1";
    EXPECT_EQ(codeOf(change(card).result.error()), Errc::PinLastTry);

    EXPECT_EQ(codeOf(unblock(card).result.error()), Errc::Unsupported);
    const auto isUnblocking = [](const std::string& command) { return command.starts_with("002c"); };
    EXPECT_TRUE(std::none_of(card.commands.begin(), card.commands.end(), isUnblocking)) << "it is for another PIN";
}

TEST(PivCardTest, AnyOtherWordAboutPinsMeansTheApplications)
{
    for (const std::string& said :
        {discovery("4000"), discovery("6010"), discovery("5000"), discovery("4020"), std::string("6a82"),
            std::string("6982"), std::string("9000"), std::string("7e035f2f029000"), std::string("7e045f2f02609000")}) {
        ScriptedCard card;
        card.answers[GetDiscovery] = said;
        card.answers["00200080"] = "63c3";
        const auto facts = auth::readPivFacts(card);
        ASSERT_TRUE(facts) << said;
        EXPECT_EQ(facts->pin, auth::PivApplicationPin) << said;
        EXPECT_EQ(facts->pinTries, 3) << said;
    }
}

TEST(PivCardTest, ACardThatKeepsItsNumberToItselfIsAPivCardAllTheSame)
{
    for (const std::string refused : {"6a82", "6a88", "6982"}) {
        ScriptedCard card;
        card.answers[GetChuid] = refused;
        card.answers["00f8000000"] = "00c0ffee9000";
        const auto facts = auth::readPivFacts(card);
        ASSERT_TRUE(facts) << refused;
        EXPECT_EQ(facts->id(), "12648430") << refused;
    }
    ScriptedCard failing;
    failing.answers[GetChuid] = "6581";
    const auto facts = auth::readPivFacts(failing);
    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().detail, "reading the card's CHUID: the card answers 6581: its memory has failed");
}

TEST(PivCardTest, ChangingThePinGivesBothPaddedWithTheCardClaimed)
{
    ScriptedCard card;
    card.answers[Change] = "9000";
    EXPECT_TRUE(change(card).result);
    EXPECT_TRUE(card.claimed);
}

TEST(PivCardTest, AWrongPinOrPukIsCountedAndTold)
{
    ScriptedCard card;
    card.answers[Change] = "63c1";
    auto wrong = change(card);
    EXPECT_EQ(codeOf(wrong.result.error()), Errc::PinWrong);
    EXPECT_EQ(wrong.tries, 1);
    for (const std::string blocked : {"63c0", "6983"}) {
        card.answers[Change] = blocked;
        wrong = change(card);
        EXPECT_EQ(codeOf(wrong.result.error()), Errc::PinBlocked);
        EXPECT_EQ(wrong.tries, 0);
    }
    card.answers["002c008010" + PaddedPin + Next] = "63c2";
    wrong = unblock(card);
    EXPECT_EQ(codeOf(wrong.result.error()), Errc::PukWrong);
    EXPECT_EQ(wrong.tries, 2);
    card.answers["002c008010" + PaddedPin + Next] = "6983";
    wrong = unblock(card);
    EXPECT_EQ(codeOf(wrong.result.error()), Errc::PukBlocked);
}

TEST(PivCardTest, TheLastTryIsUsedOnlyWhenThatWasConfirmed)
{
    ScriptedCard card;
    card.answers["00200080"] = "63c1";
    card.answers[Change] = "9000";
    const auto refused = change(card);
    EXPECT_EQ(codeOf(refused.result.error()), Errc::PinLastTry);
    EXPECT_EQ(refused.tries, 1);
    EXPECT_EQ(std::count(card.commands.begin(), card.commands.end(), Change), 0) << "nothing was tried";
    EXPECT_TRUE(change(card, "123456", "642135qq", rfq::LastTry::Confirmed).result);
}

TEST(PivCardTest, TheLastTryOfThePukIsKeptWhereTheCardTellsOfIt)
{
    const std::string Unblock = "002c008010" + PaddedPin + Next;
    ScriptedCard card;
    card.answers[Unblock] = "9000";
    EXPECT_TRUE(unblock(card).result) << "most cards tell nothing of their PUK";
    card.answers["00f7008100"] = "05010006020301"
                                 "9000";
    const auto refused = unblock(card);
    EXPECT_EQ(codeOf(refused.result.error()), Errc::PinLastTry);
    EXPECT_EQ(refused.tries, 1);
    EXPECT_EQ(std::count(card.commands.begin(), card.commands.end(), Unblock), 1);
    EXPECT_TRUE(unblock(card, rfq::LastTry::Confirmed).result);
}

TEST(PivCardTest, OldCardsTellTheTriesInAnotherForm)
{
    ScriptedCard card;
    card.answers["00200080"] = "6303";
    EXPECT_EQ(auth::readPivFacts(card)->pinTries, 3);
    card.answers[Change] = "6302";
    auto wrong = change(card);
    EXPECT_EQ(codeOf(wrong.result.error()), Errc::PinWrong);
    EXPECT_EQ(wrong.tries, 2);
    card.answers[Change] = "6300"; // no number at all (ISO 7816-4)
    wrong = change(card);
    EXPECT_EQ(codeOf(wrong.result.error()), Errc::PinWrong);
    EXPECT_FALSE(wrong.tries);
}

TEST(PivCardTest, WhatCannotBeAPinCostsNoTry)
{
    ScriptedCard card;
    for (const std::string odd : {"", "12345", "123456789", "12 456", "12345\x01", "\xc3\xa4\xc3\xa4\xc3\xa4"}) {
        EXPECT_EQ(codeOf(change(card, odd).result.error()), Errc::InvalidInput);
        EXPECT_EQ(codeOf(change(card, "123456", odd).result.error()), Errc::InvalidInput);
    }
    EXPECT_EQ(codeOf(change(card, "123456", "123456").result.error()), Errc::InvalidInput) << "nothing would change";
    EXPECT_TRUE(card.commands.empty());
}

TEST(PivCardTest, APinThatTheCardFindsTooSimpleIsTheNewPinsFault)
{
    for (const std::string refused : {"6985", "6a80"}) {
        ScriptedCard card;
        card.answers[Change] = refused;
        const auto outcome = change(card);
        EXPECT_EQ(codeOf(outcome.result.error()), Errc::InvalidInput);
        EXPECT_NE(outcome.result.error().detail.find("too simple"), std::string::npos);
        EXPECT_FALSE(outcome.tries);
    }
}

TEST(PivCardTest, AnyOtherStatusIsAFailureOfTheCard)
{
    ScriptedCard card;
    card.answers[Change] = "6f00";
    EXPECT_EQ(codeOf(change(card).result.error()), Errc::TokenFailure);
}

}
