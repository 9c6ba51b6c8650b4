#include "auth/cert/values.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cert {

namespace {

constexpr std::array<std::pair<std::string_view, KeyKind>, 4> Kinds{{{"ec-p256", KeyKind::EcP256},
    {"ec-p384", KeyKind::EcP384}, {"rsa-2048", KeyKind::Rsa2048}, {"rsa-3072", KeyKind::Rsa3072}}};

constexpr std::array<std::pair<std::string_view, RevocationReason>, 5> Reasons{
    {{"unspecified", RevocationReason::Unspecified}, {"key-compromise", RevocationReason::KeyCompromise},
        {"affiliation-changed", RevocationReason::AffiliationChanged}, {"superseded", RevocationReason::Superseded},
        {"cessation-of-operation", RevocationReason::CessationOfOperation}}};

template <typename Table>
auto lookUp(const Table& table, std::string_view name) -> std::optional<decltype(table.front().second)>
{
    const auto found =
        std::find_if(table.begin(), table.end(), [name](const auto& entry) { return entry.first == name; });
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

}

std::optional<KeyKind> parseKeyKind(std::string_view name)
{
    return lookUp(Kinds, name);
}

std::optional<RevocationReason> parseRevocationReason(std::string_view name)
{
    return lookUp(Reasons, name);
}

}
