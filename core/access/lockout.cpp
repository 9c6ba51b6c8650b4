#include "core/access/lockout.h"

#include <algorithm>
#include <utility>

namespace zerotrust {

namespace {

using std::chrono::seconds;

std::string userKey(const std::string& user)
{
    // A stranger does not choose how much is remembered. That longer names share a count harms only strangers.
    constexpr std::size_t Longest = 64;
    return "user " + user.substr(0, Longest);
}

/// What the failures of this origin are counted by.
std::vector<std::string> keysOf(const Origin& origin)
{
    if (!origin.certificate.empty())
        return {origin.certificate};
    return {"address " + customerOf(origin.address), userKey(origin.user)};
}

}

std::string customerOf(const IpAddress& address)
{
    if (address.isV4())
        return address.text();
    IpAddress::Bytes bytes = address.bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return IpAddress(bytes).text() + "/64";
}

Lockout::Lockout(const base::Clock& clock, LockoutRules rules)
    : m_clock(clock)
    , m_rules(rules)
{
}

Lockout::Counts& Lockout::countsFor(const Origin& origin)
{
    return origin.certificate.empty() ? m_counts : m_certificates;
}

const Lockout::Counts& Lockout::countsFor(const Origin& origin) const
{
    return origin.certificate.empty() ? m_counts : m_certificates;
}

seconds Lockout::delayAfter(int failures) const
{
    if (failures <= m_rules.freeFailures)
        return seconds(0);
    seconds delay = m_rules.firstDelay;
    for (int i = m_rules.freeFailures + 1; i < failures && delay < m_rules.longestDelay; ++i)
        delay *= 2;
    return std::min(delay, m_rules.longestDelay);
}

bool Lockout::isForgotten(const Count& count) const
{
    return !count.locked && m_clock.steady() - count.last >= m_rules.forgetAfter;
}

LockoutAnswer Lockout::ask(const Origin& origin) const
{
    const Counts& counts = countsFor(origin);
    seconds wait{0};
    for (const std::string& key : keysOf(origin)) {
        const auto found = counts.find(key);
        if (found == counts.end() || isForgotten(found->second))
            continue;
        if (found->second.locked)
            return {.verdict = Verdict::Locked, .wait = seconds(0)};
        const auto left = found->second.last + delayAfter(found->second.failures) - m_clock.steady();
        wait = std::max(wait, std::chrono::ceil<seconds>(left));
    }
    return {.verdict = wait > seconds(0) ? Verdict::Wait : Verdict::Proceed, .wait = wait};
}

FailureNews Lockout::failed(const Origin& origin)
{
    Counts& counts = countsFor(origin);
    FailureNews news;
    for (const std::string& key : keysOf(origin)) {
        if (!counts.contains(key) && counts.size() >= m_rules.most)
            makeRoom(counts);
        Count& count = counts[key];
        if (isForgotten(count))
            count = {};
        // Beyond this nothing changes any more, and nothing overflows.
        count.failures = std::min(count.failures + 1, 1'000);
        count.last = m_clock.steady();
        if (!origin.certificate.empty() && !count.locked && count.failures >= m_rules.lockAfter)
            news.locked = count.locked = true;
        news.failures = std::max(news.failures, count.failures);
        news.delay = std::max(news.delay, delayAfter(count.failures));
    }
    return news;
}

void Lockout::succeeded(const Origin& origin)
{
    Counts& counts = countsFor(origin);
    for (const std::string& key : keysOf(origin))
        if (const auto found = counts.find(key); found != counts.end() && !found->second.locked)
            counts.erase(found);
}

/// Drops what is forgotten; where that is not enough, the quarter with the fewest failures, the oldest of these first.
/// What is locked stays: only a holder of a certificate of ours can lock one.
void Lockout::makeRoom(Counts& counts)
{
    std::erase_if(counts, [&](const auto& entry) { return isForgotten(entry.second); });
    if (counts.size() < m_rules.most)
        return;
    std::vector<Counts::iterator> order;
    for (auto entry = counts.begin(); entry != counts.end(); ++entry)
        if (!entry->second.locked)
            order.push_back(entry);
    const auto lessTelling = [](const Counts::iterator& a, const Counts::iterator& b) {
        return std::pair(a->second.failures, a->second.last) < std::pair(b->second.failures, b->second.last);
    };
    std::sort(order.begin(), order.end(), lessTelling);
    order.resize(order.empty() ? 0 : 1 + order.size() / 4);
    for (const auto& entry : order)
        counts.erase(entry);
}

void Lockout::lock(const std::string& certificate)
{
    Count& count = m_certificates[certificate];
    count.last = m_clock.steady();
    count.locked = true;
}

bool Lockout::unlock(const std::string& certificate)
{
    const auto found = m_certificates.find(certificate);
    if (found == m_certificates.end() || !found->second.locked)
        return false;
    m_certificates.erase(found);
    return true;
}

std::vector<std::string> Lockout::lockedCertificates() const
{
    std::vector<std::string> locked;
    for (const auto& [certificate, count] : m_certificates)
        if (count.locked)
            locked.push_back(certificate);
    return locked;
}

}
