#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace store {

/// A parsed TOML value with its place in the file.
struct TomlNode {
    enum class Kind { Text, Integer, Float, Flag, Date, Time, Array, Table };
    Kind kind = Kind::Table;
    int line = 1;
    std::string text{}; ///< of a Text
    std::int64_t integer = 0;
    bool flag = false;
    base::Date date{};
    std::vector<TomlNode> items{}; ///< of an Array
    std::vector<std::pair<std::string, TomlNode>> entries{}; ///< of a Table
    mutable std::vector<std::string> asked{}; ///< keys that somebody asked this Table for: the known ones

    [[nodiscard]] const TomlNode* find(std::string_view key) const;
};

/// One reading of one file.
struct TomlReading {
    struct Problem {
        int line = 0;
        std::string text;
    };
    std::filesystem::path file;
    TomlNode root;
    std::vector<Problem> problems;

    void report(int line, const std::string& path, const std::string& what);
};

/// What a person sees at that place: "the string 'abc'", "an array".
[[nodiscard]] std::string describe(const TomlNode& node);

/// Errors: Configuration with file and line.
[[nodiscard]] base::Result<TomlNode> parseToml(std::string_view text, const std::filesystem::path& file);

}
