#pragma once

namespace base {

/// Visits a std::variant with one lambda per alternative; a new alternative is a compile error at each visit.
template <typename... Fs>
struct Overloaded : Fs... {
    using Fs::operator()...;
};
template <typename... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

}
