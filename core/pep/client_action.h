#pragma once

#include "core/base/decimal.h"
#include "core/fix/maker_codec.h"
#include "core/fix/wire_message.h"
#include "core/stepup/action.h"

#include <optional>
#include <string>
#include <vector>

namespace pep {

enum class Intent {
    Ask, ///< for prices: QuoteRequest(R)
    Deal, ///< commits: NewOrderSingle(D), QuoteResponse(AJ)
    Inform, ///< about the past, or the end of a request: Z, H, AF, AD, a, Q
    Other, ///< anything else; taken for something that commits
};

/// What a client's application message would do, as far as access is concerned.
struct ClientAction {
    Intent intent = Intent::Other;
    std::string type; ///< MsgType(35)
    std::string id; ///< the client's, for a refusal
    std::string instrument;
    std::string settlement; ///< of a Deal: SettlDate(64), or SettlType(63) where there is none, or empty
    std::string account; ///< Account(1) of a Deal; empty where there is none
    std::optional<stepup::Side> side; ///< absent: both, or none
    std::string currency; ///< of the quantity
    base::Decimal quantity;
    base::Decimal price; ///< of a Deal
    std::vector<std::string> dealers; ///< in Parties(453); empty where none is named
    std::string quote; ///< QuoteID(117) of a Deal
    std::string acceptance; ///< ClOrdID(11) of a Deal
    std::string grant; ///< StepUpGrant(20096) of a Deal; empty where there is none

    friend bool operator==(const ClientAction&, const ClientAction&) = default;
};

/// `request` is what the message was read as.
[[nodiscard]] ClientAction clientAction(const fix::WireMessage& message, const fix::maker::ClientRequest& request);

}
