/// --token: which of several tokens that fit the configuration.
#include "app/cli/events.h"
#include "app/cli/token_choice.h"

#include <gtest/gtest.h>

namespace {

const std::string First(64, 'a');
const std::string Second(64, 'b');

rfq::TokenStatus twoTokens()
{
    rfq::TokenIdentity first;
    first.fingerprint = First;
    first.tokenSerial = "111";
    first.card = "guid-1";
    first.commonName = "trader-7";
    rfq::TokenIdentity second = first;
    second.fingerprint = Second;
    second.tokenSerial = "222";
    second.card = "guid-2";
    second.commonName = "officer-2";
    rfq::TokenStatus status;
    status.problem = base::Error{base::Errc::KeyNotFound, "several match"};
    status.candidates = {{first, "CN=CA", "Reader 0"}, {second, "CN=CA", "Reader 1"}};
    return status;
}

TEST(TokenChoice, IsByFingerprintSerialOrNumber)
{
    const auto status = twoTokens();
    for (const std::string& name : {Second, std::string(64, 'B'), std::string("222"), std::string("guid-2")}) {
        const auto called = cli::tokenCalled(name, status);
        ASSERT_TRUE(called) << called.error().detail;
        EXPECT_EQ(called->commonName, "officer-2") << name;
    }
}

TEST(TokenChoice, WhatIsCalledOtherwiseIsNoToken)
{
    for (const char* name : {"333", "officer-2", "b", ""}) {
        const auto called = cli::tokenCalled(name, twoTokens());
        ASSERT_FALSE(called) << name;
        EXPECT_EQ(called.error().code, base::Errc::KeyNotFound);
        EXPECT_NE(called.error().detail.find("Nothing was tried"), std::string::npos);
    }
    auto one = twoTokens();
    one.identity = one.candidates[0].identity;
    one.candidates.clear();
    EXPECT_FALSE(cli::tokenCalled("222", one)) << "not even where only one fits";
    EXPECT_TRUE(cli::tokenCalled("111", one));
}

TEST(TokenChoice, TwoCertificatesOnOneTokenAreToldApartByFingerprintOnly)
{
    auto status = twoTokens();
    status.candidates[1].identity.tokenSerial = "111";
    EXPECT_FALSE(cli::tokenCalled("111", status));
    EXPECT_TRUE(cli::tokenCalled(Second, status));
}

TEST(TokenChoice, WhatCanBeChosenFromIsTold)
{
    for (const auto& event : {cli::tokenStatusEvent(twoTokens()),
             cli::accessRefusedEvent({base::Errc::KeyNotFound, "several match"}, twoTokens())}) {
        const auto& told = event.fields["candidates"];
        ASSERT_EQ(told.size(), 2U);
        EXPECT_EQ(told[1]["fingerprint"], Second);
        EXPECT_EQ(told[1]["tokenSerial"], "222");
        EXPECT_EQ(told[1]["reader"], "Reader 1");
        EXPECT_EQ(told[1]["issuer"], "CN=CA");
    }
    EXPECT_FALSE(cli::tokenStatusEvent({}).fields.contains("candidates"));
}

}
