#pragma once

#include "core/base/worker.h"

#include <QByteArray>
#include <QString>

#include <functional>

class QWidget;

namespace app {

/// Asks for a file and reads it on a thread of its own; a failure is shown.
class FileImport {
public:
    using Chosen = std::function<void(const QString& path, const QByteArray& content)>;

    /// `chosen` runs on the GUI thread, and only where a file was read.
    void choose(QWidget* window, const QString& title, Chosen chosen);

private:
    base::Worker m_reader;
};

}
