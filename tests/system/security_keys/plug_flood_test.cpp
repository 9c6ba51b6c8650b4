#include "auth/fido/key_watch.h"
#include "core/base/executor.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <fstream>
#include <limits>
#include <linux/netlink.h>
#include <mutex>
#include <sstream>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

/// More device events at once than the watch's socket holds: the kernel drops what has no room and says so once
/// (ENOBUFS). In a network namespace of its own, where the test is udev: under `unshare -Urn`.
namespace {

using namespace std::chrono_literals;

constexpr auto Patience = 30s;

/// Holds up whoever posts, so that nobody reads events meanwhile.
class SlowDesk final : public base::Executor {
public:
    void post(std::function<void()> work) override
    {
        work();
        std::unique_lock lock(m_mutex);
        ++m_posted;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_released >= m_posted; });
    }
    /// Whether so many were posted, the last of which may still be held up.
    bool waitFor(int posted, std::chrono::milliseconds most)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, most, [&] { return m_posted >= posted; });
    }
    void release(int posted)
    {
        const std::lock_guard lock(m_mutex);
        m_released = posted;
        m_changed.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_posted = 0;
    int m_released = 0;
};

/// Where udev tells its events.
class Udev {
public:
    Udev()
        : m_socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT))
    {
    }
    ~Udev() { ::close(m_socket); }
    Udev(const Udev&) = delete;
    Udev& operator=(const Udev&) = delete;

    /// A key was plugged in, as libudev's sockets say it: a header by which the kernel filters, and the properties.
    bool tellOfAKey()
    {
        using namespace std::string_literals;
        const std::string properties = "ACTION=add\0DEVPATH=/devices/usb1/hidraw/hidraw7\0SUBSYSTEM=hidraw\0"
                                       "DEVNAME=/dev/hidraw7\0SEQNUM=7\0"s;
        constexpr std::uint32_t Magic = 0xFEEDCAFE;
        struct {
            char prefix[8] = "libudev";
            std::uint32_t magic = htonl(Magic);
            std::uint32_t size = sizeof *this;
            std::uint32_t propertiesAt = sizeof *this;
            std::uint32_t propertiesSize = 0;
            std::uint32_t subsystem = htonl(murmurHash2("hidraw"));
            std::uint32_t rest[3] = {};
        } header;
        header.propertiesSize = static_cast<std::uint32_t>(properties.size());
        return send(std::string(reinterpret_cast<const char*>(&header), sizeof header) + properties);
    }
    /// Messages that are no device events, until a listener had no room for one.
    bool flood()
    {
        const std::string nonsense(100'000, 'x');
        const auto deadline = std::chrono::steady_clock::now() + Patience;
        for (const long before = lost(); lost() == before;) {
            if (!send(nonsense) || std::chrono::steady_clock::now() > deadline)
                return false;
        }
        return true;
    }

private:
    /// False where nobody may send here.
    bool send(const std::string& message)
    {
        constexpr unsigned UdevGroup = 2;
        sockaddr_nl everybody{};
        everybody.nl_family = AF_NETLINK;
        everybody.nl_groups = UdevGroup;
        const auto sent = ::sendto(m_socket, message.data(), message.size(), 0,
            reinterpret_cast<const sockaddr*>(&everybody), sizeof everybody);
        return sent >= 0 || errno == ENOBUFS;
    }
    /// What the kernel has not delivered, in this network namespace.
    static long lost()
    {
        std::ifstream sockets("/proc/net/netlink");
        std::string line;
        std::getline(sockets, line); // sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode
        long sum = 0;
        while (std::getline(sockets, line)) {
            std::istringstream columns(line);
            std::string skipped;
            for (int i = 0; i < 8; ++i)
                columns >> skipped;
            long drops = 0;
            columns >> drops;
            sum += drops;
        }
        return sum;
    }
    /// A. Appleby's, with seed 0: by it the kernel tells subsystems apart.
    static std::uint32_t murmurHash2(std::string_view text)
    {
        constexpr std::uint32_t Factor = 0x5BD1E995;
        const auto byte = [&](std::size_t at) {
            return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at]));
        };
        auto hash = static_cast<std::uint32_t>(text.size());
        std::size_t at = 0;
        for (; at + 4 <= text.size(); at += 4) {
            std::uint32_t part = byte(at) | byte(at + 1) << 8U | byte(at + 2) << 16U | byte(at + 3) << 24U;
            part *= Factor;
            part = (part ^ part >> 24U) * Factor;
            hash = hash * Factor ^ part;
        }
        for (std::size_t left = text.size(); left > at; --left)
            hash ^= byte(left - 1) << 8U * (left - 1 - at);
        if (at < text.size())
            hash *= Factor;
        hash = (hash ^ hash >> 13U) * Factor;
        return hash ^ hash >> 15U;
    }

    int m_socket;
};

class PlugFlood : public testing::Test {
protected:
    /// Destroying the watch waits for its thread.
    ~PlugFlood() override { desk.release(std::numeric_limits<int>::max()); }

    SlowDesk desk;
    Udev udev;
    fido::KeyWatch watch{desk, [] {}};
};

}

TEST_F(PlugFlood, WhatWasLostInItIsLookedFor)
{
    ASSERT_TRUE(udev.tellOfAKey()) << "run it under: unshare -Urn (errno " << errno << ')';
    ASSERT_TRUE(desk.waitFor(1, Patience)) << "nobody was told of the key";
    // Each time, and not only the first.
    for (const int next : {2, 3}) {
        ASSERT_TRUE(udev.flood());
        desk.release(next - 1);
        ASSERT_TRUE(desk.waitFor(next, Patience)) << "nobody was told again";
    }
}
