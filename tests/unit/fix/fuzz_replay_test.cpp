#include "tests/fuzz/entry_points.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace {

constexpr int MutationsOfEach = 4'000;

std::vector<std::string> corpusOf(const fuzz::EntryPoint& entry)
{
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(std::filesystem::path(FUZZ_CORPUS) / entry.name))
        files.push_back(file.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> seeds;
    for (const auto& path : files) {
        std::ifstream file(path, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return seeds;
}

/// Changes texts the way libFuzzer does, and the same way on every run.
class Mutator {
public:
    std::string mutated(std::string text, const std::vector<std::string>& seeds)
    {
        for (std::size_t left = 1 + below(4); left > 0; --left)
            change(text, seeds);
        return text;
    }
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : m_random() % limit; }

private:
    void change(std::string& text, const std::vector<std::string>& seeds)
    {
        static constexpr std::string_view Telling = "|=-.:/*0129YNF\x01\x7f\xff";
        const std::size_t at = below(text.size() + 1);
        const char c = below(2) == 0 ? Telling[below(Telling.size())] : static_cast<char>(below(256));
        switch (below(6)) {
        case 0:
            text.insert(at, 1, c);
            break;
        case 1:
            text.erase(at, 1 + below(8));
            break;
        case 2:
            if (at < text.size())
                text[at] = c;
            break;
        case 3:
            text.insert(at, text.substr(below(text.size() + 1), below(24)));
            break;
        case 4:
            text.resize(at);
            break;
        case 5: {
            const std::string& other = seeds[below(seeds.size())];
            text = text.substr(0, at) + other.substr(below(other.size() + 1));
            break;
        }
        }
    }

    std::mt19937 m_random; // the default seed: a failure can be run again
};

class FuzzReplay : public testing::TestWithParam<fuzz::EntryPoint> { };

TEST_P(FuzzReplay, KeepsItsPromisesOnTheCorpusAndItsMutations)
{
    const auto seeds = corpusOf(GetParam());
    ASSERT_FALSE(seeds.empty());
    for (const auto& seed : seeds)
        GetParam().run(seed);
    Mutator mutator;
    for (int i = 0; i < MutationsOfEach / GetParam().cost; ++i)
        GetParam().run(mutator.mutated(seeds[mutator.below(seeds.size())], seeds));
}

INSTANTIATE_TEST_SUITE_P(EntryPoints, FuzzReplay, testing::ValuesIn(fuzz::EntryPoints),
    [](const auto& instance) { return std::string(instance.param.name); });

}
