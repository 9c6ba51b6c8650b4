#pragma once

#include "auth/approval.h"
#include "tests/unit/auth/scripted_tokens.h"

#include <string>

/// A trader in slot 0 and a second person in slot 1, each with a token and a PIN of their own.
class ApprovalFixture : public ScriptedTokens {
protected:
    static constexpr const char* Words = "I close request R-17 at VENUE-X as not done.";
    static constexpr const char* SecondPin = "654321";
    static constexpr std::size_t Trader = 0;
    static constexpr std::size_t Second = 1;

    ApprovalFixture() { m_plugged.add({}, m_ca, trader()); }

    [[nodiscard]] static support::CertificateOptions head()
    {
        auto options = trader();
        options.commonName = "desk-head-1";
        return options;
    }
    [[nodiscard]] static support::FakeToken secondToken()
    {
        support::FakeToken token;
        token.label = "supervisor";
        token.serial = "2";
        token.pin = SecondPin;
        return token;
    }
    void plugSecond() { plugSecond(secondToken(), head()); }
    void plugSecond(const support::FakeToken& token, const support::CertificateOptions& options)
    {
        m_plugged.add(token, m_ca, options);
    }

    /// The trader's own token is named: another may have the same key id.
    [[nodiscard]] auth::TokenSettings traderSettings() const
    {
        auto chosen = settings("01");
        chosen.fingerprint = fingerprint(Trader);
        return chosen;
    }
    [[nodiscard]] auth::ApproverSettings approvers() const { return {m_caFile, {}, {}}; }
    [[nodiscard]] std::string fingerprint(std::size_t slot) const
    {
        return tls::fingerprint(*m_plugged.certificate(slot));
    }
    [[nodiscard]] rfq::Person first() const { return {"trader-7", fingerprint(Trader)}; }

    /// Sign-in of the trader, and what the second person answers.
    [[nodiscard]] Tokens::Approved approve(
        Tokens& tokens, const std::string& pin = SecondPin, rfq::LastTry lastTry = rfq::LastTry::NotConfirmed) const
    {
        return tokens.approve(Words, first(), fingerprint(Second), pin, lastTry);
    }

    support::TemporaryDirectory m_files;
    std::string m_caFile = m_files.write("approvers.pem", m_ca.pem());
};
