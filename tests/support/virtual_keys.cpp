#include "tests/support/virtual_keys.h"

#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace support {

VirtualKeys::VirtualKeys()
    : m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const char* path = std::getenv("COUNTERSIGN_VIRTUAL_FIDO");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (!path || std::strlen(path) >= sizeof address.sun_path)
        throw std::runtime_error("this program runs under tests/support/virtual_fido/run only");
    std::strcpy(address.sun_path, path);
    if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("the virtual keys do not answer");
}

VirtualKeys::~VirtualKeys()
{
    ::close(m_socket);
}

nlohmann::json VirtualKeys::ask(const nlohmann::json& request)
{
    const std::string line = request.dump() + '\n';
    if (::write(m_socket, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        throw std::runtime_error("the virtual keys are gone");
    std::string answer;
    for (char c = 0; answer.empty() || c != '\n'; answer += c) {
        if (::read(m_socket, &c, 1) != 1)
            throw std::runtime_error("the virtual keys are gone");
    }
    auto json = nlohmann::json::parse(answer);
    if (!json["ok"].get<bool>())
        throw std::runtime_error("virtual key: " + request.dump() + ": " + json["error"].get<std::string>());
    return json;
}

}
