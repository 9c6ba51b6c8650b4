#include "tests/support/virtual_cards.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace support {

namespace {

std::string directory()
{
    const char* const path = std::getenv("COUNTERSIGN_CARDS");
    if (!path) {
        std::fputs("run this program by tests/support/virtual_card/run\n", stderr);
        std::abort();
    }
    return path;
}

}

VirtualCards::VirtualCards()
    : m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, (directory() + "/control").c_str(), sizeof address.sun_path - 1);
    if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        ADD_FAILURE() << "no virtual cards: " << std::strerror(errno);
}

VirtualCards::~VirtualCards()
{
    ::close(m_socket);
}

nlohmann::json VirtualCards::tell(const std::string& command)
{
    const std::string line = command + '\n';
    EXPECT_EQ(::send(m_socket, line.data(), line.size(), MSG_NOSIGNAL), static_cast<ssize_t>(line.size()));
    std::string answer;
    char c = 0;
    while (::read(m_socket, &c, 1) == 1 && c != '\n')
        answer += c;
    auto parsed = nlohmann::json::parse(answer, nullptr, false);
    EXPECT_TRUE(parsed.is_object() && !parsed.contains("error")) << command << ": " << answer;
    return parsed;
}

std::string VirtualCards::caFile()
{
    return directory() + "/ca.pem";
}

std::string VirtualCards::certificateFile(const std::string& card, const std::string& slot)
{
    return directory() + '/' + card + '-' + slot + ".pem";
}

void VirtualCards::service(const std::string& what)
{
    EXPECT_TRUE(program(directory() + "/pcscd " + what));
}

bool VirtualCards::program(const std::string& command)
{
    return std::system((command + " >>" + directory() + "/programs.log 2>&1").c_str()) == 0;
}

}
