#pragma once

#include <openssl/cmp.h>

#include <optional>
#include <string>

/// What OpenSSL 3.0 keeps to itself of a CMP message.
namespace cert {

/// Is the message protected by a shared secret (RFC 4210, 5.1.3.1)? One that is signed, or not protected, is not.
[[nodiscard]] bool isProtectedBySecret(const OSSL_CMP_MSG& message);

/// A no (PKIStatusInfo of RFC 4210, 5.2.3).
struct CmpRefusal {
    int failures = 0; ///< bits of PKIFailureInfo: 1 << OSSL_CMP_PKIFAILUREINFO_badAlg, ...
    std::string words; ///< the authority's own, without control characters; empty where it has none
};

/// Who answers says no: in an error, or in place of a certificate or a revocation. Whether it is proved to be the
/// authority is another matter. Absent where the answer is none, or cannot be read.
[[nodiscard]] std::optional<CmpRefusal> refusalIn(const OSSL_CMP_MSG& answer);
/// The no of an exchange whose answers OpenSSL has taken for proved.
[[nodiscard]] CmpRefusal refusalOf(const OSSL_CMP_CTX& context);

/// What it means, and the authority's words, for a person: follows on "the authority refuses: ".
[[nodiscard]] std::string refusalText(const CmpRefusal& refusal);

}
