#pragma once

#include "core/fix/maker_codec.h"
#include "core/rfq/values.h"

#include <cstdint>
#include <string>
#include <variant>

namespace venue {

/// A dealer takes one quote back.
struct QuoteWithdrawal {
    rfq::RfqId rfq;
    rfq::QuoteId quote;
    rfq::DealerId dealer; ///< empty on a direct session
    std::string symbol;
};

/// A dealer, or the venue when `dealer` is empty, does not quote.
struct RequestDecline {
    rfq::RfqId rfq;
    rfq::DealerId dealer;
    std::string symbol;
    std::string code; ///< QuoteRequestRejectReason(658)
    std::string text;
};

/// A message that cannot be acted on.
struct MessageRefusal {
    std::string refMsgType;
    std::string refId;
    std::string code; ///< BusinessRejectReason(380)
    std::string text;
};

/// What became of an order. With a receipt, it is known whether the session took it.
struct Report {
    fix::maker::ReportOut out;
    std::uint64_t receipt = 0; ///< 0: nobody wants to know
};

using Answer = std::variant<fix::maker::QuoteOut, QuoteWithdrawal, RequestDecline, Report, MessageRefusal,
    fix::maker::TradeRequestAck, fix::maker::TradeReportOut, fix::maker::QuoteStatusOut>;

/// A message of the client refused at session level.
struct SessionRefusal {
    std::uint64_t refSeqNum = 0; ///< MsgSeqNum(34)
    std::string refMsgType;
    std::string code; ///< SessionRejectReason(373)
    std::string text;
};

/// The clients, seen from the venue.
class Clients {
public:
    virtual ~Clients() = default;
    virtual void answer(const rfq::SessionId& session, const Answer& answer) = 0;
    /// Breaks the connection without a word.
    virtual void drop(const rfq::SessionId& session) = 0;
    virtual void logout(const rfq::SessionId& session, const std::string& text) = 0;
    virtual void refuse(const rfq::SessionId& session, const SessionRefusal& refusal) = 0;
    /// Breaks the connection and loses both sequence numbers and what was kept for a resend.
    virtual void forgetNumbers(const rfq::SessionId& session) = 0;
    virtual void resetAtNextLogon(const rfq::SessionId& session) = 0;
    /// Whoever connects from now on sees the venue's next certificate.
    virtual void changeCertificate() = 0;
};

}
