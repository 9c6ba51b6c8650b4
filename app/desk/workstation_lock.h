#pragma once

#include "app/desk/session_watch.h"
#include "ui/widgets/main_window.h"

namespace app {

/// From now on the desk locks when the workstation does, and is locked and painted so before the machine sleeps. Where
/// that cannot be seen, Events says so once. Both must outlive what the watch still has to tell.
void lockWithWorkstation(SessionWatch& watch, ui::MainWindow& window);

}
