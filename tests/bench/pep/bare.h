#pragma once

#include "core/tls/context.h"
#include "core/tls/socket.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>

namespace bench {

/// A server that shakes hands, as many at a time as the acceptor does, says one byte, and nothing else.
class BareServer {
public:
    explicit BareServer(std::shared_ptr<tls::Context> context);
    ~BareServer();
    BareServer(const BareServer&) = delete;
    BareServer& operator=(const BareServer&) = delete;
    [[nodiscard]] std::uint16_t port() const { return tls::localPort(m_listener); }

private:
    void run();
    std::shared_ptr<tls::Context> m_context;
    tls::Socket m_listener;
    tls::Waker m_end;
    std::atomic<bool> m_ends{false};
    std::atomic<int> m_shaking{0};
    std::thread m_thread;
};

}
