#include "tests/session/session_pair.h"

#include "core/fix/fix_time.h"

namespace session_test {

std::string sendingTime(base::UtcTime time)
{
    return fix::formatUtcTimestamp(time);
}

}
