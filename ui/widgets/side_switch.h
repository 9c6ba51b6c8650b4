#pragma once

#include "core/rfq/values.h"

#include <QWidget>

class QButtonGroup;

namespace ui {

/// Buy, sell or both ways: always the trader's side.
class SideSwitch final : public QWidget {
    Q_OBJECT

public:
    explicit SideSwitch(QWidget* parent);

    [[nodiscard]] rfq::RequestSide side() const;

Q_SIGNALS:
    void changed();

private:
    QButtonGroup* m_buttons;
};

}
