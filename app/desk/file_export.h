#pragma once

#include "core/base/worker.h"

#include <QByteArray>
#include <QString>

class QWidget;

namespace app {

/// Asks where to put an export and writes it on a thread of its own; a failure is shown when it is known.
class FileExport {
public:
    void save(QWidget* window, const QString& suggestedName, const QByteArray& content);

private:
    base::Worker m_writer;
};

}
