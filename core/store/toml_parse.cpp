#include "core/store/toml_node.h"
#include "core/store/toml_precheck.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <algorithm>

namespace store {

namespace {

TomlNode convert(const toml::node& source);

TomlNode convertDate(const toml::date& date)
{
    TomlNode node{.kind = TomlNode::Kind::Date};
    node.date = base::Date(std::chrono::year(date.year), std::chrono::month(date.month), std::chrono::day(date.day));
    return node;
}

TomlNode convertArray(const toml::array& array)
{
    TomlNode node{.kind = TomlNode::Kind::Array};
    for (const toml::node& item : array)
        node.items.push_back(convert(item));
    return node;
}

TomlNode convertTable(const toml::table& table)
{
    TomlNode node{.kind = TomlNode::Kind::Table};
    for (const auto& [key, value] : table)
        node.entries.emplace_back(std::string(key.str()), convert(value));
    // A table that is only implied by the name of another, as a in [a.b], has no place of its own.
    return node;
}

TomlNode convertValue(const toml::node& source)
{
    if (const auto* text = source.as_string())
        return {.kind = TomlNode::Kind::Text, .text = text->get()};
    if (const auto* integer = source.as_integer())
        return {.kind = TomlNode::Kind::Integer, .integer = integer->get()};
    if (const auto* flag = source.as_boolean())
        return {.kind = TomlNode::Kind::Flag, .flag = flag->get()};
    if (const auto* date = source.as_date())
        return convertDate(date->get());
    if (const auto* array = source.as_array())
        return convertArray(*array);
    if (const auto* table = source.as_table())
        return convertTable(*table);
    return {.kind = source.is_floating_point() ? TomlNode::Kind::Float : TomlNode::Kind::Time};
}

TomlNode convert(const toml::node& source)
{
    TomlNode node = convertValue(source);
    // A table that is only implied by the name of another, as [a] by [a.b], has no place of its own.
    node.line = std::max(1, static_cast<int>(source.source().begin.line));
    return node;
}

}

const TomlNode* TomlNode::find(std::string_view key) const
{
    const auto entry = std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.first == key; });
    return entry == entries.end() ? nullptr : &entry->second;
}

base::Result<TomlNode> parseToml(std::string_view text, const std::filesystem::path& file)
{
    constexpr std::string_view ByteOrderMark = "\xef\xbb\xbf";
    if (text.starts_with(ByteOrderMark))
        text.remove_prefix(ByteOrderMark.size());
    const auto notToml = [&](auto line, std::string_view why) {
        return base::Error{base::Errc::Configuration,
            file.string() + ":" + std::to_string(line) + ": this is not TOML: " + std::string(why)};
    };
    if (const std::optional<TomlBlunder> blunder = findBlunder(text))
        return notToml(blunder->line, blunder->what);
    const toml::parse_result parsed = toml::parse(text, file.string());
    if (!parsed)
        return notToml(parsed.error().source().begin.line, parsed.error().description());
    return convert(parsed.table());
}

}
