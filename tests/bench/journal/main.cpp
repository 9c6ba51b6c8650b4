// bench_journal DIRECTORY [ROUNDS]: what the journal costs between the click and the wire, and at the start. The
// directory should be on the disk where the desk keeps its state; what is made there is removed.
#include "tests/bench/journal/parts.h"
#include "tests/bench/journal/records.h"

#include <algorithm>
#include <cstdlib>
#include <string>

int main(int argc, char** argv)
{
    if (argc < 2)
        bench::fail("usage: bench_journal DIRECTORY [ROUNDS]");
    const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 7;
    std::string place = std::string(argv[1]) + "/bench-journal-XXXXXX";
    if (!::mkdtemp(place.data()))
        bench::fail("cannot make a directory in " + std::string(argv[1]));
    bench::measureCommits(place, rounds);
    bench::measureLoads(place, rounds);
    std::filesystem::remove_all(place);
    return 0;
}
