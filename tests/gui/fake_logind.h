#pragma once

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QProcess>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace support {
using namespace Qt::StringLiterals;

/// A message bus of the test's own.
class PrivateBus {
public:
    PrivateBus()
    {
        m_daemon.setProcessChannelMode(QProcess::SeparateChannels);
        m_daemon.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--nopidfile"_s, u"--print-address"_s});
        if (m_daemon.waitForStarted() && m_daemon.waitForReadyRead())
            m_address = QString::fromLocal8Bit(m_daemon.readLine()).trimmed();
    }
    ~PrivateBus() { stop(); }
    PrivateBus(const PrivateBus&) = delete;
    PrivateBus& operator=(const PrivateBus&) = delete;

    /// Empty where there is no dbus-daemon.
    [[nodiscard]] const QString& address() const { return m_address; }
    void stop()
    {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }

private:
    QProcess m_daemon;
    QString m_address;
};

/// The part of logind that a program needs to know of its session's lock and of sleep, in the test's hand.
class FakeLogind final : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    static constexpr auto OwnSession = "/org/freedesktop/login1/session/_37";
    static constexpr auto OtherSession = "/org/freedesktop/login1/session/_38";
    enum class Delays { Granted, Refused };

    FakeLogind(const QString& bus, Delays delays)
        : m_delays(delays)
        , m_bus(QDBusConnection::connectToBus(bus, u"fake-logind"_s))
    {
        m_bus.registerObject(u"/org/freedesktop/login1"_s, this, QDBusConnection::ExportAllSlots);
        m_bus.registerService(u"org.freedesktop.login1"_s);
    }
    ~FakeLogind() override
    {
        m_bus.unregisterService(u"org.freedesktop.login1"_s);
        m_bus.unregisterObject(u"/org/freedesktop/login1"_s);
        m_bus = QDBusConnection(QString());
        QDBusConnection::disconnectFromBus(u"fake-logind"_s);
        if (m_held >= 0)
            ::close(m_held);
    }

    void emitLock(const char* session)
    {
        m_bus.send(
            QDBusMessage::createSignal(QString::fromLatin1(session), u"org.freedesktop.login1.Session"_s, u"Lock"_s));
    }
    void emitLockedHint(bool locked)
    {
        auto changed = QDBusMessage::createSignal(
            QString::fromLatin1(OwnSession), u"org.freedesktop.DBus.Properties"_s, u"PropertiesChanged"_s);
        changed << u"org.freedesktop.login1.Session"_s << QVariantMap{{u"LockedHint"_s, locked}} << QStringList();
        m_bus.send(changed);
    }
    void emitPrepareForSleep(bool starting)
    {
        auto prepare = QDBusMessage::createSignal(
            u"/org/freedesktop/login1"_s, u"org.freedesktop.login1.Manager"_s, u"PrepareForSleep"_s);
        prepare << starting;
        m_bus.send(prepare);
    }
    /// Whether somebody makes the sleep wait: the other end of what Inhibit gave is open.
    [[nodiscard]] bool isDelayed() const
    {
        if (m_held < 0)
            return false;
        pollfd end{m_held, 0, 0};
        ::poll(&end, 1, 0);
        return (end.revents & POLLHUP) == 0;
    }

    int inhibitions = 0;
    QStringList lastWish; ///< what, who, why, mode
    bool asked = false; ///< somebody knows its session by now

public Q_SLOTS:
    QDBusObjectPath GetSession(const QString& id) // NOLINT: the name on the bus
    {
        asked = true;
        if (id != u"auto"_s)
            sendErrorReply(u"org.freedesktop.login1.NoSuchSession"_s, u"no session "_s + id);
        return QDBusObjectPath(QString::fromLatin1(OwnSession));
    }
    QDBusUnixFileDescriptor Inhibit( // NOLINT: the name on the bus
        const QString& what, const QString& who, const QString& why, const QString& mode)
    {
        lastWish = {what, who, why, mode};
        if (m_delays == Delays::Refused) {
            sendErrorReply(u"org.freedesktop.DBus.Error.AccessDenied"_s, u"Permission denied"_s);
            return {};
        }
        int ends[2] = {-1, -1};
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return {};
        ++inhibitions;
        if (const int old = std::exchange(m_held, ends[0]); old >= 0)
            ::close(old);
        const QDBusUnixFileDescriptor given(ends[1]);
        ::close(ends[1]);
        return given;
    }

private:
    const Delays m_delays;
    QDBusConnection m_bus;
    int m_held = -1;
};

}
