#pragma once

#include "core/base/result.h"
#include "core/fix/wire_message.h"
#include "core/rfq/values.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
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
    std::string settlType{}; ///< SettlType(63), raw; empty where there is none
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
    std::string grant{}; ///< StepUpGrant(20096), sealed; empty where the message carries none
};
/// QuoteCancel(Z) from the client: it wants no more quotes on this request.
struct EndOfRequest {
    rfq::RfqId rfq;
};
/// OrderStatusRequest(H): what became of one order?
struct OrderStatusRequest {
    rfq::ClOrdId clOrdId;
    std::string reqId; ///< OrdStatusReqID(790), to be echoed; empty where the client sent none
    std::string symbol; ///< Symbol(55) and ...
    std::optional<rfq::Side> side; ///< ... Side(54) are required in FIX 4.4, and echoed where the order is unknown
};
/// OrderMassStatusRequest(AF) with MassStatusReqType(585) 1 or 7: what became of all orders?
struct MassStatusRequest {
    std::string reqId; ///< MassStatusReqID(584)
    std::string symbol; ///< only of this instrument (585=1); empty: of every instrument (585=7)
};
/// TradeCaptureReportRequest(AD). Empty fields select everything.
struct TradeCaptureRequest {
    std::string reqId; ///< TradeRequestID(568)
    std::string type; ///< TradeRequestType(569), raw: 0 all trades, 1 those that match
    rfq::ClOrdId clOrdId{};
    rfq::OrderId orderId{};
    rfq::ExecId execId{};
    std::string symbol{};
};
/// QuoteStatusRequest(a): what became of one quote?
struct QuoteStatusRequest {
    std::string reqId; ///< QuoteStatusReqID(649); empty where the client sent none
    rfq::QuoteId quote;
    std::string symbol;
};
/// DontKnowTrade(Q): the client does not accept a report as true.
struct DontKnowTrade {
    rfq::OrderId orderId;
    rfq::ExecId execId;
    std::string reason; ///< DKReason(127), raw
    std::string text;
};
/// Anything else that reached the application.
struct Unsupported {
    std::string type;
};
using ClientRequest = std::variant<QuoteRequest, Order, EndOfRequest, OrderStatusRequest, MassStatusRequest,
    TradeCaptureRequest, QuoteStatusRequest, DontKnowTrade, Unsupported>;

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

/// Whether a report went out before, under another MsgSeqNum.
enum class Repeat {
    First,
    PossDup, ///< PossDupFlag(43): replayed
    PossResend, ///< PossResend(97): perhaps never sent; the client tells by ExecID(17)
};
/// Which of how many reports answer an OrderMassStatusRequest(AF).
struct MassStatusPart {
    std::string reqId; ///< MassStatusReqID(584)
    std::size_t total = 0; ///< TotNumReports(911)
    bool last = true; ///< LastRptRequested(912)

    friend bool operator==(const MassStatusPart&, const MassStatusPart&) = default;
};
/// ExecutionReport(8) with what only some of them carry.
struct ReportOut {
    rfq::ExecutionReport report;
    rfq::ExecId refersTo{}; ///< ExecRefID(19): the report that this one corrects or cancels
    std::string ordStatusReqId{}; ///< OrdStatusReqID(790): it answers an OrderStatusRequest
    std::optional<MassStatusPart> massStatus{}; ///< it answers an OrderMassStatusRequest
    Repeat repeat = Repeat::First;
    std::vector<std::pair<int, std::string>> more{}; ///< fields of nobody's specification, written last

    friend bool operator==(const ReportOut&, const ReportOut&) = default;
};
[[nodiscard]] WireMessage encode(const ReportOut& out);

/// TradeCaptureReportRequestAck(AQ).
struct TradeRequestAck {
    std::string reqId; ///< TradeRequestID(568)
    std::string type; ///< TradeRequestType(569), raw
    std::size_t total = 0; ///< TotNumTradeReports(748)
    std::string result; ///< TradeRequestResult(749), raw: 0 successful, 8 type not supported
    std::string status; ///< TradeRequestStatus(750), raw: 0 accepted, 1 completed, 2 rejected
    std::string symbol; ///< empty: Symbol(55) "[N/A]", since FIX 4.4 requires one
    std::string text;
};
[[nodiscard]] WireMessage encode(const TradeRequestAck& ack);
/// TradeCaptureReport(AE): one deal, one side: the client's. `deal` is the report of the fill.
struct TradeReportOut {
    std::string reportId; ///< TradeReportID(571)
    std::string reqId; ///< TradeRequestID(568)
    std::size_t total = 0; ///< TotNumTradeReports(748)
    bool last = true; ///< LastRptRequested(912)
    rfq::ExecutionReport deal;
    rfq::DealerId dealer; ///< empty on a direct session
    rfq::Date tradeDate{};
};
[[nodiscard]] WireMessage encode(const TradeReportOut& out);
/// QuoteStatusReport(AI).
struct QuoteStatusOut {
    std::string reqId; ///< QuoteStatusReqID(649); empty where nobody asked
    rfq::RfqId rfq; ///< empty where it is not known
    rfq::QuoteId quote;
    rfq::DealerId dealer;
    std::string symbol;
    std::string status; ///< QuoteStatus(297), raw
    std::string rejectCode; ///< QuoteRejectReason(300), raw; empty: not written
    std::string text;
};
[[nodiscard]] WireMessage encode(const QuoteStatusOut& out);

/// BusinessMessageReject(j).
[[nodiscard]] WireMessage businessReject(
    const std::string& refMsgType, const std::string& refId, const std::string& reason, const std::string& text);

}
