#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QQueue>
#include <QtNetwork/QLocalSocket>

#include <functional>

namespace virtual_key {

/// The control socket of the virtual keys: one JSON object a line, answered in order. Never waits.
class Control final : public QObject {
    Q_OBJECT

public:
    using Answered = std::function<void(const QJsonObject& answer)>;

    explicit Control(const QString& path, QObject* parent = nullptr);

    void ask(const QJsonObject& request, Answered answered = {});
    [[nodiscard]] bool isBusy() const { return !m_waiting.isEmpty(); }

Q_SIGNALS:
    /// Whoever played the keys is gone.
    void lost();

private:
    void read();

    QLocalSocket m_socket;
    QQueue<Answered> m_waiting;
};

}
