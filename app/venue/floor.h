#pragma once

#include "app/venue/clients.h"
#include "app/venue/dealer.h"
#include "app/venue/event_log.h"
#include "app/venue/market.h"
#include "app/venue/numbering.h"
#include "app/venue/quote_ledger.h"
#include "app/venue/settings.h"
#include "app/venue/timers.h"
#include "core/base/clock.h"

#include <map>

namespace venue {

/// Whether a message may have been sent before (PossDupFlag 43).
enum class Delivery { First, PossibleDuplicate };

/// What the parts of a venue share. One thread.
struct Floor {
    const VenueSettings& settings;
    const base::Clock& clock;
    Clients& clients;
    EventLog& log;
    Market market;
    std::map<rfq::DealerId, Dealer> dealers;
    QuoteLedger ledger;
    Timers timers;
    Numbering numbers;
};

}
