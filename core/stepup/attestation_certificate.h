#pragma once

#include "core/stepup/attestation.h"

/// Rules for the certificates of an attestation: WebAuthn Level 2, 8.2 and 8.2.1.
namespace stepup {

[[nodiscard]] bool hasKeyOf(X509& leaf, Algorithm algorithm);

/// Version 3; basic constraints with CA false; subject with C, O, OU "Authenticator Attestation" and CN, each once.
[[nodiscard]] MaybeRefusal checkLeaf(X509& leaf);
/// Each certificate names the next one as its issuer: x5c is a chain, not a bag.
[[nodiscard]] MaybeRefusal checkOrder(const std::vector<CertificateOwner>& chain);
/// Signatures, CA flags, path lengths, dates, strength (112 bits, no SHA-1) up to one of `roots`.
[[nodiscard]] MaybeRefusal checkChain(
    const std::vector<CertificateOwner>& chain, const AttestationRoots& roots, base::UtcTime at);
/// The extension id-fido-gen-ce-aaguid (1.3.6.1.4.1.45724.1.1.4) says the same model. That it is not critical is
/// checked with the chain: OpenSSL refuses critical extensions that it does not know.
[[nodiscard]] MaybeRefusal checkModel(X509& leaf, const Aaguid& aaguid);

}
