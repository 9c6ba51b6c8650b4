#include "auth/device/pkcs11_uri.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

namespace device {

namespace {

using base::Errc;
using base::Error;

constexpr std::string_view Scheme = "pkcs11:";

Error invalid(const std::string& detail)
{
    return {Errc::InvalidInput, detail};
}

std::optional<std::string> unescaped(std::string_view text)
{
    constexpr std::string_view Digits = "0123456789abcdef";
    const auto digit = [&](char c) { return Digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c); };
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            plain += text[at];
            continue;
        }
        if (at + 2 >= text.size())
            return std::nullopt;
        const auto high = digit(text[at + 1]);
        const auto low = digit(text[at + 2]);
        if (high == std::string_view::npos || low == std::string_view::npos)
            return std::nullopt;
        plain += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return plain;
}

std::string* textFor(Pkcs11Uri& uri, std::string_view name)
{
    const std::array<std::pair<std::string_view, std::string*>, 5> places{{{"token", &uri.token},
        {"serial", &uri.serial}, {"manufacturer", &uri.manufacturer}, {"model", &uri.model}, {"object", &uri.object}}};
    const auto* found =
        std::find_if(places.begin(), places.end(), [&](const auto& place) { return place.first == name; });
    return found == places.end() ? nullptr : found->second;
}

}

bool isPkcs11Uri(std::string_view text)
{
    return text.starts_with(Scheme);
}

base::Result<Pkcs11Uri> parsePkcs11Uri(std::string_view text)
{
    if (!isPkcs11Uri(text))
        return invalid("a PKCS#11 URI begins with pkcs11:");
    if (text.find('?') != std::string_view::npos)
        return invalid("a PKCS#11 URI has no part after '?' here: the module is device.module, the PIN is in "
                       "device.pin_file");
    Pkcs11Uri uri;
    std::set<std::string, std::less<>> seen;
    for (std::string_view rest = text.substr(Scheme.size()); !rest.empty();) {
        const auto end = std::min(rest.find(';'), rest.size());
        const std::string_view part = rest.substr(0, end);
        const auto equals = part.find('=');
        const std::string_view name = part.substr(0, equals);
        const auto value = equals == std::string_view::npos ? std::nullopt : unescaped(part.substr(equals + 1));
        if (!value || value->empty() || !seen.emplace(name).second)
            return invalid("'" + std::string(part) + "' in a PKCS#11 URI is malformed, or there twice");
        if (std::string* place = textFor(uri, name))
            *place = *value;
        else if (name == "id")
            uri.id.assign(value->begin(), value->end());
        else if (name != "type")
            return invalid("'" + std::string(name)
                + "' in a PKCS#11 URI is not known here: token, serial, manufacturer, model, object, id and type are");
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (uri.id.empty() && uri.object.empty())
        return invalid("a PKCS#11 URI names id or object here");
    return uri;
}

}
