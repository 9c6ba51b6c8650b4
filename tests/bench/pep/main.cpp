// bench_pep [ROUNDS]: what the policy enforcement point costs: per message, and when a thousand clients come at once.
#include "core/tls/socket.h"
#include "tests/bench/pep/parts.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace bench {

void row(const char* what, double value, const char* unit, const char* target)
{
    std::printf("%-62s %13.3f %-4s %14s\n", what, value, unit, target);
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
    bench::messages(rounds);
    bench::storm(std::min(rounds, 3));
    return 0;
}
