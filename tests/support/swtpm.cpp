#include "tests/support/swtpm.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

extern char** environ;

namespace support {

namespace {

std::filesystem::path newDirectory()
{
    // Short: the name of a socket has 107 bytes at most.
    std::string name = (std::filesystem::temp_directory_path() / "swtpm-XXXXXX").string();
    if (!mkdtemp(name.data()))
        throw std::runtime_error("no directory for swtpm");
    return name;
}

int connectTo(const std::filesystem::path& path)
{
    const int handle = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    if (handle >= 0 && connect(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        return handle;
    close(handle);
    return -1;
}

}

Swtpm::Swtpm()
    : m_directory(newDirectory())
{
    const std::string state = "dir=" + m_directory.string() + ",mode=0600";
    const std::string server = "type=unixio,path=" + socket().string();
    const std::string control = "type=unixio,path=" + socket().string() + ".ctrl";
    const std::string log = "file=" + (m_directory / "log").string();
    std::vector<const char*> words{"swtpm", "socket", "--tpm2", "--tpmstate", state.c_str(), "--server", server.c_str(),
        "--ctrl", control.c_str(), "--flags", "not-need-init,startup-clear", "--log", log.c_str(), nullptr};
    pid_t process = -1;
    if (posix_spawnp(&process, "swtpm", nullptr, nullptr, const_cast<char* const*>(words.data()), environ) != 0)
        throw std::runtime_error("swtpm is not installed (Debian: swtpm)");
    m_process = process;
    const auto listensOn = [](const std::filesystem::path& path) {
        const int handle = connectTo(path);
        if (handle >= 0)
            close(handle);
        return handle >= 0;
    };
    // It opens the one after the other.
    for (;;) {
        if (listensOn(socket().string() + ".ctrl") && listensOn(socket()))
            return;
        if (waitpid(m_process, nullptr, WNOHANG) != 0) {
            m_process = -1;
            throw std::runtime_error("swtpm has ended; its log is " + (m_directory / "log").string());
        }
        std::this_thread::yield();
    }
}

Swtpm::~Swtpm()
{
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(m_directory, ignored);
}

void Swtpm::stop()
{
    if (m_process < 0)
        return;
    kill(m_process, SIGKILL);
    waitpid(m_process, nullptr, 0);
    m_process = -1;
}

void Swtpm::extend(std::uint8_t pcr, std::uint8_t filledWith)
{
    std::vector<std::uint8_t> command{0x80, 0x02, 0, 0, 0, 0, 0, 0, 0x01, 0x82, // sessions, size, TPM_CC_PCR_Extend
        0, 0, 0, pcr, 0, 0, 0, 9, 0x40, 0, 0, 0x09, 0, 0, 0, 0, 0, // the register, TPM_RS_PW with an empty password
        0, 0, 0, 1, 0, 0x0b}; // one digest, SHA-256
    command.insert(command.end(), 32, filledWith);
    command[5] = static_cast<std::uint8_t>(command.size());
    const int handle = connectTo(socket());
    std::array<std::uint8_t, 64> answer{};
    const bool done = handle >= 0
        && write(handle, command.data(), command.size()) == static_cast<ssize_t>(command.size())
        && read(handle, answer.data(), answer.size()) >= 10 && (answer[6] | answer[7] | answer[8] | answer[9]) == 0;
    close(handle);
    if (!done)
        throw std::runtime_error("swtpm did not extend a register");
}

}
