#include "app/process/host_name.h"

#include <array>
#include <unistd.h>

namespace app {

std::string hostName()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string();
}

std::string processId()
{
    return std::to_string(::getpid());
}

}
