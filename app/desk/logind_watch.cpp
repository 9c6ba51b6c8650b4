#include "app/desk/logind_watch.h"

#include "app/desk/logind_session.h"

#include <utility>

namespace app {

QString systemBusAddress()
{
    return qEnvironmentVariable("DBUS_SYSTEM_BUS_ADDRESS", QStringLiteral("unix:path=/run/dbus/system_bus_socket"));
}

LogindWatch::LogindWatch(base::Executor& deskThread, QString busAddress)
    : m_deskThread(deskThread)
    , m_busAddress(std::move(busAddress))
{
    m_thread.setObjectName(QStringLiteral("session watch"));
}

LogindWatch::~LogindWatch()
{
    m_events.reset();
    m_thread.quit();
    m_thread.wait();
}

void LogindWatch::start(SessionEvents events)
{
    m_events = std::make_shared<const SessionEvents>(std::move(events));
    // Each report is for the desk's thread, and for as long as the watch lives.
    const auto onDesk = [this, alive = std::weak_ptr(m_events)](auto act) {
        return [this, alive, act = std::move(act)](auto... what) {
            m_deskThread.post([alive, act, what...] {
                if (const auto there = alive.lock())
                    act(*there, what...);
            });
        };
    };
    LogindReports reports;
    reports.locked = onDesk([](const SessionEvents& to) { to.locked(); });
    reports.goesToSleep = onDesk([this](const SessionEvents& to) {
        to.goesToSleep();
        QMetaObject::invokeMethod(m_session, &LogindSession::letSleep, Qt::QueuedConnection);
    });
    reports.woke = onDesk([](const SessionEvents& to) { to.woke(); });
    reports.cannotWatch = onDesk([this](const SessionEvents&, const std::string& why) { sayCannotWatch(why); });

    m_session = new LogindSession(m_busAddress, std::move(reports));
    m_session->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::started, m_session, &LogindSession::open);
    QObject::connect(&m_thread, &QThread::finished, m_session, &QObject::deleteLater);
    m_thread.start();
}

void LogindWatch::sayCannotWatch(const std::string& why)
{
    if (std::exchange(m_saidCannotWatch, true))
        return;
    m_events->cannotWatch(why);
}

}
