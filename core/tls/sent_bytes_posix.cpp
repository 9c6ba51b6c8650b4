#include "core/tls/socket.h"

#include <cstddef>
#include <linux/sockios.h>
#include <linux/tcp.h> // glibc's tcp_info does not know the counters
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace tls {

namespace {

/// By the peer; absent where the socket is no TCP connection.
std::optional<std::uint64_t> acknowledgedBytes(const Socket& socket)
{
    tcp_info information{};
    socklen_t size = sizeof information;
    constexpr std::size_t Needed = offsetof(tcp_info, tcpi_bytes_acked) + sizeof(information.tcpi_bytes_acked);
    if (::getsockopt(socket.handle(), IPPROTO_TCP, TCP_INFO, &information, &size) != 0 || size < Needed)
        return std::nullopt;
    return information.tcpi_bytes_acked;
}

}

std::optional<SentBytes> sentBytes(const Socket& socket)
{
    // Two questions, between which an acknowledgement may come: then both again. What was given does not change
    // meanwhile.
    for (auto before = acknowledgedBytes(socket); before;) {
        int waiting = 0;
        if (::ioctl(socket.handle(), SIOCOUTQ, &waiting) != 0)
            return std::nullopt;
        const auto after = acknowledgedBytes(socket);
        if (after == before)
            return SentBytes{*after + static_cast<std::uint64_t>(waiting), *after};
        before = after;
    }
    return std::nullopt;
}

void giveUpAfter(const Socket& socket, std::chrono::milliseconds silence)
{
    const auto limit = static_cast<unsigned>(silence.count());
    // A failure costs time until an outage is told, nothing else.
    ::setsockopt(socket.handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
}

}
