#pragma once

#include "core/base/decimal.h"
#include "core/fix/maker_codec.h"
#include "core/fix/wire_message.h"
#include "core/stepup/action.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pep {

enum class Intent {
    Ask, ///< for prices: QuoteRequest(R)
    Deal, ///< commits: NewOrderSingle(D), QuoteResponse(AJ)
    Inform, ///< about the past, or the end of a request: Z, H, AF, AD, a, Q
    Other, ///< anything else; taken for something that commits
};

/// What a client's application message would do, as far as access is concerned. A view: the message, and what it was
/// read as, outlive it.
struct ClientAction {
    Intent intent = Intent::Other;
    std::string_view type; ///< MsgType(35)
    std::string_view id; ///< the client's, for a refusal
    std::string_view instrument;
    std::string_view settlement; ///< of a Deal: SettlDate(64), or SettlType(63) where there is none, or empty
    std::string_view account; ///< Account(1) of a Deal; empty where there is none
    std::optional<stepup::Side> side; ///< absent: both, or none
    std::string_view currency; ///< of the quantity
    base::Decimal quantity;
    base::Decimal price; ///< of a Deal
    std::vector<std::string> dealers; ///< in Parties(453); empty where none is named
    std::string_view quote; ///< QuoteID(117) of a Deal
    std::string_view acceptance; ///< ClOrdID(11) of a Deal
    std::string_view grant; ///< StepUpGrant(20096) of a Deal; empty where there is none
};

[[nodiscard]] Intent intentOf(const fix::maker::ClientRequest& request);
/// Of a message that cannot be read: which one it is.
[[nodiscard]] ClientAction unreadAction(const fix::WireMessage& message);
/// `request` is what the message was read as.
[[nodiscard]] ClientAction clientAction(const fix::WireMessage& message, const fix::maker::ClientRequest& request);

}
