#include "ui/models/format.h"

#include "core/rfq/amount.h"

#include <QCoreApplication>
#include <QDate>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Format)
};

QDate toQDate(base::Date date)
{
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
        static_cast<int>(static_cast<unsigned>(date.day()))};
}

QDateTime toQDateTime(base::UtcTime time)
{
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(milliseconds.count(), Qt::UTC);
}

rfq::Side sideOf(rfq::RequestSide side)
{
    return side == rfq::RequestSide::Sell ? rfq::Side::Sell : rfq::Side::Buy;
}

long double approximate(const rfq::Decimal& value)
{
    return static_cast<long double>(value.mantissa()) / std::pow(10.0L, static_cast<long double>(value.scale()));
}

}

PriceParts priceParts(const rfq::Price& price, const rfq::Instrument& instrument)
{
    const QString whole = text(price.text);
    const auto point = whole.indexOf(u'.');
    if (point < 0)
        return {whole, {}, {}};
    const auto pipStart = std::min<qsizetype>(point + 1 + std::max(0, instrument.pipDecimals - 2), whole.size());
    return {whole.left(pipStart), whole.mid(pipStart, 2), whole.mid(pipStart + 2)};
}

QString amountText(const rfq::Decimal& amount)
{
    return text(rfq::groupedAmount(amount));
}

QString shortAmountText(const rfq::Decimal& amount)
{
    return text(rfq::shortAmount(amount));
}

QString pipsBehind(const rfq::Price& price, const rfq::Price& best, const rfq::Instrument& instrument)
{
    const auto distance = rfq::Decimal::subtract(price.value, best.value);
    if (!distance)
        return {};
    const auto absolute = distance->isNegative() ? distance->negated() : *distance;
    const auto pips =
        rfq::Decimal::multiply(absolute, {static_cast<std::int64_t>(std::pow(10, instrument.pipDecimals)), 0}, 1);
    if (!pips)
        return {};
    return pips->isZero() ? u"0.0"_s : QString(u'+' + text(pips->text()));
}

QString shortDate(base::Date date)
{
    return date.ok() ? QLocale().toString(toQDate(date), u"ddd d MMM"_s) : u"–"_s;
}

QString longDate(base::Date date)
{
    return date.ok() ? QLocale().toString(toQDate(date), u"ddd d MMM yyyy"_s) : u"–"_s;
}

QString valueDateText(const rfq::Settlement& settlement)
{
    switch (settlement.tenor) {
    case rfq::Tenor::Spot:
    case rfq::Tenor::Week1:
    case rfq::Tenor::Week2:
    case rfq::Tenor::Month1:
    case rfq::Tenor::Month2:
    case rfq::Tenor::Month3:
        return shortDate(settlement.date);
    case rfq::Tenor::Month6:
    case rfq::Tenor::Year1:
    case rfq::Tenor::Broken:
        return longDate(settlement.date);
    }
    return {};
}

QString tenorText(rfq::Tenor tenor)
{
    switch (tenor) {
    case rfq::Tenor::Spot:
        return Words::tr("Spot");
    case rfq::Tenor::Week1:
        return Words::tr("1 week");
    case rfq::Tenor::Week2:
        return Words::tr("2 weeks");
    case rfq::Tenor::Month1:
        return Words::tr("1 month");
    case rfq::Tenor::Month2:
        return Words::tr("2 months");
    case rfq::Tenor::Month3:
        return Words::tr("3 months");
    case rfq::Tenor::Month6:
        return Words::tr("6 months");
    case rfq::Tenor::Year1:
        return Words::tr("1 year");
    case rfq::Tenor::Broken:
        return Words::tr("Broken date");
    }
    return {};
}

QString timeText(base::UtcTime time)
{
    return toQDateTime(time).toString(u"HH:mm:ss"_s);
}

QString stampText(base::UtcTime time)
{
    return toQDateTime(time).toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s);
}

QString secondsText(std::chrono::nanoseconds duration)
{
    const auto tenths = std::max<std::int64_t>(0, duration / std::chrono::milliseconds(100));
    return u"%1.%2 s"_s.arg(tenths / 10).arg(tenths % 10);
}

QString countdownText(std::chrono::nanoseconds duration)
{
    const auto seconds = std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::seconds>(duration).count());
    return u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0'));
}

QString sideText(rfq::Side side)
{
    switch (side) {
    case rfq::Side::Buy:
        return Words::tr("BUY");
    case rfq::Side::Sell:
        return Words::tr("SELL");
    }
    return {};
}

QString sideText(rfq::RequestSide side)
{
    return side == rfq::RequestSide::TwoWay ? Words::tr("Two-way") : sideText(sideOf(side));
}

std::string counterCurrency(const rfq::Instrument& instrument, const std::string& dealt)
{
    return dealt == instrument.base() ? instrument.terms() : instrument.base();
}

QString dealSentence(rfq::Side side, const rfq::Decimal& quantity, const std::string& currency,
    const rfq::Instrument& instrument, const rfq::Settlement& settlement)
{
    const QString pattern = side == rfq::Side::Buy ? Words::tr("You BUY %1 %2, sell %3, value %4")
                                                   : Words::tr("You SELL %1 %2, buy %3, value %4");
    return pattern.arg(
        amountText(quantity), text(currency), text(counterCurrency(instrument, currency)), valueDateText(settlement));
}

QString requestSentence(const rfq::Request& request)
{
    if (request.side != rfq::RequestSide::TwoWay)
        return dealSentence(
            sideOf(request.side), request.quantity, request.currency, request.instrument, request.settlement);
    return Words::tr("Two-way price for %1 %2 against %3, value %4")
        .arg(amountText(request.quantity), text(request.currency),
            text(counterCurrency(request.instrument, request.currency)), valueDateText(request.settlement));
}

QString counterAmountText(const rfq::Decimal& quantity, const std::string& currency, const rfq::Instrument& instrument,
    const rfq::Price& price)
{
    const auto counter = text(counterCurrency(instrument, currency));
    if (currency == instrument.base()) {
        const auto exact = rfq::Decimal::multiply(quantity, price.value, 0);
        return exact ? QString(amountText(*exact) + u' ' + counter) : QString();
    }
    if (price.value.isZero())
        return {};
    const auto units = std::llround(approximate(quantity) / approximate(price.value));
    return amountText({units, 0}) + u' ' + counter;
}

}
