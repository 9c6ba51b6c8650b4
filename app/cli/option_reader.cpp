#include "app/cli/option_reader.h"

#include <algorithm>
#include <charconv>

namespace cli {

using base::Errc;
using base::Error;

namespace {

const std::set<std::string> Flags{"--confirm-last-try", "--confirm-approver-last-try", "--traded", "--not-traded",
    "--es384", "--replace", "--action", "--help", "--version", "--arm", "--confirm-key-last-try",
    "--confirm-new-key-last-try"};
const std::set<std::string> Options{"--config", "--format", "--settle", "--dealers", "--accept", "--limit", "--for",
    "--wait", "--reset-sequence", "--currency", "--pin-fd", "--recover", "--twin-of", "--reason", "--reference",
    "--approver", "--approver-pin-fd", "--note", "--key", "--readers", "--rp-id", "--user", "--out", "--challenge",
    "--other-keys", "--enrolment", "--new-pin-fd", "--token", "--key-id", "--subject", "--generate", "--public-key",
    "--ca", "--server", "--responder", "--secret-fd", "--vouched-by", "--next-key-id", "--fingerprint", "--puk-fd",
    "--signature", "--signer", "--decisions", "--against", "--countries", "--key-pin-fd", "--anchor", "--from", "--to",
    "--kind", "--as", "--host", "--server-name", "--roots", "--session", "--name", "--id", "--new-key-pin-fd",
    "--management-key-fd"};

}

Error usage(std::string why)
{
    return {Errc::InvalidInput, std::move(why)};
}

base::Result<Words> sortedWords(std::span<const std::string> words)
{
    Words result;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string name = words[i];
        if (name.rfind("--", 0) != 0) {
            result.positional.push_back(std::move(name));
            continue;
        }
        if (Flags.contains(name)) {
            result.flags.insert(std::move(name));
            continue;
        }
        std::optional<std::string> value;
        if (const auto equals = name.find('='); equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
        }
        if (!Options.contains(name))
            return usage("unknown option " + name);
        if (!value) {
            if (++i == words.size())
                return usage("option " + name + " needs a value");
            value = words[i];
        }
        if (!result.options.emplace(name, *std::move(value)).second)
            return usage("option " + name + " is given twice");
    }
    return result;
}

void OptionReader::read(const char* name, const std::function<void(const std::string&)>& store)
{
    const auto node = m_words.options.extract(name);
    if (!node.empty())
        store(node.mapped());
}

std::string OptionReader::text(const char* name)
{
    std::string given;
    read(name, [&](const std::string& value) { given = value; });
    return given;
}

std::string OptionReader::required(const char* name, const char* what)
{
    std::string text;
    read(name, [&](const std::string& given) { text = given; });
    if (text.find_first_not_of(" \t\r\n") == std::string::npos && !m_problem)
        m_problem = usage(std::string(name) + " is needed: " + what);
    return text;
}

base::Status OptionReader::finish() const
{
    if (m_problem)
        return *m_problem;
    if (!m_words.options.empty())
        return usage("option " + m_words.options.begin()->first + " does not belong to this command");
    if (!m_words.flags.empty())
        return usage("option " + *m_words.flags.begin() + " does not belong to this command");
    return base::Ok{};
}

base::Result<std::chrono::milliseconds> parseDuration(std::string_view text)
{
    const auto digits = text.find_first_not_of("0123456789");
    long long count = 0;
    const auto number = text.substr(0, digits);
    const auto unit = digits == std::string_view::npos ? std::string_view() : text.substr(digits);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), count);
    if (number.empty() || error != std::errc() || count > 86'400'000)
        return usage("\"" + std::string(text) + "\" is not a duration such as 20s, 500ms or 2m");
    if (unit == "ms")
        return std::chrono::milliseconds(count);
    if (unit == "s" || unit.empty())
        return std::chrono::milliseconds(count * 1'000);
    if (unit == "m")
        return std::chrono::milliseconds(count * 60'000);
    return usage("\"" + std::string(text) + "\" is not a duration such as 20s, 500ms or 2m");
}

base::Result<int> parseDescriptor(const std::string& text)
{
    int descriptor = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), descriptor);
    if (error != std::errc() || end != text.data() + text.size() || descriptor < 0)
        return usage("a file descriptor number is expected, not \"" + text + "\"");
    return descriptor;
}

base::Result<std::string> parseFingerprint(const std::string& text)
{
    constexpr std::size_t Digits = 64;
    std::string plain = text;
    std::erase(plain, ':');
    std::transform(plain.begin(), plain.end(), plain.begin(),
        [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (plain.size() != Digits || plain.find_first_not_of("0123456789abcdef") != std::string::npos)
        return usage("the SHA-256 fingerprint of a certificate is expected, 64 hexadecimal digits as "
                     "`countersign-cli token list` shows them, not \""
            + text + "\"");
    return plain;
}

std::vector<std::string> commaSeparated(const std::string& text)
{
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
        end = text.find(',', begin);
        parts.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
    }
    return parts;
}

PinSource readPin(OptionReader& options)
{
    PinSource pin;
    options.read("--pin-fd", parseDescriptor, [&](int descriptor) { pin.descriptor = descriptor; });
    pin.lastTryConfirmed = options.flag("--confirm-last-try");
    return pin;
}

PinSource readSignIn(OptionReader& options)
{
    PinSource pin = readPin(options);
    pin.token = options.text("--token");
    return pin;
}

PinSource readKeyPin(OptionReader& options)
{
    PinSource pin;
    options.read("--key-pin-fd", parseDescriptor, [&](int descriptor) { pin.descriptor = descriptor; });
    pin.lastTryConfirmed = options.flag("--confirm-key-last-try");
    return pin;
}

SecondPerson readSecondPerson(OptionReader& options)
{
    SecondPerson second;
    options.read("--approver", parseFingerprint, [&](std::string value) { second.fingerprint = std::move(value); });
    options.read("--approver-pin-fd", parseDescriptor, [&](int descriptor) { second.pin.descriptor = descriptor; });
    second.pin.lastTryConfirmed = options.flag("--confirm-approver-last-try");
    return second;
}

}
