#pragma once

#include "auth/cert/cmp.h"
#include "auth/piv_attestation.h"

#include <optional>
#include <string>
#include <vector>

namespace cert {

class UnlockedToken;

/// Which key a certificate is for.
struct KeyWanted {
    std::string keyId; ///< CKA_ID in hex; empty: the only key on the token
    std::optional<KeyKind> generate; ///< make it first; `keyId` is then needed, and must be free
    std::string publicKeyFile; ///< PEM, for tokens that do not show it; empty: ask the token
};

/// What stood in the place of a certificate or key and is there no more, as far as the token tells.
struct Gone {
    std::vector<tls::CertificatePtr> certificates;
    bool unreadable = false; ///< something stood there that was no certificate
    bool key = false; ///< another key was made over the one of these certificates
};

/// A request on its way to an authority.
struct Requested {
    KeyPlace place;
    std::string pem; ///< PKCS #10
    bool isAttested = false; ///< it holds the card's word about the key
    Gone gone; ///< where its key was made over another one
};

/// A certificate that is beside its key now.
struct Placed {
    KeyPlace place;
    tls::CertificatePtr certificate;
    Gone gone;
};

/// Where an authority's certificate goes, besides the token.
struct Delivery {
    /// PEM, must not exist yet: what has been issued is written here first, so that it is not lost where the token
    /// refuses it.
    std::string file;
    Replace replace = Replace::OnlyExpired;
};

/// What a person or a script does about certificates, each piece from start to end. `token` was unlocked for it; all of
/// these block, for the token and for the authority. Errors: those of UnlockedToken, of makeRequest(), checkIssued()
/// and of cmp.h; Duplicate, when there is a valid certificate that may not be replaced or the file exists.

/// `attestations`: what the cards that are plugged in said of this slot before the token was unlocked; the one about
/// this key goes into the request.
[[nodiscard]] base::Result<Requested> request(const UnlockedToken& token, const KeyWanted& key,
    const std::string& subject, const std::vector<auth::PivAttestation>& attestations = {});

/// `caFile` empty: whoever issued it is not judged.
[[nodiscard]] base::Result<Placed> import(const UnlockedToken& token, const KeyWanted& key,
    const std::string& certificateFile, const std::string& caFile, Replace replace, const base::Clock& clock);

/// The first certificate, with the authority's reference and secret.
[[nodiscard]] base::Result<Placed> enrol(const UnlockedToken& token, const KeyWanted& key, const std::string& subject,
    const CmpServer& server, const InitialSecret& initial, const Delivery& delivery, const base::Clock& clock);

/// One more certificate, vouched for by the one beside the key `presentKeyId` on the same token.
[[nodiscard]] base::Result<Placed> enrolFurther(const UnlockedToken& token, const KeyWanted& key,
    const std::string& subject, const CmpServer& server, const std::string& presentKeyId, const Delivery& delivery,
    const base::Clock& clock);

/// The next certificate: for the same key where `next` says nothing, which then stands in the place of the present one,
/// else for the key that `next` names, beside which it is put; the present one stays.
[[nodiscard]] base::Result<Placed> renew(const UnlockedToken& token, const std::string& presentKeyId,
    const std::optional<KeyWanted>& next, const CmpServer& server, const Delivery& delivery, const base::Clock& clock);

/// `fingerprint` must be that of the certificate beside the key: what is revoked is named, never found. Returns what
/// was revoked; it stays on the token.
[[nodiscard]] base::Result<Placed> revoke(const UnlockedToken& token, const std::string& keyId,
    const std::string& fingerprint, const CmpServer& server, RevocationReason reason);

}
