#pragma once

#include "auth/fido/fido_keys.h"
#include "auth/fido/local_check.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "tests/support/virtual_keys.h"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono_literals;

/// The desk's thread, played by the test's.
class DeskLoop final : public base::Executor {
public:
    void post(std::function<void()> work) override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_queue.push_back(std::move(work));
        }
        m_posted.notify_one();
    }

    /// Runs what is posted until `done`; false after 20 seconds.
    bool runUntil(const std::function<bool()>& done)
    {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (!done()) {
            std::unique_lock lock(m_mutex);
            if (!m_posted.wait_until(lock, deadline, [this] { return !m_queue.empty(); }))
                return false;
            const auto work = std::move(m_queue.front());
            m_queue.pop_front();
            lock.unlock();
            work();
        }
        return true;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_posted;
    std::deque<std::function<void()>> m_queue;
};

/// What an operation under way has come to.
template <typename T>
struct Pending {
    fido::OperationNumber number{};
    std::shared_ptr<std::vector<fido::Outcome<T>>> answers = std::make_shared<std::vector<fido::Outcome<T>>>();
    std::shared_ptr<std::vector<fido::TouchNeeded>> touches = std::make_shared<std::vector<fido::TouchNeeded>>();

    [[nodiscard]] bool isOver() const { return !answers->empty(); }
};

inline base::SecretBytes secret(const std::string& text)
{
    base::SecretBytes bytes;
    EXPECT_TRUE(bytes.append(text));
    return bytes;
}

/// Two virtual keys, of which the first is plugged in, with the PIN "2580"; and the real FidoKeys on top.
class KeyTest : public testing::Test {
protected:
    static constexpr const char* Pin = "2580";
    static constexpr const char* RpId = "stepup.example.com";

    KeyTest()
    {
        unplugAll();
        first = virtualKeys.fresh(0);
        virtualKeys.setPin(Pin, 0);
        keys = std::make_unique<fido::FidoKeys>(fido::KeySettings{}, clock, desk);
    }
    ~KeyTest() override
    {
        keys.reset();
        unplugAll();
    }

    void unplugAll()
    {
        virtualKeys.unplug(0);
        virtualKeys.unplug(1);
    }

    /// The second key, with a PIN of its own.
    std::string addSecond(const std::string& pin = "2580")
    {
        const std::string path = virtualKeys.fresh(1);
        virtualKeys.setPin(pin, 1);
        return path;
    }

    static fido::Bytes hash(unsigned char filler = 7) { return fido::Bytes(32, filler); }

    fido::EnrolRequest enrolment() const
    {
        fido::EnrolRequest request;
        request.rpId = RpId;
        request.rpName = "Example";
        request.userId = {1, 2, 3, 4};
        request.userName = "trader";
        request.clientDataHash = hash();
        return request;
    }
    fido::AssertRequest inquiry(std::vector<fido::Bytes> allowed) const
    {
        fido::AssertRequest request;
        request.rpId = RpId;
        request.clientDataHash = hash(9);
        request.allowed = std::move(allowed);
        return request;
    }

    Pending<fido::Registration> beginEnrol(fido::EnrolRequest request, const std::string& pin = Pin)
    {
        Pending<fido::Registration> pending;
        pending.number =
            keys->enrol(std::move(request), secret(pin), toucher(pending), taker<fido::Registration>(pending));
        return pending;
    }
    Pending<fido::Assertion> beginAssert(fido::AssertRequest request, const std::string& pin = Pin)
    {
        Pending<fido::Assertion> pending;
        pending.number =
            keys->assertion(std::move(request), secret(pin), toucher(pending), taker<fido::Assertion>(pending));
        return pending;
    }
    Pending<base::Ok> beginSetPin(const std::string& pin)
    {
        Pending<base::Ok> pending;
        pending.number = keys->setPin("", secret(pin), toucher(pending), taker<base::Ok>(pending));
        return pending;
    }
    Pending<base::Ok> beginChangePin(const std::string& old, const std::string& pin)
    {
        Pending<base::Ok> pending;
        pending.number = keys->changePin(
            "", secret(old), secret(pin), fido::LastTry::NotConfirmed, toucher(pending), taker<base::Ok>(pending));
        return pending;
    }
    Pending<fido::KeyDescription> beginChoose(fido::AssertRequest request)
    {
        Pending<fido::KeyDescription> pending;
        pending.number = keys->choose(std::move(request), toucher(pending), taker<fido::KeyDescription>(pending));
        return pending;
    }

    template <typename T>
    fido::Outcome<T> finish(const Pending<T>& pending)
    {
        EXPECT_TRUE(desk.runUntil([&] { return pending.isOver(); }));
        EXPECT_EQ(pending.answers->size(), 1U);
        return pending.isOver() ? pending.answers->front() : fido::Outcome<T>(fido::Failure{});
    }
    /// The failure it must end in.
    template <typename T>
    fido::Failure failure(const Pending<T>& pending)
    {
        const auto outcome = finish(pending);
        const auto* failed = fido::failureIn(outcome);
        EXPECT_NE(failed, nullptr) << "it went well";
        return failed ? *failed : fido::Failure{};
    }
    /// The value it must end in.
    template <typename T>
    T value(const Pending<T>& pending)
    {
        const auto outcome = finish(pending);
        const auto* failed = fido::failureIn(outcome);
        EXPECT_EQ(failed, nullptr) << problemName(failed->problem) << ": " << failed->detail;
        return failed ? T{} : *std::get_if<T>(&outcome);
    }
    std::vector<fido::KeyDescription> list()
    {
        Pending<std::vector<fido::KeyDescription>> pending;
        pending.number = keys->list(taker<std::vector<fido::KeyDescription>>(pending));
        return value(pending);
    }
    /// Enrols with the key that is alone.
    fido::Registration enrolled() { return value(beginEnrol(enrolment())); }

    support::VirtualKeys virtualKeys;
    base::SystemClock clock;
    DeskLoop desk;
    std::string first;
    std::unique_ptr<fido::FidoKeys> keys;

private:
    template <typename T>
    static fido::SecurityKeys::Then<T> taker(const Pending<T>& pending)
    {
        return [answers = pending.answers](fido::Outcome<T> outcome) { answers->push_back(std::move(outcome)); };
    }
    template <typename T>
    static fido::SecurityKeys::Touch toucher(const Pending<T>& pending)
    {
        return [touches = pending.touches](fido::TouchNeeded needed) { touches->push_back(needed); };
    }
};
