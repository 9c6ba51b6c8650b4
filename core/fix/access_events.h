#pragma once

#include "core/base/inbox.h"
#include "core/base/result.h"
#include "core/fix/user_request.h"
#include "core/rfq/values.h"
#include "core/stepup/bytes.h"
#include "core/stepup/dialect.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

/// What the FIX thread tells the desk about sessions with a policy enforcement point. Each connection of a session has
/// a number of its own: what belongs to another one is out of date.
namespace fix {

/// The FIX session stands: say who asks.
struct AccessOpened {
    rfq::SessionId session;
    std::uint64_t connection = 0;
    std::string user; ///< common name of the certificate that signed in
    stepup::Digest channelBinding{}; ///< of this TLS connection
};

struct AccessAnswered {
    rfq::SessionId session;
    std::uint64_t connection = 0;
    UserResponse response;
    std::optional<stepup::Notice> notice; ///< absent where none came or none could be read
};

/// What the counterparty said, for its IT.
[[nodiscard]] inline std::string spokenBy(const AccessAnswered& answer)
{
    std::string words = answer.response.text;
    if (answer.notice && answer.notice->refusal)
        words += " (" + *answer.notice->refusal + ')';
    return words;
}

struct AccessClosed {
    rfq::SessionId session;
    std::uint64_t connection = 0;
};

using AccessEvent = std::variant<AccessOpened, AccessAnswered, AccessClosed>;
using AccessInbox = base::Inbox<AccessEvent>;

}
