// bench_click [ROUNDS [DIRECTORY]]: from the click to the bytes of the acceptance handed to the connection, with the
// intent durable before it, against one bare write and fdatasync of the same size on the same disk. Interleaved: one
// deal, one bare sync, one deal ... DIRECTORY (the current one) chooses the disk.
#include "tests/bench/click/dealing_world.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

constexpr int DealsPerRound = 50;
constexpr std::size_t UsualIntent = 4'120; ///< one page of SQLite and the head of its frame

using Micros = std::chrono::duration<double, std::micro>;

double micros(base::UtcTime from, base::UtcTime until)
{
    return Micros(until - from).count();
}

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// A file that is written on and synced, and begun again where SQLite begins its log again.
class BareLog {
public:
    explicit BareLog(const std::filesystem::path& file)
        : m_handle(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600))
    {
        if (m_handle < 0)
            fail();
    }
    ~BareLog() { ::close(m_handle); }
    BareLog(const BareLog&) = delete;
    BareLog& operator=(const BareLog&) = delete;

    [[nodiscard]] double append(std::size_t size)
    {
        constexpr std::size_t Longest = 1'000 * 4'120;
        const std::string bytes(size, 'x');
        const auto start = std::chrono::steady_clock::now();
        const ssize_t written = ::pwrite(m_handle, bytes.data(), bytes.size(), static_cast<off_t>(m_end));
        if (written != static_cast<ssize_t>(size) || ::fdatasync(m_handle) != 0)
            fail();
        const double took = Micros(std::chrono::steady_clock::now() - start).count();
        m_end = m_end + size < Longest ? m_end + size : 0;
        return took;
    }

private:
    [[noreturn]] static void fail()
    {
        std::perror("bench_click: the bare log");
        std::exit(1);
    }
    int m_handle;
    std::size_t m_end = 0;
};

void row(const std::string& what, double value, const char* unit, const char* target)
{
    std::printf("%-62s %13.1f %s %14s\n", what.c_str(), value, unit, target);
}

std::filesystem::path freshDirectory(const std::filesystem::path& parent)
{
    std::string name = (parent / "bench-click-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        std::perror("bench_click: the directory");
        std::exit(1);
    }
    return name;
}

}

int main(int argc, char** argv)
{
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 7;
    const std::filesystem::path directory = freshDirectory(argc > 2 ? argv[2] : ".");
    std::vector<double> total;
    std::vector<double> untilDurable;
    std::vector<double> bare;
    std::vector<double> ratio; ///< of one deal to the sync right after it: both see the same disk
    {
        bench::DealingWorld world(directory);
        BareLog log(directory / "bare.log");
        for (int i = 0; i < 5; ++i)
            static_cast<void>(world.dealOnce()); // the first ones create files
        const std::size_t size = world.intentSize() > 0 ? world.intentSize() : UsualIntent;
        for (int i = 0; i < rounds * DealsPerRound; ++i) {
            const bench::Passage passage = world.dealOnce();
            total.push_back(micros(passage.clicked, passage.written));
            untilDurable.push_back(micros(passage.clicked, passage.durable));
            bare.push_back(log.append(size));
            ratio.push_back(total.back() / bare.back());
        }
        std::printf("click to wire: %zu deals, each after it a bare write of %zu bytes and its fdatasync\n",
            total.size(), size);
    }
    std::filesystem::remove_all(directory);

    row("bare write and fdatasync p50", percentile(bare, 0.5), "us", "");
    row("bare write and fdatasync p99", percentile(bare, 0.99), "us", "");
    row("click to bytes handed over p50, intent durable", percentile(total, 0.5), "us", "");
    row("click to bytes handed over p99, intent durable", percentile(total, 0.99), "us", "");
    row("of it until the journal answered p50", percentile(untilDurable, 0.5), "us", "");
    row("click to bytes / bare sync right after it, p50", percentile(ratio, 0.5), "x ", "<= 3");
    row("the bare sync's share of the time to the bytes, p50", 100 / percentile(ratio, 0.5), "% ", "");
    return 0;
}
