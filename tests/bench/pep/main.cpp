// bench_pep [ROUNDS]: what the policy enforcement point costs: per message, and when a thousand clients come at once.
#include "app/process/file_limit.h"
#include "core/tls/socket.h"
#include "tests/bench/pep/parts.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace bench {

void row(const char* what, double value, const char* unit, const char* target)
{
    std::printf("%-62s %13.2f %-2s %14s\n", what, value, unit, target);
    std::fflush(stdout);
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

}

int main(int argc, char** argv)
{
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    tls::ignoreBrokenPipes();
    app::allowManyFiles(); // a thousand sessions and a thousand clients in one process
    bench::messages(rounds);
    bench::storm(std::min(rounds, 3));
    return 0;
}
