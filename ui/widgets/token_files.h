#pragma once

#include <QByteArray>
#include <QString>

#include <functional>

namespace ui {

/// Files that a person chooses; the windows know none by themselves. Called on the GUI thread; must not block.
struct TokenFiles {
    /// Asks where, and writes.
    std::function<void(const QString& suggestedName, const QByteArray& content)> save;
    /// Asks for a file and hands it over; never called back where the person changed their mind.
    std::function<void(
        const QString& title, std::function<void(const QString& path, const QByteArray& content)> chosen)>
        choose;
};

}
