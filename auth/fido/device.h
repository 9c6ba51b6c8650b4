#pragma once

#include "auth/fido/id_lists.h"
#include "auth/fido/link.h"
#include "auth/fido/operation.h"
#include "auth/fido/problem.h"
#include "auth/fido/values.h"
#include "core/base/secret_bytes.h"

#include <fido.h>
#include <memory>
#include <string>

namespace fido {

/// One open key for one operation. Opened anew each time: a conversation that broke leaves nothing behind for the next.
/// On the thread that works with the key.
class Device {
public:
    /// `link` and `operation` outlive the device. Failures: those of the link, Unsupported for a key without FIDO2.
    [[nodiscard]] static Outcome<Device> open(Link& link, Operation& operation);

    /// Path and names are left to who knows them.
    [[nodiscard]] Outcome<KeyDescription> describe();
    [[nodiscard]] bool hasPin() const { return fido_dev_has_pin(m_device.get()); }

    /// Of enrol(), assertion() and holds() with a PIN, also PinChangeNeeded. Lists of ids that are longer than the key
    /// takes at once are asked about in parts; ids longer than any of the key's are not asked about.

    /// Makes a credential: user verified, credProtect 3, not resident.
    [[nodiscard]] Outcome<Registration> enrol(const EnrolRequest& request, const base::SecretBytes& pin);
    /// PIN, then touch.
    [[nodiscard]] Outcome<Assertion> assertion(const AssertRequest& request, const base::SecretBytes& pin);
    /// Whether the key answers to one of the allowed ids, without a touch. Without the PIN (empty) a protected
    /// credential is not found. Failures: also WrongKey.
    [[nodiscard]] Done holds(const AssertRequest& request, const base::SecretBytes& pin);

    /// Failures: PinAlreadySet, PinUnfit.
    [[nodiscard]] Done setPin(const base::SecretBytes& pin);
    /// Failures: PinNotSet, PinUnfit, and what can go wrong with the old one.
    [[nodiscard]] Done changePin(const base::SecretBytes& old, const base::SecretBytes& pin, LastTry lastTry);

    /// Lets the key blink; Failures: those of the link.
    [[nodiscard]] Done beginTouch();
    /// Touched, or not yet. Waits for at most `most`. Failures: Removed, and that the key ended it.
    [[nodiscard]] Outcome<bool> touched(std::chrono::milliseconds most);
    /// Ends what beginTouch began and was not touched.
    void endTouch();

private:
    struct Free {
        void operator()(fido_dev_t* device) const
        {
            (void)fido_dev_close(device);
            fido_dev_free(&device);
        }
    };

    Device(std::unique_ptr<fido_dev_t, Free> device, Link& link, Operation& operation)
        : m_device(std::move(device))
        , m_link(&link)
        , m_operation(&operation)
    {
    }

    [[nodiscard]] std::optional<int> triesLeft();
    /// Before a PIN is tried. Failures: PinNotSet, PinNeeded, PinUnfit, PinBlocked, PinLastTry; and where the key does
    /// not tell how many tries are left, why not.
    [[nodiscard]] Done checkPin(const base::SecretBytes& pin, LastTry lastTry);
    [[nodiscard]] Failure failed(int code, const char* doing);
    /// The same for what uses the PIN as it is: that it is unfit means that it has to be changed.
    [[nodiscard]] Failure refused(int code, const char* doing);
    /// What the key says of lists and PIN. Failures: those of the link, PinChangeNeeded.
    [[nodiscard]] Outcome<ListLimits> listLimits();
    /// A request as long as the key takes.
    struct Held {
        AssertRequest request;
        bool isKnown = false; ///< the key has said that it holds one of these; else nobody has asked
    };
    /// Of several lists, each as long as the key takes, the one with a credential that is on it. Needs no touch.
    [[nodiscard]] Outcome<Held> holding(const AssertRequest& request, const base::SecretBytes& pin);
    /// Whether it holds one of these, however many they are.
    [[nodiscard]] Done askAll(const AssertRequest& request, const base::SecretBytes& pin);
    [[nodiscard]] Done askWhether(const AssertRequest& request, const base::SecretBytes& pin);

    std::unique_ptr<fido_dev_t, Free> m_device;
    Link* m_link;
    Operation* m_operation;
};

}
