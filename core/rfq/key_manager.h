#pragma once

#include "core/base/clock.h"
#include "core/base/listeners.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/rfq/sign_in.h"
#include "core/rfq/values.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rfq {

/// A FIDO2 security key that is plugged in, as it describes itself.
struct PluggedKey {
    enum class Pin { Unsupported, NotSet, Set };

    std::string path; ///< where it is now; changes with each plugging in
    std::string name; ///< "Yubico YubiKey OTP+FIDO+CCID"
    std::string firmware; ///< "5.7.0"; empty: it does not tell
    Pin pin = Pin::Unsupported;
    std::optional<int> triesLeft; ///< where a PIN is set
    bool canBeEnrolled = false;
    std::string problem; ///< why nothing else is known, in English; empty where all is well

    friend bool operator==(const PluggedKey&, const PluggedKey&) = default;
};

/// Why a key did not do what was asked of it.
struct KeyFailure {
    std::string name; ///< stable, for logs and help desks: "pin-wrong"
    std::string meaning; ///< one sentence, English; the user interface translates it
    std::string advice; ///< likewise
    std::optional<int> pinTriesLeft; ///< where the key told
    bool needsLastTry = false; ///< one try is left, and it was not confirmed
    std::string detail; ///< English; never a secret
};

/// A key waits for a finger.
struct KeyTouch {
    bool choosesKey = false; ///< several blink: the one that is touched is used
    std::chrono::seconds left{0};
};

/// What the relying party needs to know of a key (docs/security-keys.md).
struct KeyRegistration {
    std::string credentialId; ///< base64url, for comparison over another channel
    std::string file; ///< the whole enrolment file, JSON; nothing in it is secret
};

/// A security key to be enrolled at a counterparty, over its session.
struct NewKeyWish {
    SessionId session;
    std::string path; ///< of the key; empty: the only one, or the one touched first of several
    std::string keyName; ///< how the person tells their keys apart: "blue key"
    LastTry lastTry = LastTry::NotConfirmed;
};

/// A security key of the signed-in person, as a counterparty keeps it.
struct VenueKey {
    std::string id; ///< of the credential, base64url
    std::string name; ///< as the person calls it
    std::string model; ///< AAGUID: "2fc0579f-8113-47ea-b116-bb5a8db9202a"
    base::UtcTime enrolledAt{};
    std::optional<base::UtcTime> lastUsedAt{}; ///< absent: not yet
    bool countsHere = true; ///< under the certificate that one is signed in with

    friend bool operator==(const VenueKey&, const VenueKey&) = default;
};

/// The security keys of this workstation, for whoever manages them. Calls never block; callbacks run on the desk's
/// thread, `done` exactly once and after every touch. One operation at a time; cancel() ends it soon.
class KeyManager {
public:
    using Touch = std::function<void(KeyTouch)>;
    using Done = std::function<void(std::optional<KeyFailure>)>;

    virtual ~KeyManager() = default;
    virtual void list(std::function<void(std::vector<PluggedKey>, std::optional<KeyFailure>)> done) = 0;
    [[nodiscard]] virtual base::Subscription onChanged(std::function<void()> callback) = 0;

    virtual void setPin(std::string path, base::SecretBytes pin, Touch touch, Done done) = 0;
    virtual void changePin(
        std::string path, base::SecretBytes old, base::SecretBytes next, LastTry lastTry, Touch touch, Done done) = 0;

    /// The domain that keys are enrolled for; empty: none is configured, and enrol() refuses.
    [[nodiscard]] virtual std::string relyingParty() const = 0;
    /// `others`: enrolment files of this person's other keys; none of these is enrolled twice.
    virtual void enrol(std::string path, std::string user, std::vector<std::string> others, base::SecretBytes pin,
        LastTry lastTry, Touch touch, std::function<void(KeyRegistration, std::optional<KeyFailure>)> done) = 0;
    /// The counterparties at which a key can be enrolled now, over the session that is open there.
    [[nodiscard]] virtual std::vector<SessionId> enrolsAt() const = 0;
    /// With the credential's id as the counterparty keeps it (base64url).
    using EnrolledAt = std::function<void(std::string credentialId, std::optional<KeyFailure>)>;
    /// A person who has enrolled keys there approves the new one with one of them: a step-up (rfq::StepUp).
    virtual void enrolAt(NewKeyWish wish, base::SecretBytes pin, Touch touch, EnrolledAt done) = 0;
    /// The person's own keys there, at one of enrolsAt(); those that count no more are left out.
    using ListedAt = std::function<void(std::vector<VenueKey>, std::optional<KeyFailure>)>;
    virtual void listAt(SessionId session, ListedAt done) = 0;
    /// Each is approved by a step-up with one of the person's keys there; a removal, which is for good, with another
    /// one than that which goes.
    virtual void renameAt(SessionId session, VenueKey key, std::string name, Done done) = 0;
    virtual void removeAt(SessionId session, VenueKey key, Done done) = 0;
    /// Whether the key answers as the one in the enrolment file.
    virtual void test(std::string path, std::string enrolmentFile, base::SecretBytes pin, LastTry lastTry, Touch touch,
        Done done) = 0;
    virtual void cancel() = 0;
};

}
