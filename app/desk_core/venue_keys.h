#pragma once

#include "app/desk_core/venue_talk.h"
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

    /// Callbacks come exactly once, unless this dies before; the touch is a step-up like any other.
    void list(const rfq::SessionId& session, Listed done);
    void rename(const rfq::SessionId& session, const rfq::VenueKey& key, const std::string& name, Done done);
    void remove(const rfq::SessionId& session, const rfq::VenueKey& key, Done done);
    /// Calls off the change that is under way; one that was approved already is not.
    void cancel();

private:
    struct Work {
        stepup::Action action;
        Done done;
        bool approved = false;
    };

    void change(const rfq::SessionId& session, stepup::Action action, Done done);
    void say(fix::UserRequestType type, const stepup::DeskPayload& payload);
    void answered(const fix::AccessAnswered* answer);
    void askForApproval(const stepup::Challenge& challenge, base::SteadyTime ends);
    void approved(const stepup::Challenge& challenge, const base::Result<stepup::Assertion>& outcome);
    void finish(std::optional<rfq::KeyFailure> failure);

    AccessDesk& m_access;
    const base::Clock& m_clock;
    VenueTalk m_talk; ///< about m_work
    std::optional<Work> m_work;
    std::shared_ptr<const int> m_alive = std::make_shared<const int>(0); ///< for lists, which no change calls off
};

}
