#pragma once

#include "core/base/result.h"
#include "core/rfq/sign_in.h"

#include <string>

namespace cli {

/// The one that --token calls so among those that fit the configuration: by the fingerprint of its certificate, its
/// serial or its card's number. Errors: KeyNotFound.
[[nodiscard]] base::Result<rfq::TokenIdentity> tokenCalled(const std::string& name, const rfq::TokenStatus& found);

}
