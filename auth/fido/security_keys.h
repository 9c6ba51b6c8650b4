#pragma once

#include "auth/fido/operation.h"
#include "auth/fido/problem.h"
#include "auth/fido/values.h"
#include "core/base/listeners.h"
#include "core/base/secret_bytes.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace fido {

/// Names one operation under way, for cancel().
enum class OperationNumber : std::uint64_t {};

/// The FIDO2 security keys of this workstation, for whoever needs one: a port, so that the desk can be tested without.
/// Every call returns at once. `done` comes exactly once, on the caller's executor, also after cancel(); touches are
/// announced there too, before it, and not at all where the person is quick.
class SecurityKeys {
public:
    using Touch = std::function<void(TouchNeeded)>;
    template <typename T>
    using Then = std::function<void(Outcome<T>)>;

    virtual ~SecurityKeys() = default;

    virtual OperationNumber list(Then<std::vector<KeyDescription>> done) = 0;
    /// Which key is meant: the only one, the one that is known to hold an allowed credential, or the one that is
    /// touched first. To be asked before the PIN, which is another one on each key. `request` as for assertion().
    virtual OperationNumber choose(AssertRequest request, Touch touch, Then<KeyDescription> done) = 0;
    virtual OperationNumber enrol(
        EnrolRequest request, base::SecretBytes pin, Touch touch, Then<Registration> done) = 0;
    virtual OperationNumber assertion(
        AssertRequest request, base::SecretBytes pin, Touch touch, Then<Assertion> done) = 0;

    /// `path`: empty for the only key, or for the one touched first of several.
    virtual OperationNumber setPin(std::string path, base::SecretBytes pin, Touch touch, Then<base::Ok> done) = 0;
    virtual OperationNumber changePin(std::string path, base::SecretBytes old, base::SecretBytes pin, LastTry lastTry,
        Touch touch, Then<base::Ok> done) = 0;

    /// The operation ends soon with Cancelled, unless it is over by then. An unknown number does nothing.
    virtual void cancel(OperationNumber operation) = 0;

    /// Called on the caller's executor whenever a key may have come or gone; list() then tells.
    [[nodiscard]] virtual base::Subscription onChanged(std::function<void()> changed) = 0;
};

}
