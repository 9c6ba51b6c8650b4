#pragma once

#include "ui/widgets/theme.h"

#include <QDialog>

namespace ui {

/// Every key of the desk on one page. Not modal; Escape closes it.
class ShortcutMap final : public QDialog {
    Q_OBJECT

public:
    ShortcutMap(const Theme& theme, QWidget* parent);
};

}
