#pragma once

#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <functional>
#include <string>

class QDBusMessage;
class QDBusPendingCall;

namespace app {

/// What a LogindSession tells; on its own thread.
struct LogindReports {
    std::function<void()> locked;
    /// letSleep() is to be called once the machine may sleep.
    std::function<void()> goesToSleep;
    std::function<void()> woke;
    std::function<void(std::string why)> cannotWatch; ///< may come more than once
};

/// The conversation with logind (org.freedesktop.login1) over the system bus: which session is this program's, is it
/// locked, does the machine go to sleep. Holds a delay inhibitor while awake, so that there is time to lock before the
/// machine sleeps; logind waits no longer than its InhibitDelayMaxSec (5 s by default). Lives on a thread of its own:
/// subscribing waits for the bus.
class LogindSession final : public QObject {
    Q_OBJECT

public:
    LogindSession(QString busAddress, LogindReports reports);
    ~LogindSession() override;

    void open();
    void letSleep();

private Q_SLOTS:
    void lockAsked();
    void propertiesChanged(const QString& interface, const QVariantMap& changed, const QStringList& invalidated);
    void prepareForSleep(bool goesToSleep);
    void busLost();

private:
    [[nodiscard]] QDBusPendingCall ask(const QString& method, const QVariantList& arguments);
    void findSession();
    void watchSession(const QString& path);
    void takeInhibitor();
    void fail(const QString& what, const QString& why);

    const QString m_address;
    const LogindReports m_reports;
    const QString m_name; ///< of the connection, among this process's
    QDBusConnection m_bus;
    QDBusUnixFileDescriptor m_inhibitor; ///< open: logind waits with the sleep
    bool m_asleep = false;
};

}
