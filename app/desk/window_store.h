#pragma once

#include "core/base/worker.h"
#include "core/rfq/sign_in.h"
#include "ui/widgets/window_settings.h"

#include <QString>

#include <filesystem>
#include <optional>

namespace app {

/// Remembers how the window stood and with which card somebody signed in last, in one file of the state directory.
/// Reads at the start; writes on a thread of its own, so that a slow disk cannot hold up the window.
class WindowStore {
public:
    WindowStore(const std::filesystem::path& stateDirectory, ui::ThemeName defaultTheme);

    /// What was saved; the defaults where nothing was, or where the file is damaged: a layout is never worth an error.
    [[nodiscard]] ui::WindowState load() const;
    void save(const ui::WindowState& state);
    /// Who signed in last; absent where nobody has, or where the file is damaged.
    [[nodiscard]] std::optional<rfq::TokenChoice> loadToken() const;
    void saveToken(const rfq::TokenChoice& choice);

private:
    QString m_file;
    ui::ThemeName m_defaultTheme;
    base::Worker m_writer;
};

}
