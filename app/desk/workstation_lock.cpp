#include "app/desk/workstation_lock.h"

namespace app {

namespace {

void sayNotWatched(ui::MainWindow& window, const std::string& why)
{
    rfq::Notice notice;
    notice.code = rfq::NoticeCode::WorkstationNotWatched;
    notice.severity = rfq::Severity::Warning;
    notice.raw = why;
    window.desk().service().report(std::move(notice));
    window.deskChanged();
}

}

void lockWithWorkstation(SessionWatch& watch, ui::MainWindow& window)
{
    SessionEvents events;
    events.locked = [&window] { window.lock(); };
    events.goesToSleep = [&window] {
        window.lock();
        // What stands on the screen now is what it shows first when the machine wakes.
        window.repaint();
    };
    events.woke = [&window] { window.lock(); };
    events.cannotWatch = [&window](const std::string& why) { sayNotWatched(window, why); };
    watch.start(std::move(events));
}

}
