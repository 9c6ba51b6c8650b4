#pragma once

#include "core/fix/field_reader.h"
#include "core/fix/wire_message.h"
#include "core/rfq/counterparty.h"

#include <optional>
#include <string_view>
#include <vector>

/// What both sides of the dialect share: sides, dates, parties.
namespace fix {

namespace msg {
inline constexpr std::string_view QuoteRequest = "R";
inline constexpr std::string_view Quote = "S";
inline constexpr std::string_view QuoteCancel = "Z";
inline constexpr std::string_view QuoteRequestReject = "AG";
inline constexpr std::string_view QuoteStatusReport = "AI";
inline constexpr std::string_view QuoteResponse = "AJ";
inline constexpr std::string_view QuoteAcknowledgement = "b";
inline constexpr std::string_view NewOrderSingle = "D";
inline constexpr std::string_view ExecutionReport = "8";
inline constexpr std::string_view OrderStatusRequest = "H";
inline constexpr std::string_view OrderMassStatusRequest = "AF";
inline constexpr std::string_view TradeCaptureReportRequest = "AD";
inline constexpr std::string_view TradeCaptureReportRequestAck = "AQ";
inline constexpr std::string_view TradeCaptureReport = "AE";
inline constexpr std::string_view QuoteStatusRequest = "a";
inline constexpr std::string_view DontKnowTrade = "Q";
inline constexpr std::string_view BusinessMessageReject = "j";
inline constexpr std::string_view Reject = "3";
inline constexpr std::string_view UserRequest = "BE";
inline constexpr std::string_view UserResponse = "BF";
}

/// PartyRole(452). The roles under which venues name the dealer, the best one first.
namespace role {
inline constexpr std::string_view LiquidityProvider = "35";
inline constexpr std::string_view ExecutionVenue = "73";
inline constexpr std::string_view ExecutingFirm = "1";
inline constexpr std::string_view ContraFirm = "17";
inline constexpr std::string_view MarketMaker = "66";
}

struct Party {
    std::string_view id;
    std::string_view role;
};
/// Every party of the message, whatever group it stands in. The views live as long as the message.
[[nodiscard]] std::vector<Party> partiesOf(const WireMessage& message);
/// Who is behind a quote: its party with the role of a liquidity provider or of an execution venue, of several the
/// last. Empty where it has none.
[[nodiscard]] std::string_view quotingPartyOf(const WireMessage& message);
/// Adds Parties(453), each dealer as a liquidity provider; nothing without dealers.
void addDealers(WireMessage& message, const std::vector<rfq::DealerId>& dealers);

/// Side(54). Absent for anything but buy and sell.
[[nodiscard]] std::optional<rfq::Side> sideIn(std::optional<std::string_view> text);
[[nodiscard]] const char* sideText(rfq::Side side);

/// The side of the dealt currency for a side on the wire, and the other way round: the translation is its own inverse.
/// Absent where the side refers to the base currency and `currency` does not tell which of the two is dealt.
[[nodiscard]] std::optional<rfq::Side> translated(
    rfq::Side side, rfq::SideReference reference, std::string_view symbol, std::string_view currency);

/// SettlType(63): regular for spot, otherwise a future date, which is always written out in SettlDate(64).
[[nodiscard]] const char* settlTypeText(rfq::Tenor tenor);

}
