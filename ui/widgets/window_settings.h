#pragma once

#include "core/base/clock.h"
#include "core/rfq/sign_in.h"
#include "ui/widgets/theme.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace ui {

/// How the window stood when it was last closed. Opaque to everyone but the window; empty on the first start.
struct WindowState {
    QByteArray geometry;
    QByteArray docks;
    ThemeName theme = ThemeName::Dark;
};

/// What the window needs from outside beyond its services. The functions are called on the GUI thread and must not
/// block.
struct WindowSettings {
    WindowState restored;
    std::function<void(const WindowState&)> save; ///< at close and on a change of theme
    std::function<void(const QString& suggestedName, const QByteArray& content)> exportFile; ///< asks where, and writes
    std::optional<rfq::TokenChoice> lastToken; ///< what rememberToken was given last; absent: nothing yet
    std::function<void(const rfq::TokenChoice&)> rememberToken; ///< at each sign-in
    /// While a card that was taken out is awaited: when the sessions close. Null, or absent: they are closed.
    std::function<std::optional<base::SteadyTime>()> sessionsCloseAt;
    std::chrono::seconds idleLock{std::chrono::minutes(15)}; ///< without a key or a mouse (NIST SP 800-63B AAL3)
    std::chrono::seconds fullSignIn{std::chrono::hours(12)}; ///< after that, sign in again
};

}
