#include "auth/device/tpm.h"
#include "core/stepup/device_quote.h"
#include "tests/support/swtpm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

using base::Errc;
using device::PcrValue;
using device::quoteTpm;
using device::readTpm;
using device::TpmSettings;
using stepup::QuoteFault;

namespace {

PcrValue filled(std::uint8_t byte)
{
    PcrValue value{};
    value.fill(byte);
    return value;
}

/// A workstation with a TPM in software, through tpm2-tss as with any other, and what the policy enforcement point
/// makes of its quotes.
class ATpm : public testing::Test {
protected:
    ATpm()
    {
        m_tpm.extend(0, 0x10); // the firmware
        m_tpm.extend(7, 0x17); // Secure Boot
        m_settings.tcti = m_tpm.tcti();
    }

    static stepup::DeviceReference registered(const device::TpmIdentity& identity)
    {
        return {.key = identity.key, .pcrs = identity.pcrs, .secureBoot = true};
    }
    stepup::DeviceReference reference()
    {
        const auto identity = readTpm(m_settings);
        EXPECT_TRUE(identity) << identity.error().detail;
        return identity ? registered(*identity) : stepup::DeviceReference();
    }
    stepup::DeviceQuote quote(const PcrValue& nonce)
    {
        auto made = quoteTpm(m_settings, nonce);
        EXPECT_TRUE(made) << made.error().detail;
        if (!made)
            return {};
        return {.attest = made->attest, .signature = made->signature, .pcrs = made->pcrs};
    }
    static std::string faultOf(
        const stepup::DeviceQuote& quote, const stepup::DeviceReference& reference, const PcrValue& nonce)
    {
        const auto verdict = stepup::verifyQuote(quote, reference, nonce);
        const auto* refusal = std::get_if<stepup::QuoteRefusal>(&verdict);
        return refusal ? stepup::faultName(refusal->fault) : "good";
    }

    support::Swtpm m_tpm;
    TpmSettings m_settings;
};

TEST_F(ATpm, QuotesWhatWasRegistered)
{
    const auto reference = this->reference();
    EXPECT_EQ(reference.pcrs.size(), 8U);
    EXPECT_NE(reference.pcrs.at(7), PcrValue());
    EXPECT_TRUE(stepup::checkReference(reference));
    EXPECT_EQ(faultOf(quote(filled(1)), reference, filled(1)), "good");
}

TEST_F(ATpm, HasTheSameKeyEachTime)
{
    EXPECT_EQ(reference(), reference());
}

TEST_F(ATpm, IsNotAnotherTpm)
{
    support::Swtpm other;
    TpmSettings others = m_settings;
    others.tcti = other.tcti();
    const auto theirs = readTpm(others);
    ASSERT_TRUE(theirs) << theirs.error().detail;
    auto reference = this->reference();
    reference.key = theirs->key;
    EXPECT_EQ(faultOf(quote(filled(1)), reference, filled(1)), "quote-signature-wrong");
}

TEST_F(ATpm, QuotesForOneNonceOnly)
{
    const auto reference = this->reference();
    EXPECT_EQ(faultOf(quote(filled(1)), reference, filled(2)), "quote-of-another-statement");
}

TEST_F(ATpm, TellsThatTheMachineWasStartedInAnotherWay)
{
    const auto reference = this->reference();
    m_tpm.extend(7, 0x99);
    const auto verdict = stepup::verifyQuote(quote(filled(1)), reference, filled(1));
    ASSERT_TRUE(std::holds_alternative<stepup::QuoteRefusal>(verdict));
    EXPECT_EQ(std::get<stepup::QuoteRefusal>(verdict),
        (stepup::QuoteRefusal{QuoteFault::RegistersChanged, "these registers are not as registered: 7"}));
}

TEST_F(ATpm, CannotBeAskedForFewerRegisters)
{
    const auto reference = this->reference();
    m_settings.pcrs = {0, 1, 2};
    EXPECT_EQ(faultOf(quote(filled(1)), reference, filled(1)), "quote-of-other-registers");
}

TEST_F(ATpm, QuotesMoreRegistersThanOneAnswerHolds)
{
    m_settings.pcrs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14};
    const auto reference = this->reference();
    EXPECT_EQ(reference.pcrs.size(), 13U);
    EXPECT_EQ(faultOf(quote(filled(1)), reference, filled(1)), "good");
}

TEST_F(ATpm, SignsNoNumberTwiceTheSameWay)
{
    const auto first = quote(filled(1));
    const auto second = quote(filled(1));
    const auto clockOf = [](const stepup::DeviceQuote& one) {
        const auto attest = stepup::parseTpmAttest(one.attest);
        EXPECT_TRUE(attest);
        return attest ? attest->clock : 0;
    };
    EXPECT_LT(clockOf(first), clockOf(second)) << "by this a replayed quote is known";
}

TEST_F(ATpm, LeavesNothingBehindInTheTpm)
{
    for (int time = 0; time < 8; ++time) // a TPM holds three keys at once
        EXPECT_EQ(quote(filled(1)).signature.size(), stepup::QuoteSignatureSize);
}

TEST_F(ATpm, ThatDoesNotAnswerIsAbsent)
{
    m_tpm.stop();
    const auto read = readTpm(m_settings);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::TokenAbsent) << read.error().detail;
}

TEST(NoTpm, IsAnAnswerToo)
{
    const auto root = std::filesystem::path(testing::TempDir()) / "no_tpm";
    std::filesystem::remove_all(root);
    EXPECT_EQ(device::systemTpm(root), "");
    const auto read = readTpm(TpmSettings{});
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::TokenAbsent);
    std::filesystem::create_directories(root / "dev");
    std::ofstream(root / "dev/tpmrm0").close();
    EXPECT_EQ(device::systemTpm(root), "device:/dev/tpmrm0");
    std::filesystem::remove_all(root);
}

TEST(NoTpm, RefusesRegistersThatThereAreNot)
{
    for (const std::vector<std::uint8_t>& pcrs : {std::vector<std::uint8_t>{}, {24}, {1, 1}, {2, 1}}) {
        const auto read = readTpm({.tcti = "device:/dev/null", .pcrs = pcrs});
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error().code, Errc::InvalidInput);
    }
}

}
