#include "core/pep/session.h"

#include "core/pep/fingerprint_text.h"

namespace pep {

void QuoteDealers::note(const std::string& quote, const std::string& dealer)
{
    if (!m_dealers.insert_or_assign(quote, dealer).second)
        return;
    m_order.push_back(quote);
    if (m_order.size() <= Most)
        return;
    m_dealers.erase(m_order.front());
    m_order.pop_front();
}

std::string QuoteDealers::dealerOf(const std::string& quote) const
{
    const auto found = m_dealers.find(quote);
    return found == m_dealers.end() ? std::string() : found->second;
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
