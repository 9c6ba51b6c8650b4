#include "tests/support/key_signer.h"
#include "tests/unit/tls/tls_world.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>

/// A server asks in mid-connection whether the client still holds its key.
using namespace tls_test;
using base::Errc;
using support::KeyType;

namespace {

class Proof : public testing::Test {
protected:
    /// A client whose key is on a token, connected.
    void connect(KeyType type = KeyType::Ec256)
    {
        auto key = support::generateKey(type);
        tls::Identity identity;
        identity.certificate = m_handshake.world.ca.issueFor(*key, m_handshake.world.clientOptions(type));
        m_signer = std::make_shared<support::KeySigner>(std::move(key));
        identity.key = must(tls::delegatingKey(*identity.certificate, m_signer));
        m_handshake.clientIdentity = std::move(identity);
        m_shaken.emplace(m_handshake.run());
        ASSERT_TRUE(m_shaken->clientStatus) << m_shaken->clientStatus.error().detail;
        ASSERT_TRUE(m_shaken->serverStatus) << m_shaken->serverStatus.error().detail;
    }

    tls::Stream& client() { return m_shaken->client; }
    tls::Stream& server() { return m_shaken->server; }

    /// Reads at the client until it knows that it is asked; what came before that.
    std::string readUntilAsked()
    {
        std::string bytes;
        const auto deadline = std::chrono::steady_clock::now() + support::Patience;
        while (!client().isAsked() && std::chrono::steady_clock::now() < deadline)
            bytes += readOnce(client()).bytes;
        return bytes;
    }

    /// Reads at the server until it has judged an answer or the connection is over.
    support::Received readAnswer(std::size_t answers = 1)
    {
        support::Received all;
        const auto deadline = std::chrono::steady_clock::now() + support::Patience;
        while (server().timesProven() < answers && !all.closed && std::chrono::steady_clock::now() < deadline) {
            auto one = readOnce(server());
            all.bytes += one.bytes;
            all.closed = one.closed;
            all.error = std::move(one.error);
        }
        return all;
    }

    static support::Received readOnce(tls::Stream& stream)
    {
        std::array<char, 4096> buffer{};
        const auto outcome = stream.read(buffer);
        if (outcome.bytes == 0 && !outcome.closed && !stream.isAsked() && !stream.hasBuffered()) {
            std::vector<tls::Interest> interests{stream.interest(false)};
            tls::waitFor(interests, std::chrono::milliseconds(100));
        }
        return {std::string(buffer.data(), outcome.bytes), outcome.closed, outcome.error};
    }

