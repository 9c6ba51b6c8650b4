#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace base {

/// Whoever holds it is told; when it dies, no more.
using Subscription = std::shared_ptr<const void>;

/// Those who want to hear of one kind of event, told in the order in which they came. One thread: that of the object
/// which tells. Anybody may come or go while they are being told; who comes then hears of the next event.
template <typename... Args>
class Listeners {
public:
    using Callback = std::function<void(const Args&...)>;

    [[nodiscard]] Subscription add(Callback callback)
    {
        auto added = std::make_shared<const Callback>(std::move(callback));
        m_all.push_back(added);
        return added;
    }

    void tell(const Args&... args)
    {
        std::erase_if(m_all, [](const auto& one) { return one.expired(); });
        const auto now = m_all;
        for (const auto& one : now) {
            if (const auto callback = one.lock())
                (*callback)(args...);
        }
    }

private:
    std::vector<std::weak_ptr<const Callback>> m_all;
};

}
