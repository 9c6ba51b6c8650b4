#pragma once

#include "ui/models/desk_model.h"
#include "ui/widgets/theme.h"

#include <QToolButton>

namespace ui {

/// The access score at a glance: of the session where it is worst. The tooltip has every session; a click opens the
/// access panel. Hidden where no session has an access policy. GUI thread.
class AccessBadge final : public QToolButton {
    Q_OBJECT

public:
    AccessBadge(const Theme& theme, DeskModel& desk, QWidget* parent = nullptr);

    void refresh();

private:
    const Theme& m_theme;
    DeskModel& m_desk;
};

}
