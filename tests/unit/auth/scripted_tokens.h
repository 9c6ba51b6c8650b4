#pragma once

#include "tests/support/fake_tokens.h"
#include "tests/unit/auth/token_fixture.h"

#include <gtest/gtest.h>

#include <string>

/// Tests with tokens of the scripted module and an authority that certifies their keys.
class ScriptedTokens : public testing::Test {
protected:
    /// What a FakeToken has unless told otherwise.
    static constexpr const char* Pin = "123456";
    static constexpr const char* WrongPin = "999999";

    [[nodiscard]] static support::CertificateOptions trader()
    {
        support::CertificateOptions options;
        options.commonName = "trader-7";
        options.purpose = support::Purpose::Client;
        return options;
    }

    [[nodiscard]] static auth::TokenSettings settings(const std::string& keyId = "01")
    {
        const std::string module = support::FakeTokens::module();
        return {module, {module}, keyId, {}, {}};
    }

    support::TestCa m_ca;
    support::FakeTokens m_plugged;
};
