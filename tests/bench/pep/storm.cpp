#include "tests/bench/pep/bare.h"
#include "tests/bench/pep/fix_client.h"
#include "tests/bench/pep/parts.h"
#include "tests/bench/pep/venue_world.h"

#include <algorithm>
#include <barrier>
#include <functional>
#include <thread>

namespace bench {

namespace {

constexpr int Clients = 1'000;

struct Storm {
    double total = 0; ///< s until the last one is through
    double median = 0;
};

/// Everybody at once, each on a thread of its own.
Storm atOnce(const std::function<void(int)>& come)
{
    std::barrier gate(Clients + 1);
    std::vector<double> seconds(Clients);
    std::vector<std::thread> threads;
    std::chrono::steady_clock::time_point start;
    for (int i = 0; i < Clients; ++i)
        threads.emplace_back([&, i] {
            gate.arrive_and_wait();
            come(i);
            seconds[static_cast<std::size_t>(i)] =
                std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        });
    start = std::chrono::steady_clock::now();
    gate.arrive_and_wait();
    for (auto& thread : threads)
        thread.join();
    return {*std::max_element(seconds.begin(), seconds.end()), median(seconds)};
}

}

void storm(int rounds)
{
    VenueWorld world(Clients);
    std::vector<double> ratios;
    std::vector<double> bares;
    std::vector<double> storms;
    std::vector<double> spreads;
    for (int round = 0; round < rounds; ++round) {
        Storm bare;
        {
            BareServer server(world.server());
            bare = atOnce([&](int i) { FixClient(server.port(), world.client(i)).hear("!"); });
        }
        const auto venue = world.open(Pep::With);
        std::vector<std::unique_ptr<FixClient>> clients(Clients);
        const Storm full = atOnce([&](int i) {
            auto& client = clients[static_cast<std::size_t>(i)];
            client = std::make_unique<FixClient>(venue->port(), world.client(i));
            client->open(VenueWorld::compIdOf(i), VenueWorld::nameOf(i), Pep::With);
        });
        clients.clear();
        ratios.push_back(full.total / bare.total);
        bares.push_back(bare.total);
        storms.push_back(full.total);
        spreads.push_back(full.total / full.median);
    }
    row("1,000 bare TLS handshakes at once", median(bares), "s", "");
    row("1,000 clients at once, until the last is decided", median(storms), "s", "");
    row("storm / bare handshakes", median(ratios), "", "<= 1.5");
    row("last client / median client", median(spreads), "", "");
}

}
