#pragma once

#include "core/base/allowance.h"
#include "core/pep/session.h"

#include <chrono>
#include <map>
#include <optional>
#include <string_view>

namespace pep {

/// How often clients may ask for what costs a server work and records: user requests, questions about the past,
/// acceptances, to be logged on, and what is refused. Requests for quotes are the rules' matter. Generous for every
/// desk; it keeps one client from taking the server from the others. Per certificate of a session, whatever its
/// connections: coming again gains nothing, and who has another one of the same person takes nothing from them.
/// Remembers as many as there are sessions, and of each the certificates that were let in. One thread.
class RequestMeter {
public:
    static constexpr base::Allowance UserRequests{120, std::chrono::seconds(1)};
    static constexpr base::Allowance Questions{1'000, std::chrono::milliseconds(100)};
    static constexpr int CostOfAList = 20; ///< a question that many reports answer
    static constexpr base::Allowance Acceptances{600, std::chrono::milliseconds(100)}; ///< each is on two disks
    /// A desk on a line that breaks off every ten seconds is never delayed, one on a worse line by ten seconds.
    static constexpr base::Allowance Logons{60, std::chrono::seconds(10)};
    /// Of whatever kind: each is written down. The rules end a session long before, where nobody has changed them.
    static constexpr base::Allowance Refusals{120, std::chrono::seconds(1)};
    static constexpr int MostRefused = 20; ///< while the allowance is not full again; then the session is closed
    static constexpr std::chrono::seconds Pause{30}; ///< then it is not logged on to with that certificate

    enum class Verdict {
        Passes,
        Refused,
        TooOften, ///< refused, and MostRefused were before: end the session
    };

    explicit RequestMeter(const base::Clock& clock)
        : m_clock(clock)
    {
    }
    /// Counts one message of this MsgType; one of a type that is not metered passes.
    [[nodiscard]] Verdict take(const ConnectionFacts& facts, std::string_view type);
    /// Counts a message that was refused, whatever its type. False: one too many, end the session.
    [[nodiscard]] bool refused(const ConnectionFacts& facts);
    /// Counts a logon of somebody who may come. Absent: it passes. Else how long they have to wait for the next one,
    /// and this one counts as nothing.
    [[nodiscard]] std::optional<std::chrono::seconds> logOn(const ConnectionFacts& facts);
    /// How long they may not log on; absent: they may.
    [[nodiscard]] std::optional<std::chrono::seconds> pauseOf(const ConnectionFacts& facts) const;

private:
    struct Account {
        base::Taken taken;
        int refused = 0; ///< since nothing was taken
    };
    struct Client {
        Account userRequests;
        Account questions;
        Account acceptances;
        base::Taken refusals;
        base::Taken logons;
        std::optional<base::SteadyTime> pausedUntil;
    };
    [[nodiscard]] Verdict take(
        const ConnectionFacts& facts, Account Client::*account, const base::Allowance& allowance, int cost = 1);
    [[nodiscard]] Client& clientOf(const ConnectionFacts& facts) { return m_clients[facts.session][facts.certificate]; }

    const base::Clock& m_clock;
    std::map<rfq::SessionId, std::map<stepup::CertificateFingerprint, Client>> m_clients;
};

}
