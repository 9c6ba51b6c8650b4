#pragma once

#include "tests/support/loopback_tls.h"
#include "tests/support/test_pki.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace siem_test {

/// A syslog collector over mutual TLS: takes frames (RFC 5425), and breaks connections when told.
class Collector {
public:
    Collector(std::shared_ptr<tls::Context> context, std::uint16_t port)
        : m_context(std::move(context))
        , m_listener(*tls::listenOn("127.0.0.1", port))
        , m_thread([this] { run(); })
    {
    }
    ~Collector()
    {
        m_stopping = true;
        m_wake.wake();
        m_thread.join();
    }

    [[nodiscard]] std::uint16_t port() const { return tls::localPort(m_listener); }
    /// Breaks the connection without a word after so many messages, again and again; absent: no longer.
    void breakEvery(std::optional<std::size_t> messages)
    {
        const std::lock_guard lock(m_mutex);
        m_breakEvery = messages;
        m_sinceBreak = 0;
    }
    /// Reads nothing from now on, and leaves the connection standing.
    void hold() { m_held = true; }
    void goOn()
    {
        m_held = false;
        m_wake.wake();
    }
    bool waitUntil(const std::function<bool(const std::vector<std::string>&)>& holds)
    {
        std::unique_lock lock(m_mutex);
        return m_heard.wait_for(lock, support::Patience, [&] { return holds(m_messages); });
    }
    /// Until it broke so many connections.
    bool waitUntilBroken(int times)
    {
        std::unique_lock lock(m_mutex);
        return m_heard.wait_for(lock, support::Patience, [&] { return m_broken >= times; });
    }
    [[nodiscard]] int refused() const { return m_refused; }

private:
    void run()
    {
        while (!m_stopping) {
            std::vector<tls::Interest> interests{
                {.handle = m_listener.handle(), .read = true}, {.handle = m_wake.handle(), .read = true}};
            tls::waitFor(interests, support::Patience);
            if (tls::Socket socket = tls::acceptFrom(m_listener); socket.isOpen())
                serve(tls::Stream(m_context, std::move(socket)));
        }
    }
    void serve(tls::Stream stream)
    {
        if (!stream.handshake(support::Patience, m_wake)) {
            ++m_refused;
            return;
        }
        std::string bytes;
        while (!m_stopping) {
            if (m_held) {
                std::vector<tls::Interest> woken{{.handle = m_wake.handle(), .read = true}};
                tls::waitFor(woken, support::Patience);
                m_wake.clear();
                continue;
            }
            std::array<char, 4096> buffer{};
            const auto read = stream.read(buffer);
            bytes.append(buffer.data(), read.bytes);
            if (!takeFrames(bytes)) {
                stream.abandon();
                return;
            }
            if (read.closed || read.error)
                return;
            if (read.bytes > 0 || stream.hasBuffered())
                continue;
            std::vector<tls::Interest> interests{stream.interest(false), {.handle = m_wake.handle(), .read = true}};
            tls::waitFor(interests, support::Patience);
        }
    }
    bool takeFrames(std::string& bytes)
    {
        for (;;) {
            const auto blank = bytes.find(' ');
            if (blank == std::string::npos)
                return true;
            const std::size_t size = std::stoul(bytes.substr(0, blank));
            if (bytes.size() < blank + 1 + size)
                return true;
            {
                const std::lock_guard lock(m_mutex);
                if (m_breakEvery && m_sinceBreak++ == *m_breakEvery) {
                    m_sinceBreak = 0;
                    ++m_broken;
                    m_heard.notify_all();
                    return false;
                }
                m_messages.push_back(bytes.substr(blank + 1, size));
            }
            bytes.erase(0, blank + 1 + size);
            m_heard.notify_all();
        }
    }

    std::shared_ptr<tls::Context> m_context;
    tls::Socket m_listener;
    tls::Waker m_wake;
    std::atomic<bool> m_stopping = false;
    std::atomic<bool> m_held = false;
    std::atomic<int> m_refused = 0;
    std::mutex m_mutex;
    std::condition_variable m_heard;
    std::vector<std::string> m_messages;
    std::optional<std::size_t> m_breakEvery; ///< messages
    std::size_t m_sinceBreak = 0;
    int m_broken = 0;
    std::thread m_thread;
};

}
