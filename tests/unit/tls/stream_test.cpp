#include "tests/unit/tls/tls_world.h"

#include <gtest/gtest.h>

#include <array>

using namespace tls_test;
using base::Errc;
using namespace std::chrono_literals;

namespace {

std::string pattern(std::size_t size)
{
    std::string text(size, ' ');
    for (std::size_t i = 0; i < size; ++i)
        text[i] = static_cast<char>('a' + i % 26);
    return text;
}

class StreamRule : public testing::Test {
protected:
    StreamRule()
        : m_shaken(m_handshake.run())
    {
    }
    void SetUp() override
    {
        ASSERT_TRUE(m_shaken.clientStatus);
        ASSERT_TRUE(m_shaken.serverStatus);
    }
    tls::Stream& client() { return m_shaken.client; }
    tls::Stream& server() { return m_shaken.server; }

    Handshake m_handshake;
    support::Shaken m_shaken;
};

TEST_F(StreamRule, ReadNeverBlocks)
{
    std::array<char, 16> buffer{};
    const auto outcome = server().read(buffer);
    EXPECT_EQ(outcome.bytes, 0U);
    EXPECT_FALSE(outcome.closed);
    EXPECT_FALSE(outcome.error);
}

TEST_F(StreamRule, WriteNeverBlocksAndGoesOnWhereItStopped)
{
    const auto text = pattern(32U << 20U);
    std::size_t done = 0;
    for (;;) {
        const auto written = client().write(std::span<const char>(text).subspan(done));
        ASSERT_TRUE(written);
        if (*written == 0)
            break;
        done += *written;
    }
    ASSERT_GT(done, 0U);
    ASSERT_LT(done, text.size()) << "the socket took everything: nothing was busy";
    EXPECT_TRUE(client().interest(true).write);

    std::string received;
    {
        const support::PeerThread peer([&] { received = support::receive(server(), text.size()).bytes; });
        // Another buffer with the same bytes: the caller's memory may have moved since.
        EXPECT_TRUE(support::send(client(), text.substr(done)));
    }
    EXPECT_TRUE(received == text);
}

TEST_F(StreamRule, BufferedBytesAreAnnouncedUntilTheyAreRead)
{
    ASSERT_TRUE(support::send(server(), pattern(1000)));
    std::array<char, 100> buffer{};
    std::vector<tls::Interest> interests{client().interest(false)};
    tls::waitFor(interests, support::Patience);
    std::size_t total = client().read(buffer).bytes;
    // The acceptance record comes first and brings no bytes.
    while (total == 0) {
        tls::waitFor(interests, 100ms);
        total = client().read(buffer).bytes;
    }
    while (client().hasBuffered())
        total += client().read(buffer).bytes;
    EXPECT_EQ(total, 1000U);
}

TEST_F(StreamRule, SmallRecordsThatArriveTogetherAreAllRead)
{
    for (int i = 0; i < 200; ++i)
        ASSERT_TRUE(support::send(server(), "12345"));
    std::vector<tls::Interest> interests{client().interest(false)};
    std::array<char, 5> buffer{};
    std::size_t total = 0;
    while (total < 1000U) {
        tls::waitFor(interests, support::Patience);
        ASSERT_TRUE(interests.front().readable);
        do
            total += client().read(buffer).bytes;
        while (client().hasBuffered());
    }
    EXPECT_EQ(total, 1000U);
}

TEST_F(StreamRule, OurServerTellsATls13ClientAtOnceThatItIsAccepted)
{
    ASSERT_EQ(client().peer().protocol, "TLSv1.3");
    EXPECT_TRUE(server().peerHasSpoken());
    std::vector<tls::Interest> interests{client().interest(false)};
    tls::waitFor(interests, support::Patience);
    std::array<char, 16> buffer{};
    EXPECT_EQ(client().read(buffer).bytes, 0U);
    EXPECT_TRUE(client().peerHasSpoken());
    // The keys changed on the way: both directions still work.
    ASSERT_TRUE(support::send(server(), "after"));
    EXPECT_EQ(support::receive(client(), 5).bytes, "after");
    ASSERT_TRUE(support::send(client(), "before"));
    EXPECT_EQ(support::receive(server(), 6).bytes, "before");
}

TEST_F(StreamRule, CloseTellsThePeer)
{
    client().close();
    const auto received = support::receive(server(), 1);
    EXPECT_TRUE(received.closed);
    EXPECT_FALSE(received.error);
}

TEST_F(StreamRule, ClosedStreamReadsAndWritesNothing)
{
    client().close();
    std::array<char, 16> buffer{};
    const auto outcome = client().read(buffer);
    EXPECT_TRUE(outcome.closed);
    ASSERT_TRUE(outcome.error);
    EXPECT_EQ(outcome.error->code, Errc::ConnectionLost);
    const auto written = client().write(std::string("x"));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, Errc::ConnectionLost);
    EXPECT_FALSE(client().hasBuffered());
}

TEST_F(StreamRule, NamesThePeersAddressEvenAfterClosing)
{
    client().close();
    EXPECT_EQ(client().peerAddress().substr(0, 10), "127.0.0.1:");
}

TEST_F(StreamRule, BothEndsComputeTheSameChannelBinding)
{
    const auto atClient = client().channelBinding();
    const auto atServer = server().channelBinding();
    ASSERT_TRUE(atClient) << atClient.error().detail;
    ASSERT_TRUE(atServer) << atServer.error().detail;
    EXPECT_EQ(*atClient, *atServer);
    Handshake another;
    const auto elsewhere = another.run().client.channelBinding();
    ASSERT_TRUE(elsewhere);
    EXPECT_NE(*atClient, *elsewhere) << "another connection has another binding";
    client().close();
    EXPECT_FALSE(client().channelBinding());
}

TEST(StreamRuleTls12, HasNoChannelBindingToRelyOn)
{
    Handshake handshake;
    handshake.version = TLS1_2_VERSION;
    const auto shaken = handshake.run();
    ASSERT_TRUE(shaken.serverStatus);
    const auto binding = shaken.server.channelBinding();
    ASSERT_FALSE(binding);
    EXPECT_EQ(binding.error().code, Errc::TlsVersion);
}

TEST(StreamRuleTls12, ClientKnowsOfItsAcceptanceWhenTheHandshakeIsDone)
{
    Handshake handshake;
    handshake.version = TLS1_2_VERSION;
    const auto shaken = handshake.run();
    ASSERT_TRUE(shaken.clientStatus);
    EXPECT_TRUE(shaken.client.peerHasSpoken());
}

TEST(StreamWithoutHandshake, ReadsAndWritesNothing)
{
    Handshake handshake;
    auto sockets = support::connectedPair();
    tls::Stream stream(handshake.clientContext(), std::move(sockets.client));
    std::array<char, 16> buffer{};
    EXPECT_TRUE(stream.read(buffer).closed);
    EXPECT_FALSE(stream.write(std::string("x")));
    EXPECT_FALSE(stream.hasBuffered());
}

TEST(StreamWithoutHandshake, NeedsAnOpenSocket)
{
    Handshake handshake;
    tls::Stream stream(handshake.clientContext(), tls::Socket());
    EXPECT_EQ(codeOf(stream.handshake(1s, tls::Waker())), Errc::Internal);
}

}
