#pragma once

#include "core/access/entitlements.h"
#include "core/pep/client_action.h"
#include "core/stepup/action.h"

namespace pep {

// What must be entitled for each of these, which outlive it.
[[nodiscard]] zerotrust::Attempt attemptOf(const ClientAction& action);
[[nodiscard]] zerotrust::Attempt attemptOf(const stepup::ArmTicket& ticket);
[[nodiscard]] zerotrust::Attempt attemptOf(const stepup::AcceptQuote& quote);
[[nodiscard]] zerotrust::Attempt attemptToEnrol();
[[nodiscard]] zerotrust::Attempt attemptToView();

}
