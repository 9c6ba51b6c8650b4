#pragma once

#include "core/rfq/recovery.h"
#include "core/rfq/reject_category.h"
#include "core/rfq/values.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rfq {

/// How an acceptance is written on the wire.
enum class AcceptStyle {
    PreviouslyQuoted, ///< NewOrderSingle(D) with OrdType(40)=D and QuoteID(117)
    QuoteResponse, ///< QuoteResponse(AJ) with QuoteRespType(694)=1 hit/lift
};

/// What Side(54) refers to on the wire.
enum class SideReference { DealtCurrency, BaseCurrency };

/// How a dealer is named on the wire.
enum class DealerNaming {
    Parties, ///< a venue session: Parties(453), PartyRole(452)=35
    Session, ///< a direct session: the CompID is the dealer
};

/// Whether a price of zero is a price.
enum class ZeroPrice { MeansNoPrice, IsAnError };

/// How one counterparty deviates from the common dialect. Data, read from configuration; onboarding a dealer writes
/// one.
struct Profile {
    DealerNaming dealerNaming = DealerNaming::Parties;
    AcceptStyle acceptStyle = AcceptStyle::PreviouslyQuoted;
    SideReference sideReference = SideReference::DealtCurrency;
    ZeroPrice zeroPrice = ZeroPrice::MeansNoPrice;
    char timeInForce = '4'; ///< TimeInForce(59) of a NewOrderSingle: 4 FOK, 3 IOC
    std::string account; ///< Account(1); not sent when empty
    std::chrono::milliseconds quoteLifeCap{30'000}; ///< the longest life a quote is believed
    std::chrono::milliseconds quoteSafety{150}; ///< taken off the life: the quote's way in and the acceptance's way out
    std::chrono::milliseconds quoteLifeDefault{2'500}; ///< where the quote carries no ValidUntilTime(62)
    std::chrono::milliseconds holdSoft{2'000}; ///< an acceptance that waits longer is amber
    std::chrono::milliseconds holdHard{10'000}; ///< after this the dealer is asked, and then it is UNKNOWN
    /// A quote that came so much later than this session's messages usually do waited somewhere: it is stale.
    std::chrono::milliseconds quoteAge{500};
    std::vector<Inquiry> inquiries{
        Inquiry::OrderStatus, Inquiry::Replay}; ///< that it can answer, in the ladder's order
    std::chrono::milliseconds inquiryPatience{3'000}; ///< how long an answer to one question is waited for
    /// "Unknown order" is believed only so long after the acceptance was sent: before that it may be on its way inside.
    std::chrono::milliseconds statusGrace{10'000};
    std::chrono::milliseconds inquiryRetry{30'000}; ///< when the ladder begins again while nothing is decided
    std::map<std::string, RejectCategory> rejectCodes; ///< this counterparty's own codes; stand before the standard's

    friend bool operator==(const Profile&, const Profile&) = default;
};

/// A liquidity provider the trader can ask.
struct Dealer {
    DealerId id;
    std::string name; ///< for people
    SessionId session; ///< the FIX session that reaches it
    std::string phone; ///< the desk to call when an outcome is unknown
    std::optional<std::chrono::milliseconds> lastLook; ///< the longest hold it discloses; absent: none disclosed

    friend bool operator==(const Dealer&, const Dealer&) = default;
};

}
