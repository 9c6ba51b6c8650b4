#pragma once

#include "core/audit/chain.h"
#include "core/base/clock.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// The end of the chain at one moment, signed: what makes a removal at the end, or a chain computed anew, show.
namespace audit {

struct Head {
    std::uint64_t number = 0; ///< of the last record
    Hash hash{}; ///< of that record
    base::UtcTime time{}; ///< when it was signed
    std::string key; ///< SHA-256 of the signer's SubjectPublicKeyInfo in DER, lower-case hex

    friend bool operator==(const Head&, const Head&) = default;
};

// Field::Error of a Kind::TokenEvent about the trail itself.
inline constexpr std::string_view HeadNotSigned = "head-not-signed";
inline constexpr std::string_view HeadSigned = "head-signed";

struct SignedHead {
    std::string statement; ///< headStatement(): what is signed
    std::string signature; ///< bytes, over SHA-256: ECDSA in DER, or RSA PKCS #1 v1.5

    friend bool operator==(const SignedHead&, const SignedHead&) = default;
};

[[nodiscard]] std::string headStatement(const Head& head);
/// Reads what headStatement() writes, byte for byte. Errors: InvalidInput.
[[nodiscard]] base::Result<Head> parseHead(std::string_view statement);

/// "number hash time key signature", in hex where they are bytes, and a line feed.
[[nodiscard]] std::string anchorLine(const Head& head, const std::string& signature);
/// Every line of an anchoring file, in its order. A last line that a crash cut off is left out. Errors: Io;
/// InvalidInput, naming the line.
[[nodiscard]] base::Result<std::vector<SignedHead>> readAnchors(const std::filesystem::path& file);
/// Appends a line and waits until it is on the disk; makes the file if there is none. Errors: Io.
[[nodiscard]] base::Status appendAnchor(const std::filesystem::path& file, const std::string& line);

}