    Handshake m_handshake;
    std::shared_ptr<support::KeySigner> m_signer;
    std::optional<support::Shaken> m_shaken;
    tls::Waker m_never;
};

class ProofOfKey : public Proof, public testing::WithParamInterface<KeyType> { };

TEST_P(ProofOfKey, IsOneSignatureEachAndNeverInsideARead)
{
    connect(GetParam());
    for (std::size_t round = 1; round <= 3; ++round) {
        ASSERT_TRUE(server().askForCertificate());
        ASSERT_TRUE(support::send(server(), "quote"));
        EXPECT_EQ(readUntilAsked(), "");
        ASSERT_TRUE(client().isAsked());
        EXPECT_EQ(readOnce(client()).bytes, "");
        EXPECT_EQ(*client().write(std::string("order")), 0U) << "nothing may overtake the answer";
        EXPECT_EQ(m_signer->signatures(), static_cast<int>(round)) << "reading and writing must not wait for a token";

        const base::Status answered = client().answerRequest(support::Patience, m_never);
        ASSERT_TRUE(answered) << answered.error().detail;
        EXPECT_EQ(m_signer->signatures(), static_cast<int>(round) + 1);
        EXPECT_TRUE(client().hasBuffered()) << "the quote was read with the request, and poll does not announce it";
        EXPECT_EQ(support::receive(client(), 5).bytes, "quote");

        ASSERT_TRUE(support::send(client(), "order"));
        EXPECT_FALSE(readAnswer(round).closed);
        EXPECT_EQ(server().timesProven(), round);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Types, ProofOfKey, testing::Values(KeyType::Ec256, KeyType::Ec384, KeyType::Rsa2048), [](const auto& type) {
        return type.param == KeyType::Ec256 ? "Ec256" : type.param == KeyType::Ec384 ? "Ec384" : "Rsa2048";
    });

TEST_F(Proof, ATokenThatIsGoneEndsTheConnectionAtBothEnds)
{
    connect();
    ASSERT_TRUE(server().askForCertificate());
    readUntilAsked();
    m_signer->failWith({Errc::TokenAbsent, "the token was removed"});
    EXPECT_EQ(client().answerRequest(support::Patience, m_never).error().code, Errc::TokenAbsent);
    EXPECT_TRUE(readOnce(client()).closed);
    const auto seen = readAnswer();
    EXPECT_TRUE(seen.closed);
    ASSERT_TRUE(seen.error);
    EXPECT_EQ(seen.error->code, Errc::TlsFailure) << seen.error->detail;
    EXPECT_EQ(server().timesProven(), 0U);
}

TEST_F(Proof, OneRequestAtATime)
{
    connect();
    ASSERT_TRUE(server().askForCertificate());
    EXPECT_EQ(codeOf(server().askForCertificate()), Errc::Duplicate);
    readUntilAsked();
    EXPECT_EQ(codeOf(server().askForCertificate()), Errc::Duplicate);
    ASSERT_TRUE(client().answerRequest(support::Patience, m_never));
    EXPECT_FALSE(readAnswer().closed);
    EXPECT_TRUE(server().askForCertificate());
}

TEST_F(Proof, TheServerGoesOnWhileAnAnswerIsOut)
{
    connect();
    ASSERT_TRUE(server().askForCertificate());
    readUntilAsked();
    ASSERT_TRUE(support::send(server(), "one"));
    EXPECT_EQ(readOnce(server()).bytes, "");
    ASSERT_TRUE(support::send(server(), "two"));
    ASSERT_TRUE(client().answerRequest(support::Patience, m_never));
    EXPECT_EQ(support::receive(client(), 6).bytes, "onetwo");
}

TEST_F(Proof, AnAnswerThatNobodyAskedForIsNone)
{
    connect();
    EXPECT_EQ(codeOf(client().answerRequest(support::Patience, m_never)), Errc::ConnectionLost) << "nobody has asked";
}

TEST_F(Proof, NeedsTls13)
{
    m_handshake.version = TLS1_2_VERSION;
    connect();
    EXPECT_EQ(codeOf(server().askForCertificate()), Errc::Unsupported);
    ASSERT_TRUE(support::send(server(), "goes on"));
    EXPECT_EQ(support::receive(client(), 7).bytes, "goes on");
}

/// A client of plain OpenSSL, which answers in ways that ours never would.
class OddClient : public Proof {
protected:
    void connectRaw(bool offers)
    {
        const auto identity = m_handshake.world.ca.issue(m_handshake.world.clientOptions());
        auto sockets = support::connectedPair();
        support::RawPeer::Options options;
        options.role = support::RawPeer::Role::Client;
        options.identity = &identity;
        m_raw = std::make_unique<support::RawPeer>(options, std::move(sockets.client));
        SSL_set_post_handshake_auth(m_raw->ssl(), offers ? 1 : 0);
        m_server.emplace(m_handshake.serverContext(), std::move(sockets.server));
        bool shaken = false;
        {
            const support::PeerThread peer([&] { shaken = m_raw->handshake(); });
            ASSERT_TRUE(m_server->handshake(support::Patience, m_never));
        }
        ASSERT_TRUE(shaken);
    }

    /// The client answers with whatever it has now; what the server read until it was over or had "x".
    support::Received answer()
    {
        EXPECT_TRUE(m_server->askForCertificate());
        EXPECT_TRUE(support::send(*m_server, "x"));
        const support::PeerThread peer([&] {
            m_raw->read();
            m_raw->write("x");
        });
        return support::receive(*m_server, 1);
    }

    std::unique_ptr<support::RawPeer> m_raw;
    std::optional<tls::Stream> m_server;
};

TEST_F(OddClient, AnswersWithItsCertificate)
{
    connectRaw(true);
    EXPECT_EQ(answer().bytes, "x");
    EXPECT_EQ(m_server->timesProven(), 1U);
}

TEST_F(OddClient, AnotherCertificateOfTheSameAuthorityEndsTheConnection)
{
    connectRaw(true);
    const auto other = m_handshake.world.ca.issue(m_handshake.world.clientOptions());
    ASSERT_EQ(SSL_use_certificate(m_raw->ssl(), other.certificate.get()), 1);
    ASSERT_EQ(SSL_use_PrivateKey(m_raw->ssl(), other.key.get()), 1);
    const auto seen = answer();
    EXPECT_TRUE(seen.closed);
    EXPECT_EQ(seen.bytes, "") << "what stood behind the answer is not believed";
    ASSERT_TRUE(seen.error);
    EXPECT_EQ(seen.error->code, Errc::CertificateUntrusted);
    EXPECT_NE(seen.error->detail.find(tls::fingerprint(*other.certificate)), std::string::npos) << seen.error->detail;
    EXPECT_EQ(m_server->timesProven(), 0U);
}

TEST_F(OddClient, ACertificateOfAnotherAuthorityEndsTheConnection)
{
    connectRaw(true);
    const auto other = m_handshake.world.otherCa.issue(m_handshake.world.clientOptions());
    ASSERT_EQ(SSL_use_certificate(m_raw->ssl(), other.certificate.get()), 1);
    ASSERT_EQ(SSL_use_PrivateKey(m_raw->ssl(), other.key.get()), 1);
    const auto seen = answer();
    EXPECT_TRUE(seen.closed);
    ASSERT_TRUE(seen.error);
    EXPECT_EQ(seen.error->code, Errc::CertificateUntrusted) << seen.error->detail;
}

TEST_F(OddClient, NoCertificateEndsTheConnection)
{
    connectRaw(true);
    SSL_certs_clear(m_raw->ssl());
    const auto seen = answer();
    EXPECT_TRUE(seen.closed);
    EXPECT_TRUE(seen.error);
    EXPECT_EQ(m_server->timesProven(), 0U);
}

TEST_F(OddClient, AClientThatDidNotOfferItCannotBeAsked)
{
    connectRaw(false);
    EXPECT_EQ(codeOf(m_server->askForCertificate()), Errc::Unsupported);
    ASSERT_TRUE(support::send(*m_server, "x"));
    EXPECT_EQ(m_raw->read(), "x");
}

}
