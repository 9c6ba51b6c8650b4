#pragma once

#include "auth/fido/key_settings.h"
#include "auth/fido/security_keys.h"
#include "core/base/clock.h"
#include "core/base/executor.h"

#include <memory>

namespace fido {

/// The real security keys, by libfido2, on one thread of their own. Keys are looked for and opened anew for each
/// operation; several operations run one after the other.
class FidoKeys final : public SecurityKeys {
public:
    /// `clock` and `caller` must outlive it. What is under way when it dies is cancelled and answered.
    FidoKeys(KeySettings settings, const base::Clock& clock, base::Executor& caller);
    ~FidoKeys() override;
    FidoKeys(const FidoKeys&) = delete;
    FidoKeys& operator=(const FidoKeys&) = delete;

    OperationNumber list(Then<std::vector<KeyDescription>> done) override;
    OperationNumber choose(AssertRequest request, Touch touch, Then<KeyDescription> done) override;
    OperationNumber enrol(EnrolRequest request, base::SecretBytes pin, Touch touch, Then<Registration> done) override;
    OperationNumber assertion(AssertRequest request, base::SecretBytes pin, Touch touch, Then<Assertion> done) override;
    OperationNumber setPin(std::string path, base::SecretBytes pin, Touch touch, Then<base::Ok> done) override;
    OperationNumber changePin(std::string path, base::SecretBytes old, base::SecretBytes pin, LastTry lastTry,
        Touch touch, Then<base::Ok> done) override;
    void cancel(OperationNumber operation) override;
    [[nodiscard]] base::Subscription onChanged(std::function<void()> changed) override;
    /// Caller's thread. A card came or went in a reader, where keys may be: tells everybody who asked by onChanged().
    void readersChanged();

private:
    class Thread;
    std::unique_ptr<Thread> m_thread;
};

}
