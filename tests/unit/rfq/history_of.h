#pragma once

#include "core/rfq/journal.h"

#include <type_traits>
#include <variant>
#include <vector>

namespace support {

/// What a journal makes of its records when the desk starts again.
inline rfq::History historyOf(const std::vector<rfq::JournalRecord>& records)
{
    rfq::History history;
    const auto apply = [&](const auto& record) {
        using Record = std::decay_t<decltype(record)>;
        if constexpr (std::is_same_v<Record, rfq::RequestOpened>)
            history.requests.push_back({record.request, rfq::RfqState::Sent, record.time});
        if constexpr (std::is_same_v<Record, rfq::AcceptanceIntended>)
            history.acceptances.push_back({record.acceptance, rfq::AcceptanceState::Intended, "", "", record.time});
        if constexpr (std::is_same_v<Record, rfq::TradeBooked>)
            history.trades.push_back(record.trade);
        if constexpr (std::is_same_v<Record, rfq::RequestClosed>) {
            for (auto& past : history.requests)
                past.state = past.request.id == record.rfq ? record.state : past.state;
        }
        if constexpr (std::is_same_v<Record, rfq::AcceptanceMoved>) {
            for (auto& past : history.acceptances)
                past.state = past.acceptance.id == record.clOrdId ? record.state : past.state;
        }
    };
    for (const rfq::JournalRecord& record : records)
        std::visit(apply, record);
    return history;
}

}
