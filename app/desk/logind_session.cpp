#include "app/desk/logind_session.h"

#include <QDBusError>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QUuid>

#include <utility>

namespace app {
using namespace Qt::StringLiterals;

namespace {

const auto Service = u"org.freedesktop.login1"_s;
const auto ManagerPath = u"/org/freedesktop/login1"_s;
const auto ManagerInterface = u"org.freedesktop.login1.Manager"_s;
const auto SessionInterface = u"org.freedesktop.login1.Session"_s;
const auto PropertiesInterface = u"org.freedesktop.DBus.Properties"_s;

}

LogindSession::LogindSession(QString busAddress, LogindReports reports)
    : m_address(std::move(busAddress))
    , m_reports(std::move(reports))
    , m_name(u"countersign-session-" + QUuid::createUuid().toString(QUuid::Id128))
    , m_bus(m_name)
{
}

LogindSession::~LogindSession()
{
    m_bus = QDBusConnection(QString());
    QDBusConnection::disconnectFromBus(m_name);
}

void LogindSession::open()
{
    m_bus = QDBusConnection::connectToBus(m_address, m_name);
    if (!m_bus.isConnected())
        return fail(u"the system bus at "_s + m_address, m_bus.lastError().message());
    const bool subscribed = m_bus.connect(QString(), u"/org/freedesktop/DBus/Local"_s, u"org.freedesktop.DBus.Local"_s,
                                u"Disconnected"_s, this, SLOT(busLost()))
        && m_bus.connect(
            Service, ManagerPath, ManagerInterface, u"PrepareForSleep"_s, this, SLOT(prepareForSleep(bool)));
    if (!subscribed)
        fail(u"the machine's sleep"_s, m_bus.lastError().message());
    findSession();
    takeInhibitor();
}

QDBusPendingCall LogindSession::ask(const QString& method, const QVariantList& arguments)
{
    auto call = QDBusMessage::createMethodCall(Service, ManagerPath, ManagerInterface, method);
    call.setArguments(arguments);
    return m_bus.asyncCall(call);
}

void LogindSession::findSession()
{
    // "auto": the session that this process belongs to, or the user's graphical one where a service manager started it.
    auto* answer = new QDBusPendingCallWatcher(ask(u"GetSession"_s, {u"auto"_s}), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        answer->deleteLater();
        const QDBusPendingReply<QDBusObjectPath> session = *answer;
        if (session.isError())
            fail(u"the session of this program"_s, session.error().message());
        else
            watchSession(session.value().path());
    });
}

void LogindSession::watchSession(const QString& path)
{
    const bool subscribed = m_bus.connect(Service, path, SessionInterface, u"Lock"_s, this, SLOT(lockAsked()))
        && m_bus.connect(Service, path, PropertiesInterface, u"PropertiesChanged"_s, this,
            SLOT(propertiesChanged(QString, QVariantMap, QStringList)));
    if (!subscribed)
        fail(u"the session "_s + path, m_bus.lastError().message());
}

void LogindSession::takeInhibitor()
{
    const QVariantList wish{u"sleep"_s, u"Countersign"_s, u"Hides prices and stops dealing first"_s, u"delay"_s};
    auto* answer = new QDBusPendingCallWatcher(ask(u"Inhibit"_s, wish), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        answer->deleteLater();
        const QDBusPendingReply<QDBusUnixFileDescriptor> inhibitor = *answer;
        if (inhibitor.isError())
            fail(u"a delay of the machine's sleep"_s, inhibitor.error().message());
        else if (!m_asleep) // otherwise it came too late to be of use, and closes here
            m_inhibitor = inhibitor.value();
    });
}

void LogindSession::letSleep()
{
    if (m_asleep)
        m_inhibitor = QDBusUnixFileDescriptor();
}

void LogindSession::lockAsked()
{
    m_reports.locked();
}

void LogindSession::propertiesChanged(const QString& interface, const QVariantMap& changed, const QStringList&)
{
    if (interface == SessionInterface && changed.value(u"LockedHint"_s).toBool())
        m_reports.locked();
}

void LogindSession::prepareForSleep(bool goesToSleep)
{
    m_asleep = goesToSleep;
    if (goesToSleep)
        return m_reports.goesToSleep();
    m_reports.woke();
    takeInhibitor();
}

void LogindSession::busLost()
{
    fail(u"the system bus at "_s + m_address, u"the connection was lost"_s);
}

void LogindSession::fail(const QString& what, const QString& why)
{
    m_reports.cannotWatch(QString(what + u": " + why).toStdString());
}

}
