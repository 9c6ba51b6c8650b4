#pragma once

#include "core/stepup/assertion_verifier.h"
#include "core/stepup/grant.h"

#include <optional>
#include <set>

namespace stepup {

/// Why an acceptance is not covered by a grant, in the order of the checks. Closed.
enum class GrantRefusal {
    Malformed, ///< not a sealed grant
    SealWrong, ///< changed, or issued by another process
    Unknown, ///< given back, revoked or swept after its end
    OtherUser,
    OtherCertificate,
    NotYetValid,
    Expired,
    OtherInstrument,
    OtherSettlement,
    OtherAccount,
    OtherCurrency,
    OtherDealer, ///< not one of the panel
    OtherSide,
    PriceWorse,
    QuantityNotPositive,
    AcceptanceRepeated, ///< this acceptance was spent before
    UsesSpent,
    QuantitySpent, ///< more than what is left
};

/// Stable name, for logs and JSON.
[[nodiscard]] const char* refusalName(GrantRefusal refusal);

struct GrantRefused {
    GrantRefusal code = GrantRefusal::Malformed;
    std::string detail;

    friend bool operator==(const GrantRefused&, const GrantRefused&) = default;
};

/// An acceptance that wants to be covered.
struct Spending {
    std::string acceptanceId; ///< ClOrdID(11)
    std::string instrument;
    std::string settlement;
    std::string account;
    std::string currency; ///< of the quantity
    std::string dealer;
    Side side = Side::Buy; ///< the trader's
    base::Decimal quantity;
    base::Decimal price;
};

struct GrantLimits {
    std::chrono::seconds maxLife{900}; ///< from the approval to the end of the ticket
    std::size_t perUser = 8;
    std::size_t total = 4096;
};

/// What is left of each grant. One thread, that of the policy enforcement point: check and spending are one call that
/// nothing can come between. What was spent stays spent, also where the dealer rejects: an acceptance whose outcome is
/// unknown must not be there twice.
class GrantLedger {
public:
    GrantLedger(const base::Clock& clock, RandomSource& random, const GrantKey& key, GrantLimits limits = {});

    /// Turns the approval of an armed ticket into a sealed grant. Call once for each approval. Errors: Refused, where
    /// it approves something else; Expired, where its window is over; LimitExceeded, where the window ends later than
    /// allowed or there are too many grants; Internal.
    [[nodiscard]] base::Result<std::string> issue(const Approval& approval, const CertificateFingerprint& certificate);

    /// Takes the acceptance out of the grant, or says why not and takes nothing.
    [[nodiscard]] std::optional<GrantRefused> spend(
        std::string_view sealed, const Peer& peer, const Spending& spending);

    /// Quantity that is left, absent for a grant that is not known.
    [[nodiscard]] std::optional<base::Decimal> left(const GrantId& id) const;

    /// Ends every grant of this person: sign-out, lost token, revoked credential, access decision.
    void revoke(const UserId& user);
    void revoke(const GrantId& id);

private:
    struct Entry {
        Grant grant;
        base::SteadyTime deadline; ///< the window's end, which no change of the wall clock can move
        base::Decimal spent;
        std::set<std::string> acceptances;
    };
    [[nodiscard]] base::Status checkRoom(const UserId& user);
    [[nodiscard]] std::optional<GrantRefused> cover(Entry& entry, const Peer& peer, const Spending& spending) const;

    const base::Clock& m_clock;
    RandomSource& m_random;
    const GrantKey& m_key;
    GrantLimits m_limits;
    std::map<GrantId, Entry> m_entries;
};

}
