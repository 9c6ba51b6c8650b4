#pragma once

#include "core/base/allowance.h"
#include "core/rfq/values.h"
#include "core/stepup/values.h"

#include <chrono>
#include <map>
#include <optional>
#include <string_view>

namespace pep {

/// How often clients may ask for what costs a server work and records: user requests, questions about the past,
/// acceptances, and to be logged on. Requests for quotes are the rules' matter. Generous for every desk; it keeps one
/// client from taking the server from the others. Per session, whatever its connections: coming again gains nothing.
/// Logons are metered for each certificate of a session: who has another one of the same person takes nothing from
/// them. Remembers as many as there are sessions, and of each the certificates that were let in. One thread.
class RequestMeter {
public:
    static constexpr base::Allowance UserRequests{120, std::chrono::seconds(1)};
    static constexpr base::Allowance Questions{1'000, std::chrono::milliseconds(100)};
    static constexpr int CostOfAList = 20; ///< a question that many reports answer
    static constexpr base::Allowance Acceptances{600, std::chrono::milliseconds(100)}; ///< each is on two disks
    /// A desk on a line that breaks off every ten seconds is never delayed, one on a worse line by ten seconds.
    static constexpr base::Allowance Logons{60, std::chrono::seconds(10)};
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
    /// Counts one message of this MsgType; one of a type that is not metered passes.
    [[nodiscard]] Verdict take(const rfq::SessionId& session, std::string_view type);
    /// Counts a logon of somebody who may come. Absent: it passes. Else how long they have to wait for the next one,
    /// and this one counts as nothing.
    [[nodiscard]] std::optional<std::chrono::seconds> logOn(
        const rfq::SessionId& session, const stepup::CertificateFingerprint& certificate);
    /// How long nobody may log on to this session; absent: they may.
    [[nodiscard]] std::optional<std::chrono::seconds> pauseOf(const rfq::SessionId& session) const;

private:
    struct Account {
        base::Taken taken;
        int refused = 0; ///< since nothing was taken
    };
    struct Client {
        Account userRequests;
        Account questions;
        Account acceptances;
        std::map<stepup::CertificateFingerprint, base::Taken> logons;
        std::optional<base::SteadyTime> pausedUntil;
    };
    [[nodiscard]] Verdict take(
        const rfq::SessionId& session, Account Client::*account, const base::Allowance& allowance, int cost = 1);

    const base::Clock& m_clock;
    std::map<rfq::SessionId, Client> m_clients;
};

}
