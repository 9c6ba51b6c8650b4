#pragma once

#include "core/rfq/access.h"
#include "ui/models/desk_model.h"
#include "ui/widgets/theme.h"

#include <QToolButton>

namespace ui {

/// One FIX session: a dot whose shape and colour tell the state, its name, and the seconds until the next try. The
/// tooltip has the TLS facts. A click on a session that is down tries it again, or opens it where trying
/// is of no use, or explains why it is not let in.
class SessionChip final : public QToolButton {
    Q_OBJECT

public:
    SessionChip(const Theme& theme, DeskModel& desk, rfq::SessionId session, QWidget* parent = nullptr);

    void refresh();

Q_SIGNALS:
    void retryAsked(const QString& session);
    void opened(const QString& session);
    void denialOpened(const rfq::SessionId& session);

private:
    void act();
    /// Null where nobody decides about it.
    [[nodiscard]] const rfq::AccessState* access() const;

    const Theme& m_theme;
    DeskModel& m_desk;
    const rfq::SessionId m_session;
};

}
