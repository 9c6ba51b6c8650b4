#include "auth/token_worker.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <optional>
#include <string>
#include <vector>

namespace {

using auth::TokenWorker;
using namespace std::chrono_literals;

/// A call that returns when the test says so.
struct Gate {
    std::promise<void> opened;
    std::shared_future<void> open = opened.get_future().share();
};

/// What became of one question.
struct Heard {
    std::promise<std::string> told;
    std::future<std::string> tell = told.get_future();

    [[nodiscard]] TokenWorker::Answer answer()
    {
        return [this] { told.set_value("answered"); };
    }
    [[nodiscard]] TokenWorker::Refuse refuse()
    {
        return [this](const base::Error& error) {
            EXPECT_EQ(error.code, base::Errc::TokenFailure);
            told.set_value("refused");
        };
    }
    [[nodiscard]] std::string wait()
    {
        return tell.wait_for(20s) == std::future_status::ready ? tell.get() : std::string("nothing was told");
    }
};

class TokenWorkerTest : public testing::Test {
protected:
    struct Owner {
        Owner(std::chrono::milliseconds patience, TokenWorkerTest& test)
            : worker({patience, [&test](const base::Error&) { ++test.m_stuck; }, [&test] { ++test.m_late; }})
        {
        }
        TokenWorker worker;
    };

    std::shared_ptr<Owner> make(std::chrono::milliseconds patience) { return std::make_shared<Owner>(patience, *this); }

    std::atomic<int> m_stuck = 0;
    std::atomic<int> m_late = 0;
};

TEST_F(TokenWorkerTest, WorkIsDoneInOrderAndAnsweredBeforeTheEnd)
{
    std::vector<int> done;
    Heard last;
    const auto owner = make(60s);
    for (int i = 0; i < 3; ++i)
        owner->worker.post([&done, i] { done.push_back(i); });
    owner->worker.ask([&] { return last.answer(); }, last.refuse());
    EXPECT_TRUE(owner->worker.finish(owner));
    EXPECT_EQ(done, (std::vector<int>{0, 1, 2}));
    EXPECT_EQ(last.wait(), "answered");
    EXPECT_EQ(m_stuck, 0);
}

TEST_F(TokenWorkerTest, WhoeverWaitsForACallThatDoesNotReturnHearsSoOnce)
{
    Gate gate;
    Heard first, queued, later, after;
    std::atomic<bool> tidied = false;
    const auto owner = make(30ms);
    owner->worker.ask(
        [&] {
            gate.open.wait();
            return first.answer();
        },
        first.refuse());
    owner->worker.ask([&] { return queued.answer(); }, queued.refuse());
    owner->worker.post([&] { tidied = true; });
    EXPECT_EQ(first.wait(), "refused");
    EXPECT_EQ(queued.wait(), "refused") << "what waits behind it is not begun";
    EXPECT_EQ(m_stuck, 1);
    owner->worker.ask([&] { return later.answer(); }, later.refuse());
    EXPECT_EQ(later.wait(), "refused") << "at once";
    EXPECT_FALSE(tidied);
    EXPECT_EQ(m_late, 0);

    gate.opened.set_value();
    while (m_late == 0)
        std::this_thread::yield();
    owner->worker.post([&] { owner->worker.ask([&] { return after.answer(); }, after.refuse()); });
    EXPECT_EQ(after.wait(), "answered") << "it works again";
    EXPECT_TRUE(tidied) << "what nobody waits for was kept";
    EXPECT_TRUE(owner->worker.finish(owner));
    EXPECT_EQ(m_stuck, 1);
}

TEST_F(TokenWorkerTest, WorkMayHaveAPatienceOfItsOwn)
{
    Gate gate;
    Heard patient, impatient;
    const auto owner = make(30ms);
    owner->worker.ask(
        [&] {
            gate.open.wait_for(200ms);
            return patient.answer();
        },
        patient.refuse(), 60s);
    EXPECT_EQ(patient.wait(), "answered");
    owner->worker.ask(
        [&] {
            gate.open.wait();
            return impatient.answer();
        },
        impatient.refuse());
    EXPECT_EQ(impatient.wait(), "refused");
    gate.opened.set_value();
    EXPECT_TRUE(owner->worker.finish(owner) || m_stuck == 1);
    while (m_late == 0)
        std::this_thread::yield();
}

TEST_F(TokenWorkerTest, TheEndDoesNotWaitForACallThatIsStuckAndWhatItUsesDiesWhenItReturns)
{
    Gate gate;
    Heard heard;
    auto owner = make(30ms);
    const std::weak_ptr<Owner> alive = owner;
    owner->worker.ask(
        [&] {
            gate.open.wait();
            return heard.answer();
        },
        heard.refuse());
    EXPECT_EQ(heard.wait(), "refused");
    EXPECT_FALSE(owner->worker.finish(owner));
    owner.reset();
    EXPECT_FALSE(alive.expired()) << "the call still uses it";
    gate.opened.set_value();
    while (!alive.expired())
        std::this_thread::yield();
    EXPECT_EQ(m_late, 1);
}

}
