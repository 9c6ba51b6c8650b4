#pragma once

#include "ui/models/desk_model.h"
#include "ui/widgets/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

/// Loud while an outcome is unknown, gone otherwise. It stays whatever else is filtered or scrolled.
class UnknownBanner final : public QWidget {
    Q_OBJECT

public:
    UnknownBanner(const Theme& theme, DeskModel& desk, QWidget* parent = nullptr);

Q_SIGNALS:
    void asked(const rfq::RfqId& id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    const Theme& m_theme;
    DeskModel& m_desk;
    QLabel* m_text;
    QPushButton* m_show;
};

}
