#include "app/process/account.h"

#include <pwd.h>
#include <unistd.h>

namespace app {

std::string accountName()
{
    const auto user = ::getuid();
    const passwd* entry = ::getpwuid(user);
    return entry && entry->pw_name ? std::string(entry->pw_name) : std::to_string(user);
}

}
