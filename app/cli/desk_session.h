#pragma once

#include "app/cli/arguments.h"
#include "app/cli/reporter.h"
#include "app/cli/run_loop.h"
#include "app/cli/step_up_prompt.h"
#include "app/config/desk_config.h"
#include "app/desk_core/trading_desk.h"
#include "app/process/stop_signal.h"
#include "core/base/clock.h"
#include "core/base/secret_bytes.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace cli {

/// The real desk with its loop, from the open journal to the last event. On the program's main thread.
class DeskSession {
public:
    DeskSession(Format format, PinSource keyPin, app::DeskConfig config);

    /// Opens the journal, and tells when the clock of this workstation cannot be believed. The exit code where that is
    /// the end.
    [[nodiscard]] std::optional<ExitCode> open();
    /// Asks for the PIN; nothing is connected yet. The exit code where the trader is not signed in.
    [[nodiscard]] std::optional<ExitCode> signIn(const PinSource& source);
    void goOnline() { m_desk->goOnline(); }
    /// The PIN of the second person, from where the command says.
    [[nodiscard]] base::Result<base::SecretBytes> secondPin(const SecondPerson& second);

    /// Steps a run until it says its exit code.
    template <typename Run>
    [[nodiscard]] ExitCode drive(Run& run)
    {
        bool interrupted = false;
        for (;;) {
            if (m_stopped && !std::exchange(interrupted, true)) {
                m_prompt->interrupt();
                run.interrupt();
            }
            m_prompt->look();
            if (const auto code = run.step())
                return *code;
            const auto now = m_clock.steady();
            const auto next = std::min(run.nextStep(), now + std::chrono::milliseconds(250));
            m_loop.runSome(
                next > now ? std::chrono::ceil<std::chrono::milliseconds>(next - now) : std::chrono::milliseconds(0));
        }
    }

    /// Waits until everything that happened is on disk; what is not on disk did not happen.
    [[nodiscard]] ExitCode finish(ExitCode code);

    [[nodiscard]] app::TradingDesk& desk() { return *m_desk; }
    [[nodiscard]] rfq::RfqService& service() { return m_desk->service(); }
    [[nodiscard]] Reporter& reporter() { return m_reporter; }
    [[nodiscard]] const base::Clock& clock() const { return m_clock; }

private:
    template <typename Done>
    void waitFor(const Done& done)
    {
        while (!done())
            m_loop.runSome(Pulse);
    }
    [[nodiscard]] rfq::TokenStatus inspect();
    /// Of several that fit, the one that is called so.
    [[nodiscard]] rfq::TokenStatus choose(const std::string& token, const rfq::TokenStatus& found);
    [[nodiscard]] ExitCode refuse(const base::Error& error, const rfq::TokenStatus& status);

    std::atomic<bool> m_stopped{false};
    app::StopSignal m_stopSignal; ///< before every other thread
    Reporter m_reporter;
    app::DeskConfig m_config;
    base::SystemClock m_clock;
    RunLoop m_loop;
    PinSource m_keyPin;
    std::unique_ptr<app::TradingDesk> m_desk;
    std::optional<StepUpPrompt> m_prompt; ///< from open() on
    base::Subscription m_workWatch;
};

}
