#pragma once

#include "core/base/result.h"
#include "core/tls/context.h"
#include "core/tls/socket.h"
#include "core/tls/stream.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fix {

/// TLS handshakes of those who connect: very many at a time, on no more threads than the machine has processors. A
/// client that lets us wait costs a place in a list and holds nobody else; a thousand clients at once leave time to the
/// sessions that stand. Our own key must sign at once: one on a slow token would hold the others of its thread.
class Handshakes {
public:
    struct Limits {
        std::size_t most = 1'024; ///< at a time
        /// With a silent client; three times that long with one that drips its bytes. The time that we need ourselves
        /// while very many come is not the client's.
        std::chrono::milliseconds patience{10'000};
        /// While all places are taken: since the client's last step. Who says nothing gives way to who does.
        std::chrono::milliseconds crowdedPatience{2'000};
    };
    using Done = std::function<void(std::string address, base::Result<tls::Stream> result)>;

    /// `done` runs once for each begin(), on one of the threads; never after the destructor. Errors of a result: those
    /// of tls::Stream::advance(), and Timeout.
    Handshakes(const Limits& limits, Done done);
    /// Calls off what is under way.
    ~Handshakes();
    Handshakes(const Handshakes&) = delete;
    Handshakes& operator=(const Handshakes&) = delete;

    /// One thread's. Never blocks.
    void begin(std::shared_ptr<tls::Context> context, tls::Socket socket);
    /// Who comes now had better wait in the listener's queue.
    [[nodiscard]] bool isFull() const { return m_count >= m_limits.most; }

private:
    class Worker;
    const Limits m_limits;
    const Done m_done;
    std::atomic<std::size_t> m_count{0};
    std::size_t m_next = 0; ///< the worker whose turn it is
    std::vector<std::unique_ptr<Worker>> m_workers; ///< last
};

}
