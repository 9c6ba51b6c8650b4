#pragma once

#include "core/stepup/random_source.h"
#include "core/stepup/values.h"

#include <chrono>
#include <variant>

namespace stepup {

/// A challenge that was issued, with what the server must remember to judge the answer.
struct IssuedChallenge {
    Challenge challenge;
    Action action;
    Peer peer; ///< whom it was sent to, and on which connection
    base::SteadyTime deadline; ///< the first instant at which it no longer counts

    friend bool operator==(const IssuedChallenge&, const IssuedChallenge&) = default;
};

struct ChallengeLimits {
    std::chrono::seconds life{60};
    std::size_t perCertificate = 4; ///< of a person: who has another one of theirs takes no room from them
    std::size_t total = 1024;
};

/// The challenges that are open. Each is answered once: taking it removes it, whatever comes of the answer. One thread,
/// that of whoever verifies.
class ChallengeBook {
public:
    enum class Absence { Unknown, Expired };

    ChallengeBook(const base::Clock& clock, RandomSource& random, ChallengeLimits limits = {});

    /// Asks `peer` to approve `action` with one of `allowed`. Errors: InvalidInput, where the action or the reason is
    /// not sound, or where nothing is allowed to answer an action that is not an enrolment; LimitExceeded, where too
    /// many are open, under this certificate of the person or of all; Internal, where there are no random bytes.
    [[nodiscard]] base::Result<Challenge> issue(
        const Peer& peer, const Action& action, std::string reason, std::vector<CredentialId> allowed);

    /// Removes and returns it. The search takes the same time wherever it is found.
    [[nodiscard]] std::variant<IssuedChallenge, Absence> take(ByteView challenge);

    /// The session is over: its challenges cannot be answered any more and need not count.
    void forget(const std::string& session);
    /// What this person asked for in this scope is not permitted in that way any more, on whichever session.
    void forget(const UserId& user, Scope scope);
    [[nodiscard]] std::size_t open() const { return m_open.size(); }

private:
    [[nodiscard]] base::Status checkRoom(const Peer& peer);

    const base::Clock& m_clock;
    RandomSource& m_random;
    ChallengeLimits m_limits;
    std::uint64_t m_lastSeq = 0;
    std::vector<IssuedChallenge> m_open;
};

}
