#pragma once

#include "auth/fido/values.h"
#include "core/base/result.h"

#include <string>
#include <string_view>

namespace app {

/// Without padding (RFC 4648, 5).
[[nodiscard]] std::string toBase64Url(const fido::Bytes& bytes);
/// Strict: no padding, no blanks, no bits left over. Errors: InvalidInput.
[[nodiscard]] base::Result<fido::Bytes> fromBase64Url(std::string_view text);

/// The enrolment of one security key, as `countersign-cli key enrol` writes it for the relying party. Nothing in it is
/// secret, and nothing is proved by it until the relying party has verified it.
struct KeyEnrolment {
    std::string rpId;
    std::string user;
    fido::Bytes userId;
    std::string clientData; ///< the text whose SHA-256 was signed
    fido::Registration registration;
};

/// What is signed at an enrolment by file. The type keeps it apart from every other use of a key.
[[nodiscard]] std::string enrolmentClientData(const std::string& rpId, const fido::Bytes& challenge);

[[nodiscard]] std::string toJson(const KeyEnrolment& enrolment);
/// Errors: InvalidInput, with the member that is wrong.
[[nodiscard]] base::Result<KeyEnrolment> parseEnrolment(const std::string& json);

/// Errors: Io, InvalidInput; the detail names the file.
[[nodiscard]] base::Result<KeyEnrolment> readEnrolment(const std::string& path);
/// Never over a file that exists. Errors: Io.
[[nodiscard]] base::Status writeEnrolment(const std::string& path, const KeyEnrolment& enrolment);

}
