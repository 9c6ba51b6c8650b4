#pragma once

#include "core/base/clock.h"
#include "core/rfq/values.h"
#include "core/stepup/values.h"

#include <chrono>
#include <map>
#include <optional>
#include <string_view>

namespace pep {

/// How often clients may ask for what costs a server work and records and brings it no business: user requests,
/// questions about the past, and to be logged on. Generous for every desk; it keeps one client from taking the server
/// from the others. Per session, whatever its connections: coming again gains nothing. Logons are metered for each
/// certificate of a session: who has another one of the same person takes nothing from them. Remembers as many as there
/// are sessions, and of each the certificates that were let in. One thread.
class RequestMeter {
public:
    /// An allowance that fills up again.
    struct Allowance {
        int most = 0; ///< at once
        std::chrono::milliseconds each{0}; ///< after which one more is allowed
    };
    static constexpr Allowance UserRequests{120, std::chrono::seconds(1)};
    static constexpr Allowance Questions{1'000, std::chrono::milliseconds(100)};
    static constexpr int CostOfAList = 20; ///< a question that many reports answer
    /// A desk on a line that breaks off every ten seconds is never delayed, one on a worse line by ten seconds.
    static constexpr Allowance Logons{60, std::chrono::seconds(10)};
    static constexpr int MostRefused = 20; ///< while the allowance is not full again; then the session is closed
    static constexpr std::chrono::seconds Pause{30}; ///< then nobody logs on to it

    enum class Verdict {
        Passes,
        Refused,
        TooOften, ///< refused, and MostRefused were before: end the session
    };

    explicit RequestMeter(const base::Clock& clock)
        : m_clock(clock)
    {
    }
    /// Counts one message of this MsgType; what is neither a user request nor a question passes.
    [[nodiscard]] Verdict take(const rfq::SessionId& session, std::string_view type);
    /// Counts a logon of somebody who may come. Absent: it passes. Else how long they have to wait for the next one, and
    /// this one counts as nothing.
    [[nodiscard]] std::optional<std::chrono::seconds> logOn(
        const rfq::SessionId& session, const stepup::CertificateFingerprint& certificate);
    /// How long nobody may log on to this session; absent: they may.
    [[nodiscard]] std::optional<std::chrono::seconds> pauseOf(const rfq::SessionId& session) const;

private:
    struct Account {
        base::SteadyTime fullAt{}; ///< when the allowance is whole again; before now: it is
        int refused = 0; ///< since it was
    };
    struct Client {
        Account userRequests;
        Account questions;
        std::map<stepup::CertificateFingerprint, base::SteadyTime> logons; ///< when each allowance is whole again
        std::optional<base::SteadyTime> pausedUntil;
    };
    [[nodiscard]] Verdict take(Client& client, Account& account, const Allowance& allowance, int cost) const;

    const base::Clock& m_clock;
    std::map<rfq::SessionId, Client> m_clients;
};

}
