#pragma once

#include <QWidget>

class QDockWidget;

namespace ui {

/// The title strip of a panel: drag it to move the panel, double-click it to detach.
class DockTitle final : public QWidget {
    Q_OBJECT

public:
    explicit DockTitle(QDockWidget& dock);
};

}
