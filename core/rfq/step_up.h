#pragma once

#include "core/base/clock.h"
#include "core/base/secret_bytes.h"
#include "core/rfq/sign_in.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// A touch on a security key that somebody asks for, as a window or a terminal shows it.
namespace rfq {

/// What is to be approved.
struct StepUpAsk {
    std::string asker; ///< who wants to know: the counterparty's name in FIX, TargetCompID(56)
    std::string reason; ///< in the asker's words, English
    std::vector<std::string> lines; ///< the action in words, derived on this workstation from what it would do

    friend bool operator==(const StepUpAsk&, const StepUpAsk&) = default;
};

enum class StepUpStage {
    ChoosingKey, ///< the keys that are plugged in are being looked at; several blink, and the touched one is used
    EnteringPin, ///< the key is known and waits for its PIN
    Touching, ///< the PIN is on the key; it waits for the finger
    Stopped, ///< `problem` says why; again() starts over, cancel() ends it
};

/// Why there is no approval yet. Closed; the user interface has the words.
enum class StepUpProblem {
    NoKey,
    KeyRemoved,
    WrongKey, ///< none of those enrolled for this person
    PinNotSet,
    PinChangeNeeded, ///< the key wants another PIN first; nothing was tried
    PinWrong,
    PinLastTry, ///< one try is left and nobody has confirmed it; nothing was tried
    ReplugNeeded, ///< three wrong PINs in a row: out and in again
    PinBlocked,
    PinUnfit, ///< of a length that no key takes; nothing was tried
    NoTouch, ///< nobody touched it in time
    Denied, ///< refused at the key
    StartOver, ///< it has ended what was begun, or did not recognise a finger: PIN and touch are to be given again
    Busy, ///< another program is using it
    NotPermitted, ///< the system does not let this user open it
    Unsupported,
    NotVerified, ///< it answered without having checked the PIN, or for somebody else
    BadAnswer, ///< it answered nonsense or nothing
    Internal,
};

/// Where a step-up stands. Values only; a face draws it.
struct StepUpView {
    std::uint64_t number = 0; ///< another one has another number
    StepUpAsk ask;
    base::SteadyTime began{};
    base::SteadyTime ends{}; ///< the asker's patience: then it is over by itself
    StepUpStage stage = StepUpStage::ChoosingKey;
    std::string key; ///< maker and model of the key in use; empty until it is known
    std::optional<int> pinTriesLeft; ///< where the key told
    bool touchToChoose = false; ///< several keys blink: touch the one to be used
    bool touchNow = false; ///< the key waits for a finger at this moment
    std::optional<StepUpProblem> problem; ///< of the last try; stays on view while the next one is prepared
    std::string detail; ///< English, untranslated evidence of the problem; never a secret

    friend bool operator==(const StepUpView&, const StepUpView&) = default;
};

/// Stable name, for JSON.
[[nodiscard]] const char* problemName(StepUpProblem problem);
/// Whether the next try needs the person's word that the last PIN try before the block may be used.
[[nodiscard]] inline bool isLastPinTry(const StepUpView& view)
{
    return view.pinTriesLeft == 1;
}

/// The step-ups of a desk, one at a time in the order they were asked for. Calls never block; callbacks run on the
/// desk's thread, which calls everything.
class StepUp {
public:
    virtual ~StepUp() = default;
    /// The one to be shown now; null where nothing is asked.
    [[nodiscard]] virtual const StepUpView* current() const = 0;
    /// The PIN of the key in use. Does nothing in another stage than EnteringPin.
    virtual void enterPin(base::SecretBytes pin, LastTry lastTry) = 0;
    /// Looks for a key once more, after a problem.
    virtual void again() = 0;
    /// The person does not want it. Whatever the key answers now is thrown away.
    virtual void cancel() = 0;
    /// Ends what is late. Call it as time passes, about once a second.
    virtual void tick() = 0;
    /// Called whenever current() has changed; replaces the callback given before.
    virtual void onChanged(std::function<void()> changed) = 0;
};

}
