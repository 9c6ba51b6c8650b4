#include "tests/bench/pep/bare.h"

#include "core/tls/stream.h"
#include "tests/bench/pep/fix_client.h"

#include <list>

namespace bench {

namespace {

using namespace std::chrono_literals;
constexpr int MostHandshakes = 32;

tls::Socket listening()
{
    auto listener = tls::listenOn("127.0.0.1", 0);
    if (!listener)
        fail("listening: " + listener.error().detail);
    return *std::move(listener);
}

}

BareServer::BareServer(std::shared_ptr<tls::Context> context)
    : m_context(std::move(context))
    , m_listener(listening())
    , m_thread([this] { run(); })
{
}

BareServer::~BareServer()
{
    m_ends = true;
    m_end.wake();
    m_thread.join();
}

void BareServer::run()
{
    std::list<std::thread> handshakes;
    const tls::Waker never;
    while (!m_ends) {
        std::vector<tls::Interest> interests{{.handle = m_end.handle(), .read = true}};
        if (m_shaking < MostHandshakes)
            interests.push_back({.handle = m_listener.handle(), .read = true});
        tls::waitFor(interests, 1s);
        m_end.clear();
        if (m_ends || interests.size() < 2 || !interests[1].readable)
            continue;
        auto socket = std::make_shared<tls::Socket>(tls::acceptFrom(m_listener));
        if (!socket->isOpen())
            continue;
        ++m_shaking;
        handshakes.emplace_back([this, socket, &never] {
            tls::Stream stream(m_context, std::move(*socket));
            if (const auto shaken = stream.handshake(60s, never); !shaken)
                fail("bare handshake: " + shaken.error().detail);
            constexpr std::string_view Done = "!";
            if (const auto written = stream.write(Done); !written || *written != Done.size())
                fail("the bare server cannot write");
            stream.close();
            --m_shaking;
            m_end.wake();
        });
    }
    for (auto& each : handshakes)
        each.join();
}

}
