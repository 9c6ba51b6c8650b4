#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fix {

/// An application message as tags and text, in wire order, groups inline, without header, BodyLength and CheckSum. The
/// text of each field is what is or was on the wire, byte for byte. This is what codecs speak; it knows no session.
struct WireMessage {
    std::string type; ///< MsgType(35)
    std::vector<std::pair<int, std::string>> fields;
    /// PossDupFlag(43). On what we send it goes with a new MsgSeqNum: a report repeated by the application.
    bool possDup = false;
    bool possResend = false; ///< PossResend(97): the same content may have been sent under another MsgSeqNum
    std::string sendingTime; ///< SendingTime(52); only on what was received
    /// How much later than messages of this session usually take it came, on a clock that nobody can set: zero or
    /// more; absent where that is not known (PossDupFlag, no clock comparison yet). Where the counterparty writes
    /// whole seconds it is as coarse.
    std::optional<std::chrono::microseconds> lateness;

    void add(int tag, std::string text) { fields.emplace_back(tag, std::move(text)); }
    /// The first field of that tag; absent where there is none.
    [[nodiscard]] std::optional<std::string_view> find(int tag) const;

    friend bool operator==(const WireMessage&, const WireMessage&) = default;
};

/// Whether the value of this tag is a password, signed challenge or grant that no log, store or screen may hold: 554,
/// 925, 96, 1402, 1404, 20096.
[[nodiscard]] bool isSecret(int tag);

/// For logs and the raw view: "35=S|131=...", the values of secret tags as "***" and
/// control characters as '?'.
[[nodiscard]] std::string readable(const WireMessage& message);

/// Type and fields as they stand on the wire, each with SOH behind it: what a journal keeps of a message to be sent.
[[nodiscard]] std::string wireText(const WireMessage& message);
/// The other way round. Absent where this is not such a text.
[[nodiscard]] std::optional<WireMessage> fromWireText(std::string_view text);

}
