#pragma once

#include "core/fix/compose.h"
#include "core/fix/raw_message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What a session may refuse of a message before anybody looks at its body: pure functions. The numbers in the comments
/// are those of the FIX Trading Community's session test cases; docs/fix-session.md has all of them.
namespace fix {

/// SessionRejectReason(373) values we use.
enum class RejectReason {
    RequiredTagMissing = 1,
    ValueIncorrect = 5,
    IncorrectDataFormat = 6,
    CompIdProblem = 9,
    SendingTimeAccuracy = 10,
    InvalidMsgType = 11,
};

/// Why a message is answered with a Reject(3).
struct Refusal {
    RejectReason reason = RejectReason::ValueIncorrect;
    int tag = 0; ///< RefTagID(371); 0 where no field is to blame
    std::string text;
};

/// BeginString, BodyLength and MsgType are the first three fields; otherwise the message is garbled (2.t).
[[nodiscard]] bool startsAsItMust(std::string_view message);

/// The sender is not the one this session is with, or does not mean us (2.k).
[[nodiscard]] std::optional<Refusal> compIdProblem(const RawMessage& message, const Route& ours);

/// PossDupFlag(43)=Y without OrigSendingTime(122), or with one behind SendingTime(52) (2.f, 2.g). A SequenceReset needs
/// none.
[[nodiscard]] std::optional<Refusal> possDupProblem(const RawMessage& message);

/// No MsgType of any FIX version, nor a user-defined one (2.q).
[[nodiscard]] std::optional<Refusal> typeProblem(std::string_view type);

/// A SequenceReset with GapFillFlag(123)=Y.
[[nodiscard]] bool isGapFill(const RawMessage& message);
/// A SequenceReset without: it counts whatever its MsgSeqNum is (11).
[[nodiscard]] bool isSequenceReset(const RawMessage& message);
/// A gap fill whose NewSeqNo(36) does not lead on (10.e).
[[nodiscard]] std::optional<Refusal> gapFillProblem(const RawMessage& message);

/// The range a ResendRequest(2) asks for; `last` is 0 for "and all that follow".
struct ResendRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};
/// `lastSent` is the number of our newest message.
[[nodiscard]] std::optional<Refusal> resendRangeProblem(const RawMessage& request, std::uint64_t lastSent);
/// Of a request without a problem.
[[nodiscard]] ResendRange resendRangeOf(const RawMessage& request);

/// Whether the Text(58) of a Logout complains about sequence numbers. There is no code for it in FIX 4.4, but the words
/// are those of the test cases (2.c), which engines use.
[[nodiscard]] bool complainsOfNumbers(std::string_view text);

/// A field of the body as a number; absent where it is missing or no whole number.
[[nodiscard]] std::optional<std::uint64_t> numberOf(const RawMessage& message, int tag);

}
