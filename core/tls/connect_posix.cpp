#include "core/base/clock.h"
#include "core/tls/addresses_posix.h"
#include "core/tls/socket.h"

#include <array>
#include <cerrno>
#include <mutex>
#include <netdb.h>
#include <netinet/in.h>
#include <optional>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <utility>

namespace tls {

namespace {

std::chrono::milliseconds until(base::SteadyTime deadline)
{
    return std::chrono::ceil<std::chrono::milliseconds>(deadline - steadyNow());
}

/// A lookup on a thread of its own, since getaddrinfo can neither be cancelled nor told a deadline. Shared by that
/// thread and the one that waits, which may leave first.
struct Lookup {
    std::mutex mutex;
    std::optional<base::Result<Addresses>> answer;
    Waker done;
};

enum class Waited { Ready, TimeOver, Cancelled };

/// Waits for one handle, the cancel waker and the deadline.
Waited waitUntil(Interest interest, base::SteadyTime deadline, const Waker& cancelled)
{
    std::vector<Interest> interests{interest, {.handle = cancelled.handle(), .read = true}};
    for (;;) {
        const auto left = until(deadline);
        waitFor(interests, left);
        if (interests[1].readable)
            return Waited::Cancelled;
        if (interests[0].readable || interests[0].writable || interests[0].failed)
            return Waited::Ready;
        if (left.count() <= 0)
            return Waited::TimeOver;
    }
}

base::Error waitError(Waited waited, const std::string& what)
{
    if (waited == Waited::Cancelled)
        return {base::Errc::Cancelled, what + ": cancelled"};
    return {base::Errc::Timeout, what + ": no answer in time"};
}

base::Result<Addresses> resolve(
    const std::string& host, std::uint16_t port, base::SteadyTime deadline, const Waker& cancelled)
{
    if (auto numeric = lookUp(host, port, AI_NUMERICHOST))
        return numeric;

    const auto lookup = std::make_shared<Lookup>();
    try {
        std::thread([lookup, host, port] {
            auto answer = lookUp(host, port, AI_ADDRCONFIG);
            const std::lock_guard lock(lookup->mutex);
            lookup->answer = std::move(answer);
            lookup->done.wake();
        }).detach();
    } catch (const std::system_error& error) {
        return base::Error{base::Errc::Internal, std::string("cannot start the name lookup: ") + error.what()};
    }
    const auto waited = waitUntil({.handle = lookup->done.handle(), .read = true}, deadline, cancelled);
    if (waited != Waited::Ready)
        return waitError(waited, "looking up " + host);
    const std::lock_guard lock(lookup->mutex);
    return std::move(*lookup->answer);
}

base::Error refusal(const std::string& where, int systemError)
{
    return {base::Errc::ConnectionRefused, where + ": " + std::generic_category().message(systemError)};
}

base::Result<Socket> connectToAddress(const addrinfo& address, base::SteadyTime deadline, const Waker& cancelled)
{
    const std::string where = addressText(*address.ai_addr, address.ai_addrlen);
    Socket socket(::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol));
    if (!socket.isOpen())
        return refusal(where, errno);
    sendAtOnce(socket);
    if (::connect(socket.handle(), address.ai_addr, address.ai_addrlen) == 0)
        return socket;
    if (errno != EINPROGRESS && errno != EINTR)
        return refusal(where, errno);
    const auto waited = waitUntil({.handle = socket.handle(), .write = true}, deadline, cancelled);
    if (waited != Waited::Ready)
        return waitError(waited, where);
    int systemError = 0;
    socklen_t size = sizeof systemError;
    if (::getsockopt(socket.handle(), SOL_SOCKET, SO_ERROR, &systemError, &size) != 0)
        systemError = errno;
    if (systemError != 0)
        return refusal(where, systemError);
    return socket;
}

int countOf(const addrinfo* address)
{
    int count = 0;
    for (; address; address = address->ai_next)
        ++count;
    return count;
}

}

void AddressesDeleter::operator()(addrinfo* addresses) const
{
    ::freeaddrinfo(addresses);
}

base::Result<Addresses> lookUp(const std::string& host, std::uint16_t port, int flags)
{
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_protocol = IPPROTO_TCP;
    hints.ai_flags = flags | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int error =
        ::getaddrinfo(host.empty() ? nullptr : host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (error != 0)
        return base::Error{
            base::Errc::ConnectionRefused, "the name " + host + " does not resolve: " + ::gai_strerror(error)};
    return Addresses(found);
}

std::string addressText(const sockaddr& address, std::size_t size)
{
    std::array<char, NI_MAXHOST> host{};
    std::array<char, NI_MAXSERV> service{};
    if (::getnameinfo(&address, static_cast<socklen_t>(size), host.data(), host.size(), service.data(), service.size(),
            NI_NUMERICHOST | NI_NUMERICSERV)
        != 0)
        return {};
    const bool isV6 = address.sa_family == AF_INET6;
    return (isV6 ? "[" : "") + std::string(host.data()) + (isV6 ? "]:" : ":") + service.data();
}

base::Result<Socket> connectTo(
    const std::string& host, std::uint16_t port, std::chrono::milliseconds timeout, const Waker& cancelled)
{
    if (host.empty())
        return base::Error{base::Errc::InvalidInput, "no host to connect to"};
    const auto deadline = steadyNow() + timeout;
    const auto addresses = resolve(host, port, deadline, cancelled);
    if (!addresses)
        return addresses.error();

    base::Error error{base::Errc::ConnectionRefused, "the name " + host + " has no address"};
    int untried = countOf(addresses->get());
    for (const addrinfo* address = addresses->get(); address; address = address->ai_next, --untried) {
        // A fair share each, so that one dead address leaves time for the next.
        const auto share = (deadline - steadyNow()) / untried;
        auto socket = connectToAddress(*address, steadyNow() + share, cancelled);
        if (socket || socket.error().code == base::Errc::Cancelled)
            return socket;
        error = socket.error();
    }
    return error;
}

}
