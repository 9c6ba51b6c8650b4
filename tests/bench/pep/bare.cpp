#include "tests/bench/pep/bare.h"

#include "core/tls/stream.h"
#include "tests/bench/pep/fix_client.h"

#include <string_view>
#include <utility>
#include <vector>

namespace bench {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t Everybody = 10'000;

tls::Socket listening()
{
    auto listener = tls::listenOn("127.0.0.1", 0);
    if (!listener)
        fail("listening: " + listener.error().detail);
    return *std::move(listener);
}

void greet(const std::string&, base::Result<tls::Stream> shaken)
{
    constexpr std::string_view Done = "!";
    if (!shaken)
        fail("bare handshake: " + shaken.error().detail);
    if (const auto written = shaken->write(Done); !written || *written != Done.size())
        fail("the bare server cannot write");
    shaken->close();
}

}

BareServer::BareServer(std::shared_ptr<tls::Context> context)
    : m_context(std::move(context))
    , m_listener(listening())
    , m_handshakes({.most = Everybody, .patience = 120s, .crowdedPatience = 120s}, greet)
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
    while (!m_ends) {
        std::vector<tls::Interest> interests{
            {.handle = m_end.handle(), .read = true}, {.handle = m_listener.handle(), .read = true}};
        tls::waitFor(interests, 1s);
        for (tls::Socket socket = tls::acceptFrom(m_listener); socket.isOpen(); socket = tls::acceptFrom(m_listener))
            m_handshakes.begin(m_context, std::move(socket));
    }
}

}
