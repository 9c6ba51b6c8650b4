#include "ui/models/position_text.h"

#include "ui/models/format.h"

#include <QCoreApplication>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Position)
};

QString signedAmount(const rfq::Decimal& amount)
{
    if (amount.isZero())
        return u"0"_s;
    return amount.isNegative() ? QString(u'−' + shortAmountText(amount.negated()))
                               : QString(u'+' + shortAmountText(amount));
}

}

QString positionText(const rfq::PositionRange& range)
{
    const QString pair = text(range.symbol) + u' ';
    if (range.unknown.empty())
        return pair + signedAmount(range.least);
    return pair
        + Words::tr("%1 … %2 (%n unknown)", nullptr, static_cast<int>(range.unknown.size()))
              .arg(signedAmount(range.least), signedAmount(range.most));
}

}
