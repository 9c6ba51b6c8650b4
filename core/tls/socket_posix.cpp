#include "core/tls/addresses_posix.h"
#include "core/tls/socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tls {

namespace {

// As many as the system allows: clients that all come back at once wait there, and who finds no place waits for
// seconds.
constexpr int Backlog = SOMAXCONN;

struct Endpoint {
    sockaddr_storage address{};
    socklen_t size = sizeof(sockaddr_storage);

    [[nodiscard]] sockaddr* generic() { return reinterpret_cast<sockaddr*>(&address); }
};

base::Result<Socket> listenOnAddress(const addrinfo& address)
{
    const int handle =
        ::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol);
    Socket socket(handle);
    const int on = 1;
    // A restarted venue must not wait for the old connections' TIME_WAIT.
    const bool listening = socket.isOpen() && ::setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0
        && ::bind(handle, address.ai_addr, address.ai_addrlen) == 0 && ::listen(handle, Backlog) == 0;
    if (!listening)
        return base::Error{base::Errc::Io, std::generic_category().message(errno)};
    return socket;
}

void set(const Socket& socket, int level, int option, int value)
{
    // A failure costs time until a client that is gone is noticed, nothing else.
    ::setsockopt(socket.handle(), level, option, &value, sizeof value);
}

/// A machine that has vanished says nothing, and a client may have asked for no heartbeats: its identity would stay
/// taken for ever. Two minutes without an acknowledgement end the connection, whether or not there is something to
/// send.
void noticeVanished(const Socket& socket)
{
    constexpr int quiet = 60; // s
    constexpr int between = 20; // s
    constexpr int tries = 3;
    constexpr int milliseconds = 1'000;
    set(socket, IPPROTO_TCP, TCP_KEEPIDLE, quiet);
    set(socket, IPPROTO_TCP, TCP_KEEPINTVL, between);
    set(socket, IPPROTO_TCP, TCP_KEEPCNT, tries);
    set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    set(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, (quiet + between * tries) * milliseconds);
}

}

Socket::Socket(Socket&& other) noexcept
    : m_handle(std::exchange(other.m_handle, -1))
{
}

Socket& Socket::operator=(Socket&& other) noexcept
{
    if (this != &other) {
        close();
        m_handle = std::exchange(other.m_handle, -1);
    }
    return *this;
}

void Socket::close()
{
    if (m_handle >= 0)
        ::close(std::exchange(m_handle, -1));
}

std::string Socket::peerAddress() const
{
    Endpoint peer;
    if (!isOpen() || ::getpeername(m_handle, peer.generic(), &peer.size) != 0)
        return {};
    return addressText(*peer.generic(), peer.size);
}

Waker::Waker()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_NONBLOCK | O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe");
    m_readEnd = ends[0];
    m_writeEnd = ends[1];
}

Waker::~Waker()
{
    ::close(m_readEnd);
    ::close(m_writeEnd);
}

void Waker::wake()
{
    const char byte = 0;
    // A full pipe wakes just as well.
    [[maybe_unused]] const auto written = ::write(m_writeEnd, &byte, 1);
}

void Waker::clear()
{
    std::array<char, 64> bytes{};
    while (::read(m_readEnd, bytes.data(), bytes.size()) > 0) { }
}

void waitFor(std::vector<Interest>& interests, std::chrono::milliseconds timeout)
{
    std::vector<pollfd> handles;
    handles.reserve(interests.size());
    for (const Interest& interest : interests) {
        const int events = (interest.read ? POLLIN : 0) | (interest.write ? POLLOUT : 0);
        handles.push_back({interest.handle, static_cast<short>(events), 0});
    }
    const auto wait = std::clamp<std::chrono::milliseconds::rep>(timeout.count(), 0, INT_MAX);
    const int ready = ::poll(handles.data(), handles.size(), static_cast<int>(wait));
    for (std::size_t i = 0; i < interests.size(); ++i) {
        const int events = ready > 0 ? handles[i].revents : 0;
        interests[i].failed = (events & (POLLERR | POLLHUP | POLLNVAL)) != 0;
        // What failed is told by the next read or write.
        interests[i].readable = interests[i].read && ((events & POLLIN) != 0 || interests[i].failed);
        interests[i].writable = interests[i].write && ((events & POLLOUT) != 0 || interests[i].failed);
    }
}

base::Result<Socket> listenOn(const std::string& host, std::uint16_t port)
{
    const std::string where = host + ":" + std::to_string(port);
    const auto addresses = lookUp(host, port, AI_PASSIVE);
    if (!addresses)
        return base::Error{base::Errc::Io, "cannot listen on " + where + ": " + addresses.error().detail};
    base::Error error{base::Errc::Io, "no address"};
    for (const addrinfo* address = addresses->get(); address; address = address->ai_next) {
        auto socket = listenOnAddress(*address);
        if (socket)
            return socket;
        error = socket.error();
    }
    return base::Error{base::Errc::Io, "cannot listen on " + where + ": " + error.detail};
}

std::uint16_t localPort(const Socket& socket)
{
    Endpoint local;
    if (::getsockname(socket.handle(), local.generic(), &local.size) != 0)
        return 0;
    if (local.address.ss_family == AF_INET6)
        return ntohs(reinterpret_cast<const sockaddr_in6&>(local.address).sin6_port);
    return ntohs(reinterpret_cast<const sockaddr_in&>(local.address).sin_port);
}

Socket acceptFrom(const Socket& listener)
{
    Socket socket(::accept4(listener.handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (socket.isOpen()) {
        sendAtOnce(socket);
        noticeVanished(socket);
    }
    return socket;
}

void sendAtOnce(const Socket& socket)
{
    const int on = 1;
    // A failure costs latency, nothing else.
    ::setsockopt(socket.handle(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void ignoreBrokenPipes()
{
    std::signal(SIGPIPE, SIG_IGN);
}

}
