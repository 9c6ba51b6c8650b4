#include "app/process/harden.h"

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace app {

void hardenProcess()
{
    const rlimit none{0, 0};
    (void)::setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    (void)::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    (void)std::signal(SIGPIPE, SIG_IGN);
    ::umask(0077);
}

}
