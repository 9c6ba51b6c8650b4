#include "core/store/toml_precheck.h"

#include <algorithm>

namespace store {

namespace {

bool beginsKey(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
        || c == '"' || c == '\'';
}

/// Walks over the text as TOML's lexical rules divide it: comments, strings of four kinds, and the rest.
class Scanner {
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {
    }

    std::optional<TomlBlunder> run()
    {
        while (m_at < m_text.size() && !m_blunder)
            step();
        return m_blunder;
    }

private:
    void step()
    {
        const char c = m_text[m_at];
        if (c == '\n')
            endLine();
        else if (c == '#')
            skipTo(m_text.find('\n', m_at));
        else if (c == '"' || c == '\'')
            skipString(c);
        else if (c == '[' && m_depth == 0 && m_lineIsBlank)
            checkHeader();
        else
            checkPlain(c);
    }

    void endLine()
    {
        m_lineIsBlank = true;
        ++m_at;
    }

    void checkPlain(char c)
    {
        if (static_cast<unsigned char>(c) >= 0x80) {
            refuse("a character outside quotes that is not ASCII");
            return;
        }
        if (c == '[' || c == '{')
            ++m_depth;
        if (c == ']' || c == '}')
            m_depth = std::max(0, m_depth - 1);
        if (c != ' ' && c != '\t' && c != '\r')
            m_lineIsBlank = false;
        ++m_at;
    }

    void checkHeader()
    {
        m_lineIsBlank = false;
        ++m_at;
        if (m_at < m_text.size() && m_text[m_at] == '[')
            ++m_at;
        skipTo(m_text.find_first_not_of(" \t", m_at));
        if (m_at < m_text.size() && m_text[m_at] != ']' && m_text[m_at] != '[' && !beginsKey(m_text[m_at]))
            refuse("a table header needs a name in its brackets");
        if (m_at < m_text.size() && m_text[m_at] == '[')
            refuse("a table header has at most two brackets");
    }

    /// An unfinished string ends the walk: the library refuses it in good words.
    void skipString(char quote)
    {
        m_lineIsBlank = false;
        const std::string fence(3, quote);
        const bool multiLine = m_text.substr(m_at, 3) == fence;
        m_at += multiLine ? 3 : 1;
        while (m_at < m_text.size()) {
            if (quote == '"' && m_text[m_at] == '\\') {
                skipTo(m_at + 2);
                continue;
            }
            if (!multiLine && m_text[m_at] == '\n') {
                m_at = m_text.size();
                return;
            }
            if (multiLine ? m_text.substr(m_at, 3) == fence : m_text[m_at] == quote)
                break;
            ++m_at;
        }
        closeString(quote, multiLine);
    }

    void closeString(char quote, bool multiLine)
    {
        skipTo(m_at + (multiLine ? 3 : 1));
        // Up to two quotes may stand right before the closing fence.
        for (int extra = 0; multiLine && extra < 2 && m_at < m_text.size() && m_text[m_at] == quote; ++extra)
            ++m_at;
    }

    void skipTo(std::size_t position) { m_at = std::min(position, m_text.size()); }

    void refuse(const char* what)
    {
        const auto lines = std::count(m_text.begin(), m_text.begin() + static_cast<std::ptrdiff_t>(m_at), '\n');
        m_blunder = TomlBlunder{static_cast<int>(lines) + 1, what};
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0; ///< of brackets and braces in values
    bool m_lineIsBlank = true; ///< so far
    std::optional<TomlBlunder> m_blunder;
};

}

std::optional<TomlBlunder> findBlunder(std::string_view text)
{
    return Scanner(text).run();
}

}
