#include "app/venue/options.h"

#include <charconv>
#include <limits>

namespace venue {

namespace {

base::Error wrong(const std::string& what)
{
    return {base::Errc::InvalidInput, what};
}

template <typename Number>
base::Result<Number> numberOf(const std::string& option, const std::string& text)
{
    Number number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || end != text.data() + text.size())
        return wrong(option + ": expected a number from 0 to " + std::to_string(std::numeric_limits<Number>::max())
            + ", found '" + text + "'");
    return number;
}

base::Status apply(Options& options, const std::string& option, const std::string& value)
{
    if (option == "--config" || option == "--check-config") {
        if (option == "--check-config")
            options.task = Task::CheckConfig;
        options.config = value;
        return base::Ok{};
    }
    if (option == "--scenario") {
        options.scenarios.emplace_back(value);
        return base::Ok{};
    }
    if (option == "--seed") {
        const auto seed = numberOf<std::uint64_t>(option, value);
        if (!seed)
            return seed.error();
        options.seed = seed.value();
        return base::Ok{};
    }
    if (option == "--gateway-pin-fd") {
        const auto descriptor = numberOf<std::uint16_t>(option, value);
        if (!descriptor)
            return descriptor.error();
        options.gatewayPin = descriptor.value();
        return base::Ok{};
    }
    const auto port = numberOf<std::uint16_t>(option, value);
    if (!port)
        return port.error();
    options.port = port.value();
    return base::Ok{};
}

bool takesValue(const std::string& option)
{
    return option == "--config" || option == "--check-config" || option == "--scenario" || option == "--seed"
        || option == "--port" || option == "--gateway-pin-fd";
}

}

base::Result<Options> parseOptions(std::span<const std::string> words)
{
    Options options{.task = Task::Serve, .config = {}, .seed = {}, .port = {}};
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "--help" || word == "--version")
            return Options{.task = word == "--help" ? Task::Help : Task::Version, .config = {}, .seed = {}, .port = {}};
        if (i == 0 && word == "orders") {
            options.task = Task::ListOrders;
            continue;
        }
        if (!takesValue(word))
            return wrong("unknown option '" + word + "'");
        if (i + 1 == words.size() || words[i + 1].empty())
            return wrong(word + ": a value is missing");
        if (const base::Status status = apply(options, word, words[++i]); !status)
            return status.error();
    }
    if (options.config.empty())
        return wrong("--config FILE is missing");
    return options;
}

const char* usageText()
{
    return "countersign-venue --config FILE [--scenario FILE]... [--seed N] [--port N]\n"
           "                  [--gateway-pin-fd N]\n"
           "countersign-venue --check-config FILE [--scenario FILE]...\n"
           "countersign-venue orders --config FILE\n"
           "\n"
           "A FIXS venue with simulated dealers, for training, demonstration and certification; or, where FILE has a\n"
           "[gateway], the policy enforcement point in front of real counterparties (docs/gateway.md).\n"
           "\n"
           "  --config FILE        serve as FILE says, until SIGINT or SIGTERM\n"
           "  --check-config FILE  only say whether FILE is in order\n"
           "  orders               print every order this venue took and what became of it, one JSON object a line\n"
           "  --scenario FILE      misbehave as FILE says, before what the configuration says (docs/scenarios.md)\n"
           "  --seed N             go by this seed: the same seed gives the same prices and the same chance\n"
           "  --port N             listen on this port; 0 picks a free one\n"
           "  --gateway-pin-fd N   read the PIN of the gateway's token from this descriptor, up to a line end\n"
           "  --help, --version\n"
           "\n"
           "When ready it prints \"listening on HOST:PORT\". Events go to the error output, one line each.\n"
           "Exit: 0 stopped by a signal or file in order, 1 failure, 64 usage, 78 configuration.\n";
}

}
