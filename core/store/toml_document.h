#pragma once

#include "core/base/clock.h"
#include "core/base/decimal.h"
#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace store {

struct TomlNode;
struct TomlReading;

/// What stands at one key. Every getter answers absent where there is nothing usable; what is there but of the wrong
/// kind or out of range, and what is required but missing, becomes a problem of the document, in the words "expected X,
/// found Y". Valid as long as the document.
class TomlValue {
public:
    enum class Need { Optional, Required };
    TomlValue(TomlReading& reading, const TomlNode* node, int line, std::string path, Need need);

    [[nodiscard]] bool present() const { return m_node != nullptr; }
    /// Not empty.
    [[nodiscard]] std::optional<std::string> text() const;
    [[nodiscard]] std::optional<std::int64_t> integer(std::int64_t least, std::int64_t most) const;
    [[nodiscard]] std::optional<bool> flag() const;
    /// A string or an integer; never a float, which would have lost digits already.
    [[nodiscard]] std::optional<base::Decimal> decimal() const;
    /// A number and a unit: "250ms", "30s", "15min", "12h".
    [[nodiscard]] std::optional<std::chrono::milliseconds> duration(
        std::chrono::milliseconds least, std::chrono::milliseconds most) const;
    /// Absolute; a relative path is meant from the directory of the file.
    [[nodiscard]] std::optional<std::filesystem::path> path() const;
    /// An array of strings that are not empty.
    [[nodiscard]] std::optional<std::vector<std::string>> texts() const;
    /// An array of TOML dates or of strings "2026-12-25".
    [[nodiscard]] std::optional<std::vector<base::Date>> dates() const;
    /// One of the given names.
    template <typename E>
    [[nodiscard]] std::optional<E> choice(std::span<const std::pair<std::string_view, E>> names) const
    {
        std::vector<std::string_view> allowed;
        for (const auto& [name, value] : names)
            allowed.push_back(name);
        const std::optional<std::size_t> index = choiceIndex(allowed);
        return index ? std::optional<E>(names[*index].second) : std::nullopt;
    }

    /// Reports that this value is of the right kind but not acceptable.
    void refuse(const std::string& expected) const;

private:
    [[nodiscard]] std::optional<std::size_t> choiceIndex(const std::vector<std::string_view>& allowed) const;
    [[nodiscard]] bool expects(bool fits, const std::string& expected) const;

    TomlReading* m_reading;
    const TomlNode* m_node;
    int m_line; ///< of the table, where the value itself is missing
    std::string m_path;
    Need m_need;
};

/// One table; each key that is asked for is remembered as known. An absent table answers as one without keys.
class TomlTable {
public:
    TomlTable(TomlReading& reading, const TomlNode* node, int line, std::string path);

    [[nodiscard]] bool present() const { return m_node != nullptr; }
    /// Where it begins, from 1; where an absent one would have stood: that of the table around it.
    [[nodiscard]] int line() const { return m_line; }
    [[nodiscard]] TomlValue optional(std::string_view key) const;
    [[nodiscard]] TomlValue required(std::string_view key) const;
    [[nodiscard]] TomlTable table(std::string_view key) const;
    /// The tables of [[key]]; empty where there are none.
    [[nodiscard]] std::vector<TomlTable> tables(std::string_view key) const;
    /// The keys in this table: for tables whose keys are the user's own, such as currencies.
    [[nodiscard]] std::vector<std::string> keys() const;

private:
    [[nodiscard]] const TomlNode* ask(std::string_view key) const;
    [[nodiscard]] TomlValue value(std::string_view key, TomlValue::Need need) const;
    [[nodiscard]] std::string pathOf(std::string_view key) const;

    TomlReading* m_reading;
    const TomlNode* m_node;
    int m_line;
    std::string m_path;
};

/// A TOML file, read strictly: every problem is collected, and a key that nobody asked for is one too.
class TomlDocument {
public:
    static constexpr std::size_t MaxSize = 1 << 20;

    /// Errors: Io where the file cannot be read, Configuration where it is not TOML.
    [[nodiscard]] static base::Result<TomlDocument> open(const std::filesystem::path& file);
    [[nodiscard]] static base::Result<TomlDocument> parse(std::string_view text, std::filesystem::path file);
    ~TomlDocument();
    TomlDocument(TomlDocument&&) noexcept;
    TomlDocument& operator=(TomlDocument&&) noexcept;

    [[nodiscard]] TomlTable root() const;
    /// After everything was asked for: Configuration with one line "FILE:LINE: key 'a.b': ..." for each problem, in the
    /// order of the file.
    [[nodiscard]] base::Status finish() const;

private:
    explicit TomlDocument(std::unique_ptr<TomlReading> reading);
    std::unique_ptr<TomlReading> m_reading;
};

}
