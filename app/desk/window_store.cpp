#include "app/desk/window_store.h"

#include <QSettings>

#include <string>
#include <utility>

namespace app {

namespace {

const QString Geometry = QStringLiteral("window/geometry");
const QString Docks = QStringLiteral("window/docks");
const QString Theme = QStringLiteral("window/theme");
const QString Fingerprint = QStringLiteral("token/fingerprint");
const QString Card = QStringLiteral("token/card");
const QString Serial = QStringLiteral("token/serial");
const QString Name = QStringLiteral("token/name");
const QString Chosen = QStringLiteral("token/chosen");

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

std::optional<rfq::TokenChoice> WindowStore::loadToken() const
{
    const QSettings file(m_file, QSettings::IniFormat);
    const auto text = [&file](const QString& key) { return file.value(key).toString().toStdString(); };
    rfq::TokenChoice choice{text(Fingerprint), text(Card), text(Serial), text(Name),
        file.value(Chosen).toBool() ? rfq::ChoiceWeight::Chosen : rfq::ChoiceWeight::LastUsed};
    return choice.fingerprint.empty() ? std::nullopt : std::optional(std::move(choice));
}

void WindowStore::saveToken(const rfq::TokenChoice& choice)
{
    m_writer.post([file = m_file, choice] {
        QSettings settings(file, QSettings::IniFormat);
        settings.setValue(Fingerprint, QString::fromStdString(choice.fingerprint));
        settings.setValue(Card, QString::fromStdString(choice.card));
        settings.setValue(Serial, QString::fromStdString(choice.tokenSerial));
        settings.setValue(Name, QString::fromStdString(choice.name));
        settings.setValue(Chosen, choice.weight == rfq::ChoiceWeight::Chosen);
    });
}

}
