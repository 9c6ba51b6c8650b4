#include "core/tls/presented.h"
#include "tests/unit/tls/tls_world.h"

#include <gtest/gtest.h>

#include <thread>

/// Looking at what a server shows, without believing it.
using namespace tls_test;
using base::Errc;

namespace {

class Presented : public testing::TestWithParam<int> {
protected:
    /// Looks at a server of ours; what came of its handshake is in m_server.
    base::Result<std::vector<tls::CertificatePtr>> look()
    {
        const auto listener = must(tls::listenOn("127.0.0.1", 0));
        const auto context = m_handshake.serverContext();
        limitTo(*context, GetParam());
        const tls::Waker never;
        const support::PeerThread server([&] {
            std::vector<tls::Interest> interests{{.handle = listener.handle(), .read = true}};
            tls::waitFor(interests, support::Patience);
            tls::Stream stream(context, tls::acceptFrom(listener));
            m_server = stream.handshake(support::Patience, never);
        });
        return tls::presentedBy("127.0.0.1", tls::localPort(listener), ServerName, support::Patience, never);
    }

    Handshake m_handshake;
    base::Status m_server = base::Ok{};
};

TEST_P(Presented, ShowsWhatTheServerShowsAndMakesNoConnection)
{
    tls::ignoreBrokenPipes();
    const auto print = tls::fingerprint(*m_handshake.serverIdentity.certificate);
    support::CertificateOptions options;
    options.purpose = support::Purpose::Ca;
    m_handshake.serverIdentity.chain.push_back(std::move(support::selfSigned(options).certificate));
    const auto shown = look();
    ASSERT_TRUE(shown) << shown.error().detail;
    ASSERT_EQ(shown->size(), 2U);
    EXPECT_EQ(tls::fingerprint(*shown->front()), print);
    EXPECT_FALSE(m_server) << "no connection may come of a look";
}

TEST_P(Presented, NobodyThereIsAnError)
{
    const tls::Waker never;
    const auto port = tls::localPort(must(tls::listenOn("127.0.0.1", 0)));
    const auto shown = tls::presentedBy("127.0.0.1", port, "127.0.0.1", support::Patience, never);
    ASSERT_FALSE(shown);
    EXPECT_EQ(shown.error().code, Errc::ConnectionRefused);
}

INSTANTIATE_TEST_SUITE_P(Versions, Presented, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION), versionName);

}
