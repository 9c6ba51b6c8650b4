#pragma once

#include "core/base/clock.h"
#include "core/fix/raw_message.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace fix {

/// Who speaks to whom, for messages that are written without an engine.
struct Route {
    std::string senderCompId; ///< ours
    std::string targetCompId;
};

/// A FIX 4.4 message of these fields ("35=..|49=..|" with SOH for '|'), with BeginString, BodyLength and CheckSum.
[[nodiscard]] std::string framedMessage(std::string_view fields);

/// A Logout(5) of ours with this MsgSeqNum.
[[nodiscard]] std::string logoutMessage(
    const Route& route, std::uint64_t seqNum, std::string_view text, base::UtcTime now);

/// SequenceReset-GapFill(4) in the place of our messages first to last.
[[nodiscard]] std::string gapFillMessage(
    const Route& route, std::uint64_t first, std::uint64_t last, base::UtcTime now);

/// The message with its header and body as they stand now; BodyLength and CheckSum are made anew.
[[nodiscard]] std::string assembled(const RawMessage& message);

/// What we sent once, as it goes out again: PossDupFlag(43)=Y, the first SendingTime as OrigSendingTime(122).
[[nodiscard]] std::string possDupMessage(const RawMessage& sent, base::UtcTime now);

}
