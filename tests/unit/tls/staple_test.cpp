#include "core/tls/staple.h"
#include "tests/support/ocsp_answers.h"
#include "tests/unit/tls/tls_world.h"

#include <gtest/gtest.h>

/// What a server shows of its certificate's standing, and what a client makes of it.
using namespace tls_test;
using base::Errc;
using support::AnswerOptions;
using namespace std::chrono_literals;

namespace {

class Stapling : public testing::TestWithParam<int> {
protected:
    Stapling() { m_handshake.version = GetParam(); }

    [[nodiscard]] const tls::Identity& authority() const { return m_handshake.world.ca.identity(); }
    [[nodiscard]] X509& venue() const { return *m_handshake.serverIdentity.certificate; }
    [[nodiscard]] std::string answer(const AnswerOptions& options = {}) const
    {
        return support::ocspAnswer(authority(), *authority().certificate, venue(), options);
    }
    void promiseStaple()
    {
        auto options = m_handshake.world.serverOptions();
        options.promisesStaple = true;
        m_handshake.serverIdentity = m_handshake.world.ca.issue(options);
    }

    /// A handshake in which the server shows these bytes, whatever they are; none where they are empty.
    base::Status shake(const std::string& shown)
    {
        m_shown = shown;
        auto client = m_handshake.clientContext();
        auto server = m_handshake.serverContext();
        SSL_CTX_set_tlsext_status_cb(server->native(), show);
        SSL_CTX_set_tlsext_status_arg(server->native(), this);
        auto shaken = support::shake(std::move(client), std::move(server));
        EXPECT_TRUE(m_wasAsked) << "a client must always ask";
        // In TLS 1.3 a server is done before its client has judged.
        if (m_handshake.version == TLS1_2_VERSION) {
            EXPECT_EQ(shaken.serverStatus.has_value(), shaken.clientStatus.has_value());
        }
        return shaken.clientStatus;
    }

    void expectRefusal(const std::string& shown, Errc code, const std::string& words)
    {
        const auto status = shake(shown);
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().code, code) << status.error().detail;
        EXPECT_NE(status.error().detail.find(words), std::string::npos) << status.error().detail;
    }

    static int show(SSL* ssl, void* test)
    {
        auto& self = *static_cast<Stapling*>(test);
        self.m_wasAsked = true;
        if (self.m_shown.empty())
            return SSL_TLSEXT_ERR_NOACK;
        SSL_set_tlsext_status_ocsp_resp(
            ssl, OPENSSL_memdup(self.m_shown.data(), self.m_shown.size()), static_cast<long>(self.m_shown.size()));
        return SSL_TLSEXT_ERR_OK;
    }

    Handshake m_handshake;
    std::string m_shown;
    bool m_wasAsked = false;
};

TEST_P(Stapling, AGoodAnswerIsTaken)
{
    m_handshake.clientTrust.ocsp = tls::Ocsp::Required;
    const auto status = shake(answer());
    EXPECT_TRUE(status) << status.error().detail;
}

TEST_P(Stapling, AnAnswerOfTheProgramOpensslIsTaken)
{
    m_handshake.clientTrust.ocsp = tls::Ocsp::Required;
    const auto status = shake(support::ocspAnswerOfOpenssl(authority(), venue(), false));
    EXPECT_TRUE(status) << status.error().detail;
}

TEST_P(Stapling, ARevocationToldByTheProgramOpensslIsOne)
{
    expectRefusal(support::ocspAnswerOfOpenssl(authority(), venue(), true), Errc::CertificateRevoked,
        "was revoked by its issuer CN=Venue Root on 2026-01-01 00:00:00 UTC: keyCompromise");
}

TEST_P(Stapling, ACertificateMayBeNamedWithAnotherDigest)
{
    m_handshake.clientTrust.ocsp = tls::Ocsp::Required;
    const auto status = shake(answer({.idDigest = AnswerOptions::Digest::Sha256}));
    EXPECT_TRUE(status) << status.error().detail;
}

TEST_P(Stapling, ARevokedCertificateIsRefusedWithoutAnyRequirement)
{
    expectRefusal(answer({.status = AnswerOptions::Status::Revoked}), Errc::CertificateRevoked, "keyCompromise");
}

TEST_P(Stapling, WhatIsShownAboutACertificateThatIsTrustedByItselfIsNoObstacle)
{
    m_handshake.clientTrust.caFile = m_handshake.world.files.write("venue.pem", support::pemOf(venue()));
    const auto status = shake(answer());
    EXPECT_TRUE(status) << status.error().detail;
}

TEST_P(Stapling, NorIsItAProofWhereOneIsRequired)
{
    m_handshake.clientTrust.caFile = m_handshake.world.files.write("venue.pem", support::pemOf(venue()));
    m_handshake.clientTrust.ocsp = tls::Ocsp::Required;
    expectRefusal(answer(), Errc::RevocationUnknown, "trusted by itself");
}

TEST_P(Stapling, NothingShownIsEnoughWhereNothingIsRequired)
{
    EXPECT_TRUE(shake({}));
}

TEST_P(Stapling, NothingShownIsRefusedWhereItIsRequired)
{
    m_handshake.clientTrust.ocsp = tls::Ocsp::Required;
    expectRefusal({}, Errc::RevocationUnknown, "this session requires one");
}

