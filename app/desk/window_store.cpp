#include "app/desk/window_store.h"

#include <QSettings>

#include <string>

namespace app {

namespace {

const QString Geometry = QStringLiteral("window/geometry");
const QString Docks = QStringLiteral("window/docks");
const QString Theme = QStringLiteral("window/theme");

}

WindowStore::WindowStore(const std::filesystem::path& stateDirectory, ui::ThemeName defaultTheme)
    : m_file(QString::fromStdString((stateDirectory / "window.ini").string()))
    , m_defaultTheme(defaultTheme)
{
}

ui::WindowState WindowStore::load() const
{
    const QSettings file(m_file, QSettings::IniFormat);
    ui::WindowState state;
    state.geometry = file.value(Geometry).toByteArray();
    state.docks = file.value(Docks).toByteArray();
    const QString theme = file.value(Theme).toString();
    state.theme = theme == QStringLiteral("light") ? ui::ThemeName::Light
        : theme == QStringLiteral("dark")          ? ui::ThemeName::Dark
                                                   : m_defaultTheme;
    return state;
}

void WindowStore::save(const ui::WindowState& state)
{
    m_writer.post([file = m_file, state] {
        QSettings settings(file, QSettings::IniFormat);
        settings.setValue(Geometry, state.geometry);
        settings.setValue(Docks, state.docks);
        settings.setValue(
            Theme, state.theme == ui::ThemeName::Light ? QStringLiteral("light") : QStringLiteral("dark"));
    });
}

}
