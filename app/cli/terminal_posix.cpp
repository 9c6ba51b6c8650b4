#include "app/cli/terminal.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <span>
#include <string_view>
#include <termios.h>
#include <unistd.h>
#include <utility>

namespace cli {

using base::Errc;
using base::Error;

namespace {

class Descriptor {
public:
    explicit Descriptor(int handle)
        : m_handle(handle)
    {
    }
    ~Descriptor()
    {
        if (m_handle >= 0)
            ::close(m_handle);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int handle() const { return m_handle; }

private:
    int m_handle;
};

class EchoOff {
public:
    explicit EchoOff(int handle)
        : m_handle(handle)
    {
        if (::tcgetattr(m_handle, &m_before) != 0)
            return;
        termios silent = m_before;
        // Without ISIG, Ctrl-C arrives as a key: the prompt ends in order and the terminal gets its echo back.
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
        silent.c_cc[VMIN] = 1;
        silent.c_cc[VTIME] = 0;
        m_off = ::tcsetattr(m_handle, TCSAFLUSH, &silent) == 0;
    }
    ~EchoOff()
    {
        if (m_off)
            (void)::tcsetattr(m_handle, TCSAFLUSH, &m_before);
    }
    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;
    [[nodiscard]] bool off() const { return m_off; }

private:
    int m_handle;
    termios m_before{};
    bool m_off = false;
};

bool print(int handle, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(handle, text.data(), text.size());
        if (written < 0 && errno != EINTR)
            return false;
        text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return true;
}

/// Whether control characters are keys of a person or just bytes.
enum class Editing { Keys, None };

constexpr char CtrlC = 3;
constexpr char CtrlD = 4;
constexpr char Backspace = 8;
constexpr char CtrlU = 21;
constexpr char Delete = 127;

/// True where the key was used up.
bool edit(base::SecretBytes& line, char key)
{
    if (key == Backspace || key == Delete)
        line.chopCharacter();
    else if (key == CtrlU)
        line.clear();
    else
        return false;
    return true;
}

/// One character at a time, so that nothing behind the line end is taken and no buffer keeps a copy.
base::Result<base::SecretBytes> readLine(int handle, Editing editing)
{
    base::SecretBytes line;
    for (;;) {
        char c = 0;
        const ssize_t got = ::read(handle, &c, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return Error{Errc::Io, std::string("the PIN cannot be read: ") + std::strerror(errno)};
        const bool calledOff = editing == Editing::Keys && (c == CtrlC || (c == CtrlD && line.empty()));
        if (calledOff || (got == 0 && line.empty()))
            return Error{Errc::Cancelled, "no PIN was given"};
        if (got == 0 || c == '\n' || c == '\r')
            return line;
        if (editing == Editing::Keys && edit(line, c))
            continue;
        const bool fits = line.append(std::span<const char>(&c, 1));
        base::wipe(&c, 1);
        if (!fits)
            return Error{Errc::InvalidInput, "the PIN is longer than 256 bytes"};
    }
}

}

base::Result<base::SecretBytes> askPin(const std::string& prompt)
{
    const Descriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
    if (terminal.handle() < 0)
        return Error{Errc::Io, "there is no terminal to ask for the PIN; give it with --pin-fd"};
    const EchoOff echo(terminal.handle());
    if (!echo.off())
        return Error{Errc::Io, "the terminal's echo cannot be switched off; give the PIN with --pin-fd"};
    if (!print(terminal.handle(), prompt))
        return Error{Errc::Io, "the terminal cannot be written to"};
    auto pin = readLine(terminal.handle(), Editing::Keys);
    (void)print(terminal.handle(), "\n");
    return pin;
}

base::Result<base::SecretBytes> readPin(int descriptor)
{
    return readLine(descriptor, Editing::None);
}

bool confirm(const std::string& question, const std::string& word)
{
    const Descriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
    if (terminal.handle() < 0 || !print(terminal.handle(), question))
        return false;
    const auto answer = readLine(terminal.handle(), Editing::None);
    return answer && answer->reveal() == word;
}

}
