#include "core/pep/enforcement_point.h"
#include "core/pep/session_signals.h"

#include <algorithm>
#include <utility>

namespace pep {

namespace {

/// Many people come within a second, after an outage: what is to be kept of them is written at once.
constexpr std::chrono::seconds WriteWithin{1};
constexpr std::chrono::seconds WriteAgainAfter{60}; ///< each failure is an alert

}

base::Status EnforcementPoint::recall()
{
    auto known = m_around.identities.recall();
    if (!known)
        return known.error();
    for (PersonMemory& person : *known) {
        if (!person.lastHost.empty())
            m_lastHost.insert_or_assign(person.user, std::move(person.lastHost));
        if (!person.touchOwed.empty())
            m_standstills.insert_or_assign(person.user,
                Standstill{.touchOwed = std::move(person.touchOwed),
                    .stopsAsking = person.stopsAsking,
                    .restrictedUntil = std::nullopt});
    }
    return base::Ok{};
}

void EnforcementPoint::verifiedBefore(Session& session)
{
    const ConnectionFacts& facts = session.facts;
    const base::SteadyTime now = m_around.clock.steady();
    if (facts.verifiedAt) {
        session.verifiedAt = std::min(*facts.verifiedAt, now);
        session.verifyFrom = *session.verifiedAt;
        return;
    }
    // Whoever comes again with a key that asked for no PIN this time has proven nothing new about the person.
    Verification& known =
        m_verifications.try_emplace({facts.user, facts.certificate}, Verification{.at = now}).first->second;
    const CertificateRecord* certificate = m_directory.certificate(facts.user, facts.certificate);
    if (certificate && asksEachTime(*certificate, m_settings.hardwareKey))
        known = {.at = now, .isSeen = true};
    if (known.isSeen)
        session.verifiedAt = known.at;
    session.verifyFrom = known.at;
}

void EnforcementPoint::verifiedNow(Session& session)
{
    const base::SteadyTime now = m_around.clock.steady();
    session.verifiedAt = now;
    session.verifyFrom = now;
    if (!session.facts.verifiedAt)
        m_verifications.insert_or_assign({session.facts.user, session.facts.certificate}, Verification{now, true});
}

void EnforcementPoint::cameFrom(const Session& session)
{
    std::string& last = m_lastHost[session.facts.user];
    if (last == session.host)
        return;
    last = session.host;
    keepInMind(session.facts.user);
}

void EnforcementPoint::keepInMind(const stepup::UserId& user)
{
    if (m_unwritten.empty())
        m_writeAt = m_around.clock.steady() + WriteWithin;
    m_unwritten.insert(user);
}

void EnforcementPoint::writeMemories()
{
    if (m_unwritten.empty())
        return;
    std::vector<PersonMemory> people;
    for (const stepup::UserId& user : m_unwritten) {
        PersonMemory person{.user = user, .lastHost = {}, .touchOwed = {}, .stopsAsking = false};
        if (const auto host = m_lastHost.find(user); host != m_lastHost.end())
            person.lastHost = host->second;
        if (const auto owed = m_standstills.find(user); owed != m_standstills.end()) {
            person.touchOwed = owed->second.touchOwed;
            person.stopsAsking = owed->second.stopsAsking;
        }
        people.push_back(std::move(person));
    }
    if (const base::Status kept = m_around.identities.remember(people); !kept) {
        m_writeAt = m_around.clock.steady() + WriteAgainAfter;
        return recordAbout({}, EventKind::StoreFailed, Severity::Alert, {{"why", kept.error().detail}});
    }
    m_unwritten.clear();
}

}
