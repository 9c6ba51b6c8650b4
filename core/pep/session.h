#pragma once

#include "core/access/decision.h"
#include "core/access/entitlements.h"
#include "core/base/clock.h"
#include "core/base/decimal.h"
#include "core/rfq/values.h"
#include "core/stepup/device_trust.h"
#include "core/stepup/dialect.h"
#include "core/stepup/values.h"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pep {

/// With whom is dealt over a session.
enum class DealersBehind {
    AsNamed, ///< whom a message names; where it names nobody, all of the session's
    Sole, ///< the session's, whomever a message names
};

/// What the server knows of a client that has logged on, from its own end of the connection.
struct ConnectionFacts {
    rfq::SessionId session;
    std::string venueCompId; ///< ours: SenderCompID
    std::string deskCompId; ///< the client's
    std::vector<std::string> dealers; ///< who can be dealt with over this session
    DealersBehind dealersBehind = DealersBehind::AsNamed;
    stepup::UserId user; ///< common name of the certificate
    stepup::CertificateFingerprint certificate{};
    std::string address; ///< with its port
    std::set<std::string> policies{}; ///< OIDs of the certificate's policies: what its authority says about it
    std::optional<stepup::Digest> channelBinding; ///< absent where the connection is not TLS 1.3
    /// When the person was last verified, where whoever tells it has seen that; absent: by the handshake, where the
    /// card is proven to ask for its PIN each time it signs.
    std::optional<base::SteadyTime> verifiedAt{};
};

enum class Standing {
    Awaiting, ///< the desk has not yet stated its context, or the person has left: nothing passes
    StepUp, ///< a touch is needed before anything passes
    Allowed,
    Restricted, ///< was allowed, and a touch is needed again: nothing that commits passes
    ViewOnly, ///< as Restricted, after the touch did not come in time
    Closed, ///< refused or denied, and logged out: nothing passes
};

[[nodiscard]] inline bool isOpen(Standing standing)
{
    return standing == Standing::Allowed || standing == Standing::Restricted || standing == Standing::ViewOnly;
}

/// An acceptance that was approved with a touch, to be used once.
struct ApprovedQuote {
    stepup::AcceptQuote quote;
    base::SteadyTime until{}; ///< exclusive
};

/// PIN and touch on this connection.
struct Touch {
    base::SteadyTime at{};
    int score = 0; ///< that it was asked for: it does not cover more
    stepup::CredentialId credential;
};

/// What came of a proof in the desk's statement: its TPM's quote, its device certificate.
enum class ProofStanding {
    Absent, ///< none was sent, or there is nothing to compare it with
    Good,
    Wrong, ///< the machine counts as unmanaged
};
struct DeviceProof {
    ProofStanding standing = ProofStanding::Absent;
    std::string why{}; ///< it is wrong; in English
    std::optional<std::uint64_t> clock{}; ///< of the latest good quote on this connection, milliseconds of its TPM
};
struct DeviceCertificateProof {
    ProofStanding standing = ProofStanding::Absent;
    std::string why{}; ///< it is wrong; in English
    stepup::KnownDevice device{}; ///< where it is good
    std::optional<std::uint64_t> sequence{}; ///< of the latest good one on this connection

    friend bool operator==(const DeviceCertificateProof&, const DeviceCertificateProof&) = default;
};

/// Who quoted what, as far as the enforcement point saw it go out. Remembers the latest, 4,096 at least: noting is in
/// the path of every quote, so it writes to the end of one text and touches nothing that is cold; looking up is in that
/// of a deal, which is rare and mostly about a late one.
class QuoteDealers {
public:
    void note(std::string_view quote, std::string_view dealer);
    /// Empty where it is not known.
    [[nodiscard]] std::string dealerOf(std::string_view quote) const;

private:
    struct Quoted {
        std::size_t begin = 0; ///< in the text: the quote, and after it the dealer
        std::size_t quoteLength = 0;
        std::size_t dealerLength = 0;
    };
    struct Half {
        std::string text;
        std::vector<Quoted> quotes; ///< oldest first
    };
    static constexpr std::size_t MostOfAHalf = 4'096;
    Half m_newer;
    Half m_older; ///< all of it is forgotten when the newer one is full
};

/// What was filled of which order, as far as reports of it went out. Remembers the latest orders.
class DealtOrders {
public:
    /// Whether more is filled now than any report before has said. `filled`: CumQty(14).
    [[nodiscard]] bool rises(const std::string& order, const base::Decimal& filled);

private:
    static constexpr std::size_t Most = 4096;
    std::map<std::string, base::Decimal> m_filled;
    std::deque<std::string> m_order;
};

/// A client session under an enforcement point.
struct Session {
    ConnectionFacts facts;
    stepup::Peer peer;
    std::string host; ///< facts.address without its port
    Standing standing = Standing::Awaiting;
    std::optional<zerotrust::Entitlement> entitlement; ///< as the directory has it now; absent: to nothing
    bool addressChanged = false; ///< since the person's last connection
    bool countryTold = false; ///< that the session comes from an unexpected country
    bool stopsAsking = false; ///< until the touch that is owed comes, no quotes are asked for either
    bool proofAsked = false; ///< that the token is still there
    std::optional<stepup::ContextStatement> statement;
    DeviceProof device;
    DeviceCertificateProof deviceCertificate;
    std::optional<base::SteadyTime> verifiedAt; ///< PIN on card or key, as far as the enforcement point can tell
    base::SteadyTime verifyFrom{}; ///< verifiedAt, or when the person first came with this certificate
    std::optional<Touch> touch;
    std::string touchOwed; ///< why a touch is needed whatever the score; empty: it is not
    std::optional<base::SteadyTime> answerBy; ///< what the desk owes: its statement, or the answer to a challenge
    base::SteadyTime decideAt{}; ///< next time
    std::deque<base::SteadyTime> refusals; ///< of the last minute
    zerotrust::AccessDecision decision; ///< the latest about the session
    std::string signals; ///< that it was made from: zerotrust::signalsText()
    std::string country; ///< that is known of the address; empty: none is
    std::string reference;
    base::UtcTime decidedAt{};
    std::vector<ApprovedQuote> approvedQuotes;
    QuoteDealers quotes;
};

/// "192.0.2.1" of "192.0.2.1:9880", "2001:db8::1" of "[2001:db8::1]:9880".
[[nodiscard]] std::string hostOf(const std::string& address);
/// SHA-256 of the certificate of a connection, lower-case hex; empty where none is known.
[[nodiscard]] std::string certificateText(const ConnectionFacts& facts);

}
