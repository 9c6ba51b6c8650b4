#include "app/venue/wire.h"

#include "core/base/overloaded.h"

#include <array>

namespace venue {

namespace {

constexpr const char* ConditionallyRequiredFieldMissing = "5"; // BusinessRejectReason(380)
constexpr const char* Other = "0";

// ClOrdID, QuoteReqID, MassStatusReqID, TradeRequestID, QuoteID, ExecID: the first one that a message has names it.
constexpr std::array IdTags{11, 131, 584, 568, 117, 17};

std::string idOf(const fix::WireMessage& message)
{
    for (const int tag : IdTags)
        if (const auto id = message.find(tag))
            return std::string(*id);
    return {};
}

}

fix::WireMessage encode(const Answer& answer, rfq::UtcTime now)
{
    return std::visit(base::Overloaded{
                          [&](const fix::maker::QuoteOut& quote) { return fix::maker::encode(quote, now); },
                          [](const QuoteWithdrawal& gone) {
                              return fix::maker::quoteCancel(gone.rfq, gone.quote, gone.dealer, gone.symbol);
                          },
                          [](const RequestDecline& no) {
                              return fix::maker::requestReject(no.rfq, no.dealer, no.symbol, no.code, no.text);
                          },
                          [](const Report& report) { return fix::maker::encode(report.out); },
                          [](const MessageRefusal& no) {
                              return fix::maker::businessReject(no.refMsgType, no.refId, no.code, no.text);
                          },
                          [](const auto& as) { return fix::maker::encode(as); },
                      },
        answer);
}

MessageRefusal refusalOf(const fix::WireMessage& message, const base::Error& why)
{
    const bool missing = why.detail.find("is missing") != std::string::npos;
    return {message.type, idOf(message), missing ? ConditionallyRequiredFieldMissing : Other, why.detail};
}

}
