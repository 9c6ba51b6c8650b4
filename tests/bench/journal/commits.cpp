#include "tests/bench/journal/parts.h"
#include "tests/bench/journal/records.h"

#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace bench {

namespace {

using Steady = std::chrono::steady_clock;

constexpr int SamplesOfRound = 200;
/// The write-ahead log begins at its start again about here; so does the bare file.
constexpr off_t LogLength = 4 * 1024 * 1024;

double microsecondsSince(Steady::time_point start)
{
    return std::chrono::duration<double, std::micro>(Steady::now() - start).count();
}

/// A log without a database: one write, one fdatasync.
class BareLog {
public:
    explicit BareLog(const std::filesystem::path& file)
        : m_handle(::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600))
    {
        if (m_handle < 0)
            fail("cannot create " + file.string());
    }
    ~BareLog() { ::close(m_handle); }
    BareLog(const BareLog&) = delete;
    BareLog& operator=(const BareLog&) = delete;

    void append(const std::string& bytes)
    {
        const auto length = static_cast<off_t>(bytes.size());
        m_offset = m_offset + length > LogLength ? 0 : m_offset;
        if (::pwrite(m_handle, bytes.data(), bytes.size(), m_offset) != length || ::fdatasync(m_handle) != 0)
            fail("cannot write the bare log");
        m_offset += length;
    }

private:
    const int m_handle;
    off_t m_offset = 0;
};

/// What one click adds to the write-ahead log.
std::size_t bytesOfClick(const std::filesystem::path& directory)
{
    constexpr int Clicks = 20;
    const std::filesystem::path file = directory / "size.sqlite";
    Rig rig(file);
    for (int i = 0; i < Clicks; ++i)
        rig.append(request(i));
    rig.wait();
    const auto before = std::filesystem::file_size(file.string() + "-wal");
    for (int i = 0; i < Clicks; ++i) {
        rig.append(click(i));
        rig.wait();
    }
    return (std::filesystem::file_size(file.string() + "-wal") - before) / Clicks;
}

}

void measureCommits(const std::filesystem::path& directory, int rounds)
{
    const std::string bytes(bytesOfClick(directory), '\x5a');
    Rig rig(directory / "commits.sqlite");
    BareLog log(directory / "bare.log");
    std::vector<double> commits;
    std::vector<double> syncs;
    for (int number = 0; number < rounds * SamplesOfRound; ++number) {
        rig.append(request(number));
        rig.wait();
        const auto clicked = Steady::now();
        rig.append(click(number));
        rig.wait();
        commits.push_back(microsecondsSince(clicked));
        for (rfq::JournalRecord& record : outcome(number)) {
            rig.append(std::move(record));
        }
        rig.wait();
        const auto began = Steady::now();
        log.append(bytes);
        syncs.push_back(microsecondsSince(began));
    }
    const double commit = percentile(commits, 0.5);
    const double sync = percentile(syncs, 0.5);
    std::printf(
        "journal: from the append of a click to durable, %zu clicks, %zu bytes each\n", commits.size(), bytes.size());
    std::printf("  %-28s p50 %10.1f us   p99 %10.1f us\n", "click to durable", commit, percentile(commits, 0.99));
    std::printf("  %-28s p50 %10.1f us   p99 %10.1f us\n", "bare write and fdatasync", sync, percentile(syncs, 0.99));
    std::printf("  p50 ratio %.2f (target 3), share of the sync %.0f %%\n", commit / sync, 100 * sync / commit);
}

}
