#include "ui/models/instrument_model.h"

#include "ui/models/format.h"

#include <algorithm>

namespace ui {

namespace {

QString lettersOf(const QString& typed)
{
    QString letters;
    std::ranges::copy_if(typed.toUpper(), std::back_inserter(letters), [](QChar c) { return c.isLetterOrNumber(); });
    return letters;
}

}

InstrumentModel::InstrumentModel(std::vector<rfq::Instrument> instruments, QObject* parent)
    : QAbstractListModel(parent)
    , m_instruments(std::move(instruments))
{
}

int InstrumentModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_instruments.size());
}

QVariant InstrumentModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || (role != Qt::DisplayRole && role != Qt::EditRole))
        return {};
    return text(m_instruments[static_cast<std::size_t>(index.row())].symbol);
}

const rfq::Instrument* InstrumentModel::find(const QString& typed) const
{
    const auto letters = lettersOf(typed);
    if (letters.isEmpty())
        return nullptr;
    const auto starts = [&letters](const rfq::Instrument& i) { return lettersOf(text(i.symbol)).startsWith(letters); };
    const auto exact =
        std::ranges::find_if(m_instruments, [&](const auto& i) { return lettersOf(text(i.symbol)) == letters; });
    if (exact != m_instruments.end())
        return &*exact;
    const auto first = std::ranges::find_if(m_instruments, starts);
    return std::ranges::count_if(m_instruments, starts) == 1 ? &*first : nullptr;
}

}
