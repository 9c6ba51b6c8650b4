#include "core/tls/socket.h"

#include <cstddef>
#include <linux/sockios.h>
#include <linux/tcp.h> // glibc's tcp_info does not know the counters
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace tls {

std::optional<SentBytes> sentBytes(const Socket& socket)
{
    // Asked first: what is acknowledged in between is then counted twice in `given`, which is too late, never too
    // early.
    int waiting = 0;
    tcp_info information{};
    socklen_t size = sizeof information;
    constexpr std::size_t Needed = offsetof(tcp_info, tcpi_bytes_acked) + sizeof(information.tcpi_bytes_acked);
    if (!socket.isOpen() || ::ioctl(socket.handle(), SIOCOUTQ, &waiting) != 0
        || ::getsockopt(socket.handle(), IPPROTO_TCP, TCP_INFO, &information, &size) != 0 || size < Needed)
        return std::nullopt;
    return SentBytes{information.tcpi_bytes_acked + static_cast<std::uint64_t>(waiting), information.tcpi_bytes_acked};
}

void giveUpAfter(const Socket& socket, std::chrono::milliseconds silence)
{
    const auto limit = static_cast<unsigned>(silence.count());
    // A failure costs time until an outage is told, nothing else.
    ::setsockopt(socket.handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
}

}
