#include "app/process/account.h"

#include <gtest/gtest.h>

#include <unistd.h>

namespace {

constexpr std::uint32_t Root = 0; // has a name everywhere
constexpr std::uint32_t Nameless = 3'999'999'999;

TEST(AccountName, IsThatOfWhoeverRunsTheProgram)
{
    EXPECT_EQ(app::accountName({.real = Root}), "root");
    EXPECT_EQ(app::accountName({.real = Nameless}), "3999999999");
    EXPECT_EQ(app::accountFacts().real, ::getuid());
}

TEST(AccountName, NamesWhoBecameThatUser)
{
    EXPECT_EQ(app::accountName({.real = Nameless, .login = Root}), "root as 3999999999");
    EXPECT_EQ(app::accountName({.real = Root, .login = Root}), "root");
    EXPECT_EQ(app::accountName({.real = Nameless, .login = std::nullopt, .sudo = Root}), "root (sudo) as 3999999999");
    EXPECT_EQ(app::accountName({.real = Nameless, .login = std::nullopt, .sudo = Nameless}), "3999999999");
}

TEST(AccountName, TakesTheKernelsWordOverTheEnvironments)
{
    EXPECT_EQ(app::accountName({.real = Root, .login = Nameless, .sudo = Root}), "3999999999 as root");
    EXPECT_EQ(app::accountName({.real = Root, .login = Root, .sudo = Nameless}), "root");
}

}
