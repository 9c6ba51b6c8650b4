#include "app/venue/request_nature.h"

#include "core/base/overloaded.h"

namespace venue {

Nature natureOf(const fix::maker::ClientRequest& request)
{
    using namespace fix::maker;
    return std::visit(base::Overloaded{
                          [](const QuoteRequest& asked) {
                              return Nature{"R", asked.rfq.text()};
                          },
                          [](const Order& order) {
                              return Nature{order.respId.empty() ? "D" : "AJ", order.clOrdId.text()};
                          },
                          [](const EndOfRequest& end) {
                              return Nature{"Z", end.rfq.text()};
                          },
                          [](const OrderStatusRequest& asked) {
                              return Nature{"H", asked.clOrdId.text(), Enquiry::OrderStatus};
                          },
                          [](const MassStatusRequest& asked) {
                              return Nature{"AF", asked.reqId, Enquiry::MassStatus};
                          },
                          [](const TradeCaptureRequest& asked) {
                              return Nature{"AD", asked.reqId, Enquiry::TradeCapture};
                          },
                          [](const QuoteStatusRequest& asked) {
                              return Nature{"a", asked.quote.text(), Enquiry::QuoteStatus};
                          },
                          [](const DontKnowTrade& doubt) {
                              return Nature{"Q", doubt.execId.text()};
                          },
                          [](const Unsupported& other) {
                              return Nature{other.type, {}};
                          },
                      },
        request);
}

bool isSupported(const SessionSettings& session, const fix::maker::ClientRequest& request, const Nature& nature)
{
    if (std::holds_alternative<fix::maker::Unsupported>(request))
        return false;
    return !nature.enquiry || session.supports.contains(*nature.enquiry);
}

}
