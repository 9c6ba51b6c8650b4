#pragma once

#include "app/desk_core/access_desk.h"
#include "auth/step_up.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/stepup/action.h"
#include "core/stepup/dialect.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace app {

/// What goes on about one action over a session that is open at a counterparty: with its enforcement point, and with
/// the key that approves the action. What is heard after end() is thrown away. Desk's thread.
class VenueTalk {
public:
    using Heard = std::function<void(const fix::AccessAnswered* answer)>; ///< null: the session has ended
    using Approved = std::function<void(const stepup::Challenge&, const base::Result<stepup::Assertion>&)>;

    /// All must outlive it.
    VenueTalk(AccessDesk& access, auth::StepUpService& approvals, const base::Clock& clock);
    ~VenueTalk() { end(); }
    VenueTalk(const VenueTalk&) = delete;
    VenueTalk& operator=(const VenueTalk&) = delete;

    void begin(const rfq::SessionId& session, AccessDesk::Open open);
    /// Nobody is waited for any more.
    void end();

    /// As it was when this began.
    [[nodiscard]] const AccessDesk::Open& open() const { return m_open; }
    /// Whether that connection stands, and the person is there: what is signed is bound to it.
    [[nodiscard]] bool stands() const;

    /// Errors: InvalidInput, where it cannot be said; nothing is heard then.
    [[nodiscard]] base::Status say(fix::UserRequestType type, const stepup::DeskPayload& payload, Heard heard);
    /// The touch is a step-up like any other. Errors: those of auth::taskFor(); nobody is asked then.
    [[nodiscard]] base::Status askForApproval(
        const stepup::Challenge& challenge, const stepup::Action& action, base::SteadyTime ends, Approved approved);

    /// Does `work` where this goes on until then.
    template <typename Work>
    [[nodiscard]] auto whileItGoesOn(Work work) const
    {
        return [work = std::move(work), mine = m_generation, now = std::weak_ptr(m_current)](const auto&... args) {
            const auto generation = now.lock();
            if (generation && *generation == mine)
                work(args...);
        };
    }

private:
    AccessDesk& m_access;
    auth::StepUpService& m_approvals;
    const base::Clock& m_clock;
    rfq::SessionId m_session;
    AccessDesk::Open m_open;
    std::uint64_t m_approval = 0; ///< number of the step-up; 0: none
    std::uint64_t m_generation = 0;
    std::shared_ptr<std::uint64_t> m_current = std::make_shared<std::uint64_t>(0); ///< m_generation, for what is late
};

}
