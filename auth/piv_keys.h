#pragma once

#include "auth/piv_commands.h"
#include "core/tls/identity.h"

#include <cstddef>
#include <cstdint>
#include <optional>

/// The keys of PIV cards, as the card's commands name and write them (NIST SP 800-78-4, SP 800-73-4 part 2).
namespace auth {

/// Key pairs that a PIV card makes itself.
enum class PivKeyKind { EcP256, EcP384, Rsa2048 };

[[nodiscard]] std::uint8_t pivNumberOf(PivKeyKind kind);
/// Absent: no kind that this program uses.
[[nodiscard]] std::optional<PivKeyKind> pivKindOf(std::uint8_t number);
[[nodiscard]] std::optional<PivKeyKind> pivKindOf(const EVP_PKEY& key);
/// The block that such a key signs, in bytes: of a digest, or as long as the modulus.
[[nodiscard]] std::size_t pivBlockSize(PivKeyKind kind);

/// `parts`: the objects 86 (a point), or 81 and 82 (modulus and exponent). Null where they are none.
[[nodiscard]] tls::KeyPtr pivPublicKey(PivKeyKind kind, PivView parts);

/// EC: the digest as a number of the key's size, shorter ones with zeros before them; ECDSA uses no more bits.
[[nodiscard]] PivBytes pivDigestBlock(PivKeyKind kind, PivView digest);
/// RSA: `input` padded by PKCS #1, block type 1. Absent: it is too long.
[[nodiscard]] std::optional<PivBytes> pivPkcs1Block(PivView input);

}
