#pragma once

#include "app/venue/clients.h"
#include "app/venue/dealer.h"
#include "app/venue/event_log.h"
#include "app/venue/market.h"
#include "app/venue/numbering.h"
#include "app/venue/order_book.h"
#include "app/venue/quote_ledger.h"
#include "app/venue/scenario.h"
#include "app/venue/settings.h"
#include "app/venue/timers.h"
#include "core/base/clock.h"

#include <cstdint>
#include <map>

namespace venue {

/// Whether a message may have been sent before: PossDupFlag(43) or PossResend(97).
enum class Delivery { First, PossibleDuplicate };

/// How a client's message came.
struct Arrival {
    Delivery delivery = Delivery::First;
    std::uint64_t seqNum = 0; ///< MsgSeqNum(34)
};

/// What the parts of a venue share. One thread.
struct Floor {
    const VenueSettings& settings;
    const base::Clock& clock;
    Clients& clients;
    EventLog& log;
    OrderBook& book;
    Market market;
    std::map<rfq::DealerId, Dealer> dealers;
    Script script;
    QuoteLedger ledger;
    Timers timers;
    Numbering numbers;

    /// The time that the venue writes into its messages: its clock may be wrong.
    [[nodiscard]] rfq::UtcTime wireTime() const { return clock.utc() + settings.line.clockError; }
};

}
