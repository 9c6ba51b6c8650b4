#include "tests/bench/journal/parts.h"
#include "tests/bench/journal/records.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

namespace bench {

namespace {

using Steady = std::chrono::steady_clock;

constexpr int Acceptances = 100'000;
constexpr int OfOneTransaction = 2'000;
constexpr int EachWithoutOutcome = 20'000;
constexpr int ClicksOfCheck = 100;
constexpr std::size_t RememberedRequests = 2'000; ///< as the desk

double millisecondsSince(Steady::time_point start)
{
    return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

void fill(const std::filesystem::path& file, int acceptances)
{
    Rig rig(file);
    for (int number = 0; number < acceptances; ++number) {
        rig.append(request(number));
        rig.append(click(number));
        for (rfq::JournalRecord& record : number % EachWithoutOutcome == 0 ? noOutcome(number) : outcome(number))
            rig.append(std::move(record));
        if (number % OfOneTransaction == 0)
            rig.wait();
    }
    rig.wait();
}

/// So that the next reader meets the disk, as after a boot.
void forget(const std::filesystem::path& file)
{
    const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return;
    ::fsync(handle);
    ::posix_fadvise(handle, 0, 0, POSIX_FADV_DONTNEED);
    ::close(handle);
}

/// Milliseconds from opening the file to having the history.
double load(const std::filesystem::path& file)
{
    const auto start = Steady::now();
    Rig rig(file);
    const auto history = rig.journal().load(RememberedRequests);
    if (!history)
        fail(history.error().detail);
    return millisecondsSince(start);
}

/// Lets the whole file be checked, and clicks all the while.
struct ClicksDuringCheck {
    std::vector<double> clicks; ///< milliseconds until durable
    double undisturbed = 0; ///< milliseconds of a check that nobody interrupted
};

ClicksDuringCheck checkUnderClicks(const std::filesystem::path& file, int firstNumber)
{
    ClicksDuringCheck times;
    Rig rig(file);
    std::atomic<bool> checked = false;
    rig.journal().check([&](const base::Status& sound) {
        if (!sound)
            fail(sound.error().detail);
        checked = true;
    });
    for (int number = firstNumber; number < firstNumber + ClicksOfCheck; ++number) {
        // A click now and then, so that the check gets somewhere and is interrupted there.
        const auto due = Steady::now() + std::chrono::milliseconds(5);
        while (Steady::now() < due)
            std::this_thread::yield();
        rig.append(request(number));
        const auto clicked = Steady::now();
        rig.append(click(number));
        rig.wait();
        times.clicks.push_back(millisecondsSince(clicked));
    }
    const auto alone = Steady::now();
    while (!checked)
        std::this_thread::yield();
    times.undisturbed = millisecondsSince(alone);
    return times;
}

void report(const char* what, const std::vector<double>& times)
{
    std::printf("  %-44s p50 %10.1f ms   max %10.1f ms\n", what, percentile(times, 0.5), percentile(times, 1));
}

}

void measureLoads(const std::filesystem::path& directory, int rounds)
{
    const std::filesystem::path large = directory / "large.sqlite";
    const std::filesystem::path small = directory / "small.sqlite";
    fill(large, Acceptances);
    fill(small, Acceptances / 10);
    std::vector<double> cold;
    std::vector<double> warm;
    std::vector<double> few;
    std::vector<double> clicks;
    std::vector<double> checks;
    for (int round = 0; round < rounds; ++round) {
        forget(large);
        cold.push_back(load(large));
        warm.push_back(load(large));
        few.push_back(load(small));
        forget(large);
        const ClicksDuringCheck times = checkUnderClicks(large, Acceptances + round * ClicksOfCheck);
        clicks.insert(clicks.end(), times.clicks.begin(), times.clicks.end());
        checks.push_back(times.undisturbed);
    }
    std::printf("journal: open and load the newest %zu requests of %d acceptances in %.0f MB, %d rounds\n",
        RememberedRequests, Acceptances, static_cast<double>(std::filesystem::file_size(large)) / 1e6, rounds);
    report("100,000 acceptances, from the disk", cold);
    report("100,000 acceptances, from the cache", warm);
    report("10,000 acceptances, from the cache", few);
    report("the check of the whole file, in a pause", checks);
    report("a click that interrupts the check, durable", clicks);
}

}
