#pragma once

#include "tests/support/virtual_fido/window/control.h"
#include "tests/support/virtual_fido/window/key_picture.h"

#include <QtCore/QTimer>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QWidget>

namespace virtual_key {

/// The finger of whoever tries the desk without a security key: touch, refuse, pull it out and plug it in.
class KeyWindow final : public QWidget {
    Q_OBJECT

public:
    explicit KeyWindow(const QString& controlSocket);

private:
    void look();
    void show(const QJsonObject& status);

    Control m_control;
    QTimer m_looking;
    KeyPicture* m_picture;
    QLabel* m_words;
    QPushButton* m_refuse;
    QPushButton* m_plug;
    bool m_plugged = false;
};

}
