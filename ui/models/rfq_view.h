#pragma once

#include "core/rfq/rfq_service.h"
#include "ui/models/format.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// One request as a card shows it: values and words, computed from the desk's state in one place.
namespace ui {

/// One price of one dealer, and the click it stands for.
struct PriceView {
    rfq::Click click; ///< complete but for shownSince, which only the screen knows
    PriceParts parts;
    QString behind; ///< pips behind the best firm price, "+0.2"; empty when there is nothing to compare
    bool best = false;

    friend bool operator==(const PriceView& a, const PriceView& b);
};

struct QuoteLineView {
    enum class Kind {
        Waiting, ///< no answer yet
        Firm, ///< may be clicked
        NotFirm, ///< shown, never clickable
        Gone, ///< was a price, is none any more
        Silent, ///< no price and none will come
    };

    rfq::DealerId dealer;
    QString name;
    Kind kind = Kind::Waiting;
    QString state; ///< one word
    QString reason; ///< why it cannot be clicked, in the dealer's words where there are any
    std::optional<PriceView> bid;
    std::optional<PriceView> offer;
    rfq::SteadyTime received{};
    rfq::SteadyTime deadline{};

    friend bool operator==(const QuoteLineView&, const QuoteLineView&) = default;
};

/// What became of the newest click.
struct OutcomeView {
    enum class Kind {
        None,
        Sending,
        Held,
        Traded,
        TradedWithAlarm,
        Failed, ///< not traded
        NotReceived, ///< not traded, and proven
        ClosedTraded, ///< two persons decided
        ClosedNotTraded,
        Busted, ///< the fill was taken back
        Unknown,
    };

    Kind kind = Kind::None;
    QString title; ///< "HELD", "TRADED"
    QString text; ///< the deal in words
    QString detail; ///< why: the category, the dealer's own words and code, or why nothing was sent
    QStringList evidence; ///< the newest pieces, oldest of them first
    QStringList advice; ///< what happens and what to do, in order
    QString asking; ///< the question that waits for its answer; empty where none does
    rfq::ClOrdId order;
    bool canAsk = false; ///< the outcome is unknown, and the counterparty can be asked now
    std::optional<rfq::SteadyTime> since; ///< when the acceptance was sent
    std::optional<std::chrono::milliseconds> lastLook; ///< what the dealer discloses
    std::chrono::milliseconds soft{0}; ///< longer than this is late

    friend bool operator==(const OutcomeView&, const OutcomeView&) = default;
};

struct RfqView {
    rfq::RfqId id;
    QString instrument;
    QString sentence;
    QString state;
    QString progress; ///< "4 of 6 answered"
    rfq::RequestSide side = rfq::RequestSide::TwoWay;
    bool showsBid = false; ///< the trader can deal on the bid
    bool showsOffer = false;
    bool over = false;
    bool unknown = false;
    rfq::SteadyTime expires{};
    std::vector<QuoteLineView> lines; ///< best first
    OutcomeView outcome;

    friend bool operator==(const RfqView&, const RfqView&) = default;
};

[[nodiscard]] RfqView viewOf(const rfq::Rfq& rfq, const rfq::RfqService& service);
/// The state of a request in words; what two persons closed and what was busted has its own.
[[nodiscard]] QString stateOf(const rfq::Rfq& rfq);
/// "BUY 25,000,000 EUR at 1.15342"
[[nodiscard]] QString termsText(const rfq::Acceptance& acceptance);
/// "BUY 25,000,000 EUR at 1.15342 with Dealer B"
[[nodiscard]] QString dealText(const rfq::Acceptance& acceptance, const QString& dealer);
/// The dealer's name for people; its id where the configuration does not know it.
[[nodiscard]] QString dealerName(const rfq::DeskSettings& settings, const rfq::DealerId& dealer);
[[nodiscard]] const rfq::Dealer* findDealer(const rfq::DeskSettings& settings, const rfq::DealerId& dealer);
/// The trader's side that deals on this side of the price.
[[nodiscard]] rfq::Side sideOn(const rfq::Request& request, rfq::PriceSide priceSide);

}
