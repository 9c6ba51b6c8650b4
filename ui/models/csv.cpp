#include "ui/models/csv.h"

#include <QRegularExpression>
#include <QStringList>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

QString neutral(const QString& cell)
{
    static const QRegularExpression formula(u"^\\s*[=+\\-@\\t\\r]"_s);
    static const QRegularExpression number(u"^[+\\-]?[0-9]+([.,][0-9]+)*$"_s);
    const bool dangerous = formula.match(cell).hasMatch() && !number.match(cell).hasMatch();
    return dangerous ? QString(u'\'' + cell) : cell;
}

QString quoted(const QString& cell)
{
    auto safe = neutral(cell);
    if (!safe.contains(u',') && !safe.contains(u'"') && !safe.contains(u'\n') && !safe.contains(u'\r'))
        return safe;
    return u'"' + safe.replace(u'"', u"\"\""_s) + u'"';
}

}

QByteArray toCsv(const QAbstractItemModel& model)
{
    QStringList lines;
    const auto columns = model.columnCount();
    const auto line = [columns](auto cell) {
        QStringList cells;
        for (int i = 0; i < columns; ++i)
            cells << quoted(cell(i));
        return cells.join(u',');
    };
    lines << line([&](int i) { return model.headerData(i, Qt::Horizontal, Qt::DisplayRole).toString(); });
    for (int row = 0; row < model.rowCount(); ++row)
        lines << line([&](int i) { return model.index(row, i).data(Qt::DisplayRole).toString(); });
    return (lines.join(u"\r\n"_s) + u"\r\n"_s).toUtf8();
}

}
