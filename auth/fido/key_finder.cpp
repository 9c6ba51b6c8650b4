#include "auth/fido/key_finder.h"

#include "auth/fido/card_link.h"
#include "auth/fido/hid_link.h"

#include <algorithm>
#include <fido.h>
#include <utility>

namespace fido {

namespace {

constexpr std::size_t MostKeys = 64;
constexpr const char* ReaderPrefix = "pcsc:";

struct FreeInfos {
    void operator()(fido_dev_info_t* infos) const { fido_dev_info_free(&infos, MostKeys); }
};

std::string textOf(const char* text)
{
    return text ? text : "";
}

}

std::vector<KeyPlace> findKeys(const KeySettings& settings)
{
    std::vector<KeyPlace> places;
    const std::unique_ptr<fido_dev_info_t, FreeInfos> infos(fido_dev_info_new(MostKeys));
    std::size_t count = 0;
    if (infos && fido_dev_info_manifest(infos.get(), MostKeys, &count) == FIDO_OK) {
        for (std::size_t i = 0; i < count; ++i) {
            const fido_dev_info_t* info = fido_dev_info_ptr(infos.get(), i);
            places.push_back({textOf(fido_dev_info_path(info)), textOf(fido_dev_info_manufacturer_string(info)),
                textOf(fido_dev_info_product_string(info))});
        }
    }
    if (settings.readers.empty())
        return places;
    for (const std::string& reader : readersWithCard()) {
        const auto isIn = [&](const std::string& word) { return reader.find(word) != std::string::npos; };
        if (std::any_of(settings.readers.begin(), settings.readers.end(), isIn))
            places.push_back({ReaderPrefix + reader, "", reader});
    }
    return places;
}

Outcome<OpenKey> openKey(const KeyPlace& place, Operation& operation)
{
    OpenKey key{place, nullptr, nullptr, nullptr, nullptr};
    const std::string prefix = ReaderPrefix;
    if (place.path.starts_with(prefix)) {
        auto card = openCard(place.path.substr(prefix.size()));
        if (const auto* failure = failureIn(card))
            return *failure;
        key.card = std::move(*std::get_if<std::unique_ptr<CardIo>>(&card));
        key.link = std::make_unique<CardLink>(*key.card, operation);
    } else {
        auto frames = openFrames(place.path, operation);
        if (const auto* failure = failureIn(frames))
            return *failure;
        key.frames = std::move(*std::get_if<std::unique_ptr<FrameIo>>(&frames));
        key.link = std::make_unique<HidLink>(*key.frames, operation);
    }
    auto device = Device::open(*key.link, operation);
    if (const auto* failure = failureIn(device))
        return *failure;
    key.device = std::make_unique<Device>(std::move(*std::get_if<Device>(&device)));
    return key;
}

}
