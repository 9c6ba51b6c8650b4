#pragma once

#include "app/cli/arguments.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The words of a command line, sorted and read one by one. For arguments.cpp only.
namespace cli {

/// InvalidInput: the exit code is then that of a usage error.
[[nodiscard]] base::Error usage(std::string why);

/// Positional words and options, apart. `--name value` and `--name=value` are the same.
struct Words {
    std::vector<std::string> positional;
    std::map<std::string, std::string> options;
    std::set<std::string> flags;
};
/// Errors: an option that no command knows, without its value, or given twice.
[[nodiscard]] base::Result<Words> sortedWords(std::span<const std::string> words);

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

    void read(const char* name, const std::function<void(const std::string&)>& store);
    /// Empty where it was not given.
    [[nodiscard]] std::string text(const char* name);
    [[nodiscard]] bool flag(const char* name) { return m_words.flags.erase(name) > 0; }
    /// A text that must be there. `what` says what it is for.
    [[nodiscard]] std::string required(const char* name, const char* what);
    /// What was wrong so far, or an option that nobody read.
    [[nodiscard]] base::Status finish() const;

private:
    Words& m_words;
    std::optional<base::Error> m_problem;
};

/// "20s", "500ms", "2m"; a bare number is seconds.
[[nodiscard]] base::Result<std::chrono::milliseconds> parseDuration(std::string_view text);
[[nodiscard]] base::Result<int> parseDescriptor(const std::string& text);
/// SHA-256 of a certificate, with colons or without; lower case and without them afterwards.
[[nodiscard]] base::Result<std::string> parseFingerprint(const std::string& text);
[[nodiscard]] std::vector<std::string> commaSeparated(const std::string& text);

/// --pin-fd and --confirm-last-try: the trader's PIN.
[[nodiscard]] PinSource readPin(OptionReader& options);
/// As readPin(), with --token: which of several tokens the trader signs in with.
[[nodiscard]] PinSource readSignIn(OptionReader& options);
/// --key-pin-fd and --confirm-key-last-try: the PIN of the security key, where a counterparty asks for a touch.
[[nodiscard]] PinSource readKeyPin(OptionReader& options);
/// --approver, --approver-pin-fd and --confirm-approver-last-try.
[[nodiscard]] SecondPerson readSecondPerson(OptionReader& options);

}
