#pragma once

#include "app/cli/reporter.h"
#include "app/cli/session_wait.h"
#include "core/base/clock.h"
#include "core/rfq/key_manager.h"

#include <memory>
#include <optional>
#include <string>

namespace cli {

/// Something about a person's keys that is done once, over one session: waits until its enforcement point has decided,
/// then begins. Approval with a key, where it is asked for, is the prompt's.
class SessionWork {
public:
    /// All outlive it.
    SessionWork(const rfq::SessionId& session, rfq::KeyManager& keys, rfq::AccessControl& access,
        rfq::RfqService& service, Reporter& reporter, const base::Clock& clock);
    virtual ~SessionWork() = default;
    SessionWork(const SessionWork&) = delete;
    SessionWork& operator=(const SessionWork&) = delete;

    [[nodiscard]] std::optional<ExitCode> step();
    [[nodiscard]] base::SteadyTime nextStep() const;

protected:
    /// The session is open; end() says sooner or later that it is over.
    virtual void begin() = 0;
    /// What cannot be done where the session does not open: "The keys cannot be asked for".
    [[nodiscard]] virtual const char* undone() const = 0;

    [[nodiscard]] bool hasBegun() const { return m_begun; }
    [[nodiscard]] bool isOver() const { return m_over.has_value(); }
    void end(ExitCode code, const std::string& reason);
    /// Expired once this is gone: answers may come later.
    [[nodiscard]] std::weak_ptr<const int> alive() const { return m_alive; }
    [[nodiscard]] rfq::KeyManager& manager() const { return m_keys; }
    [[nodiscard]] Reporter& reporter() const { return m_reporter; }

private:
    const rfq::SessionId& m_session;
    rfq::KeyManager& m_keys;
    Reporter& m_reporter;
    const base::Clock& m_clock;
    SessionWait m_wait;
    bool m_begun = false;
    std::optional<ExitCode> m_over;
    std::shared_ptr<const int> m_alive = std::make_shared<const int>(0);
};

}
