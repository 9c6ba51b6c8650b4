// bench_token [ROUNDS]: what the desk adds to a token, what many sessions cost that share one, and how fast a removal
// ends dealing. The tokens are SoftHSM2's and scripted ones that take as long as a card.
#include "tests/bench/token/parts.h"

#include <algorithm>
#include <cstdlib>

int main(int argc, char** argv)
{
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    bench::measureSignatures(rounds);
    bench::measureReconnects();
    bench::measureRemoval(rounds);
    return 0;
}
