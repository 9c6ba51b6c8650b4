#pragma once

#include "auth/pcsc.h"

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

/// The smartcard service as a script: readers, cards and accidents that a test brings about. Shared by every context
/// that factory() makes; outlives them.
class FakeService {
public:
    static constexpr std::uint32_t Present = 0x20;
    static constexpr std::uint32_t Empty = 0x10;
    static constexpr std::uint32_t Unknown = 0x04;

    void plugIn(const std::string& reader)
    {
        change([&] { m_readers[reader] = Empty; });
    }
    void unplug(const std::string& reader)
    {
        change([&] { m_readers.erase(reader); });
    }
    void insert(const std::string& reader)
    {
        change([&] { m_readers[reader] = counted(reader) | Present; });
    }
    void remove(const std::string& reader)
    {
        change([&] { m_readers[reader] = counted(reader) | Empty; });
    }
    /// Out and in again before anybody looks.
    void swap(const std::string& reader)
    {
        change([&] { m_readers[reader] = ((m_readers[reader] & 0xffff'0000U) + 0x2'0000U) | Present; });
    }
    void setState(const std::string& reader, std::uint32_t state)
    {
        change([&] { m_readers[reader] = state; });
    }
    void stop()
    {
        change([&] { m_running = false; });
    }
    void start()
    {
        change([&] { m_running = true; });
    }
    /// What the next waits answer, whatever happens.
    void answerNextWait(auth::PcscOutcome outcome)
    {
        change([&] { m_answers.push_back(outcome); });
    }
    [[nodiscard]] int establishments()
    {
        const std::lock_guard lock(m_mutex);
        return m_establishments;
    }
    void waitForEstablishments(int count)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_tries >= count; });
    }

    [[nodiscard]] auth::PcscFactory factory()
    {
        return [this] { return std::make_unique<Context>(*this); };
    }

private:
    class Context final : public auth::Pcsc {
    public:
        explicit Context(FakeService& service)
            : m_service(service)
        {
        }
        auth::PcscAnswer establish() override
        {
            const std::lock_guard lock(m_service.m_mutex);
            ++m_service.m_tries;
            m_service.m_changed.notify_all();
            if (!m_service.m_running)
                return {auth::PcscOutcome::NoService, "no service"};
            ++m_service.m_establishments;
            m_epoch = m_service.m_epoch;
            return {};
        }
        void release() override { }
        auth::PcscAnswer listReaders(std::vector<std::string>& readers) override
        {
            const std::lock_guard lock(m_service.m_mutex);
            readers.clear();
            if (dead())
                return {auth::PcscOutcome::NoService, "no service"};
            for (const auto& [name, state] : m_service.m_readers)
                readers.push_back(name);
            return {readers.empty() ? auth::PcscOutcome::NoReader : auth::PcscOutcome::Ok, {}};
        }
        auth::PcscAnswer waitForChange(
            std::chrono::milliseconds atMost, std::vector<auth::ReaderState>& readers) override
        {
            std::unique_lock lock(m_service.m_mutex);
            const auto differs = [&] {
                return std::any_of(readers.begin(), readers.end(), [&](const auto& reader) {
                    const auto found = m_service.m_readers.find(reader.reader);
                    return found == m_service.m_readers.end() || found->second != reader.known;
                }) || readers.size() != m_service.m_readers.size();
            };
            const bool woken = m_service.m_changed.wait_for(
                lock, atMost, [&] { return dead() || m_cancelled || !m_service.m_answers.empty() || differs(); });
            if (std::exchange(m_cancelled, false))
                return {auth::PcscOutcome::Cancelled, "cancelled"};
            if (dead())
                return {auth::PcscOutcome::NoService, "no service"};
            if (!m_service.m_answers.empty()) {
                const auto outcome = m_service.m_answers.front();
                m_service.m_answers.pop_front();
                return {outcome, "scripted"};
            }
            for (auto& reader : readers) {
                const auto found = m_service.m_readers.find(reader.reader);
                reader.seen = found == m_service.m_readers.end() ? Unknown : found->second;
            }
            return {woken ? auth::PcscOutcome::Ok : auth::PcscOutcome::TimedOut, {}};
        }
        void cancel() override
        {
            const std::lock_guard lock(m_service.m_mutex);
            m_cancelled = true;
            m_service.m_changed.notify_all();
        }
        base::Result<std::unique_ptr<auth::CardChannel>> connect(const std::string&) override
        {
            return base::Error{base::Errc::TokenFailure, "the scripted card does not talk"};
        }

    private:
        [[nodiscard]] bool dead() const { return !m_service.m_running || m_epoch != m_service.m_epoch; }
        FakeService& m_service;
        int m_epoch = 0;
        bool m_cancelled = false;
    };

    template <typename Change>
    void change(Change how)
    {
        const std::lock_guard lock(m_mutex);
        const bool before = m_running;
        how();
        if (before && !m_running)
            ++m_epoch;
        m_changed.notify_all();
    }
    std::uint32_t counted(const std::string& reader) { return (m_readers[reader] & 0xffff'0000U) + 0x1'0000U; }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<std::string, std::uint32_t> m_readers;
    std::deque<auth::PcscOutcome> m_answers;
    bool m_running = true;
    int m_epoch = 0; ///< contexts from before a stop are dead
    int m_establishments = 0;
    int m_tries = 0;
};
