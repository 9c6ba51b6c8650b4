#pragma once

#include "app/desk_core/access_desk.h"
#include "auth/step_up.h"
#include "core/base/clock.h"
#include "core/rfq/key_manager.h"

#include <memory>
#include <optional>
#include <string>

namespace app {

/// The person's own security keys at a counterparty, over the session that is open there (docs/step-up-dialect.md):
/// asks its enforcement point for them, and for changes, which a touch approves. One change at a time. Desk's thread.
class VenueKeys {
public:
    using Done = rfq::KeyManager::Done;
    using Listed = rfq::KeyManager::ListedAt;

    /// All must outlive it.
    VenueKeys(AccessDesk& access, auth::StepUpService& approvals, const base::Clock& clock);
    ~VenueKeys();
    VenueKeys(const VenueKeys&) = delete;
    VenueKeys& operator=(const VenueKeys&) = delete;

    /// Callbacks come exactly once, unless this dies before; the touch is a step-up like any other.
    void list(const rfq::SessionId& session, Listed done);
    void rename(const rfq::SessionId& session, const rfq::VenueKey& key, const std::string& name, Done done);
    void remove(const rfq::SessionId& session, const rfq::VenueKey& key, Done done);
    /// Calls off the change that is under way; one that was approved already is not.
    void cancel();

private:
    struct Work {
        rfq::SessionId session;
        AccessDesk::Open open;
        stepup::Action action;
        Done done;
        std::uint64_t approval = 0; ///< number of the step-up; 0: none
        bool approved = false;
    };

    void change(const rfq::SessionId& session, stepup::Action action, Done done);
    void say(fix::UserRequestType type, const stepup::DeskPayload& payload);
    void answered(const fix::AccessAnswered* answer);
    void askForApproval(const stepup::Challenge& challenge, base::SteadyTime ends);
    void approved(const stepup::Challenge& challenge, const base::Result<stepup::Assertion>& outcome);
    void finish(std::optional<rfq::KeyFailure> failure);
    template <typename... Args>
    [[nodiscard]] auto whileCurrent(void (VenueKeys::*work)(Args...));

    AccessDesk& m_access;
    auth::StepUpService& m_approvals;
    const base::Clock& m_clock;
    std::optional<Work> m_work;
    std::uint64_t m_generation = 0; ///< answers to an earlier one are thrown away
    std::shared_ptr<const int> m_alive = std::make_shared<const int>(0);
};

}
