#pragma once

#include "app/venue/clients.h"
#include "app/venue/market.h"
#include "app/venue/settings.h"
#include "core/base/clock.h"
#include "core/rfq/value_date.h"

#include <chrono>
#include <cstdint>
#include <variant>

namespace venue {

/// What a request says, made definite.
struct RequestTerms {
    InstrumentSettings instrument;
    rfq::Date valueDate{};
    std::int64_t days = 0; ///< from spot to the value date
    rfq::SteadyTime expires{};

    [[nodiscard]] const rfq::Instrument& pair() const { return instrument.instrument; }
};

/// Reads a request against the catalogue and the calendar. The refusal has no dealer: it is the venue's.
class RequestRules {
public:
    RequestRules(const RequestLimits& limits, const Market& market, const base::Clock& clock);
    [[nodiscard]] std::variant<RequestTerms, RequestDecline> read(const fix::maker::QuoteRequest& request) const;

private:
    struct Delivery {
        rfq::Date date{};
        std::int64_t days = 0;
    };
    [[nodiscard]] std::chrono::milliseconds lifeOf(const fix::maker::QuoteRequest& request) const;
    [[nodiscard]] base::Result<Delivery> deliveryOf(
        const fix::maker::QuoteRequest& request, const rfq::Instrument& instrument) const;

    const RequestLimits& m_limits;
    const Market& m_market;
    const base::Clock& m_clock;
    const rfq::Calendar m_calendar;
};

}
