#include "auth/fido/id_lists.h"

namespace fido {

namespace {

constexpr std::size_t DefaultMessage = 1'024;
/// Of an entry: a map of "id" and "type", which is "public-key".
constexpr std::size_t AroundId = 23;

}

std::vector<std::vector<Bytes>> listsOf(const std::vector<Bytes>& ids, const ListLimits& limits, std::size_t besides)
{
    const std::size_t message = limits.message == 0 ? DefaultMessage : limits.message;
    const std::size_t room = message > besides ? message - besides : 0;
    std::vector<std::vector<Bytes>> lists;
    std::size_t used = 0;
    for (const Bytes& id : ids) {
        if (limits.longest != 0 && id.size() > limits.longest)
            continue;
        const std::size_t size = id.size() + AroundId;
        const bool isFull =
            lists.empty() || used + size > room || (limits.most != 0 && lists.back().size() == limits.most);
        if (isFull) {
            lists.emplace_back();
            used = 0;
        }
        lists.back().push_back(id);
        used += size;
    }
    return lists;
}

}
