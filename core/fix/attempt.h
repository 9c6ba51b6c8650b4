#pragma once

#include "core/base/result.h"
#include "core/tls/stream.h"

#include <cstdint>
#include <functional>
#include <thread>

namespace fix {

/// One connect and TLS handshake on a short-lived thread of its own, so that a slow network or a slow token costs no
/// heartbeat. The destructor calls off and joins: it waits as long as a signature on the token takes.
class Attempt {
public:
    using Work = std::function<base::Result<tls::Stream>(const tls::Waker& cancelled)>;
    using Done = std::function<void(base::Result<tls::Stream> result)>;

    /// `done` runs exactly once, on the attempt's thread, as the last thing there.
    Attempt(Work work, Done done);
    ~Attempt();
    Attempt(const Attempt&) = delete;
    Attempt& operator=(const Attempt&) = delete;

    /// Never blocks; `done` comes soon.
    void cancel() { m_cancelled.wake(); }

private:
    tls::Waker m_cancelled;
    std::thread m_thread;
};

}
