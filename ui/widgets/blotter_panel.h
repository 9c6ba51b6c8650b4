#pragma once

#include "ui/models/desk_model.h"
#include "ui/widgets/theme.h"

#include <QSortFilterProxyModel>
#include <QWidget>

#include <vector>

class QAbstractItemModel;
class QButtonGroup;
class QHBoxLayout;
class QLineEdit;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace ui {

class PositionLine;

/// What was asked, dealt, is unknown, went wrong and happened, and the sessions: a table each, one filter, export of
/// what is shown, and the day's position. GUI thread.
class BlotterPanel final : public QWidget {
    Q_OBJECT

public:
    BlotterPanel(const Theme& theme, DeskModel& desk, QWidget* parent = nullptr);

    void focusFilter();
    /// Tables away, and back.
    void conceal();
    void reveal();

Q_SIGNALS:
    /// Somebody else writes the file.
    void exportAsked(const QString& suggestedName, const QByteArray& csv);
    /// A row was opened: double click, or Return.
    void requestOpened(const rfq::RfqId& id);
    void incidentOpened(const rfq::IncidentId& id);
    void sessionOpened(const QString& session);

private:
    struct Page {
        QToolButton* tab;
        QTableView* view;
        QSortFilterProxyModel* rows;
        QString fileName;
    };

    void addPage(const QString& name, const QString& title, QAbstractItemModel& model, const QString& empty);
    void showPage(int index);
    void showCounts();
    void showCount(std::size_t page, const QString& text, int count);
    void open(const QModelIndex& index);
    void applyFilter();
    void exportShown();

    const Theme& m_theme;
    DeskModel& m_desk;
    QHBoxLayout* m_tabRow;
    QButtonGroup* m_tabs;
    QStackedWidget* m_stack;
    PositionLine* m_position;
    QLineEdit* m_filter;
    std::vector<Page> m_pages;
};

}
