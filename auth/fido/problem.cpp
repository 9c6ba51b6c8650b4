#include "auth/fido/problem.h"

#include <cstdio>
#include <fido.h>

namespace fido {

using base::Errc;

namespace {

// CTAP 2.1 that libfido2 1.12 has no names for.
constexpr int IntegrityFailure = 0x3d;
constexpr int InvalidSubcommand = 0x3e;

/// The three faces of a problem, in one place so that none is forgotten.
struct Words {
    const char* name;
    const char* meaning;
    const char* advice;
    Errc code;
};

Words wordsFor(Problem problem)
{
    switch (problem) {
    case Problem::NoKey:
        return {"no-key", "No security key is there.",
            "Plug your security key in. If it is plugged in, this user may not open it: see docs/security-keys.md.",
            Errc::TokenAbsent};
    case Problem::Removed:
        return {"removed", "The security key was removed.", "Plug it in again and start over.", Errc::TokenAbsent};
    case Problem::WrongKey:
        return {"wrong-key", "This security key is not one of those enrolled for this.",
            "Use the key that you enrolled, or enrol this one first.", Errc::KeyNotFound};
    case Problem::AlreadyEnrolled:
        return {"already-enrolled", "This security key is enrolled already.", "Use another key as your second one.",
            Errc::Duplicate};
    case Problem::PinNotSet:
        return {"pin-not-set", "This security key has no PIN yet.", "Set a PIN on it, then try again.", Errc::Refused};
    case Problem::PinNeeded:
        return {"pin-needed", "The security key wants its PIN.", "Give the PIN of this key.", Errc::InvalidInput};
    case Problem::PinWrong:
        return {"pin-wrong", "That is not the PIN of this security key.",
            "Try again with care: after eight wrong tries the key must be reset.", Errc::PinWrong};
    case Problem::PinLastTry:
        return {"pin-last-try", "One PIN try is left on this security key. Nothing was tried.",
            "If you are not certain of the PIN, stop and ask IT. A wrong one blocks the key for good.",
            Errc::PinLastTry};
    case Problem::ReplugNeeded:
        return {"replug-needed", "Three wrong PINs in a row: the security key takes none until it is plugged in again.",
            "Take the key out, plug it in again, and be certain of the PIN before you go on.", Errc::TokenFailure};
    case Problem::PinBlocked:
        return {"pin-blocked", "The security key's PIN is blocked: all tries are used up.",
            "Use your second key and tell IT. This key must be reset, which erases it, and enrolled again.",
            Errc::PinBlocked};
    case Problem::PinUnfit:
        return {"pin-unfit", "The security key does not take that as a PIN.",
            "Choose 4 to 63 characters; the key may ask for more, and may refuse simple ones.", Errc::InvalidInput};
    case Problem::PinAlreadySet:
        return {"pin-already-set", "This security key has a PIN already.", "Change it with the old PIN instead.",
            Errc::Duplicate};
    case Problem::PinChangeNeeded:
        return {"pin-change-needed", "The security key wants another PIN before it does anything.",
            "Change its PIN (countersign-cli key change-pin, or the tool of the key's maker), then try again.",
            Errc::Refused};
    case Problem::Cancelled:
        return {"cancelled", "It was called off.", "Start again when you are ready.", Errc::Cancelled};
    case Problem::TimedOut:
        return {"timed-out", "The security key was not touched in time.",
            "Start again and touch the key when it blinks.", Errc::Timeout};
    case Problem::Denied:
        return {"denied", "It was refused at the security key.", "If that was not you, tell IT.", Errc::Refused};
    case Problem::StartOver:
        return {"start-over", "The security key has ended what was begun. Nothing was approved.",
            "Start over and give the PIN again.", Errc::TokenFailure};
    case Problem::FingerprintWrong:
        return {"fingerprint-wrong", "The security key did not recognise the finger.",
            "Start over: use a finger that you have taught the key, or its PIN.", Errc::Refused};
    case Problem::FingerprintBlocked:
        return {"fingerprint-blocked", "The security key takes no fingerprint any more until its PIN was given.",
            "Start over and give the key's PIN; then it takes fingerprints again.", Errc::Refused};
    case Problem::Damaged:
        return {"damaged", "What the security key keeps is damaged.",
            "Use your second key and tell IT. This key must be reset, which erases it, and enrolled again.",
            Errc::TokenFailure};
    case Problem::Busy:
        return {"busy", "Another program is using the security key.",
            "Finish or close what asks for the key elsewhere (a browser, for instance), then try again.",
            Errc::TokenFailure};
    case Problem::NotPermitted:
        return {"not-permitted", "This user may not open the security key.",
            "Install the udev rules for security keys: see docs/security-keys.md.", Errc::TokenFailure};
    case Problem::Unsupported:
        return {"unsupported", "This security key cannot do what is needed.",
            "Use a FIDO2 key with PIN and credProtect; IT has the list of models.", Errc::Unsupported};
    case Problem::Full:
        return {"full", "There is no room left on the security key.", "Remove what is not needed, or use another key.",
            Errc::TokenFailure};
    case Problem::NotVerified:
        return {"not-verified", "The security key answered without having verified who you are.",
            "Do not use this key any more and give it to IT.", Errc::TokenFailure};
    case Problem::BadAnswer:
        return {"bad-answer", "The security key answered something that cannot be understood, or not at all.",
            "Take the key out, plug it in again and try once more; if it stays so, use your second key.",
            Errc::TokenFailure};
    case Problem::InvalidInput:
        return {"invalid-input", "What was asked of the security key makes no sense.", "Correct the request.",
            Errc::InvalidInput};
    case Problem::Internal:
        return {"internal", "Something went wrong in this program.", "Try again, and report it.", Errc::Internal};
    }
    return {"internal", "", "", Errc::Internal};
}

Problem problemOf(int code)
{
    switch (code) {
    case FIDO_ERR_NO_CREDENTIALS:
    case FIDO_ERR_INVALID_CREDENTIAL:
        return Problem::WrongKey;
    case FIDO_ERR_CREDENTIAL_EXCLUDED:
        return Problem::AlreadyEnrolled;
    case FIDO_ERR_PIN_NOT_SET:
        return Problem::PinNotSet;
    case FIDO_ERR_PIN_REQUIRED:
        return Problem::PinNeeded;
    case FIDO_ERR_PIN_INVALID:
        return Problem::PinWrong;
    case FIDO_ERR_PIN_AUTH_BLOCKED:
        return Problem::ReplugNeeded;
    case FIDO_ERR_PIN_BLOCKED:
        return Problem::PinBlocked;
    case FIDO_ERR_UV_BLOCKED:
        return Problem::FingerprintBlocked;
    case FIDO_ERR_UV_INVALID:
        return Problem::FingerprintWrong;
    case FIDO_ERR_PIN_AUTH_INVALID:
    case FIDO_ERR_PIN_TOKEN_EXPIRED:
    case FIDO_ERR_TIMEOUT: // of the conversation, not of the touch
        return Problem::StartOver;
    case IntegrityFailure:
        return Problem::Damaged;
    case FIDO_ERR_PIN_POLICY_VIOLATION:
        return Problem::PinUnfit;
    case FIDO_ERR_USER_ACTION_TIMEOUT:
    case FIDO_ERR_ACTION_TIMEOUT:
        return Problem::TimedOut;
    case FIDO_ERR_OPERATION_DENIED:
    case FIDO_ERR_NOT_ALLOWED:
    case FIDO_ERR_UP_REQUIRED:
        return Problem::Denied;
    case FIDO_ERR_CHANNEL_BUSY:
    case FIDO_ERR_LOCK_REQUIRED:
    case FIDO_ERR_OPERATION_PENDING:
    case FIDO_ERR_USER_ACTION_PENDING:
    case FIDO_ERR_KEEPALIVE_CANCEL: // not by us: that is known before the code is looked at
        return Problem::Busy;
    case FIDO_ERR_KEY_STORE_FULL:
    case FIDO_ERR_LARGEBLOB_STORAGE_FULL:
    case FIDO_ERR_FP_DATABASE_FULL:
        return Problem::Full;
    case FIDO_ERR_UNSUPPORTED_ALGORITHM:
    case FIDO_ERR_UNSUPPORTED_EXTENSION:
    case FIDO_ERR_UNSUPPORTED_OPTION:
    case FIDO_ERR_INVALID_OPTION:
    case FIDO_ERR_INVALID_COMMAND:
    case InvalidSubcommand:
    case FIDO_ERR_MISSING_PARAMETER: // of a later or an earlier CTAP than the key's
    case FIDO_ERR_UNAUTHORIZED_PERM: // a PIN does not open it here
    case FIDO_ERR_LIMIT_EXCEEDED: // more than it takes at once, though it was asked how much that is
    case FIDO_ERR_REQUEST_TOO_LARGE:
        return Problem::Unsupported;
    case FIDO_ERR_INVALID_ARGUMENT:
        return Problem::InvalidInput;
    case FIDO_ERR_INTERNAL:
        return Problem::Internal;
    // RX, TX, malformed CBOR, and every status that a key has no reason to give here: the test lists them.
    default:
        return Problem::BadAnswer;
    }
}

}

const char* problemName(Problem problem)
{
    return wordsFor(problem).name;
}

const char* meaning(Problem problem)
{
    return wordsFor(problem).meaning;
}

const char* advice(Problem problem)
{
    return wordsFor(problem).advice;
}

Failure failureOf(int code, const std::string& doing)
{
    char number[16] = {};
    std::snprintf(number, sizeof number, code < 0 ? "%d" : "0x%02x", code);
    return {problemOf(code), std::nullopt, doing + ": " + fido_strerr(code) + " (" + number + ')'};
}

base::Error asError(const Failure& failure)
{
    std::string detail = meaning(failure.problem);
    if (failure.pinTriesLeft)
        detail += " PIN tries left: " + std::to_string(*failure.pinTriesLeft) + '.';
    return {wordsFor(failure.problem).code, detail + " (" + failure.detail + ')'};
}

}
