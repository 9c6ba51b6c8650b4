#include "app/cli/arguments.h"

#include "core/rfq/amount.h"
#include "core/rfq/value_date.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <set>

namespace cli {

using base::Errc;
using base::Error;

namespace {

Error usage(std::string why)
{
    return {Errc::InvalidInput, std::move(why)};
}

/// Positional words and options, apart. `--name value` and `--name=value` are the same.
struct Words {
    std::vector<std::string> positional;
    std::map<std::string, std::string> options;
    std::set<std::string> flags;
};

const std::set<std::string> Flags{"--confirm-last-try", "--help", "--version"};
const std::set<std::string> Options{"--config", "--format", "--settle", "--dealers", "--accept", "--limit", "--for",
    "--wait", "--currency", "--pin-fd"};

base::Result<Words> sorted(std::span<const std::string> words)
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

base::Result<rfq::RequestSide> parseSide(std::string_view text)
{
    if (text == "buy")
        return rfq::RequestSide::Buy;
    if (text == "sell")
        return rfq::RequestSide::Sell;
    if (text == "two-way")
        return rfq::RequestSide::TwoWay;
    return usage("side is buy, sell or two-way, not \"" + std::string(text) + "\"");
}

base::Result<rfq::Settlement> parseSettlement(const std::string& text)
{
    if (text == "spot")
        return rfq::Settlement{};
    if (const auto date = rfq::parseIsoDate(text))
        return rfq::Settlement{rfq::Tenor::Broken, *date};
    std::string upper = text;
    std::transform(upper.begin(), upper.end(), upper.begin(),
        [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const auto tenor = rfq::parseTenor(upper);
    if (!tenor || *tenor == rfq::Tenor::Broken)
        return usage("--settle is spot, a tenor such as 1W or 3M, or a date such as 2026-12-24, not \"" + text + "\"");
    return rfq::Settlement{*tenor, {}};
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

/// Reads the options one command knows and complains about those it does not.
class OptionReader {
public:
    explicit OptionReader(Words& words)
        : m_words(words)
    {
    }

    template <typename Parse, typename Store>
    void read(const char* name, Parse parse, Store store)
    {
        const auto node = m_words.options.extract(name);
        if (node.empty() || m_problem)
            return;
        auto value = parse(node.mapped());
        if (value)
            store(*std::move(value));
        else
            m_problem = usage(std::string(name) + ": " + value.error().detail);
    }

    void read(const char* name, const std::function<void(const std::string&)>& store)
    {
        const auto node = m_words.options.extract(name);
        if (!node.empty())
            store(node.mapped());
    }

    bool flag(const char* name) { return m_words.flags.erase(name) > 0; }

    [[nodiscard]] base::Status finish() const
    {
        if (m_problem)
            return *m_problem;
        if (!m_words.options.empty())
            return usage("option " + m_words.options.begin()->first + " does not belong to this command");
        if (!m_words.flags.empty())
            return usage("option " + *m_words.flags.begin() + " does not belong to this command");
        return base::Ok{};
    }

private:
    Words& m_words;
    std::optional<Error> m_problem;
};

base::Result<int> parseDescriptor(const std::string& text)
{
    int descriptor = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), descriptor);
    if (error != std::errc() || end != text.data() + text.size() || descriptor < 0)
        return usage("a file descriptor number is expected, not \"" + text + "\"");
    return descriptor;
}

PinSource readPin(OptionReader& options)
{
    PinSource pin;
    options.read("--pin-fd", parseDescriptor, [&](int descriptor) { pin.descriptor = descriptor; });
    pin.lastTryConfirmed = options.flag("--confirm-last-try");
    return pin;
}

base::Result<AcceptMode> parseAccept(const std::string& text)
{
    if (text == "best")
        return AcceptMode::Best;
    if (text == "none")
        return AcceptMode::None;
    return usage("best or none is expected, not \"" + text + "\"");
}

base::Result<Command> rfqCommand(Words& words, OptionReader& options)
{
    if (words.positional.size() != 4)
        return usage("rfq needs an instrument, a side and an amount, e.g. rfq EUR/USD buy 25m");
    RfqCommand command;
    command.symbol = words.positional[1];
    const auto side = parseSide(words.positional[2]);
    if (!side)
        return side.error();
    command.side = *side;
    const auto quantity = rfq::parseAmount(words.positional[3]);
    if (!quantity)
        return usage(quantity.error().detail);
    command.quantity = *quantity;
    options.read("--currency", [&](const std::string& text) { command.currency = text; });
    options.read("--settle", parseSettlement, [&](rfq::Settlement value) { command.settlement = value; });
    options.read("--dealers", [&](const std::string& text) {
        if (text != "all")
            command.dealers = commaSeparated(text);
    });
    options.read("--accept", parseAccept, [&](AcceptMode mode) { command.accept = mode; });
    options.read("--limit", rfq::Decimal::parse, [&](const rfq::Decimal& value) { command.limit = value; });
    options.read("--for", parseDuration, [&](std::chrono::milliseconds value) { command.life = value; });
    options.read("--wait", parseDuration, [&](std::chrono::milliseconds value) { command.wait = value; });
    command.pin = readPin(options);
    if (command.accept == AcceptMode::Best && command.side == rfq::RequestSide::TwoWay)
        return usage("--accept best needs a side: a two-way request does not say which price to deal on");
    return Command(std::move(command));
}

base::Result<Command> venuesCommand(OptionReader& options)
{
    VenuesCommand command;
    options.read("--wait", parseDuration, [&](std::chrono::milliseconds value) { command.wait = value; });
    command.pin = readPin(options);
    return Command(command);
}

base::Result<Command> commandOf(Words& words, OptionReader& options)
{
    if (options.flag("--help"))
        return Command(HelpCommand{});
    if (options.flag("--version"))
        return Command(VersionCommand{});
    if (words.positional.empty())
        return usage("a command is expected: rfq, venues, token list or config check");
    const std::string& name = words.positional[0];
    if (name == "rfq")
        return rfqCommand(words, options);
    const auto is = [&](std::initializer_list<const char*> expected) {
        return std::equal(words.positional.begin(), words.positional.end(), expected.begin(), expected.end());
    };
    if (is({"venues"}))
        return venuesCommand(options);
    if (is({"token", "list"}))
        return Command(TokenListCommand{});
    if (is({"config", "check"}))
        return Command(ConfigCheckCommand{});
    return usage("unknown command \"" + name + "\": rfq, venues, token list or config check is expected");
}

base::Result<Format> parseFormat(const std::string& text)
{
    if (text == "text")
        return Format::Text;
    if (text == "jsonl")
        return Format::JsonLines;
    return usage("text or jsonl is expected, not \"" + text + "\"");
}

}

base::Result<Arguments> parseArguments(std::span<const std::string> given)
{
    auto words = sorted(given);
    if (!words)
        return words.error();
    OptionReader options(*words);
    Arguments arguments;
    options.read("--config", [&](const std::string& path) { arguments.config = path; });
    options.read("--format", parseFormat, [&](Format format) { arguments.format = format; });
    auto command = commandOf(*words, options);
    if (!command)
        return command.error();
    if (const auto status = options.finish(); !status)
        return status.error();
    arguments.command = *std::move(command);
    return arguments;
}

const char* helpText()
{
    return R"(countersign-cli: the Countersign desk without a window

  countersign-cli rfq SYMBOL buy|sell|two-way AMOUNT [options]
      asks for quotes, and deals if told to
      --settle spot|1W|1M|...|YYYY-MM-DD   value date (spot)
      --currency CCY                       dealt currency (the base currency)
      --dealers all|ID,ID,...              whom to ask (all)
      --accept none|best                   best: accept the best firm quote (none)
      --limit PRICE                        worst price to accept
      --for DURATION                       life of the request (20s)
      --wait DURATION                      how long to wait for better quotes after the first firm one (2s)
  countersign-cli venues [--wait DURATION]
      each session's TLS facts and FIX state
  countersign-cli token list
      the certificates whose keys are on a token
  countersign-cli config check
      reads the configuration and says what is wrong with it

  --config FILE            configuration file
  --format text|jsonl      for people, or one JSON object a line
  --pin-fd N               read the PIN from file descriptor N (otherwise: asked on the terminal)
  --confirm-last-try       use the last try before the PIN blocks
  --help, --version

Exit codes: 0 traded (or done), 3 no acceptable quote, 4 rejected, 5 unknown outcome or
a fill that is not what was accepted, 6 sign-in or connection refused, 64 usage,
78 configuration.
)";
}

}
