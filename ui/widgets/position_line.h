#pragma once

#include "ui/models/desk_model.h"

#include <QTimer>
#include <QToolButton>

namespace ui {

/// The day's position in one line, a range for each pair whose outcome is unknown. A click lists all of it.
class PositionLine final : public QToolButton {
    Q_OBJECT

public:
    PositionLine(DeskModel& desk, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void fit();
    void list();

    DeskModel& m_desk;
    QString m_whole; ///< not shortened to the room there is
    QTimer m_newDay; ///< the trade date rolls while nothing happens
};

}
