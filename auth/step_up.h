#pragma once

#include "auth/fido/security_keys.h"
#include "auth/step_up_task.h"
#include "core/base/clock.h"
#include "core/rfq/step_up.h"
#include "core/stepup/values.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace auth {

/// Asks a person for PIN and touch on a security key: which key, then its PIN, then the finger. A PIN goes to the key
/// in use and to no other. Everything on the desk's thread.
class StepUpService final : public rfq::StepUp {
public:
    /// Called exactly once, unless the service dies before. Errors: Cancelled (by the person, or withdrawn), Timeout
    /// (the asker's patience is over). Everything else is shown, and the person tries again.
    using Done = std::function<void(base::Result<stepup::Assertion>)>;

    /// Both must outlive it.
    StepUpService(fido::SecurityKeys& keys, const base::Clock& clock);
    ~StepUpService() override;
    StepUpService(const StepUpService&) = delete;
    StepUpService& operator=(const StepUpService&) = delete;

    /// Begins when those before it are over. `done` never runs before this returns.
    std::uint64_t ask(StepUpTask task, Done done);
    /// Nobody waits for it any more: `done` is not called. An unknown number does nothing.
    void withdraw(std::uint64_t number);
    /// Keys have come or gone: where none was there, they are looked at again.
    void keysChanged();

    [[nodiscard]] const rfq::StepUpView* current() const override;
    void enterPin(base::SecretBytes pin, rfq::LastTry lastTry) override;
    void again() override;
    void cancel() override;
    void tick() override;
    void onChanged(std::function<void()> changed) override { m_changed = std::move(changed); }

private:
    struct Entry {
        StepUpTask task;
        Done done;
        rfq::StepUpView view;
        std::string path; ///< of the key in use
    };

    void beginNext();
    void choose();
    void chosen(const fido::Outcome<fido::KeyDescription>& outcome);
    void asserted(const fido::Outcome<fido::Assertion>& outcome);
    void fail(const fido::Failure& failure);
    void showTouch(const fido::TouchNeeded& needed);
    void stopKey();
    void finish(base::Result<stepup::Assertion> result);
    void changed();
    [[nodiscard]] bool isLate() const;
    [[nodiscard]] fido::AssertRequest request() const;
    /// Runs `work` with what the key says, unless something else has begun since.
    template <typename T>
    [[nodiscard]] std::function<void(T)> whileCurrent(void (StepUpService::*work)(const T&));

    fido::SecurityKeys& m_keys;
    const base::Clock& m_clock;
    std::function<void()> m_changed;
    std::deque<Entry> m_queue; ///< the first one is current
    std::uint64_t m_lastNumber = 0;
    std::uint64_t m_generation = 0; ///< of what is asked of the key: later answers to something else are thrown away
    std::optional<fido::OperationNumber> m_operation;
    std::shared_ptr<const int> m_alive = std::make_shared<const int>(0);
};

}
