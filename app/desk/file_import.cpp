#include "app/desk/file_import.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QMessageBox>
#include <QPointer>
#include <QStandardPaths>

#include <utility>

namespace app {

namespace {

constexpr qint64 LargestFile = 1 << 20; ///< certificates and enrolments are small

/// Empty on success.
QString readFile(const QString& path, QByteArray& content)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return file.errorString();
    if (file.size() > LargestFile)
        return QCoreApplication::translate("FileImport", "it is too large");
    content = file.readAll();
    return {};
}

void showImportFailure(QWidget* window, const QString& path, const QString& reason)
{
    auto* box = new QMessageBox(QMessageBox::Warning, QCoreApplication::translate("FileImport", "File not read"),
        QCoreApplication::translate("FileImport", "%1 was not read: %2").arg(QDir::toNativeSeparators(path), reason),
        QMessageBox::Close, window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setModal(false);
    box->show();
}

}

void FileImport::choose(QWidget* window, const QString& title, Chosen chosen)
{
    auto* dialog = new QFileDialog(window, title, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QObject::connect(dialog, &QFileDialog::fileSelected, window, [this, window, chosen](const QString& path) {
        m_reader.post([chosen, path, target = QPointer<QWidget>(window)] {
            QByteArray content;
            const QString failure = readFile(path, content);
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [target, chosen, path, content, failure] {
                    if (!target)
                        return;
                    if (failure.isEmpty())
                        chosen(path, content);
                    else
                        showImportFailure(target, path, failure);
                },
                Qt::QueuedConnection);
        });
    });
    dialog->open();
}

}
