#include "core/base/inbox.h"
#include "core/base/worker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace {

TEST(Inbox, WakesOncePerBatchAndKeepsTheOrder)
{
    int wakes = 0;
    base::Inbox<int> inbox([&] { ++wakes; });
    for (int i = 0; i < 100; ++i)
        inbox.post(i);
    EXPECT_EQ(wakes, 1);

    const std::vector<int> batch = inbox.drain();
    ASSERT_EQ(batch.size(), 100U);
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(batch[static_cast<std::size_t>(i)], i);

    inbox.post(7);
    EXPECT_EQ(wakes, 2);
    EXPECT_EQ(inbox.drain(), std::vector<int>{7});
    EXPECT_TRUE(inbox.drain().empty());
}

TEST(Inbox, LosesNothingBetweenThreads)
{
    constexpr int Posts = 20'000;
    std::mutex mutex;
    std::condition_variable wake;
    bool pending = false;
    base::Inbox<int> inbox([&] {
        const std::lock_guard lock(mutex);
        pending = true;
        wake.notify_one();
    });
    std::thread poster([&] {
        for (int i = 0; i < Posts; ++i)
            inbox.post(i);
    });
    int next = 0;
    while (next < Posts) {
        {
            std::unique_lock lock(mutex);
            wake.wait(lock, [&] { return pending; });
            pending = false;
        }
        for (const int value : inbox.drain())
            ASSERT_EQ(value, next++);
    }
    poster.join();
}

TEST(Worker, RunsInOrderAndFinishesItsQueue)
{
    std::vector<int> done;
    {
        base::Worker worker;
        for (int i = 0; i < 1000; ++i)
            worker.post([&done, i] { done.push_back(i); });
    }
    ASSERT_EQ(done.size(), 1000U);
    EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
}

}
