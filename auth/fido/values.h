#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace fido {

using Bytes = std::vector<unsigned char>;

/// COSE algorithms that a credential may have.
enum class Algorithm { Es256, Es384 };

enum class PinStatus {
    Unsupported, ///< the key knows no PIN
    NotSet,
    Set,
};

/// A security key that is plugged in, as it describes itself. Nothing of it is proved: only a verified attestation is.
struct KeyDescription {
    std::string path; ///< where it is now; changes with each plugging in
    std::string manufacturer;
    std::string product;
    Bytes aaguid; ///< 16 bytes: the model
    std::string firmware; ///< "5.7.0"
    std::vector<std::string> versions; ///< "FIDO_2_1"
    std::vector<std::string> extensions; ///< "credProtect"
    std::vector<Algorithm> algorithms; ///< empty: it does not say, and ES256 is what every key has
    PinStatus pin = PinStatus::Unsupported;
    std::optional<int> pinTriesLeft; ///< where a PIN is set
    bool protectsCredentials = false; ///< credProtect: without it the key cannot be enrolled
    std::string problem; ///< why the rest is empty, in English; empty where all is well
};

/// Whether the person has agreed to use the last try before the PIN blocks.
enum class LastTry { NotConfirmed, Confirmed };

struct EnrolRequest {
    std::string rpId; ///< a domain the firm owns, e.g. "stepup.example.com"
    std::string rpName;
    Bytes userId; ///< 1 to 64 bytes that mean nothing to others
    std::string userName;
    Bytes clientDataHash; ///< 32 bytes
    std::vector<Bytes> excluded; ///< credential ids of this person's other keys
    Algorithm algorithm = Algorithm::Es256;
    std::string path; ///< empty: the key that is there, or the one touched first of several
    LastTry lastTry = LastTry::NotConfirmed;
    std::chrono::milliseconds limit{30'000};
};

/// What a relying party needs to enrol the credential (WebAuthn, section 6.5).
struct Registration {
    Bytes credentialId;
    Bytes authenticatorData;
    std::string format; ///< "packed", "none", ...
    Bytes attestationStatement; ///< CBOR, with every certificate of x5c
    Algorithm algorithm = Algorithm::Es256;
};

struct AssertRequest {
    std::string rpId;
    Bytes clientDataHash; ///< 32 bytes
    std::vector<Bytes> allowed; ///< credential ids, at least one
    std::string path; ///< empty: find it
    LastTry lastTry = LastTry::NotConfirmed;
    std::chrono::milliseconds limit{30'000};
};

struct Assertion {
    Bytes credentialId;
    Bytes authenticatorData; ///< user present and verified, for this relying party: checked here, to be proved there
    Bytes signature;
};

/// The key waits for a finger.
struct TouchNeeded {
    enum class Purpose {
        Consent, ///< to what was asked
        Choice, ///< several keys blink: the one that is touched is used
    };
    Purpose purpose = Purpose::Consent;
    std::chrono::seconds left{0}; ///< until the operation is given up
};

}
