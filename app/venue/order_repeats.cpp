#include "app/venue/order_repeats.h"

#include <utility>

namespace venue {

base::Status answerAgain(Floor& floor, const BookedOrder& order, Delivery delivery)
{
    const ReportedOrder& reported = order.reported;
    if (delivery == Delivery::First) {
        floor.clients.answer(reported.session,
            Report{{.report = rejectReport(
                        reported, rfq::ExecId(floor.numbers.next("E")), duplicateOrder(), floor.wireTime())}});
        return base::Ok{};
    }
    auto reports = floor.book.reportsOn(reported.session, reported.order.clOrdId);
    if (!reports)
        return reports.error();
    if (reports->empty())
        return base::Ok{};
    fix::maker::ReportOut last = std::move(reports->back().out);
    last.repeat = fix::maker::Repeat::PossResend;
    floor.clients.answer(reported.session, Report{std::move(last)});
    return base::Ok{};
}

}
