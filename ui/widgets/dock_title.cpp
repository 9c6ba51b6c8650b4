#include "ui/widgets/dock_title.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

#include <QDockWidget>
#include <QHBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

DockTitle::DockTitle(QDockWidget& dock)
    : QWidget(&dock)
{
    setObjectName(u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(grid::Panel, grid::Wide, grid::Step, grid::Small);
    row->addWidget(label(u"panelTitle"_s, this, dock.windowTitle().toUpper()));
    row->addStretch();
    setToolTip(tr("Drag to move, double-click to detach"));
}

}
