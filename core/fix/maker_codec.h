#pragma once

#include "core/base/result.h"
#include "core/fix/wire_message.h"
#include "core/rfq/values.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The dealer's and the venue's side of the same dialect. Sides are the client's throughout.
namespace fix::maker {

/// QuoteRequest(R).
struct QuoteRequest {
    rfq::RfqId rfq;
    std::string symbol;
    rfq::RequestSide side = rfq::RequestSide::TwoWay;
    rfq::Decimal quantity;
    std::string currency;
    std::optional<rfq::Date> settlDate;
    std::vector<rfq::DealerId> dealers; ///< Parties(453) with role 35 or 73; empty: everyone behind this session
    std::optional<rfq::UtcTime> expires; ///< ExpireTime(126)
};
/// NewOrderSingle(D) with OrdType D, or QuoteResponse(AJ) hit/lift.
struct Order {
    rfq::ClOrdId clOrdId;
    rfq::QuoteId quote;
    std::optional<rfq::RfqId> rfq; ///< only where the message carries QuoteReqID
    std::optional<rfq::DealerId> dealer; ///< Parties(453) with role 35 or 73; only where the message names one
    std::string respId; ///< QuoteRespID(693), empty for a NewOrderSingle
    std::string symbol;
    rfq::Side side = rfq::Side::Buy;
    rfq::Decimal quantity;
    std::string currency;
    rfq::Price price;
    std::optional<rfq::Date> settlDate;
    char timeInForce = '4';
};
/// QuoteCancel(Z) from the client: it wants no more quotes on this request.
struct EndOfRequest {
    rfq::RfqId rfq;
};
/// Anything else that reached the application.
struct Unsupported {
    std::string type;
};
using ClientRequest = std::variant<QuoteRequest, Order, EndOfRequest, Unsupported>;

/// An error says which field is missing or malformed; the caller answers with businessReject().
[[nodiscard]] base::Result<ClientRequest> decode(const WireMessage& message);

/// Quote(S). `id`, `rfq`, `dealer`, `type`, prices, sizes, valueDate and validUntil are written; a field without value
/// is left out. QuoteType(537) is left out when `type` is absent (indicative by specification).
struct QuoteOut {
    rfq::Quote quote;
    std::optional<rfq::QuoteType> type;
    std::string symbol;
    std::string currency;
};
[[nodiscard]] WireMessage encode(const QuoteOut& quote, rfq::UtcTime now);
/// QuoteCancel(Z) of one quote: QuoteID(117) and QuoteCancelType(298)=1, for that symbol.
[[nodiscard]] WireMessage quoteCancel(
    const rfq::RfqId& rfq, const rfq::QuoteId& quote, const rfq::DealerId& dealer, const std::string& symbol);
/// QuoteRequestReject(AG).
[[nodiscard]] WireMessage requestReject(const rfq::RfqId& rfq, const rfq::DealerId& dealer, const std::string& symbol,
    const std::string& code, const std::string& text);
/// ExecutionReport(8). The report's side is the client's.
[[nodiscard]] WireMessage encode(const rfq::ExecutionReport& report);
/// BusinessMessageReject(j).
[[nodiscard]] WireMessage businessReject(
    const std::string& refMsgType, const std::string& refId, const std::string& reason, const std::string& text);

}
