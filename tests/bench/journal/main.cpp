// bench_journal [ROUNDS] [DIRECTORY]: what the journal costs between the click and the wire, and at the start.
// DIRECTORY (the current one) chooses the disk; what is made there is removed.
#include "tests/bench/journal/parts.h"
#include "tests/bench/journal/records.h"

#include <algorithm>
#include <cstdlib>
#include <string>

int main(int argc, char** argv)
{
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    std::string place = std::string(argc > 2 ? argv[2] : ".") + "/bench-journal-XXXXXX";
    if (!::mkdtemp(place.data()))
        bench::fail("cannot make " + place);
    bench::measureCommits(place, rounds);
    bench::measureLoads(place, rounds);
    std::filesystem::remove_all(place);
    return 0;
}
