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

/// What was asked, dealt, is unknown, and happened: four tables, one filter, export of what is shown. GUI thread.
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

private:
    struct Page {
        QToolButton* tab;
        QTableView* view;
        QSortFilterProxyModel* rows;
        QString fileName;
    };

    void addPage(const QString& name, const QString& title, QAbstractItemModel& model, const QString& empty);
    void showPage(int index);
    void showUnknownCount();
    void applyFilter();
    void exportShown();

    const Theme& m_theme;
    DeskModel& m_desk;
    QHBoxLayout* m_tabRow;
    QButtonGroup* m_tabs;
    QStackedWidget* m_stack;
    QLineEdit* m_filter;
    std::vector<Page> m_pages;
};

}
