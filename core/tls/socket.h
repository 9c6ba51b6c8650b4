#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Sockets and waiting, behind one small interface: socket_posix.cpp today, a Windows twin later.
namespace tls {

/// Deadlines of sockets are the machine's own.
[[nodiscard]] inline base::SteadyTime steadyNow()
{
    return base::SystemClock().steady();
}

/// An owned, non-blocking TCP socket with TCP_NODELAY.
class Socket {
public:
    Socket() = default;
    explicit Socket(int handle)
        : m_handle(handle)
    {
    }
    ~Socket() { close(); }
    Socket(Socket&& other) noexcept;
    Socket& operator=(Socket&& other) noexcept;

    [[nodiscard]] int handle() const { return m_handle; }
    [[nodiscard]] bool isOpen() const { return m_handle >= 0; }
    void close();
    [[nodiscard]] std::string peerAddress() const;

private:
    int m_handle = -1;
};

/// Wakes a thread that waits in Poller::wait. Any thread may call wake().
class Waker {
public:
    /// Throws std::system_error when the process has no handle left.
    Waker();
    ~Waker();
    Waker(const Waker&) = delete;
    Waker& operator=(const Waker&) = delete;
    void wake();
    void clear();
    [[nodiscard]] int handle() const { return m_readEnd; }

private:
    int m_readEnd = -1;
    int m_writeEnd = -1;
};

/// What to wait for on one handle, and what came of it.
struct Interest {
    int handle = -1;
    bool read = false;
    bool write = false;
    bool readable = false;
    bool writable = false;
    bool failed = false;
};

/// poll(2): no limit on handle numbers. Returns when something is ready or the time is over; an interruption counts as
/// nothing ready, a negative timeout as none. A handle that failed also counts as ready for what was asked.
void waitFor(std::vector<Interest>& interests, std::chrono::milliseconds timeout);

/// Resolves (IPv4 and IPv6) and connects, trying each address. Blocks up to `timeout`, or until `cancelled` is woken:
/// never call it on the FIX or the GUI thread. Errors: ConnectionRefused, Timeout, Cancelled.
[[nodiscard]] base::Result<Socket> connectTo(
    const std::string& host, std::uint16_t port, std::chrono::milliseconds timeout, const Waker& cancelled);

/// Listens on `host`:`port`; port 0 picks a free one. Errors: Io.
[[nodiscard]] base::Result<Socket> listenOn(const std::string& host, std::uint16_t port);
[[nodiscard]] std::uint16_t localPort(const Socket& socket);
/// What became of the bytes that were given to a connection, as TLS records.
struct SentBytes {
    std::uint64_t given = 0;
    std::uint64_t acknowledged = 0; ///< by the peer's TCP: what is above it is still in our system, or on its way
};
/// Nothing where the socket is no TCP connection any more.
[[nodiscard]] std::optional<SentBytes> sentBytes(const Socket& socket);
/// The system gives a connection up that acknowledges nothing for this long, instead of after a quarter of an hour.
void giveUpAfter(const Socket& socket, std::chrono::milliseconds silence);
/// A connection, or a closed Socket when none is waiting. The system ends it two minutes after the peer's machine has
/// acknowledged something for the last time.
[[nodiscard]] Socket acceptFrom(const Socket& listener);

/// For the whole process, once: a write to a closed connection must be an error, not a signal.
void ignoreBrokenPipes();

}
