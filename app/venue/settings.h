#pragma once

#include "app/venue/dealer_settings.h"
#include "app/venue/market_settings.h"
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
    std::filesystem::path clientAuthority; ///< PEM: issuers of client certificates
    std::optional<std::filesystem::path> revocations; ///< PEM revocation list
    std::filesystem::path store; ///< sequence numbers and sent messages
    std::optional<std::filesystem::path> messageLog; ///< absent: messages are not logged
};

enum class SessionKind {
    Venue, ///< several dealers, each named in Parties(453)
    Direct, ///< one dealer, named by the CompID alone
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
};

/// What a client may ask for.
struct RequestLimits {
    std::chrono::milliseconds usualLife{60'000}; ///< of a request that does not say
    std::chrono::milliseconds longestLife{600'000}; ///< whatever a request says
    int longestForwardDays = 400; ///< from spot to the value date
    std::size_t mostOpen = 100; ///< requests of one session at a time
    std::set<rfq::Date> holidays;
};

/// Everything the venue's behaviour depends on.
struct VenueSettings {
    std::uint64_t seed = 1;
    RequestLimits requests;
    MarketSettings market;
    std::vector<DealerSettings> dealers;
    std::vector<SessionSettings> sessions;
    std::vector<Scenario> scenarios;
};

struct ProgramSettings {
    ListenerSettings listener;
    VenueSettings venue;
};

}