TEST_P(Stapling, ACertificateThatPromisesItMustShowIt)
{
    promiseStaple();
    expectRefusal({}, Errc::RevocationUnknown, "promises");
}

TEST_P(Stapling, ACertificateThatKeepsItsPromiseIsTaken)
{
    promiseStaple();
    EXPECT_TRUE(shake(answer()));
}

TEST_P(Stapling, AnAnswerOutOfDateIsNone)
{
    expectRefusal(answer({.from = -2h, .until = -1h}), Errc::RevocationUnknown, "is out of date since");
}

TEST_P(Stapling, AnAnswerOfTheFutureIsNone)
{
    expectRefusal(answer({.from = 1h, .until = 2h}), Errc::RevocationUnknown, "is not valid before");
}

TEST_P(Stapling, AnAnswerWithoutEndIsNone)
{
    expectRefusal(answer({.until = 0s}), Errc::RevocationUnknown, "does not say until when");
}

TEST_P(Stapling, AnUnknownCertificateIsNone)
{
    expectRefusal(answer({.status = AnswerOptions::Status::Unknown}), Errc::RevocationUnknown, "does not know it");
}

TEST_P(Stapling, AnAnswerOfAnotherAuthorityIsNone)
{
    const auto& other = m_handshake.world.otherCa.identity();
    expectRefusal(support::ocspAnswer(other, *authority().certificate, venue()), Errc::RevocationUnknown,
        "was not signed by the certificate's issuer");
}

TEST_P(Stapling, AnAnswerSignedByAnyCertificateOfTheAuthorityIsNone)
{
    const auto trader = m_handshake.world.ca.issue(m_handshake.world.clientOptions());
    expectRefusal(support::ocspAnswer(trader, *authority().certificate, venue()), Errc::RevocationUnknown,
        "was not signed by the certificate's issuer");
}

TEST_P(Stapling, AnAnswerOfWhomTheAuthorityHasNamedForItIsTaken)
{
    m_handshake.clientTrust.ocsp = tls::Ocsp::Required;
    auto options = m_handshake.world.clientOptions();
    options.purpose = support::Purpose::OcspSigning;
    const auto responder = m_handshake.world.ca.issue(options);
    const auto status = shake(support::ocspAnswer(responder, *authority().certificate, venue()));
    EXPECT_TRUE(status) << status.error().detail;
}

TEST_P(Stapling, AnAnswerAboutAnotherCertificateIsNone)
{
    const auto other = m_handshake.world.ca.issue(m_handshake.world.serverOptions());
    expectRefusal(support::ocspAnswer(authority(), *authority().certificate, *other.certificate),
        Errc::RevocationUnknown, "is about another certificate");
}

TEST_P(Stapling, AnAnswerSignedWithSha1IsNone)
{
    expectRefusal(answer({.signatureDigest = AnswerOptions::Digest::Sha1}), Errc::RevocationUnknown, "not safe");
}

TEST_P(Stapling, ADamagedAnswerIsNone)
{
    expectRefusal("no answer", Errc::RevocationUnknown, "is damaged");
    const std::string tryLater("\x30\x03\x0a\x01\x03", 5);
    m_handshake.serverIdentity = m_handshake.world.ca.issue(m_handshake.world.serverOptions());
    m_handshake.clientIdentity = m_handshake.world.ca.issue(m_handshake.world.clientOptions());
    expectRefusal(tryLater, Errc::RevocationUnknown, "trylater");
}

TEST_P(Stapling, OurServerShowsTheFileAsItIsNow)
{
    m_handshake.clientTrust.ocsp = tls::Ocsp::Required;
    const auto good = answer();
    const auto revoked = answer({.status = AnswerOptions::Status::Revoked});
    const auto old = answer({.from = -2h, .until = -1h});
    const std::string file = m_handshake.world.files.path() / "answer.der";
    const auto client = m_handshake.clientContext();
    const auto server =
        must(tls::Context::forServer(m_handshake.serverTrust, shared(std::move(m_handshake.serverIdentity)), file));
    const auto next = [&] { return support::shake(client, server).clientStatus; };
    EXPECT_EQ(codeOf(next()), Errc::RevocationUnknown) << "there is no file yet";
    m_handshake.world.files.write("answer.der", good);
    EXPECT_TRUE(next());
    m_handshake.world.files.write("answer.der", good.substr(0, good.size() / 2));
    EXPECT_TRUE(next()) << "half a file is one that is being written: the answer before it still holds";
    m_handshake.world.files.write("answer.der", revoked);
    EXPECT_EQ(codeOf(next()), Errc::CertificateRevoked);
    m_handshake.world.files.write("answer.der", old);
    EXPECT_EQ(codeOf(next()), Errc::RevocationUnknown) << "an old answer is not shown at all";
}

TEST_P(Stapling, OurServerShowsNoAnswerAboutAnotherCertificate)
{
    const auto other = m_handshake.world.ca.issue(m_handshake.world.serverOptions());
    const auto file = m_handshake.world.files.write(
        "answer.der", support::ocspAnswer(authority(), *authority().certificate, *other.certificate));
    tls::Staple staple(file, venue());
    EXPECT_TRUE(staple.current(base::SystemClock().utc()).empty());
}

INSTANTIATE_TEST_SUITE_P(Versions, Stapling, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION), versionName);

}
