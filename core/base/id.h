#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace base {

/// An identifier that cannot be mistaken for one of another kind: Id<struct QuoteTag> and Id<struct RfqTag> do not mix.
template <typename Tag>
class Id {
public:
    Id() = default;
    explicit Id(std::string text)
        : m_text(std::move(text))
    {
    }

    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] bool empty() const { return m_text.empty(); }

    friend bool operator==(const Id&, const Id&) = default;
    friend std::strong_ordering operator<=>(const Id& a, const Id& b) { return a.m_text.compare(b.m_text) <=> 0; }

private:
    std::string m_text;
};

}

template <typename Tag>
struct std::hash<base::Id<Tag>> {
    std::size_t operator()(const base::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.text()); }
};
