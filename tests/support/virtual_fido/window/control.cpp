#include "tests/support/virtual_fido/window/control.h"

#include <QtCore/QJsonDocument>

namespace virtual_key {

Control::Control(const QString& path, QObject* parent)
    : QObject(parent)
{
    connect(&m_socket, &QLocalSocket::readyRead, this, &Control::read);
    // Queued: a socket that nobody serves is an error at once, before anybody can listen to this signal.
    connect(&m_socket, &QLocalSocket::disconnected, this, &Control::lost, Qt::QueuedConnection);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, &Control::lost, Qt::QueuedConnection);
    m_socket.connectToServer(path);
}

void Control::ask(const QJsonObject& request, Answered answered)
{
    m_waiting.enqueue(std::move(answered));
    m_socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
}

void Control::read()
{
    while (m_socket.canReadLine()) {
        const QJsonObject answer = QJsonDocument::fromJson(m_socket.readLine()).object();
        if (m_waiting.isEmpty())
            return;
        if (const Answered answered = m_waiting.dequeue())
            answered(answer);
    }
}

}
