#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <QVariant>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace ui {

/// Roles that all tables of the desk share.
enum Role : int {
    SortRole = Qt::UserRole + 1, ///< the cell as a comparable value
    IdRole, ///< the row's identifier as text
    SeverityRole, ///< an int of rfq::Severity
    UnknownRole, ///< bool: an outcome nobody knows
    VoidRole, ///< bool: it counts for nothing any more; struck out
    IncidentRole, ///< the incident's identifier as text
    SessionRole, ///< the session's name, of a row about a session
};

/// One column of a table of `Row`s.
template <typename Row>
struct Column {
    using Text = std::function<QString(const Row&)>;
    using Sort = std::function<QVariant(const Row&)>;

    Column(QString name, Text cell, Sort order = nullptr, Qt::Alignment side = Qt::AlignLeft | Qt::AlignVCenter)
        : title(std::move(name))
        , text(std::move(cell))
        , sort(std::move(order))
        , alignment(side)
    {
    }

    QString title;
    Text text;
    Sort sort; ///< the text itself where absent
    Qt::Alignment alignment;
};

/// A table over a vector of values: a concrete model only names its columns. GUI thread.
template <typename Row>
class RowsModel : public QAbstractTableModel {
public:
    using Column = ui::Column<Row>;

    explicit RowsModel(std::vector<Column> columns, QObject* parent = nullptr)
        : QAbstractTableModel(parent)
        , m_columns(std::move(columns))
    {
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        if (role == Qt::DisplayRole)
            return column(section).title;
        return role == Qt::TextAlignmentRole ? QVariant::fromValue(column(section).alignment) : QVariant();
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
            return {};
        const auto& cell = column(index.column());
        const auto& value = row(index.row());
        switch (role) {
        case Qt::DisplayRole:
            return cell.text(value);
        case SortRole:
            return cell.sort ? cell.sort(value) : QVariant(cell.text(value));
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(cell.alignment);
        default:
            return rowData(value, role);
        }
    }

    [[nodiscard]] const Row& row(int index) const { return m_rows[static_cast<std::size_t>(index)]; }
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }

protected:
    /// What is the same in each cell of a row.
    [[nodiscard]] virtual QVariant rowData(const Row& row, int role) const
    {
        Q_UNUSED(row)
        Q_UNUSED(role)
        return {};
    }

    void reset(std::vector<Row> rows)
    {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }
    /// New rows on top, in one change.
    void prepend(std::vector<Row> rows)
    {
        if (rows.empty())
            return;
        beginInsertRows({}, 0, static_cast<int>(rows.size()) - 1);
        m_rows.insert(m_rows.begin(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
        endInsertRows();
    }
    void dropBottom(std::size_t keep)
    {
        if (m_rows.size() <= keep)
            return;
        beginRemoveRows({}, static_cast<int>(keep), rowCount() - 1);
        m_rows.resize(keep);
        endRemoveRows();
    }
    /// Replaces rows and tells of it once, from the first changed row to the last.
    void replace(const std::vector<std::pair<int, Row>>& changes)
    {
        if (changes.empty())
            return;
        const auto [first, last] = std::ranges::minmax(changes, {}, &std::pair<int, Row>::first);
        for (const auto& [index, value] : changes)
            m_rows[static_cast<std::size_t>(index)] = value;
        Q_EMIT dataChanged(index(first.first, 0), index(last.first, columnCount() - 1));
    }

    /// Makes the rows these, in this order; a row is known by its key. What stays keeps its place, so that a selection
    /// survives.
    template <typename Key>
    void align(std::vector<Row> rows, Key key)
    {
        const auto holds = [&](const std::vector<Row>& all, const Row& wanted) {
            return std::ranges::any_of(
                all, [&](const Row& row) { return std::invoke(key, row) == std::invoke(key, wanted); });
        };
        for (int i = rowCount(); i-- > 0;) {
            if (holds(rows, row(i)))
                continue;
            beginRemoveRows({}, i, i);
            m_rows.erase(m_rows.begin() + i);
            endRemoveRows();
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (holds(m_rows, rows[i]))
                continue;
            const auto place = static_cast<int>(std::min(i, m_rows.size()));
            beginInsertRows({}, place, place);
            m_rows.insert(m_rows.begin() + place, rows[i]);
            endInsertRows();
        }
        std::vector<std::pair<int, Row>> changes;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (!(m_rows[i] == rows[i]))
                changes.emplace_back(static_cast<int>(i), rows[i]);
        }
        replace(changes);
    }

private:
    [[nodiscard]] const Column& column(int index) const { return m_columns[static_cast<std::size_t>(index)]; }

    std::vector<Column> m_columns;
    std::vector<Row> m_rows;
};

/// Numbers and times stand at the right edge, digit under digit.
inline constexpr Qt::Alignment NumberAlignment = Qt::AlignRight | Qt::AlignVCenter;

}
