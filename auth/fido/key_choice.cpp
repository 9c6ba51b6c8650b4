#include "auth/fido/key_choice.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace fido {

namespace {

constexpr std::chrono::milliseconds TouchPoll{50};

Failure noKey()
{
    return {Problem::NoKey, std::nullopt, "no security key was found"};
}

struct OpenKeys {
    std::vector<OpenKey> keys;
    bool oneIsBusy = false; ///< another one is there, which another program uses

    /// No question which key the person means.
    [[nodiscard]] bool isOne() const { return keys.size() == 1 && !oneIsBusy; }
};

/// All keys that can be opened; the first failure where none can.
Outcome<OpenKeys> openAll(const std::vector<KeyPlace>& places, Operation& operation)
{
    OpenKeys open;
    std::optional<Failure> first;
    for (const KeyPlace& place : places) {
        auto key = openKey(place, operation);
        if (auto* opened = std::get_if<OpenKey>(&key)) {
            open.keys.push_back(std::move(*opened));
            continue;
        }
        const Failure& failure = *failureIn(key);
        open.oneIsBusy = open.oneIsBusy || failure.problem == Problem::Busy;
        if (!first)
            first = failure;
    }
    if (open.keys.empty())
        return first.value_or(noKey());
    return open;
}

/// Lets all keys blink; the one that is touched.
Outcome<OpenKey> touchedOf(std::vector<OpenKey> keys, Operation& operation)
{
    operation.setPurpose(TouchNeeded::Purpose::Choice);
    std::optional<Failure> last;
    std::erase_if(keys, [&](OpenKey& key) {
        const Done begun = key.device->beginTouch();
        if (const auto* failure = failureIn(begun))
            last = *failure;
        return failureIn(begun) != nullptr;
    });
    std::optional<std::size_t> chosen;
    while (!keys.empty() && !chosen && !operation.over()) {
        for (std::size_t i = 0; i < keys.size() && !chosen;) {
            const auto touched = keys[i].device->touched(TouchPoll);
            if (const auto* failure = failureIn(touched)) {
                last = *failure;
                keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(i));
                continue;
            }
            if (*std::get_if<bool>(&touched))
                chosen = i;
            ++i;
        }
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (i != chosen)
            keys[i].device->endTouch();
    }
    operation.setPurpose(TouchNeeded::Purpose::Consent);
    if (chosen)
        return std::move(keys[*chosen]);
    if (const auto over = operation.over())
        return Failure{*over, std::nullopt, "waiting for one of the keys to be touched"};
    return last.value_or(noKey());
}

std::vector<KeyPlace> placesFor(const std::string& path, const KeySettings& settings)
{
    auto places = findKeys(settings);
    if (!path.empty())
        std::erase_if(places, [&](const KeyPlace& place) { return place.path != path; });
    return places;
}

}

Outcome<OpenKey> keyAt(const std::string& path, const KeySettings& settings, Operation& operation)
{
    auto opened = openAll(placesFor(path, settings), operation);
    if (const auto* failure = failureIn(opened))
        return *failure;
    auto& open = *std::get_if<OpenKeys>(&opened);
    if (open.isOne())
        return std::move(open.keys.front());
    return touchedOf(std::move(open.keys), operation);
}

Outcome<HolderChoice> holderOf(const AssertRequest& request, const KeySettings& settings, Operation& operation)
{
    auto opened = openAll(placesFor(request.path, settings), operation);
    if (const auto* failure = failureIn(opened))
        return *failure;
    auto& open = *std::get_if<OpenKeys>(&opened);
    auto& keys = open.keys;
    if (open.isOne())
        return HolderChoice{std::move(keys.front()), false};
    const base::SecretBytes noPin;
    std::vector<std::size_t> holders;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const Done held = keys[i].device->holds(request, noPin);
        if (!failureIn(held))
            holders.push_back(i);
    }
    if (holders.size() == 1)
        return HolderChoice{std::move(keys[holders.front()]), false};
    auto touched = touchedOf(std::move(keys), operation);
    if (const auto* failure = failureIn(touched))
        return *failure;
    return HolderChoice{std::move(*std::get_if<OpenKey>(&touched)), true};
}

}
