#include "app/process/account.h"

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <pwd.h>
#include <string_view>
#include <unistd.h>

namespace app {

namespace {

constexpr std::uint32_t Unset = ~std::uint32_t{0}; ///< as the kernel says it

std::string nameOf(std::uint32_t user)
{
    const passwd* entry = ::getpwuid(user);
    return entry && entry->pw_name ? std::string(entry->pw_name) : std::to_string(user);
}

std::optional<std::uint32_t> userIn(std::string_view text)
{
    std::uint32_t user = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), user);
    if (text.empty() || failure != std::errc() || end != text.data() + text.size() || user == Unset)
        return std::nullopt;
    return user;
}

}

AccountFacts accountFacts()
{
    AccountFacts facts{.real = ::getuid()};
    std::string login;
    std::ifstream("/proc/self/loginuid") >> login; // absent where the kernel keeps none: then it stays empty
    facts.login = userIn(login);
    if (const char* sudo = std::getenv("SUDO_UID")) // NOLINT(concurrency-mt-unsafe): nobody sets it
        facts.sudo = userIn(sudo);
    return facts;
}

std::string accountName(const AccountFacts& facts)
{
    const std::string real = nameOf(facts.real);
    if (facts.login)
        return *facts.login == facts.real ? real : nameOf(*facts.login) + " as " + real;
    if (facts.sudo && *facts.sudo != facts.real)
        return nameOf(*facts.sudo) + " (sudo) as " + real;
    return real;
}

}
