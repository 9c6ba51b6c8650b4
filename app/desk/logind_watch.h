#pragma once

#include "app/desk/session_watch.h"
#include "core/base/executor.h"

#include <QString>
#include <QThread>

#include <memory>

namespace app {

class LogindSession;

/// Where the system bus of this machine listens: DBUS_SYSTEM_BUS_ADDRESS, or its usual place.
[[nodiscard]] QString systemBusAddress();

/// SessionWatch by logind: the session's Lock signal (loginctl lock-session) and LockedHint (the screen is locked), and
/// PrepareForSleep, before which the machine waits until goesToSleep() has returned. Owns the thread that talks to the
/// bus.
class LogindWatch final : public SessionWatch {
public:
    /// `deskThread` runs the events, and must outlive the watch. Lives and dies on the desk's thread.
    LogindWatch(base::Executor& deskThread, QString busAddress);
    ~LogindWatch() override;
    LogindWatch(const LogindWatch&) = delete;
    LogindWatch& operator=(const LogindWatch&) = delete;

    void start(SessionEvents events) override;

private:
    void sayCannotWatch(const std::string& why);

    base::Executor& m_deskThread;
    const QString m_busAddress;
    std::shared_ptr<const SessionEvents> m_events; ///< queued work asks: the watch may be gone by then
    bool m_saidCannotWatch = false;
    QThread m_thread;
    LogindSession* m_session = nullptr; ///< lives on m_thread and dies with it
};

}
