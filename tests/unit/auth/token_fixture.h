#pragma once

#include "auth/token_service.h"
#include "core/base/executor.h"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The desk's thread, played by the test's: runs what was posted while it waits.
class DeskThread final : public base::Executor {
public:
    void post(std::function<void()> work) override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_queue.push_back(std::move(work));
        }
        m_posted.notify_one();
    }

    /// False when 20 seconds were not enough.
    bool runUntil(const std::function<bool()>& done)
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
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

/// A token service, asked and answered in one call.
class Tokens {
public:
    explicit Tokens(
        auth::TokenSettings settings, auth::ApproverSettings approvers = {}, auth::PcscFactory pcsc = auth::systemPcsc)
        : m_service(
            std::make_unique<auth::TokenService>(std::move(settings), std::move(approvers), m_desk, std::move(pcsc)))
    {
        m_lossWatch = m_service->onLost([this](const base::Error& error) { m_losses.push_back(error); });
        m_workWatch = m_service->onWork([this](rfq::CardWork work) { m_works.push_back(work); });
    }

    struct Unlocked {
        std::optional<base::Error> error;
        rfq::TokenStatus status;
    };

    [[nodiscard]] rfq::TokenStatus inspect()
    {
        std::optional<rfq::TokenStatus> answer;
        m_service->inspect([&](rfq::TokenStatus status) { answer = std::move(status); });
        EXPECT_TRUE(m_desk.runUntil([&] { return answer.has_value(); }));
        return answer.value_or(rfq::TokenStatus{});
    }

    Unlocked unlock(const std::string& pin, rfq::LastTry lastTry = rfq::LastTry::NotConfirmed)
    {
        std::optional<Unlocked> answer;
        m_service->unlock(secret(pin), lastTry, [&](base::Status result, rfq::TokenStatus status) {
            answer = Unlocked{result ? std::nullopt : std::optional(result.error()), std::move(status)};
        });
        EXPECT_TRUE(m_desk.runUntil([&] { return answer.has_value(); }));
        return answer.value_or(Unlocked{});
    }

    [[nodiscard]] base::Result<std::vector<rfq::TokenIdentity>> list()
    {
        std::optional<base::Result<std::vector<rfq::TokenIdentity>>> answer;
        m_service->list([&](base::Result<std::vector<rfq::TokenIdentity>> all) { answer = std::move(all); });
        EXPECT_TRUE(m_desk.runUntil([&] { return answer.has_value(); }));
        return answer.value_or(base::Error{});
    }

    [[nodiscard]] rfq::CardsSeen survey()
    {
        std::optional<rfq::CardsSeen> answer;
        m_service->survey([&](rfq::CardsSeen seen) { answer = std::move(seen); });
        EXPECT_TRUE(m_desk.runUntil([&] { return answer.has_value(); }));
        return answer.value_or(rfq::CardsSeen{});
    }

    [[nodiscard]] base::Result<std::vector<rfq::TokenIdentity>> candidates(const rfq::Person& first)
    {
        std::optional<base::Result<std::vector<rfq::TokenIdentity>>> answer;
        m_service->candidates(
            first, [&](base::Result<std::vector<rfq::TokenIdentity>> all) { answer = std::move(all); });
        EXPECT_TRUE(m_desk.runUntil([&] { return answer.has_value(); }));
        return answer.value_or(base::Error{});
    }

    struct Approved {
        std::optional<base::Error> error;
        rfq::Approval approval;
        rfq::PinState pin;
    };

    Approved approve(const std::string& statement, const rfq::Person& first, const std::string& fingerprint,
        const std::string& pin, rfq::LastTry lastTry = rfq::LastTry::NotConfirmed)
    {
        std::optional<Approved> answer;
        m_service->approve(statement, first, fingerprint, secret(pin), lastTry,
            [&](base::Result<rfq::Approval> result, rfq::PinState state) {
                answer =
                    result ? Approved{std::nullopt, *std::move(result), state} : Approved{result.error(), {}, state};
            });
        EXPECT_TRUE(m_desk.runUntil([&] { return answer.has_value(); }));
        return answer.value_or(Approved{});
    }

    auth::PinChange changePin(
        const std::string& old, const std::string& next, rfq::LastTry lastTry = rfq::LastTry::NotConfirmed)
    {
        return setPin([&](auto done) { m_service->changePin(secret(old), secret(next), lastTry, done); });
    }

    auth::PinChange unblockPin(
        const std::string& puk, const std::string& next, rfq::LastTry lastTry = rfq::LastTry::NotConfirmed)
    {
        return setPin([&](auto done) { m_service->unblockPin(secret(puk), secret(next), lastTry, done); });
    }

    [[nodiscard]] static base::SecretBytes secret(const std::string& text)
    {
        base::SecretBytes bytes;
        EXPECT_TRUE(bytes.append(text));
        return bytes;
    }

    [[nodiscard]] auth::TokenService& service() { return *m_service; }
    [[nodiscard]] std::shared_ptr<const tls::Identity> identity() const { return m_service->identity(); }
    [[nodiscard]] const std::vector<base::Error>& losses() const { return m_losses; }
    /// What was told of slow signatures.
    [[nodiscard]] const std::vector<rfq::CardWork>& works() const { return m_works; }
    [[nodiscard]] DeskThread& desk() { return m_desk; }
    void destroy() { m_service.reset(); }

private:
    template <typename Ask>
    auth::PinChange setPin(Ask ask)
    {
        std::optional<auth::PinChange> answer;
        ask([&](auth::PinChange change) { answer = std::move(change); });
        EXPECT_TRUE(m_desk.runUntil([&] { return answer.has_value(); }));
        return answer.value_or(auth::PinChange{base::Error{}, {}, {}});
    }

    DeskThread m_desk;
    std::vector<base::Error> m_losses;
    std::vector<rfq::CardWork> m_works;
    base::Subscription m_lossWatch;
    base::Subscription m_workWatch;
    std::unique_ptr<auth::TokenService> m_service;
};

inline std::optional<base::Errc> codeOf(const std::optional<base::Error>& error)
{
    return error ? std::optional(error->code) : std::nullopt;
}

/// Signs with the identity's key as a handshake would, and verifies with its certificate. False where either fails.
[[nodiscard]] bool signsAndVerifies(const tls::Identity& identity);
