#pragma once

#include "core/fix/handshakes.h"
#include "core/tls/context.h"
#include "core/tls/socket.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>

namespace bench {

/// Shakes hands with whoever comes, on the venue's own handshake threads, says one byte, and does nothing else.
class BareServer {
public:
    explicit BareServer(std::shared_ptr<tls::Context> context);
    ~BareServer();
    BareServer(const BareServer&) = delete;
    BareServer& operator=(const BareServer&) = delete;
    [[nodiscard]] std::uint16_t port() const { return tls::localPort(m_listener); }

private:
    void run();
    const std::shared_ptr<tls::Context> m_context;
    tls::Socket m_listener;
    tls::Waker m_end;
    std::atomic<bool> m_ends{false};
    fix::Handshakes m_handshakes;
    std::thread m_thread; ///< last
};

}
