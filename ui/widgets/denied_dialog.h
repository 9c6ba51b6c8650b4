#pragma once

#include "core/rfq/access.h"
#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/theme.h"

namespace ui {

/// Denied, explained: which attribute scored what, what the person can do, and the reference for the help desk. GUI
/// thread.
class DeniedDialog final : public DeskDialog {
    Q_OBJECT

public:
    /// `state` has a notice.
    DeniedDialog(const Theme& theme, const rfq::SessionId& session, const rfq::AccessState& state, QWidget* parent);

Q_SIGNALS:
    void retryAsked(const QString& session);
};

}
