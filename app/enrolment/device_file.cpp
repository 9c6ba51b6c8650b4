#include "app/enrolment/device_file.h"

#include "core/store/text_file.h"
#include "core/tls/hex.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace app {

using base::Errc;
using base::Error;
using nlohmann::ordered_json;

namespace {

constexpr const char* Kind = "countersign.device";
constexpr int Version = 1;
constexpr std::size_t LargestFile = 1U << 16U;

Error wrong(const std::string& member)
{
    return {Errc::InvalidInput, "this is not a device file: member \"" + member + "\" is missing or wrong"};
}

/// Empty where it is missing or no text.
std::string textOf(const ordered_json& json, const char* name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool addPcr(stepup::DeviceReference& reference, const std::string& name, const ordered_json& value)
{
    std::uint8_t number = 0;
    const auto [end, failure] = std::from_chars(name.data(), name.data() + name.size(), number);
    const auto bytes = value.is_string() ? tls::bytesOfHex(value.get<std::string>()) : std::nullopt;
    stepup::Digest digest{};
    if (failure != std::errc() || end != name.data() + name.size() || !bytes || bytes->size() != digest.size())
        return false;
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return reference.pcrs.emplace(number, digest).second;
}

}

std::string toJson(const DeviceFile& device)
{
    ordered_json json;
    json["kind"] = Kind;
    json["version"] = Version;
    json["host"] = device.host;
    json["attestationKey"] = tls::hexOf(device.reference.key);
    for (const auto& [number, value] : device.reference.pcrs)
        json["sha256"][std::to_string(number)] = tls::hexOf(value);
    if (device.reference.secureBoot)
        json["secureBoot"] = *device.reference.secureBoot;
    return json.dump(2) + '\n';
}

base::Result<DeviceFile> parseDeviceFile(std::string_view text)
{
    const auto json = ordered_json::parse(text, nullptr, false);
    if (!json.is_object() || textOf(json, "kind") != Kind)
        return wrong("kind");
    const auto version = json.find("version");
    if (version == json.end() || *version != Version)
        return wrong("version");
    DeviceFile device;
    device.host = textOf(json, "host");
    const auto key = tls::bytesOfHex(textOf(json, "attestationKey"));
    if (!key)
        return wrong("attestationKey");
    device.reference.key = *key;
    const auto pcrs = json.find("sha256");
    if (pcrs == json.end() || !pcrs->is_object())
        return wrong("sha256");
    for (const auto& [name, value] : pcrs->items())
        if (!addPcr(device.reference, name, value))
            return wrong("sha256." + name);
    if (const auto secureBoot = json.find("secureBoot"); secureBoot != json.end()) {
        if (!secureBoot->is_boolean())
            return wrong("secureBoot");
        device.reference.secureBoot = secureBoot->get<bool>();
    }
    if (const auto sound = stepup::checkReference(device.reference); !sound)
        return sound.error();
    return device;
}

base::Result<DeviceFile> readDeviceFile(const std::string& path)
{
    const auto text = store::readTextFile(path, LargestFile);
    if (!text)
        return text.error();
    auto device = parseDeviceFile(*text);
    if (!device)
        return Error{device.error().code, path + ": " + device.error().detail};
    return device;
}

base::Status writeDeviceFile(const std::string& path, const DeviceFile& device)
{
    std::error_code problem;
    if (std::filesystem::exists(path, problem))
        return Error{Errc::Io, path + ": there is a file of that name"};
    std::ofstream file(path, std::ios::binary);
    file << toJson(device);
    file.close();
    if (!file)
        return Error{Errc::Io, path + ": it cannot be written"};
    return base::Ok{};
}

}
