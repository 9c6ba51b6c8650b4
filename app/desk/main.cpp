#include "app/desk/desk_program.h"
#include "app/desk/options.h"
#include "app/process/harden.h"
#include "auth/opensc_settings.h"
#include "core/base/clock.h"

#include <QApplication>

#include <iostream>

int main(int argc, char** argv)
{
    app::hardenProcess();
    if (const auto own = auth::useOwnOpenScSettings(); !own) {
        std::cerr << own.error().detail << std::endl;
        return 1;
    }
    const base::SystemClock clock;
    const base::SteadyTime started = clock.steady();

    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("countersign"));
    QApplication::setApplicationDisplayName(QStringLiteral("Countersign"));
    QApplication::setApplicationVersion(QStringLiteral(COUNTERSIGN_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("countersign"));

    int code = 0;
    const auto options = app::parseDeskOptions(code);
    if (!options)
        return code;
    auto program = app::DeskProgram::open(*options, clock, started, code);
    if (!program)
        return code;
    return QApplication::exec();
}
