#pragma once

#include "core/audit/chain.h"

#include <initializer_list>
#include <string>
#include <string_view>

/// What this module needs of OpenSSL besides signatures.
namespace audit {

/// Over the parts, one after the other.
[[nodiscard]] Hash sha256(std::initializer_list<std::string_view> parts);
/// From the system's generator. Throws std::runtime_error where there is none: nothing can be named then.
[[nodiscard]] std::string randomBytes(std::size_t size);

}
