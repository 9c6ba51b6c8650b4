#include "app/venue/refusal_digest.h"

#include "core/access/lockout.h"

#include <chrono>
#include <utility>

namespace venue {

namespace {

constexpr std::chrono::minutes Window{1};

std::string placeOf(const std::string& host)
{
    const auto address = zerotrust::IpAddress::parse(host);
    return address ? zerotrust::customerOf(*address) : host;
}

}

bool RefusalDigest::isOwn(const std::string& host, base::SteadyTime now)
{
    m_since = m_since.value_or(now);
    std::string place = placeOf(host);
    if (!m_places.contains(place) && m_places.size() >= MostPlaces)
        place = "elsewhere";
    Tally& tally = m_places[place];
    const bool isOwn = tally.own < OwnOfAPlace && m_own < OwnOfAll;
    ++(isOwn ? tally.own : tally.counted);
    m_own += isOwn ? 1 : 0;
    return isOwn;
}

std::vector<RefusalDigest::Counted> RefusalDigest::takeOver(base::SteadyTime now)
{
    return m_since && now - *m_since >= Window ? takeAll() : std::vector<Counted>();
}

std::optional<base::SteadyTime> RefusalDigest::nextDue() const
{
    return m_since ? std::optional(*m_since + Window) : std::nullopt;
}

std::vector<RefusalDigest::Counted> RefusalDigest::takeAll()
{
    std::vector<Counted> counted;
    for (const auto& [place, tally] : m_places)
        if (tally.counted > 0)
            counted.push_back({place, tally.counted});
    m_places.clear();
    m_own = 0;
    m_since.reset();
    return counted;
}

}
