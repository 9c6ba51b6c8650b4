#include "tests/bench/pep/fix_client.h"
#include "tests/bench/pep/parts.h"
#include "tests/bench/pep/venue_world.h"

#include <cstddef>
#include <ctime>
#include <sched.h>

namespace bench {

namespace {

constexpr int BlocksPerRound = 40;
constexpr int RequestsPerBlock = 50;
/// Not measured. After them what is remembered of the latest quotes (4,096) is full: from here on a venue costs what it
/// costs all day.
constexpr int BlocksBefore = 100;
/// How many dealers are asked, and answer each request.
enum class Asked : std::size_t { One = 1, All = Dealers.size() };

/// The request and its end, and as many quotes.
double messagesOf(Asked asked)
{
    return 2 + static_cast<double>(asked);
}

double seconds(clockid_t clock)
{
    timespec time{};
    if (::clock_gettime(clock, &time) != 0)
        fail("a thread's clock cannot be read");
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// Everything on one processor while it lives. Where the scheduler puts the threads of a line, and whether a wake-up
/// crosses processors, costs more than what is measured here, and stays so for a whole run.
class OneProcessor {
public:
    OneProcessor()
    {
        if (::sched_getaffinity(0, sizeof m_before, &m_before) != 0)
            fail("the processors of this thread cannot be read");
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(static_cast<std::size_t>(::sched_getcpu()), &one);
        if (::sched_setaffinity(0, sizeof one, &one) != 0)
            fail("this thread cannot stay on one processor");
    }
    ~OneProcessor() { static_cast<void>(::sched_setaffinity(0, sizeof m_before, &m_before)); }
    OneProcessor(const OneProcessor&) = delete;
    OneProcessor& operator=(const OneProcessor&) = delete;

private:
    cpu_set_t m_before{};
};

/// A venue, and a client of it that asks for quotes, waits for them, and ends the request.
class Line {
public:
    Line(VenueWorld& world, Pep pep, Asked asked)
        : m_asked(asked)
        , m_venue(world.open(pep))
        , m_client(m_venue->port(), world.client(0))
    {
        m_client.open(VenueWorld::compIdOf(0), VenueWorld::nameOf(0), pep);
        for (int i = 0; i < BlocksBefore; ++i)
            static_cast<void>(cost());
    }

    /// Processor time of the server for each message, us: of all threads of the process but the client's. The other
    /// line is idle meanwhile.
    [[nodiscard]] double cost()
    {
        const double all = seconds(CLOCK_PROCESS_CPUTIME_ID);
        const double own = seconds(CLOCK_THREAD_CPUTIME_ID);
        for (int i = 0; i < RequestsPerBlock; ++i)
            ask();
        const double spent = seconds(CLOCK_PROCESS_CPUTIME_ID) - all - (seconds(CLOCK_THREAD_CPUTIME_ID) - own);
        return 1e6 * spent / (RequestsPerBlock * messagesOf(m_asked));
    }

private:
    void ask()
    {
        const std::string id = "R-" + std::to_string(++m_requests);
        const std::string whom = m_asked == Asked::One ? "453=1|448=" + std::string(Dealers[0]) + "|447=D|452=35|" : "";
        m_client.say("R", "131=" + id + "|146=1|55=EUR/USD|38=1000000|15=EUR|" + whom, VenueWorld::compIdOf(0));
        for (std::size_t quote = 0; quote < static_cast<std::size_t>(m_asked); ++quote) {
            m_client.hear("35=S\x01");
            m_client.hear("131=" + id + "\x01");
        }
        m_client.say("Z", "131=" + id + "|117=*|298=4|295=1|55=EUR/USD|", VenueWorld::compIdOf(0));
    }

    const Asked m_asked;
    std::unique_ptr<RunningVenue> m_venue;
    FixClient m_client;
    int m_requests = 0;
};

void compare(VenueWorld& world, Asked asked, int rounds)
{
    Line plain(world, Pep::Without, asked);
    Line guarded(world, Pep::With, asked);
    std::vector<double> with;
    std::vector<double> without;
    std::vector<double> added;
    for (int pair = 0; pair < rounds * BlocksPerRound; ++pair) {
        // Who comes first takes turns: what the first leaves behind, the second pays.
        if (pair % 2 == 0) {
            without.push_back(plain.cost());
            with.push_back(guarded.cost());
        } else {
            with.push_back(guarded.cost());
            without.push_back(plain.cost());
        }
        added.push_back(100 * (with.back() / without.back() - 1));
    }
    const std::string who = asked == Asked::One ? "1 dealer: " : std::to_string(Dealers.size()) + " dealers: ";
    row((who + "server, processor time per message, no PEP").c_str(), median(without), "us", "");
    row((who + "the same, each message authorised").c_str(), median(with), "us", "");
    row((who + "authorisation adds, median of pairs").c_str(), median(added), "%", "<= 5");
}

}

void messages(int rounds)
{
    const OneProcessor one; // threads that begin from here on stay there too
    VenueWorld world(1);
    compare(world, Asked::All, rounds);
    compare(world, Asked::One, rounds);
}

}
