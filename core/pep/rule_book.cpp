#include "core/pep/rule_book.h"

#include "core/pep/fingerprint_text.h"

#include <algorithm>
#include <utility>

namespace pep {

namespace {

constexpr std::size_t MostSubjects = 4'096; ///< of a rule; those that were quiet for longest go first
constexpr std::size_t MostSeen = 10'000; ///< of a subject: no threshold is higher

/// Empty: it is not counted by this. What is not written anywhere yet is made in `room`.
std::string_view subjectOf(RuleScope scope, const Occurrence& occurrence, std::string& room)
{
    const ConnectionFacts& facts = occurrence.facts;
    switch (scope) {
    case RuleScope::Session:
        return facts.session.text();
    case RuleScope::User:
        return occurrence.isTheirs ? std::string_view(facts.user.text()) : std::string_view();
    case RuleScope::Certificate:
        if (facts.certificate != stepup::CertificateFingerprint{})
            room = fingerprintText(facts.certificate);
        return room;
    case RuleScope::Address:
        if (const auto address = zerotrust::IpAddress::parse(hostOf(facts.address)))
            room = zerotrust::customerOf(*address);
        return room;
    }
    return {};
}

}

RuleBook::RuleBook(const base::Clock& clock, std::vector<Rule> rules)
    : m_clock(clock)
    , m_rules(std::move(rules))
    , m_tracks(m_rules.size())
{
    for (std::size_t i = 0; i < m_rules.size(); ++i)
        if (!isLockoutRule(m_rules[i]))
            m_counting[static_cast<std::size_t>(m_rules[i].trigger)].push_back(i);
}

void RuleBook::prune(const Rule& rule, Track& track, base::SteadyTime now)
{
    const auto isOver = [&](base::SteadyTime at) { return now - at >= rule.window; };
    while (!track.seen.empty() && (isOver(track.seen.front().at) || track.seen.size() > MostSeen)) {
        const auto instrument = track.seen.front().instrument;
        if (rule.instruments > 0 && --instrument->second == 0)
            track.instruments.erase(instrument);
        track.seen.pop_front();
    }
    while (!track.deals.empty() && (isOver(track.deals.front()) || track.deals.size() > MostSeen))
        track.deals.pop_front();
    if (track.firedAt && isOver(*track.firedAt))
        track.firedAt.reset();
}

void RuleBook::makeRoom(const Rule& rule, Tracks& tracks) const
{
    if (tracks.size() < MostSubjects)
        return;
    std::erase_if(tracks, [&](const auto& entry) { return m_clock.steady() - entry.second.last >= rule.window; });
    if (tracks.size() < MostSubjects)
        return;
    std::vector<base::SteadyTime> times;
    times.reserve(tracks.size());
    for (const auto& [subject, track] : tracks)
        times.push_back(track.last);
    const auto quarter = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 4);
    std::nth_element(times.begin(), quarter, times.end());
    const base::SteadyTime limit = *quarter;
    std::size_t left = times.size() / 4 + 1;
    std::erase_if(tracks, [&](const auto& entry) { return left > 0 && entry.second.last <= limit && left-- > 0; });
}

std::vector<Firing> RuleBook::note(const Occurrence& occurrence)
{
    std::vector<Firing> fired;
    for (const std::size_t i : m_counting[static_cast<std::size_t>(occurrence.trigger)]) {
        const Rule& rule = m_rules[i];
        std::string room;
        const std::string_view subject = subjectOf(rule.by, occurrence, room);
        if (subject.empty())
            continue;
        auto found = m_tracks[i].find(subject);
        if (found == m_tracks[i].end()) {
            makeRoom(rule, m_tracks[i]);
            found = m_tracks[i].try_emplace(std::string(subject)).first;
        }
        Track& track = found->second;
        track.last = m_clock.steady();
        Seen seen{.at = track.last, .instrument = {}};
        if (rule.instruments > 0) {
            seen.instrument = track.instruments.try_emplace(std::string(occurrence.instrument), 0).first;
            ++seen.instrument->second;
        }
        track.seen.push_back(seen);
        prune(rule, track, track.last);
        if (track.seen.size() < rule.threshold || track.instruments.size() < rule.instruments
            || track.seen.size() < rule.requestsPerDeal * track.deals.size())
            continue;
        const bool again = track.firedAt.has_value();
        track.firedAt = track.firedAt.value_or(track.last);
        fired.push_back({&rule, track.seen.size(), again, *track.firedAt + rule.window});
        track.seen.clear();
        track.instruments.clear();
        track.deals.clear();
    }
    return fired;
}

void RuleBook::dealt(const stepup::UserId& user)
{
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        if (m_rules[i].requestsPerDeal == 0 || m_rules[i].by != RuleScope::User)
            continue;
        // Who has asked for nothing has nothing to make up for.
        const auto found = m_tracks[i].find(user.text());
        if (found == m_tracks[i].end())
            continue;
        const base::SteadyTime now = m_clock.steady();
        found->second.deals.push_back(now);
        prune(m_rules[i], found->second, now);
    }
}

void RuleBook::forget(const rfq::SessionId& session)
{
    for (std::size_t i = 0; i < m_rules.size(); ++i)
        if (m_rules[i].by == RuleScope::Session)
            m_tracks[i].erase(session.text());
}

std::size_t RuleBook::size() const
{
    std::size_t all = 0;
    for (const Tracks& tracks : m_tracks)
        all += tracks.size();
    return all;
}

}
