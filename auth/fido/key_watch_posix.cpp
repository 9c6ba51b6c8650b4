#include "auth/fido/key_watch.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <libudev.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace fido {

namespace {

struct Unref {
    void operator()(udev* context) const { udev_unref(context); }
    void operator()(udev_monitor* monitor) const { udev_monitor_unref(monitor); }
    void operator()(udev_device* device) const { udev_device_unref(device); }
};

}

class KeyWatch::Monitor {
public:
    Monitor(base::Executor& caller, std::function<void()> changed)
        : m_caller(caller)
        , m_changed(std::move(changed))
        , m_udev(udev_new())
        , m_stop(::eventfd(0, EFD_CLOEXEC))
    {
        // From udev, not from the kernel: by then the rules have given the person access.
        if (m_udev)
            m_monitor.reset(udev_monitor_new_from_netlink(m_udev.get(), "udev"));
        if (m_stop < 0 || !m_monitor
            || udev_monitor_filter_add_match_subsystem_devtype(m_monitor.get(), "hidraw", nullptr) < 0
            || udev_monitor_enable_receiving(m_monitor.get()) < 0)
            return;
        m_thread = std::thread([this] { run(); });
    }

    ~Monitor()
    {
        if (m_thread.joinable()) {
            const std::uint64_t one = 1;
            (void)!::write(m_stop, &one, sizeof one);
            m_thread.join();
        }
        if (m_stop >= 0)
            ::close(m_stop);
    }
    Monitor(const Monitor&) = delete;
    Monitor& operator=(const Monitor&) = delete;

private:
    void run()
    {
        std::array<pollfd, 2> waits{pollfd{udev_monitor_get_fd(m_monitor.get()), POLLIN, 0}, pollfd{m_stop, POLLIN, 0}};
        while (::poll(waits.data(), waits.size(), -1) >= 0 || errno == EINTR) {
            if (waits[1].revents != 0 || (waits[0].revents & (POLLHUP | POLLNVAL)) != 0)
                return;
            if ((waits[0].revents & (POLLIN | POLLERR)) == 0)
                continue;
            errno = 0;
            const std::unique_ptr<udev_device, Unref> device(udev_monitor_receive_device(m_monitor.get()));
            // More came at once than the socket holds, and some of it is lost: what is there now is to be looked at.
            // That is told once, to whoever reads next, even where poll() had seen nothing of it yet; and not again for
            // what is lost until all that the socket holds is read.
            const bool lost = !device && errno == ENOBUFS;
            if (lost)
                discard(waits[0].fd);
            if (device || lost)
                m_caller.post(m_changed);
        }
    }

    static void discard(int socket)
    {
        char first = 0;
        while (::recv(socket, &first, sizeof first, MSG_DONTWAIT) >= 0 || errno == ENOBUFS || errno == EINTR) { }
    }

    base::Executor& m_caller;
    const std::function<void()> m_changed;
    std::unique_ptr<udev, Unref> m_udev;
    std::unique_ptr<udev_monitor, Unref> m_monitor;
    int m_stop;
    std::thread m_thread;
};

KeyWatch::KeyWatch(base::Executor& caller, std::function<void()> changed)
    : m_monitor(std::make_unique<Monitor>(caller, std::move(changed)))
{
}

KeyWatch::~KeyWatch() = default;

}
