#include "core/store/spelling.h"

#include <algorithm>

namespace store {

std::size_t editDistance(std::string_view a, std::string_view b)
{
    // distance[i][j]: between the first i letters of a and the first j of b
    std::vector<std::vector<std::size_t>> distance(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                distance[i][j] = i + j;
                continue;
            }
            const std::size_t change = distance[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            distance[i][j] = std::min({distance[i - 1][j] + 1, distance[i][j - 1] + 1, change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                distance[i][j] = std::min(distance[i][j], distance[i - 2][j - 2] + 1);
        }
    return distance[a.size()][b.size()];
}

std::optional<std::string> closestTo(std::string_view word, const std::vector<std::string>& known)
{
    constexpr std::size_t Longest = 64; // nobody means a key by a word of that length
    if (word.size() > Longest)
        return std::nullopt;
    std::optional<std::string> closest;
    std::size_t least = std::max<std::size_t>(1, word.size() / 3);
    for (const std::string& candidate : known) {
        const std::size_t distance = editDistance(word, candidate);
        if (distance > least || (closest && distance == least))
            continue;
        closest = candidate;
        least = distance;
    }
    return closest;
}

}
