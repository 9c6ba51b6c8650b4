#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace device {

/// A token and an object on it (RFC 7512). What is empty is not asked for.
struct Pkcs11Uri {
    std::string token; ///< its label
    std::string serial;
    std::string manufacturer;
    std::string model;
    std::string object; ///< CKA_LABEL
    std::vector<std::uint8_t> id; ///< CKA_ID

    friend bool operator==(const Pkcs11Uri&, const Pkcs11Uri&) = default;
};

[[nodiscard]] bool isPkcs11Uri(std::string_view text);

/// "pkcs11:token=device;object=tls;id=%01": token, serial, manufacturer, model, object, id and type, each once; id or
/// object must be there. Which module, and which PIN, is told elsewhere. Errors: InvalidInput.
[[nodiscard]] base::Result<Pkcs11Uri> parsePkcs11Uri(std::string_view text);

}
