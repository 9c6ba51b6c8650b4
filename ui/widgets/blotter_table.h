#pragma once

#include "ui/widgets/theme.h"

#include <QStyledItemDelegate>
#include <QTableView>
#include <QTimer>

namespace ui {

/// Colours a whole row by what it means: alarms and unknown outcomes stand out. The words say it too.
class RowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit RowDelegate(const Theme& theme, QObject* parent = nullptr);

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
};

/// A read-only table that says what to do first while it is empty.
class BlotterTable final : public QTableView {
    Q_OBJECT

public:
    BlotterTable(const Theme& theme, QString emptyText, QWidget* parent = nullptr);
    void setModel(QAbstractItemModel* model) override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fitColumns();

    const Theme& m_theme;
    const QString m_emptyText;
    QTimer m_fit; ///< rows change often, columns are looked at seldom
};

}
