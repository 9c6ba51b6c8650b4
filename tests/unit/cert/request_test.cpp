#include "auth/cert/public_key.h"
#include "auth/cert/request.h"
#include "auth/cert/subject.h"
#include "tests/support/key_signer.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

namespace {

using base::Errc;
using support::KeyType;

/// A key that says it is `shown` and signs with `used`.
tls::KeyPtr keyOf(EVP_PKEY& shown, std::shared_ptr<support::KeySigner> used)
{
    const auto shell = cert::shellFor(shown);
    auto key = tls::delegatingKey(*shell, std::move(used));
    EXPECT_TRUE(key);
    return *std::move(key);
}

TEST(Request, IsSignedOnceByWhateverHoldsTheKey)
{
    const auto subject = *cert::parseSubject("CN=trader-7");
    for (const KeyType type : {KeyType::Ec256, KeyType::Ec384, KeyType::Rsa2048}) {
        auto secret = support::generateKey(type);
        const tls::KeyPtr shown(EVP_PKEY_dup(secret.get()));
        const auto signer = std::make_shared<support::KeySigner>(std::move(secret));
        const auto request = cert::makeRequest(*keyOf(*shown, signer), *subject);
        ASSERT_TRUE(request) << request.error().detail;
        EXPECT_EQ(request->rfind("-----BEGIN CERTIFICATE REQUEST-----", 0), 0U);
        EXPECT_EQ(signer->signatures(), 1);
    }
}

TEST(Request, WithAnotherKeysSignatureIsNotWritten)
{
    const auto subject = *cert::parseSubject("CN=trader-7");
    const auto shown = support::generateKey(KeyType::Ec256);
    const auto signer = std::make_shared<support::KeySigner>(support::generateKey(KeyType::Ec256));
    const auto request = cert::makeRequest(*keyOf(*shown, signer), *subject);
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().code, Errc::KeyNotFound);
}

TEST(Request, TellsWhyTheTokenDidNotSign)
{
    const auto subject = *cert::parseSubject("CN=trader-7");
    const auto shown = support::generateKey(KeyType::Ec256);
    const auto signer = std::make_shared<support::KeySigner>(support::generateKey(KeyType::Ec256));
    signer->failWith({Errc::TokenAbsent, "gone"});
    EXPECT_EQ(cert::makeRequest(*keyOf(*shown, signer), *subject).error(), (base::Error{Errc::TokenAbsent, "gone"}));
}

}
