#include "core/fix/quote_ledger.h"

namespace fix {

namespace {

// Against a venue that invents dealers.
constexpr std::size_t MostDealers = 1024;

}

void QuoteLedger::open(const rfq::SendRequest& request, base::SteadyTime until)
{
    m_requests[request.request.id] = Entry{until, {request.dealers.begin(), request.dealers.end()}, {}};
}

void QuoteLedger::close(const rfq::RfqId& request)
{
    m_requests.erase(request);
}

void QuoteLedger::note(const rfq::VenueEvent& event)
{
    if (const auto* quote = std::get_if<rfq::QuoteReceived>(&event))
        noteQuote(*quote);
    else if (const auto* withdrawn = std::get_if<rfq::QuoteWithdrawn>(&event))
        noteWithdrawal(*withdrawn);
}

bool QuoteLedger::isNewest(const rfq::Acceptance& acceptance) const
{
    const auto request = m_requests.find(acceptance.rfq);
    if (request == m_requests.end())
        return false;
    const auto newest = request->second.newest.find(acceptance.dealer);
    return newest != request->second.newest.end() && newest->second == acceptance.quote;
}

void QuoteLedger::forgetQuotes()
{
    for (auto& [id, entry] : m_requests)
        entry.newest.clear();
}

void QuoteLedger::prune(base::SteadyTime now)
{
    std::erase_if(m_requests, [now](const auto& request) { return request.second.until <= now; });
}

void QuoteLedger::noteQuote(const rfq::QuoteReceived& quote)
{
    const auto request = m_requests.find(quote.quote.rfq);
    if (request == m_requests.end())
        return;
    Entry& entry = request->second;
    const bool wanted = entry.asked.empty()
        ? entry.newest.size() < MostDealers || entry.newest.contains(quote.quote.dealer)
        : entry.asked.contains(quote.quote.dealer);
    if (wanted)
        entry.newest[quote.quote.dealer] = quote.quote.id;
}

void QuoteLedger::noteWithdrawal(const rfq::QuoteWithdrawn& withdrawn)
{
    for (auto& [id, entry] : m_requests) {
        if (!withdrawn.rfq.empty() && withdrawn.rfq != id)
            continue;
        std::erase_if(entry.newest, [&](const auto& newest) {
            return (withdrawn.dealer.empty() || withdrawn.dealer == newest.first)
                && (!withdrawn.quote || *withdrawn.quote == newest.second);
        });
    }
}

}
