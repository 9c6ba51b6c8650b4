#include "app/venue/quote_ledger.h"

#include <algorithm>

namespace venue {

void QuoteLedger::add(MadeQuote quote)
{
    auto& quotes = m_requests[{quote.session, quote.rfq}];
    for (auto& [id, earlier] : quotes)
        if (earlier.dealer == quote.dealer && earlier.state == MadeQuoteState::Live)
            earlier.state = MadeQuoteState::Replaced;
    m_owners.emplace(std::pair(quote.session, quote.id), quote.rfq);
    quotes.emplace(quote.id, std::move(quote));
}

MadeQuote* QuoteLedger::find(const rfq::SessionId& session, const rfq::QuoteId& id)
{
    const auto owner = m_owners.find({session, id});
    if (owner == m_owners.end())
        return nullptr;
    return &m_requests.at({session, owner->second}).at(id);
}

bool QuoteLedger::isHeld(const rfq::SessionId& session, const rfq::RfqId& rfq) const
{
    const auto found = m_requests.find({session, rfq});
    return found != m_requests.end() && std::any_of(found->second.begin(), found->second.end(), [](const auto& entry) {
        return entry.second.state == MadeQuoteState::Held;
    });
}

std::set<rfq::DealerId> QuoteLedger::engaged(const rfq::SessionId& session, const rfq::RfqId& rfq) const
{
    std::set<rfq::DealerId> dealers;
    const auto found = m_requests.find({session, rfq});
    if (found == m_requests.end())
        return dealers;
    for (const auto& [id, quote] : found->second)
        if (quote.state == MadeQuoteState::Held || quote.state == MadeQuoteState::Dealt)
            dealers.insert(quote.dealer);
    return dealers;
}

void QuoteLedger::end(const rfq::SessionId& session, const rfq::RfqId& rfq)
{
    const auto found = m_requests.find({session, rfq});
    if (found == m_requests.end())
        return;
    for (auto& [id, quote] : found->second)
        if (quote.state == MadeQuoteState::Live)
            quote.state = MadeQuoteState::Ended;
}

void QuoteLedger::forget(const rfq::SessionId& session, const rfq::RfqId& rfq)
{
    const auto found = m_requests.find({session, rfq});
    if (found == m_requests.end())
        return;
    for (const auto& [id, quote] : found->second)
        m_owners.erase({session, id});
    m_requests.erase(found);
}

}
