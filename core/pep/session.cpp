#include "core/pep/session.h"

#include "core/pep/fingerprint_text.h"

#include <algorithm>
#include <utility>

namespace pep {

void QuoteDealers::note(std::string_view quote, std::string_view dealer)
{
    if (m_newer.quotes.size() == MostOfAHalf) {
        std::swap(m_newer, m_older);
        m_newer.text.clear();
        m_newer.quotes.clear();
    }
    m_newer.quotes.push_back({m_newer.text.size(), quote.size(), dealer.size()});
    m_newer.text.append(quote).append(dealer);
}

std::string QuoteDealers::dealerOf(std::string_view quote) const
{
    for (const Half* half : {&m_newer, &m_older}) {
        const std::string_view text = half->text;
        const auto found = std::find_if(half->quotes.rbegin(), half->quotes.rend(),
            [&](const Quoted& each) { return text.substr(each.begin, each.quoteLength) == quote; });
        if (found != half->quotes.rend())
            return std::string(text.substr(found->begin + found->quoteLength, found->dealerLength));
    }
    return {};
}

bool DealtOrders::rises(const std::string& order, const base::Decimal& filled)
{
    const auto [entry, isNew] = m_filled.try_emplace(order);
    if (isNew)
        m_order.push_back(order);
    const bool risen = filled > entry->second;
    if (risen)
        entry->second = filled;
    if (m_order.size() > Most) {
        m_filled.erase(m_order.front());
        m_order.pop_front();
    }
    return risen;
}

std::string hostOf(const std::string& address)
{
    const auto colon = address.rfind(':');
    std::string host = address.substr(0, colon);
    if (host.size() >= 2 && host.front() == '[' && host.back() == ']')
        return host.substr(1, host.size() - 2);
    return host;
}

std::string certificateText(const ConnectionFacts& facts)
{
    return facts.certificate == stepup::CertificateFingerprint{} ? std::string() : fingerprintText(facts.certificate);
}

}
