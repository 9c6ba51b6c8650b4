#pragma once

#include "core/rfq/journal.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace support {

/// What a journal makes of its records when the desk starts again.
class HistoryMaker {
public:
    void operator()(const rfq::RequestOpened& record)
    {
        history.requests.push_back({record.request, rfq::RfqState::Sent, record.time});
    }
    void operator()(const rfq::RequestClosed& record)
    {
        for (auto& past : history.requests)
            past.state = past.request.id == record.rfq ? record.state : past.state;
    }
    void operator()(const rfq::AcceptanceIntended& record)
    {
        rfq::History::PastAcceptance past;
        past.acceptance = record.acceptance;
        past.state = rfq::AcceptanceState::Intended;
        past.time = record.time;
        past.message = record.message;
        history.acceptances.push_back(std::move(past));
    }
    void operator()(const rfq::AcceptanceWritten& record)
    {
        if (auto* past = find(record.clOrdId)) {
            past->seqNum = record.seqNum == 0 ? std::nullopt : std::optional(record.seqNum);
            past->theirNext = record.theirNext;
            past->written = record.time;
        }
    }
    void operator()(const rfq::AcceptanceMoved& record)
    {
        if (auto* past = find(record.clOrdId)) {
            past->state = record.state;
            past->code = record.code;
            past->text = record.text;
            past->category = record.category;
        }
    }
    void operator()(const rfq::TradeBooked& record) { history.trades.push_back(record.trade); }
    void operator()(const rfq::TradeAmended& record)
    {
        const auto meant = std::find_if(history.trades.rbegin(), history.trades.rend(), [&](const rfq::Trade& trade) {
            return trade.clOrdId == record.trade.clOrdId && trade.execId == record.trade.execId;
        });
        if (meant != history.trades.rend())
            *meant = record.trade;
    }
    void operator()(const rfq::EvidenceFound& record)
    {
        if (auto* past = find(record.clOrdId))
            past->evidence.push_back(record.evidence);
    }
    void operator()(const rfq::OutcomeClosed& record)
    {
        if (auto* past = find(record.closing.clOrdId))
            past->closing = record.closing;
    }
    void operator()(const rfq::TwinAllowed&) { }
    void operator()(const rfq::IncidentRaised& record) { history.incidents.push_back(record.incident); }
    void operator()(const rfq::IncidentChanged& record)
    {
        for (auto& incident : history.incidents) {
            if (incident.id == record.incident.id)
                incident = record.incident;
        }
    }
    void operator()(const rfq::EventRefused&) { }

    rfq::History history;

private:
    rfq::History::PastAcceptance* find(const rfq::ClOrdId& id)
    {
        for (auto& past : history.acceptances) {
            if (past.acceptance.id == id)
                return &past;
        }
        return nullptr;
    }
};

inline rfq::History historyOf(const std::vector<rfq::JournalRecord>& records)
{
    HistoryMaker maker;
    for (const rfq::JournalRecord& record : records)
        std::visit(maker, record);
    return std::move(maker.history);
}

}
