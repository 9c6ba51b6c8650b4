#include "core/pep/session.h"

#include "core/pep/fingerprint_text.h"

namespace pep {

void QuoteDealers::note(std::string_view quote, std::string_view dealer)
{
    if (m_ring.size() < Most) {
        m_ring.push_back({std::string(quote), std::string(dealer)});
        return;
    }
    Quoted& oldest = m_ring[m_next];
    oldest.quote = quote;
    oldest.dealer = dealer;
    m_next = (m_next + 1) % Most;
}

std::string QuoteDealers::dealerOf(std::string_view quote) const
{
    for (std::size_t back = 1; back <= m_ring.size(); ++back) {
        const Quoted& each = m_ring[(m_next + m_ring.size() - back) % m_ring.size()];
        if (each.quote == quote)
            return each.dealer;
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
