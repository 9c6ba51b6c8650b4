#pragma once

#include "core/fix/wire_message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fix {

/// A framed message taken apart: what the session needs to know of the header, and the body as it came. Data fields
/// (95/96 and their like) are taken by their length.
struct RawMessage {
    std::vector<std::pair<int, std::string>> header; ///< standard header, wire order, without the hops group
    WireMessage body;
    std::string checkSum;

    [[nodiscard]] std::string_view find(int tag) const; ///< in the header; empty when absent
    [[nodiscard]] std::uint64_t seqNum() const; ///< MsgSeqNum(34); 0 when absent or malformed
};

/// Absent where the bytes are not fields of tag=value; a Framer's output rarely is.
[[nodiscard]] std::optional<RawMessage> takeApart(std::string_view message);

/// A Logon(A), Heartbeat(0), TestRequest(1), ResendRequest(2), Reject(3), SequenceReset(4) or Logout(5).
[[nodiscard]] bool isSessionMessage(std::string_view type);

/// With '|' for SOH and "***" for the values of secret tags: for logs and the raw view.
[[nodiscard]] std::string redacted(std::string_view message);

}
