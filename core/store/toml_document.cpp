#include "core/store/toml_document.h"

#include "core/store/spelling.h"
#include "core/store/text_file.h"
#include "core/store/toml_node.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace store {

namespace {

std::string listed(const std::vector<std::string>& words)
{
    std::string list;
    for (const std::string& word : words)
        list += (list.empty() ? "" : ", ") + word;
    return list;
}

std::string unknownKey(const std::string& key, const std::vector<std::string>& known)
{
    if (const std::optional<std::string> near = closestTo(key, known))
        return "unknown key; did you mean '" + *near + "'?";
    return known.empty() ? "unknown key" : "unknown key; expected one of " + listed(known);
}

/// What nobody asked for, in this table and below.
void reportUnknown(TomlReading& reading, const TomlNode& table, const std::string& path)
{
    const std::string prefix = path.empty() ? "" : path + ".";
    for (const auto& [key, node] : table.entries) {
        if (std::find(table.asked.begin(), table.asked.end(), key) == table.asked.end()) {
            reading.report(node.line, prefix + key, unknownKey(key, table.asked));
            continue;
        }
        if (node.kind == TomlNode::Kind::Table)
            reportUnknown(reading, node, prefix + key);
        for (const TomlNode& item : node.items)
            if (item.kind == TomlNode::Kind::Table)
                reportUnknown(reading, item, prefix + key);
    }
}

}

void TomlReading::report(int line, const std::string& path, const std::string& what)
{
    problems.push_back({line, file.string() + ":" + std::to_string(line) + ": key '" + path + "': " + what});
}

TomlTable::TomlTable(TomlReading& reading, const TomlNode* node, int line, std::string path)
    : m_reading(&reading)
    , m_node(node)
    , m_line(line)
    , m_path(std::move(path))
{
}

TomlValue TomlTable::optional(std::string_view key) const
{
    return value(key, TomlValue::Need::Optional);
}

TomlValue TomlTable::required(std::string_view key) const
{
    return value(key, TomlValue::Need::Required);
}

TomlTable TomlTable::table(std::string_view key) const
{
    const TomlNode* node = ask(key);
    if (node && node->kind != TomlNode::Kind::Table) {
        m_reading->report(node->line, pathOf(key), "expected a table, found " + describe(*node));
        node = nullptr;
    }
    return {*m_reading, node, node ? node->line : m_line, pathOf(key)};
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) const
{
    const TomlNode* node = ask(key);
    if (!node)
        return {};
    const bool tablesOnly = node->kind == TomlNode::Kind::Array
        && std::all_of(node->items.begin(), node->items.end(),
            [](const TomlNode& item) { return item.kind == TomlNode::Kind::Table; });
    if (!tablesOnly) {
        m_reading->report(
            node->line, pathOf(key), "expected tables under [[" + std::string(key) + "]], found " + describe(*node));
        return {};
    }
    std::vector<TomlTable> found;
    for (const TomlNode& item : node->items)
        found.emplace_back(*m_reading, &item, item.line, pathOf(key));
    return found;
}

std::vector<std::string> TomlTable::keys() const
{
    std::vector<std::string> names;
    if (m_node)
        for (const auto& [key, node] : m_node->entries)
            names.push_back(key);
    return names;
}

const TomlNode* TomlTable::ask(std::string_view key) const
{
    if (!m_node)
        return nullptr;
    if (std::find(m_node->asked.begin(), m_node->asked.end(), key) == m_node->asked.end())
        m_node->asked.emplace_back(key);
    return m_node->find(key);
}

TomlValue TomlTable::value(std::string_view key, TomlValue::Need need) const
{
    const TomlNode* node = ask(key);
    return {*m_reading, node, m_line, pathOf(key), need};
}

std::string TomlTable::pathOf(std::string_view key) const
{
    return m_path.empty() ? std::string(key) : m_path + "." + std::string(key);
}

base::Result<TomlDocument> TomlDocument::open(const std::filesystem::path& file)
{
    const base::Result<std::string> text = readTextFile(file, MaxSize);
    return text ? parse(*text, file) : base::Result<TomlDocument>(text.error());
}

base::Result<TomlDocument> TomlDocument::parse(std::string_view text, std::filesystem::path file)
{
    base::Result<TomlNode> root = parseToml(text, file);
    if (!root)
        return root.error();
    auto reading = std::make_unique<TomlReading>();
    reading->file = std::move(file);
    reading->root = std::move(*root);
    return TomlDocument(std::move(reading));
}

TomlDocument::TomlDocument(std::unique_ptr<TomlReading> reading)
    : m_reading(std::move(reading))
{
}

TomlDocument::~TomlDocument() = default;
TomlDocument::TomlDocument(TomlDocument&&) noexcept = default;
TomlDocument& TomlDocument::operator=(TomlDocument&&) noexcept = default;

TomlTable TomlDocument::root() const
{
    return {*m_reading, &m_reading->root, 1, ""};
}

base::Status TomlDocument::finish() const
{
    TomlReading all = *m_reading;
    reportUnknown(all, all.root, "");
    if (all.problems.empty())
        return base::Ok{};
    std::stable_sort(all.problems.begin(), all.problems.end(),
        [](const TomlReading::Problem& a, const TomlReading::Problem& b) { return a.line < b.line; });
    std::string lines;
    for (const TomlReading::Problem& problem : all.problems)
        lines += (lines.empty() ? "" : "\n") + problem.text;
    return base::Error{base::Errc::Configuration, lines};
}

}
