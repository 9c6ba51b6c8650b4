#include "auth/identity_choice.h"
#include "auth/pin_state.h"
#include "auth/token_errors.h"

#include <gtest/gtest.h>
#include <libp11.h>

#include <vector>

namespace {

using base::Errc;

rfq::TokenIdentity identity(const std::string& keyId, const std::string& fingerprint)
{
    rfq::TokenIdentity result;
    result.tokenLabel = "same";
    result.keyId = keyId;
    result.fingerprint = fingerprint;
    return result;
}

base::Result<std::size_t> choose(const std::vector<rfq::TokenIdentity>& seen, const auth::IdentityQuery& query)
{
    const auto fitting = auth::fittingIdentities(seen, query);
    if (!fitting)
        return fitting.error();
    std::vector<rfq::TokenIdentity> those;
    for (const std::size_t index : *fitting)
        those.push_back(seen[index]);
    const auto chosen = auth::chooseIdentity(those, query, std::nullopt);
    return chosen ? base::Result<std::size_t>((*fitting)[*chosen]) : chosen;
}

const std::vector<rfq::TokenIdentity> TwoTokens{identity("01", "aa11"), identity("01", "bb22"), identity("02", "cc33")};

TEST(IdentityChoiceTest, WhatIsConfiguredMustMatchAllOfIt)
{
    EXPECT_EQ(*choose(TwoTokens, {"01", "bb22"}), 1U);
    EXPECT_EQ(*choose(TwoTokens, {"02", {}}), 2U);
    EXPECT_EQ(*choose(TwoTokens, {{}, "aa11"}), 0U);
    for (const auto& [keyId, fingerprint] : {std::pair("02", "bb22"), std::pair("03", ""), std::pair("", "dd44")}) {
        const auto chosen = choose(TwoTokens, {keyId, fingerprint});
        ASSERT_FALSE(chosen) << keyId << ' ' << fingerprint;
        EXPECT_EQ(chosen.error().code, Errc::KeyNotFound);
    }
}

TEST(IdentityChoiceTest, SeveralThatFitAreNoChoice)
{
    for (const char* keyId : {"01", ""}) {
        const auto chosen = choose(TwoTokens, {keyId, {}});
        ASSERT_FALSE(chosen) << keyId;
        EXPECT_EQ(chosen.error().code, Errc::KeyNotFound);
        EXPECT_NE(chosen.error().detail.find("bb22"), std::string::npos) << "names what is there";
    }
}

TEST(IdentityChoiceTest, NothingConfiguredTakesTheOnlyOne)
{
    EXPECT_EQ(*choose({TwoTokens[0]}, {}), 0U);
    EXPECT_FALSE(choose({}, {}));
}

TEST(IdentityChoiceTest, HexIsReadAsPeopleAndToolsWriteIt)
{
    EXPECT_EQ(*choose(TwoTokens, {{}, "BB:22"}), 1U);
    EXPECT_EQ(*choose(TwoTokens, {"01", "Aa 11"}), 0U);
}

rfq::PinState stateOf(CK_FLAGS flags)
{
    CK_TOKEN_INFO info{};
    info.flags = flags;
    return auth::pinStateOf(info);
}

TEST(PinStateTest, ANumberIsToldOnlyWhereAFlagFixesIt)
{
    EXPECT_EQ(stateOf(0), (rfq::PinState{}));
    EXPECT_EQ(stateOf(CKF_USER_PIN_COUNT_LOW), (rfq::PinState{}));
    EXPECT_EQ(stateOf(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY), (rfq::PinState{1, true, false}));
    EXPECT_EQ(stateOf(CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED), (rfq::PinState{0, false, true}));
}

TEST(PinStateTest, LengthIsHeldToTheTokensLimits)
{
    CK_TOKEN_INFO info{};
    info.ulMinPinLen = 4;
    info.ulMaxPinLen = 8;
    EXPECT_FALSE(auth::checkPinLength(0, info));
    EXPECT_FALSE(auth::checkPinLength(3, info));
    EXPECT_TRUE(auth::checkPinLength(4, info));
    EXPECT_TRUE(auth::checkPinLength(8, info));
    EXPECT_FALSE(auth::checkPinLength(9, info));
    info.ulMaxPinLen = 0;
    EXPECT_TRUE(auth::checkPinLength(1, info)) << "a module that names no limits";
    EXPECT_FALSE(auth::checkPinLength(0, info));
}

TEST(TokenErrorsTest, CodesMeanWhatTheyMeanToAPerson)
{
    EXPECT_EQ(auth::tokenError(0xA0, "x").code, Errc::PinWrong);
    EXPECT_EQ(auth::tokenError(0xA4, "x").code, Errc::PinBlocked);
    EXPECT_EQ(auth::tokenError(0x06, "x").code, Errc::TokenFailure);
    EXPECT_EQ(auth::tokenError(0xA0, "checking the PIN").detail, "checking the PIN: CKR_PIN_INCORRECT (0xa0)");
    const struct {
        CK_RV code;
        Errc meaning;
        const char* name;
        const char* words;
    } told[] = {
        {0xA3, Errc::TokenFailure, "CKR_PIN_EXPIRED (0xa3)", "change it, then sign in"},
        {0x102, Errc::TokenFailure, "CKR_USER_PIN_NOT_INITIALIZED (0x102)", "no PIN yet"},
        {0x1C3, Errc::InvalidInput, "CKR_PIN_TOO_WEAK (0x1c3)", "too simple"},
        {0xE2, Errc::Unsupported, "CKR_TOKEN_WRITE_PROTECTED (0xe2)", "nothing be written"},
        {0x104, Errc::TokenFailure, "CKR_USER_ANOTHER_ALREADY_LOGGED_IN (0x104)", "end the other program"},
        {0x200, Errc::Cancelled, "CKR_FUNCTION_REJECTED (0x200)", "refused at the token"},
    };
    for (const auto& one : told) {
        const auto error = auth::tokenError(one.code, "changing the PIN");
        EXPECT_EQ(error.code, one.meaning) << one.name;
        EXPECT_NE(error.detail.find(one.name), std::string::npos) << error.detail;
        EXPECT_NE(error.detail.find(one.words), std::string::npos) << error.detail;
    }
    EXPECT_EQ(auth::returnName(0x80001234), "0x80001234");
    for (const CK_RV code : {0x30U, 0x31U, 0x32U, 0x60U, 0x82U, 0xB0U, 0xB3U, 0xE0U, 0xE1U, 0x101U})
        EXPECT_EQ(auth::tokenError(code, "x").code, Errc::TokenAbsent) << code;
}

TEST(TokenErrorsTest, TheModulesCodeIsFoundAmongTheNoiseThatFollows)
{
    ERR_clear_error();
    ERR_raise(ERR_LIB_EVP, EVP_R_EXPECTING_AN_RSA_KEY);
    ERR_raise(ERR_get_CKR_code(), 0x30);
    ERR_raise(ERR_LIB_EVP, EVP_R_EXPECTING_AN_RSA_KEY);
    EXPECT_EQ(auth::takeModuleError(), CK_RV{0x30});
    EXPECT_EQ(ERR_peek_error(), 0U) << "the queue must be empty";
    EXPECT_EQ(auth::takeModuleError(), std::nullopt);
}

}
