#pragma once

#include "app/venue/audit_settings.h"
#include "app/venue/dealer_settings.h"
#include "app/venue/gateway_settings.h"
#include "app/venue/market_settings.h"
#include "app/venue/pep_settings.h"
#include "app/venue/scenario.h"
#include "core/rfq/values.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace venue {

/// Where clients connect, and the files that say who this venue is and whom it trusts.
struct ListenerSettings {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0; ///< 0: any free port
    std::filesystem::path certificate; ///< PEM: own certificate, then its intermediates
    std::filesystem::path key; ///< PEM
    /// What a scenario changes to; absent where none of them does.
    std::optional<std::filesystem::path> nextCertificate;
    std::optional<std::filesystem::path> nextKey;
    std::filesystem::path clientAuthority; ///< PEM: issuers of client certificates
    std::optional<std::filesystem::path> revocations; ///< revocation lists, PEM or DER
    std::chrono::milliseconds proveEvery{0}; ///< how often clients prove that their token is there; 0: never
    std::optional<std::filesystem::path> ocspAnswer; ///< DER, about `certificate`: shown to clients that ask
    std::filesystem::path store; ///< sequence numbers and sent messages
    std::optional<std::filesystem::path> messageLog; ///< absent: messages are not logged
};

enum class SessionKind {
    Venue, ///< several dealers, each named in Parties(453)
    Direct, ///< one dealer, named by the CompID alone
};

/// What a client may ask about the past.
enum class Enquiry {
    OrderStatus, ///< OrderStatusRequest(H)
    MassStatus, ///< OrderMassStatusRequest(AF)
    TradeCapture, ///< TradeCaptureReportRequest(AD)
    QuoteStatus, ///< QuoteStatusRequest(a)
};

/// How a client hears that its order is unknown: OrdStatus(39)=8 and OrdRejReason(103)=5 in either case.
enum class UnknownOrderStyle {
    Status, ///< ExecType(150)=I
    Reject, ///< ExecType(150)=8
};

/// A client that may log on, and the dealers behind that session.
struct SessionSettings {
    rfq::SessionId name;
    SessionKind kind = SessionKind::Venue;
    std::string senderCompId; ///< ours
    std::string targetCompId; ///< the client's
    std::string certificateName; ///< common name of the client's certificate
    std::set<std::string> certificatePins; ///< SHA-256, lower-case hex; empty: any certificate of that name
    std::vector<rfq::DealerId> dealers;
    /// Others are refused with BusinessRejectReason(380)=3.
    std::set<Enquiry> supports{Enquiry::OrderStatus, Enquiry::MassStatus, Enquiry::TradeCapture, Enquiry::QuoteStatus};
    UnknownOrderStyle unknownOrder = UnknownOrderStyle::Status;

    /// How a dealer is named on the wire: on a direct session not at all.
    [[nodiscard]] rfq::DealerId wireName(const rfq::DealerId& dealer) const
    {
        return kind == SessionKind::Direct ? rfq::DealerId() : dealer;
    }
};

/// What a client may ask for.
struct RequestLimits {
    std::chrono::milliseconds usualLife{60'000}; ///< of a request that does not say
    std::chrono::milliseconds longestLife{600'000}; ///< whatever a request says
    int longestForwardDays = 400; ///< from spot to the value date
    std::size_t mostOpen = 100; ///< requests of one session at a time
    std::set<rfq::Date> holidays;
};

/// What a client's ResendRequest(2) brings.
enum class ResendFault {
    None, ///< reports and refusals once more
    GapFill, ///< nothing but a gap fill
    Ignored, ///< no answer
};

/// How the line itself misbehaves, whoever quotes.
struct LineFaults {
    ResendFault resend = ResendFault::None;
    std::optional<int> mostPerSecond; ///< messages of one session; more are refused
    std::chrono::milliseconds clockError{0}; ///< added to the times that the venue writes, but for SendingTime(52)
};

/// Everything the venue's behaviour depends on.
struct VenueSettings {
    std::uint64_t seed = 1;
    RequestLimits requests;
    MarketSettings market;
    std::vector<DealerSettings> dealers;
    std::vector<SessionSettings> sessions;
    std::vector<Scenario> scenarios;
    LineFaults line;
};

struct ProgramSettings {
    ListenerSettings listener;
    std::optional<PepSettings> pep; ///< absent: a counterparty that has no policy enforcement point
    VenueSettings venue;
    std::optional<GatewaySettings> gateway; ///< absent: a venue with dealers of its own
    std::optional<AuditSettings> audit; ///< absent: no audit trail
};

}
