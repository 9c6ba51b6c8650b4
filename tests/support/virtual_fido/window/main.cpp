#include "tests/support/virtual_fido/window/key_window.h"

#include <QtGui/QPalette>
#include <QtWidgets/QApplication>

#include <cstdio>

/// virtual-key-window: shows the first key of tests/support/virtual_fido/run, inside of which it is started.
int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QPalette dark;
    dark.setColor(QPalette::Window, QColor(0x17, 0x1B, 0x21));
    dark.setColor(QPalette::WindowText, QColor(0xE4, 0xE8, 0xEE));
    dark.setColor(QPalette::Button, QColor(0x2A, 0x2F, 0x37));
    dark.setColor(QPalette::ButtonText, QColor(0xE4, 0xE8, 0xEE));
    dark.setColor(QPalette::Disabled, QPalette::ButtonText, QColor(0x7A, 0x83, 0x90));
    dark.setColor(QPalette::Highlight, QColor(0x5A, 0xA9, 0xF8));
    QApplication::setStyle(QStringLiteral("Fusion"));
    QApplication::setPalette(dark);

    const QString socket = qEnvironmentVariable("COUNTERSIGN_VIRTUAL_FIDO");
    if (socket.isEmpty()) {
        std::fputs("virtual-key-window: start it inside of tests/support/virtual_fido/run\n", stderr);
        return 64;
    }
    virtual_key::KeyWindow window(socket);
    static_cast<QWidget&>(window).show();
    return QApplication::exec();
}
