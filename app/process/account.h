#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace app {

/// Who runs this program, as far as it is known. Numbers are those of accounts of the operating system.
struct AccountFacts {
    std::uint32_t real = 0; ///< as whom it runs
    /// Who logged in to the machine, whatever they became since: kept by the kernel, and nobody without privileges sets
    /// it (/proc/self/loginuid).
    std::optional<std::uint32_t> login{};
    std::optional<std::uint32_t> sudo{}; ///< who called sudo; the word of whoever set the environment
};
[[nodiscard]] AccountFacts accountFacts();

/// Who runs this program, by the operating system: the name of the real user, or its number where it has no name. Where
/// somebody else became that user: "olga as countersign"; where only sudo says so: "olga (sudo) as countersign".
[[nodiscard]] std::string accountName(const AccountFacts& facts = accountFacts());

}
