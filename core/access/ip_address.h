#pragma once

#include "core/base/result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace zerotrust {

/// An IPv4 or IPv6 address. An IPv4 address that was written into IPv6 (::ffff:192.0.2.1, RFC 4291, 2.5.5.2) is the
/// IPv4 address: what a dual-stack listener sees is judged like what an IPv4 listener sees.
class IpAddress {
public:
    IpAddress() = default; ///< ::
    using Bytes = std::array<std::uint8_t, 16>;
    explicit IpAddress(const Bytes& bytes); ///< IPv6, network order

    /// Numeric only; leading zeros in IPv4 (which some read as octal), zones and ports are refused. Errors:
    /// InvalidInput.
    [[nodiscard]] static base::Result<IpAddress> parse(std::string_view text);

    [[nodiscard]] bool isV4() const { return m_v4; }
    [[nodiscard]] const Bytes& bytes() const { return m_bytes; } ///< IPv4 as ::ffff:a.b.c.d
    /// RFC 5952 for IPv6, without the run of zeros shortened to "::" where it is one group only.
    [[nodiscard]] std::string text() const;

    friend bool operator==(const IpAddress&, const IpAddress&) = default;
    friend std::strong_ordering operator<=>(const IpAddress& a, const IpAddress& b) { return a.m_bytes <=> b.m_bytes; }

private:
    Bytes m_bytes{};
    bool m_v4 = false;
};

/// A network in CIDR notation. 0.0.0.0/0 holds every IPv4 address and no IPv6 address.
struct Network {
    IpAddress base;
    int prefix = 0; ///< bits, counted in the address's own family: 0 to 32 or 0 to 128

    /// "192.0.2.0/24". Bits behind the prefix must be 0, so that a slip of the pen is not a larger network. Errors:
    /// InvalidInput.
    [[nodiscard]] static base::Result<Network> parse(std::string_view text);
    [[nodiscard]] bool contains(const IpAddress& address) const;
    [[nodiscard]] std::string text() const;

    friend bool operator==(const Network&, const Network&) = default;
};

}
