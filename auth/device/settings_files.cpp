#include "auth/device/settings_files.h"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <vector>

namespace device {

namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view Blank = " \t\r";
    const auto from = text.find_first_not_of(Blank);
    return from == std::string_view::npos ? std::string_view()
                                          : text.substr(from, text.find_last_not_of(Blank) - from + 1);
}

/// The value of an XML attribute inside a tag; empty where it is not there.
std::string attributeOf(std::string_view tag, std::string_view name)
{
    const std::string start = ' ' + std::string(name) + "=\"";
    const auto at = tag.find(start);
    if (at == std::string_view::npos)
        return {};
    const auto from = at + start.size();
    const auto to = tag.find('"', from);
    return to == std::string_view::npos ? std::string() : std::string(tag.substr(from, to - from));
}

/// GVDB, as GLib's gvdb-reader has it, little-endian: header of 24 bytes, then tables of hashed items.
class Gvdb {
public:
    explicit Gvdb(std::string_view bytes)
        : m_bytes(bytes)
    {
    }

    std::optional<std::map<std::string, std::string>> values() const
    {
        constexpr std::size_t RootAt = 16;
        if (!m_bytes.starts_with("GVariant") || m_bytes.size() < RootAt + 8)
            return std::nullopt;
        const std::size_t start = number(RootAt);
        const std::size_t end = number(RootAt + 4);
        if (start > end || end > m_bytes.size() || end - start < 8)
            return std::nullopt;
        const std::size_t bloom = number(start) & 0x07ffffffU;
        const std::size_t buckets = number(start + 4);
        const std::size_t items = start + 8 + 4 * (bloom + buckets);
        if (items > end)
            return std::nullopt;
        const std::size_t count = (end - items) / ItemSize;
        std::map<std::string, std::string> found;
        for (std::size_t item = 0; item < count; ++item)
            if (const auto value = valueOf(items + item * ItemSize))
                if (const auto key = keyOf(items, count, item))
                    found.insert_or_assign(*key, *value);
        return found;
    }

private:
    static constexpr std::size_t ItemSize = 24;
    static constexpr std::uint32_t NoParent = 0xffffffff;
    static constexpr int Deepest = 32;

    [[nodiscard]] std::uint32_t number(std::size_t at) const
    {
        std::uint32_t value = 0;
        for (std::size_t byte = 4; byte-- > 0;)
            value = value << 8U | static_cast<unsigned char>(m_bytes[at + byte]);
        return value;
    }
    /// Each item names its parent; the key is theirs in a row.
    [[nodiscard]] std::optional<std::string> keyOf(std::size_t items, std::size_t count, std::size_t item) const
    {
        std::string key;
        for (int depth = 0; depth < Deepest; ++depth) {
            const std::size_t at = items + item * ItemSize;
            const std::size_t from = number(at + 8);
            const std::size_t size = number(at + 12) & 0xffffU;
            if (from > m_bytes.size() || size > m_bytes.size() - from)
                return std::nullopt;
            key.insert(0, m_bytes.substr(from, size));
            item = number(at + 4);
            if (item == NoParent)
                return key;
            if (item >= count)
                return std::nullopt;
        }
        return std::nullopt;
    }
    /// A GVariant in a variant: its bytes, a zero, its type.
    [[nodiscard]] std::optional<std::string> valueOf(std::size_t at) const
    {
        const std::size_t from = number(at + 16);
        const std::size_t to = number(at + 20);
        if (m_bytes[at + 14] != 'v' || from > to || to > m_bytes.size())
            return std::nullopt;
        const std::string_view value = m_bytes.substr(from, to - from);
        if (value.size() == 3 && value.ends_with(std::string_view("\0b", 2)))
            return value[0] != 0 ? "true" : "false";
        if (value.size() == 6 && value.ends_with(std::string_view("\0u", 2)))
            return std::to_string(number(from));
        return std::nullopt;
    }

    std::string_view m_bytes;
};

}

std::optional<std::string> readSettings(const std::filesystem::path& file)
{
    std::error_code problem;
    const auto size = std::filesystem::file_size(file, problem);
    if (problem || size > LargestSettings)
        return std::nullopt;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

void readIni(std::string_view text, std::map<std::string, std::string>& into)
{
    std::istringstream lines{std::string(text)};
    std::string section;
    for (std::string line; std::getline(lines, line);) {
        const std::string_view plain = trimmed(line);
        const auto equals = plain.find('=');
        if (plain.starts_with('[') && plain.ends_with(']'))
            section = plain.substr(1, plain.size() - 2);
        else if (!plain.starts_with('#') && !plain.starts_with(';') && equals != std::string_view::npos) {
            // KConfig marks what an administrator has fixed: "Autolock[$i]=true".
            const std::string_view name = plain.substr(0, plain.find_first_of("=["));
            into[section + '/' + std::string(trimmed(name))] = trimmed(plain.substr(equals + 1));
        }
    }
}

std::map<std::string, std::string> readXfconf(std::string_view text)
{
    std::map<std::string, std::string> found;
    std::vector<std::string> path;
    for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
        const auto end = text.find('>', at);
        if (end == std::string_view::npos)
            break;
        const std::string_view tag = text.substr(at + 1, end - at - 1);
        if (tag.starts_with("/property") && !path.empty())
            path.pop_back();
        if (!tag.starts_with("property "))
            continue;
        path.push_back((path.empty() ? "" : path.back()) + '/' + attributeOf(tag, "name"));
        if (const std::string value = attributeOf(tag, "value"); !value.empty())
            found.insert_or_assign(path.back(), value);
        if (tag.ends_with('/'))
            path.pop_back();
    }
    return found;
}

std::optional<std::map<std::string, std::string>> readDconf(std::string_view bytes)
{
    return Gvdb(bytes).values();
}

}
