#include "tests/session/raw_peer.h"

#include "tests/session/session_pair.h"

#include <array>
#include <span>
#include <vector>

namespace session_test {

using namespace std::chrono_literals;

RawPeer::RawPeer(
    std::uint16_t port, const tls::TrustPolicy& trust, std::shared_ptr<const tls::Identity> identity, int newest)
{
    auto context = tls::Context::forClient(trust, std::move(identity));
    auto socket = tls::connectTo("127.0.0.1", port, 20s, m_never);
    if (!context || !socket || SSL_CTX_set_max_proto_version((*context)->native(), newest) != 1)
        return;
    auto stream = std::make_unique<tls::Stream>(*std::move(context), *std::move(socket));
    if (stream->handshake(20s, m_never))
        m_stream = std::move(stream);
}

void RawPeer::say(const std::string& fields)
{
    const std::string message = framed(fields);
    const auto written = m_stream->write(message);
    ASSERT_TRUE(written);
    ASSERT_EQ(*written, message.size());
}

bool RawPeer::saySlowly(const std::string& fields)
{
    const base::SystemClock clock;
    const base::SteadyTime deadline = clock.steady() + 20s;
    const std::string message = framed(fields);
    for (std::size_t sent = 0; sent < message.size();) {
        const auto written = m_stream->write(std::span(message).subspan(sent));
        if (!written || clock.steady() > deadline)
            return false;
        sent += *written;
        if (*written > 0)
            continue;
        std::vector<tls::Interest> interests{m_stream->interest(true)};
        interests[0].read = false;
        tls::waitFor(interests, 1s);
    }
    return true;
}

std::string RawPeer::hearUntil(std::string_view part)
{
    const base::SystemClock clock;
    const base::SteadyTime deadline = clock.steady() + 20s;
    std::array<char, 4096> buffer{};
    while (!m_hungUp && clock.steady() < deadline && (part.empty() || m_heard.find(part) == std::string::npos)) {
        const auto outcome = m_stream->read(buffer);
        std::string text(buffer.data(), outcome.bytes);
        std::replace(text.begin(), text.end(), '\x01', '|');
        m_heard += text;
        m_hungUp = outcome.closed;
        if (outcome.bytes == 0 && !outcome.closed) {
            std::vector<tls::Interest> interests{m_stream->interest(false)};
            tls::waitFor(interests, 1s);
        }
    }
    return m_heard;
}

}
