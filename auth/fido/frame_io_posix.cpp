#include "auth/fido/frame_io.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

namespace fido {

namespace {

/// What another program may take that only asks a key what it is.
constexpr std::chrono::milliseconds LockPatience{2'000};
constexpr std::chrono::milliseconds LockPoll{50};

/// A hidraw device node.
class HidrawDevice final : public FrameIo {
public:
    explicit HidrawDevice(int handle)
        : m_handle(handle)
    {
    }
    ~HidrawDevice() override { ::close(m_handle); }
    HidrawDevice(const HidrawDevice&) = delete;
    HidrawDevice& operator=(const HidrawDevice&) = delete;

    Read read(Report& report, std::chrono::milliseconds most) override
    {
        pollfd wait{m_handle, POLLIN, 0};
        const int ready = ::poll(&wait, 1, static_cast<int>(std::max<long long>(most.count(), 0)));
        if (ready == 0 || (ready < 0 && errno == EINTR))
            return Read::Nothing;
        if (ready < 0)
            return Read::Gone;
        const ssize_t got = ::read(m_handle, report.data(), report.size());
        if (got < 0)
            return errno == EINTR || errno == EAGAIN ? Read::Nothing : Read::Gone;
        if (got == 0)
            return Read::Gone;
        return static_cast<std::size_t>(got) == report.size() ? Read::Whole : Read::Short;
    }

    bool write(std::span<const unsigned char> bytes) override
    {
        return ::write(m_handle, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
    }

private:
    int m_handle;
};

Problem problemOfErrno(int error)
{
    switch (error) {
    case EACCES:
    case EPERM:
        return Problem::NotPermitted;
    case EBUSY:
        return Problem::Busy;
    default:
        return Problem::Removed;
    }
}

}

Outcome<std::unique_ptr<FrameIo>> openFrames(const std::string& path, Operation& operation)
{
    const int handle = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (handle < 0)
        return Failure{problemOfErrno(errno), std::nullopt, path + ": " + std::strerror(errno)};
    std::unique_ptr<FrameIo> device = std::make_unique<HidrawDevice>(handle);
    const base::Clock& clock = operation.clock();
    const auto begin = clock.steady();
    while (::flock(handle, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR)
            continue;
        // Not every driver has locks: then there is nobody to wait for.
        if (errno != EWOULDBLOCK)
            break;
        if (const auto over = operation.over())
            return Failure{*over, std::nullopt, path + ": waiting for another program to end with the key"};
        if (clock.steady() - begin >= LockPatience)
            return Failure{Problem::Busy, std::nullopt, path + ": another program has locked it"};
        operation.pause(LockPoll);
    }
    return device;
}

}
