#pragma once

#include "app/cli/events.h"
#include "auth/fido/problem.h"
#include "auth/fido/values.h"
#include "core/rfq/key_manager.h"

namespace cli {

/// A security key that is plugged in.
[[nodiscard]] Event keyEvent(const fido::KeyDescription& key);
[[nodiscard]] Event touchEvent(const fido::TouchNeeded& needed);
/// What happened, what it means, and what to do.
[[nodiscard]] Event keyRefusedEvent(const fido::Failure& failure);
[[nodiscard]] Event keyEnrolledEvent(const fido::Registration& registration, const std::string& file);
/// The same for what came over a port of the desk.
[[nodiscard]] Event touchEvent(const rfq::KeyTouch& touch);
[[nodiscard]] Event keyRefusedEvent(const rfq::KeyFailure& failure);
[[nodiscard]] Event keyEnrolledAtEvent(
    const rfq::SessionId& session, const std::string& name, const std::string& credentialId);
/// A key of the person, as a counterparty keeps it.
[[nodiscard]] Event venueKeyEvent(const rfq::SessionId& session, const rfq::VenueKey& key);
[[nodiscard]] Event venueKeyChangedEvent(const rfq::SessionId& session, const std::string& id, bool isRemoved);
[[nodiscard]] Event keyTestedEvent(const fido::Assertion& assertion, const std::string& file);

}
