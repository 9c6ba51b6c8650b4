#include "core/stepup/challenge_book.h"

#include "core/stepup/plain_text.h"

#include <algorithm>

namespace stepup {

using base::Errc;
using base::Error;

ChallengeBook::ChallengeBook(const base::Clock& clock, RandomSource& random, ChallengeLimits limits)
    : m_clock(clock)
    , m_random(random)
    , m_limits(limits)
{
}

base::Status ChallengeBook::checkRoom(const Peer& peer)
{
    std::erase_if(m_open, [now = m_clock.steady()](const auto& entry) { return now >= entry.deadline; });
    const auto theirs = std::count_if(m_open.begin(), m_open.end(),
        [&](const auto& entry) { return entry.peer.user == peer.user && entry.peer.certificate == peer.certificate; });
    if (static_cast<std::size_t>(theirs) >= m_limits.perCertificate)
        return Error{
            Errc::LimitExceeded, "too many challenges of this person are open: answer one, or wait until one expires"};
    if (m_open.size() >= m_limits.total)
        return Error{Errc::LimitExceeded, "too many challenges are open: wait until some expire"};
    return base::Ok{};
}

base::Result<Challenge> ChallengeBook::issue(
    const Peer& peer, const Action& action, std::string reason, std::vector<CredentialId> allowed)
{
    const auto digest = actionDigest(action);
    if (!digest)
        return digest.error();
    auto lines = displayLines(action);
    if (!lines)
        return lines.error();
    if (auto plain = checkPlainText("the reason", reason); !plain)
        return plain.error();
    if (!isUtf8(peer.session))
        return Error{Errc::InvalidInput, "the name of the session is not UTF-8"};
    const Scope scope = scopeOf(action);
    if (scope != Scope::Enrolment && allowed.empty())
        return Error{Errc::InvalidInput, "this person has no security key that counts on this connection"};
    if (auto room = checkRoom(peer); !room)
        return room.error();
    IssuedChallenge issued{.challenge = {.bytes = {},
                               .seq = m_lastSeq + 1,
                               .scope = scope,
                               .reason = std::move(reason),
                               .action = *digest,
                               .displayLines = *std::move(lines),
                               .expires = m_clock.utc() + m_limits.life,
                               .allowed = std::move(allowed)},
        .action = action,
        .peer = peer,
        .deadline = m_clock.steady() + m_limits.life};
    if (!m_random.fill(issued.challenge.bytes))
        return Error{Errc::Internal, "the random number generator failed: no challenge can be issued"};
    ++m_lastSeq;
    m_open.push_back(issued);
    return std::move(issued.challenge);
}

std::variant<IssuedChallenge, ChallengeBook::Absence> ChallengeBook::take(ByteView challenge)
{
    auto found = m_open.end();
    for (auto entry = m_open.begin(); entry != m_open.end(); ++entry)
        if (equalInConstantTime(entry->challenge.bytes, challenge))
            found = entry;
    if (found == m_open.end())
        return Absence::Unknown;
    IssuedChallenge taken = std::move(*found);
    m_open.erase(found);
    if (m_clock.steady() >= taken.deadline)
        return Absence::Expired;
    return taken;
}

void ChallengeBook::forget(const std::string& session)
{
    std::erase_if(m_open, [&](const auto& entry) { return entry.peer.session == session; });
}

void ChallengeBook::forget(const UserId& user, Scope scope)
{
    std::erase_if(m_open, [&](const auto& entry) { return entry.peer.user == user && entry.challenge.scope == scope; });
}

}
