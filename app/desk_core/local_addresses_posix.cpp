#include "app/desk_core/local_addresses.h"

#include <algorithm>
#include <array>
#include <ifaddrs.h>
#include <memory>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>

namespace app {

namespace {

struct Release {
    void operator()(ifaddrs* list) const { freeifaddrs(list); }
};

bool isLinkLocal(const sockaddr& address)
{
    if (address.sa_family != AF_INET6)
        return false;
    const auto& six = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    return IN6_IS_ADDR_LINKLOCAL(&six);
}

std::string textOf(const sockaddr& address)
{
    std::array<char, NI_MAXHOST> text{};
    const socklen_t size = address.sa_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    if (getnameinfo(&address, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0)
        return {};
    return text.data();
}

}

std::vector<zerotrust::IpAddress> localAddresses()
{
    ifaddrs* first = nullptr;
    if (getifaddrs(&first) != 0)
        return {}; // nothing is known, which the policy scores
    const std::unique_ptr<ifaddrs, Release> list(first);
    std::vector<std::string> texts;
    for (const ifaddrs* one = first; one != nullptr; one = one->ifa_next) {
        const bool isUp = (one->ifa_flags & IFF_UP) != 0 && (one->ifa_flags & IFF_LOOPBACK) == 0;
        const sockaddr* address = one->ifa_addr;
        if (!isUp || address == nullptr || (address->sa_family != AF_INET && address->sa_family != AF_INET6))
            continue;
        if (!isLinkLocal(*address))
            texts.push_back(textOf(*address));
    }
    std::sort(texts.begin(), texts.end());
    std::vector<zerotrust::IpAddress> found;
    for (const std::string& text : texts) {
        if (const auto address = zerotrust::IpAddress::parse(text))
            found.push_back(*address);
    }
    return found;
}

}
