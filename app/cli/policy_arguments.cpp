#include "app/cli/policy_arguments.h"

#include <utility>

namespace cli {

namespace {

using zerotrust::Signal;
using zerotrust::Source;

/// "network=203.0.113.9", or "reported:device=managed".
base::Result<Signal> parseSignal(const std::string& word)
{
    const auto equals = word.find('=');
    const auto colon = word.substr(0, equals).find(':');
    const bool sourced = colon != std::string::npos;
    const auto source = sourced ? zerotrust::parseSource(word.substr(0, colon)) : std::optional(Source::Seen);
    const std::size_t from = sourced ? colon + 1 : 0;
    if (equals == std::string::npos || equals <= from || equals + 1 == word.size() || !source)
        return usage(
            "a signal such as network=203.0.113.9 or reported:device=managed is expected, not \"" + word + "\"");
    return Signal{.attribute = word.substr(from, equals - from),
        .value = zerotrust::parseValue(word.substr(equals + 1)),
        .source = *source,
        .evidence = {}};
}

base::Result<Command> explain(const Words& words, OptionReader& options)
{
    if (words.positional.size() < 3)
        return usage("policy explain FILE ATTRIBUTE=VALUE ... is expected");
    PolicyExplain explain{.file = words.positional[2], .signals = {}, .countries = options.text("--countries")};
    explain.signals.occasion = options.flag("--action") ? zerotrust::Occasion::Action : zerotrust::Occasion::Session;
    for (std::size_t i = 3; i < words.positional.size(); ++i) {
        auto signal = parseSignal(words.positional[i]);
        if (!signal)
            return signal.error();
        explain.signals.all.push_back(*std::move(signal));
    }
    return Command(PolicyCommand{std::move(explain)});
}

base::Result<Command> lint(const Words& words, OptionReader& options)
{
    if (words.positional.size() != 3)
        return usage("policy lint FILE is expected");
    PolicyLint lint{
        .file = words.positional[2], .signature = options.text("--signature"), .signer = options.text("--signer")};
    if (lint.signature.empty() != lint.signer.empty())
        return usage("--signature FILE and --signer CERTIFICATE belong together");
    return Command(PolicyCommand{std::move(lint)});
}

base::Result<Command> simulate(const Words& words, OptionReader& options)
{
    if (words.positional.size() != 3)
        return usage("policy simulate FILE --decisions FILE is expected");
    return Command(PolicyCommand{PolicySimulate{.file = words.positional[2],
        .decisions = options.required("--decisions", "decisions of the past, one JSON object a line"),
        .against = options.text("--against")}});
}

}

base::Result<Command> policyCommand(const Words& words, OptionReader& options)
{
    const std::string what = words.positional.size() > 1 ? words.positional[1] : "";
    if (what == "lint")
        return lint(words, options);
    if (what == "explain")
        return explain(words, options);
    if (what == "simulate")
        return simulate(words, options);
    if (what == "default" && words.positional.size() == 2)
        return Command(PolicyCommand{PolicyDefault{}});
    return usage("policy lint, policy explain, policy simulate or policy default is expected");
}

}
