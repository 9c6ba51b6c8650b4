#pragma once

#include "core/base/clock.h"
#include "core/rfq/values.h"

#include <QString>

#include <chrono>
#include <optional>
#include <string>

/// Numbers, dates and deals in the words and digits a trader reads. Prices and amounts look the same in every
/// language; words and weekday names follow the application's language.
namespace ui {

/// UTF-8 of the core as text for people.
[[nodiscard]] inline QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

/// A price as it is painted: "1.15" small, "34" large, "2" raised. The three parts joined are the dealer's text, byte
/// for byte: nothing is padded, rounded or dropped.
struct PriceParts {
    QString bigFigure;
    QString pips;
    QString fraction;

    [[nodiscard]] QString whole() const { return bigFigure + pips + fraction; }
    friend bool operator==(const PriceParts&, const PriceParts&) = default;
};
[[nodiscard]] PriceParts priceParts(const rfq::Price& price, const rfq::Instrument& instrument);

/// "25,000,000"
[[nodiscard]] QString amountText(const rfq::Decimal& amount);
/// "25m"
[[nodiscard]] QString shortAmountText(const rfq::Decimal& amount);
/// How much worse than the best, in pips with one decimal: "+0.2", "0.0".
[[nodiscard]] QString pipsBehind(const rfq::Price& price, const rfq::Price& best, const rfq::Instrument& instrument);

/// "Thu 26 Nov"
[[nodiscard]] QString shortDate(base::Date date);
/// "Thu 26 Nov 2026"
[[nodiscard]] QString longDate(base::Date date);
/// The value date, with its year where the tenor is long enough for doubt.
[[nodiscard]] QString valueDateText(const rfq::Settlement& settlement);
/// "Spot", "1 week", "Broken date"
[[nodiscard]] QString tenorText(rfq::Tenor tenor);

/// "08:00:07", UTC
[[nodiscard]] QString timeText(base::UtcTime time);
/// "2026-11-24 08:00:07.480", UTC
[[nodiscard]] QString stampText(base::UtcTime time);
/// "4.1 s"; never negative
[[nodiscard]] QString secondsText(std::chrono::nanoseconds duration);
/// "0:21"; never negative, rounded up so that it reads 0:00 only when nothing is left
[[nodiscard]] QString countdownText(std::chrono::nanoseconds duration);

/// "BUY", "SELL": the trader's side
[[nodiscard]] QString sideText(rfq::Side side);
[[nodiscard]] QString sideText(rfq::RequestSide side);
/// The currency on the other side of the deal.
[[nodiscard]] std::string counterCurrency(const rfq::Instrument& instrument, const std::string& dealt);

/// "You BUY 25,000,000 EUR, sell USD, value Thu 26 Nov"
[[nodiscard]] QString dealSentence(rfq::Side side, const rfq::Decimal& quantity, const std::string& currency,
    const rfq::Instrument& instrument, const rfq::Settlement& settlement);
/// The same for a request; a two-way request names no side.
[[nodiscard]] QString requestSentence(const rfq::Request& request);

/// "28,835,500 USD": the other leg at this price, rounded to whole units. For the eye only, never sent.
[[nodiscard]] QString counterAmountText(const rfq::Decimal& quantity, const std::string& currency,
    const rfq::Instrument& instrument, const rfq::Price& price);

}
