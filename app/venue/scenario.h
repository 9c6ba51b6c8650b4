#pragma once

#include "app/venue/dealer_settings.h"
#include "core/rfq/values.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace venue {

/// What is wrong with a dealer's quotes.
enum class QuoteFault {
    None,
    WithoutType, ///< no QuoteType(537): indicative by specification
    ZeroBid, ///< BidPx(132) is 0
    ZeroOffer,
    Crossed, ///< the bid is above the offer
    WrongDate, ///< SettlDate(64) is a week later than asked
    WrongCurrency, ///< Currency(15) is the other one of the pair
    WrongSide, ///< the side that was not asked; a two-way request gets no offer
    UnknownRequest, ///< QuoteReqID(131) of nobody
    AlreadyExpired, ///< ValidUntilTime(62) is in the past
    NoExpiry, ///< no ValidUntilTime(62)
    FarExpiry, ///< ValidUntilTime(62) is a day ahead; the dealer itself keeps to its usual life
};

/// What becomes of an order, before there is any answer.
enum class OrderFault {
    None,
    NeverAnswer, ///< taken without a word, never dealt
    HoldForever, ///< acknowledged as pending, then silence
    LateAnswer, ///< silence first, the answer after `later`
    DropBeforeDeal, ///< the connection breaks; the order was never processed
    DropAfterDeal, ///< the deal is booked and the connection breaks; the report waits for the next logon
    DropAfterReport, ///< dealt, reported, and the connection breaks
    DropDuringHold, ///< acknowledged as pending, then the connection breaks; the deal is done meanwhile
    LoseReport, ///< dealt, but the report never goes out: only a question finds the deal
    LoseReportAndNumbers, ///< and the connection breaks, and the sequence numbers are lost
    Restart, ///< the venue behaves as if killed with the order undecided, and comes back with its numbers
    RestartWithoutNumbers, ///< and without them
    ResetSession, ///< dealt, reported, dropped; the next Logon is answered with ResetSeqNumFlag(141)=Y
    LogoutBeforeDeal, ///< Logout(5); the order was never processed
    LogoutAfterDeal, ///< dealt, Logout(5); the report waits for the next logon
    SessionReject, ///< Reject(3) with `code`; never processed
    BusinessReject, ///< BusinessMessageReject(j) with `code`; never processed
    WithdrawThenFill, ///< a withdrawal of the quote crosses the order, which is dealt all the same
    WithdrawThenReject, ///< and rejected for it
    ReplaceThenReject, ///< a newer quote crosses the order, which is rejected for it
    FillAfterReject, ///< rejected, and dealt after `later`
    ChangeCertificate, ///< dealt, reported, dropped; who connects then sees the next certificate
};

/// What is wrong with the report of a fill.
enum class FillFault {
    None,
    WorsePrice, ///< ten ticks against the client
    LessQuantity, ///< half of it filled, the rest cancelled
    OtherSide,
    OtherDate, ///< SettlDate(64) is a week later
    OtherOrder, ///< ClOrdID(11) of nobody
    Doubled, ///< the same report twice
    PartialStatus, ///< everything is filled, yet OrdStatus(39) says partially
    PartialThenStatus, ///< and after `later` an ExecType(150)=I says filled
    CancelledLater, ///< followed after `later` by an ExecType(150)=H that takes the fill back
    CorrectedLater, ///< followed after `later` by an ExecType(150)=G with a price ten ticks worse
    RejectedLater, ///< followed after `later` by a rejection that contradicts it
    UnknownStatus, ///< OrdStatus(39) of no specification
    UnknownFields, ///< fields and values of no specification
    Replayed, ///< followed after `later` by every report of the session so far, as a possible duplicate
    Resent, ///< and as a possible resend
};

/// How a dealer's refusal to quote travels.
enum class DeclineBy {
    RequestReject, ///< QuoteRequestReject(AG), code in QuoteRequestRejectReason(658)
    QuoteStatus, ///< QuoteStatusReport(AI) with QuoteStatus(297)=5, code in QuoteRejectReason(300)
};

/// How one dealer misbehaves, for tests, certification and training. Data, chosen in the configuration.
struct Scenario {
    rfq::DealerId dealer{}; ///< empty: every dealer
    std::string symbol{}; ///< only on this pair; empty: on every pair

    QuoteFault quote = QuoteFault::None;
    bool silent = false; ///< never answers a request
    std::vector<std::string> decline{}; ///< every request is declined, with these codes in turn
    std::string declineText{};
    DeclineBy declineBy = DeclineBy::RequestReject;
    std::optional<std::chrono::milliseconds> quoteLife{}; ///< of each quote, in place of the dealer's own
    std::optional<std::chrono::milliseconds> withdrawAfter{}; ///< each quote is withdrawn so long after it was made

    int orderFrom = 1; ///< what follows hits this order on a live quote ...
    std::optional<int> times{}; ///< ... and so many in all; absent: all from there on
    OrderFault order = OrderFault::None;
    FillFault fill = FillFault::None;
    std::optional<std::chrono::milliseconds> hold{}; ///< acknowledged as pending and held so long
    std::optional<std::chrono::milliseconds> later{}; ///< until the second word of a fault that has one
    int rejectEvery = 0; ///< every n-th order is rejected; 0: none
    std::vector<std::string> reject{}; ///< every order is rejected, with these codes of OrdRejReason(103) in turn
    std::string code{}; ///< of SessionReject and BusinessReject
    std::string text{}; ///< of a rejection, refusal or Logout; empty: words of the venue's own
};

/// A scenario as it plays on one order.
struct Act {
    Scenario scenario{};
    int turn = 0; ///< how many orders it has hit before
};

/// The scenarios of a venue, and how far each has been played. One thread.
class Script {
public:
    /// `scenarios` must outlive the script.
    explicit Script(const std::vector<Scenario>& scenarios);

    /// The first scenario for this dealer and pair, or one without any fault: how it quotes.
    [[nodiscard]] Scenario quoting(const rfq::DealerId& dealer, const std::string& symbol) const;
    /// Why it declines this request, where it does; the next one may get another code.
    [[nodiscard]] std::optional<PassReason> declining(const rfq::DealerId& dealer, const std::string& symbol);
    /// What happens to this order: the first scenario for this dealer and pair whose turn it is.
    [[nodiscard]] Act dealing(const rfq::DealerId& dealer, const std::string& symbol);

private:
    struct Played {
        const Scenario* scenario;
        int orders = 0;
        std::size_t declined = 0;
    };
    std::vector<Played> m_played;
};

}
