#include "tests/bench/journal/parts.h"
#include "tests/bench/journal/records.h"

#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace bench {

namespace {

using Steady = std::chrono::steady_clock;

constexpr int Acceptances = 100'000;
constexpr int OfOneTransaction = 2'000;
constexpr int EachWithoutOutcome = 20'000;
constexpr std::size_t RememberedRequests = 2'000; ///< as the desk

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
    const double milliseconds = std::chrono::duration<double, std::milli>(Steady::now() - start).count();
    return milliseconds;
}

void report(const char* what, const std::vector<double>& times)
{
    std::printf("  %-44s %10.1f ms\n", what, percentile(times, 0.5));
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
    for (int round = 0; round < rounds; ++round) {
        forget(large);
        cold.push_back(load(large));
        warm.push_back(load(large));
        few.push_back(load(small));
    }
    std::printf("journal: open and load, %d acceptances in %.0f MB, medians of %d\n", Acceptances,
        static_cast<double>(std::filesystem::file_size(large)) / 1e6, rounds);
    report("100,000 acceptances, from the disk", cold);
    report("100,000 acceptances, from the cache", warm);
    report("10,000 acceptances, from the cache", few);
}

}
