#include "core/access/signals.h"

#include <charconv>

namespace zerotrust {

namespace {

constexpr std::string_view Digits = "0123456789abcdef";

/// What the line itself is made of, and what is not visible ASCII or a blank, is written as %xx.
std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= ' ' && byte <= '~' && c != '|' && c != '=' && c != '%') {
            out += c;
            continue;
        }
        out += '%';
        out += Digits[byte >> 4U];
        out += Digits[byte & 15U];
    }
    return out;
}

std::optional<std::string> unescaped(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            out += text[at];
            continue;
        }
        unsigned byte = 0;
        const auto digits = text.substr(at + 1, 2);
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
        if (digits.size() != 2 || read.ec != std::errc() || read.ptr != digits.data() + digits.size())
            return std::nullopt;
        out += static_cast<char>(byte);
        at += 2;
    }
    return out;
}

bool isMoney(const SignalValue& value)
{
    const auto* measure = std::get_if<Measure>(&value);
    return measure && !measure->unit.empty();
}

std::optional<Signal> parseSignal(std::string_view text)
{
    const auto colon = text.find(':');
    const auto equals = text.find('=');
    if (colon == std::string_view::npos || equals == std::string_view::npos || colon > equals)
        return std::nullopt;
    const auto source = parseSource(text.substr(0, colon));
    auto attribute = unescaped(text.substr(colon + 1, equals - colon - 1));
    const auto value = unescaped(text.substr(equals + 1));
    if (!source || !attribute || !value || attribute->empty())
        return std::nullopt;
    return Signal{.attribute = *std::move(attribute), .value = parseValue(*value), .source = *source, .evidence = {}};
}

}

std::string signalsText(const Signals& signals, Sizes sizes)
{
    std::string text = occasionName(signals.occasion);
    for (const Signal& signal : signals.all)
        if (sizes == Sizes::Keep || !isMoney(signal.value))
            text += std::string("|") + sourceName(signal.source) + ':' + escaped(signal.attribute) + '='
                + escaped(valueText(signal.value));
    return text;
}

std::optional<Signals> parseSignals(std::string_view text)
{
    auto bar = text.find('|');
    const auto occasion = parseOccasion(text.substr(0, bar));
    if (!occasion)
        return std::nullopt;
    Signals signals{.occasion = *occasion, .all = {}};
    while (bar != std::string_view::npos) {
        text.remove_prefix(bar + 1);
        bar = text.find('|');
        auto signal = parseSignal(text.substr(0, bar));
        if (!signal)
            return std::nullopt;
        signals.all.push_back(*std::move(signal));
    }
    return signals;
}

}
