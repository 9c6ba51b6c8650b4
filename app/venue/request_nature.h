#pragma once

#include "app/venue/settings.h"
#include "core/fix/maker_codec.h"

#include <optional>
#include <string>

namespace venue {

/// What a refusal says about the message it refuses.
struct Nature {
    std::string type; ///< MsgType(35)
    std::string id; ///< the client's
    std::optional<Enquiry> enquiry{}; ///< only where sessions may do without it
};
[[nodiscard]] Nature natureOf(const fix::maker::ClientRequest& request);

[[nodiscard]] bool isSupported(
    const SessionSettings& session, const fix::maker::ClientRequest& request, const Nature& nature);

}
