#include "app/desk/file_export.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QMessageBox>
#include <QPointer>
#include <QSaveFile>
#include <QStandardPaths>

namespace app {

namespace {

/// Empty on success.
QString writeFile(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit())
        return file.errorString();
    return {};
}

void showFailure(QWidget* window, const QString& path, const QString& reason)
{
    auto* box = new QMessageBox(QMessageBox::Warning, QCoreApplication::translate("FileExport", "Export failed"),
        QCoreApplication::translate("FileExport", "%1 was not written: %2").arg(QDir::toNativeSeparators(path), reason),
        QMessageBox::Close, window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setModal(false);
    box->show();
}

}

void FileExport::save(QWidget* window, const QString& suggestedName, const QByteArray& content)
{
    auto* dialog = new QFileDialog(window, QCoreApplication::translate("FileExport", "Export"),
        QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggestedName);
    QObject::connect(dialog, &QFileDialog::fileSelected, window, [this, window, content](const QString& path) {
        m_writer.post([content, path, target = QPointer<QWidget>(window)] {
            const QString failure = writeFile(path, content);
            if (failure.isEmpty())
                return;
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [target, path, failure] {
                    if (target)
                        showFailure(target, path, failure);
                },
                Qt::QueuedConnection);
        });
    });
    dialog->open();
}

}
