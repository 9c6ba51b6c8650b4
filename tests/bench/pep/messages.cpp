#include "tests/bench/pep/fix_client.h"
#include "tests/bench/pep/parts.h"
#include "tests/bench/pep/venue_world.h"

#include <ctime>
#include <pthread.h>

namespace bench {

namespace {

constexpr int MessagesPerRound = 4'000;

double seconds(clockid_t clock)
{
    timespec time{};
    if (::clock_gettime(clock, &time) != 0)
        fail("a thread's clock cannot be read");
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// Processor time of the server for each message of a client, us: all threads of the process but the client's.
double serverCost(VenueWorld& world, VenueWorld::Pep pep)
{
    world.start(pep);
    FixClient client(world.port(), world.client(0));
    client.open(VenueWorld::compIdOf(0), VenueWorld::nameOf(0), pep == VenueWorld::Pep::With);
    const auto ask = [&](int i) {
        const std::string id = std::to_string(i);
        client.say("R", "131=R-" + id + "|146=1|55=EUR/USD|38=1000000|15=EUR|453=1|448=NOBODY|447=D|452=35|",
            VenueWorld::compIdOf(0));
        client.hear("131=R-" + id + "\x01");
    };
    for (int i = 0; i < MessagesPerRound / 10; ++i)
        ask(-1 - i);
    const double all = seconds(CLOCK_PROCESS_CPUTIME_ID);
    const double own = seconds(CLOCK_THREAD_CPUTIME_ID);
    for (int i = 1; i <= MessagesPerRound; ++i)
        ask(i);
    const double spent = seconds(CLOCK_PROCESS_CPUTIME_ID) - all - (seconds(CLOCK_THREAD_CPUTIME_ID) - own);
    world.stop();
    return 1e6 * spent / MessagesPerRound;
}

}

void messages(int rounds)
{
    VenueWorld world(1);
    std::vector<double> with;
    std::vector<double> without;
    std::vector<double> added;
    for (int round = 0; round < rounds; ++round) {
        without.push_back(serverCost(world, VenueWorld::Pep::Without));
        with.push_back(serverCost(world, VenueWorld::Pep::With));
        added.push_back(100 * (with.back() / without.back() - 1));
    }
    row("server, processor time per request for quotes, no PEP", median(without), "us", "");
    row("the same, each message authorised", median(with), "us", "");
    row("authorisation adds", median(added), "%", "<= 5");
}

}
