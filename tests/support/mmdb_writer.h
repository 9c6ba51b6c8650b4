#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace support {

/// Makes files in the MaxMind DB format 2.0 (IPv6 tree, records of 24 bits) that say which network is in which country.
/// A later network wins over an earlier one that holds it.
class MmdbWriter {
public:
    explicit MmdbWriter(std::string type = "Test-Country");
    /// `cidr` like "192.0.2.0/24" or "2001:db8::/32".
    void add(const std::string& cidr, const std::string& country);
    /// Seconds since 1970 that the file says it was built at.
    void builtAt(std::uint64_t epoch) { m_built = epoch; }
    [[nodiscard]] std::string bytes() const;

private:
    struct Node {
        std::uint32_t next[2];
    };
    std::string m_type;
    std::uint64_t m_built = 1'790'000'000;
    std::vector<Node> m_nodes;
    std::vector<std::string> m_countries;
};

}
