#include "auth/pkcs11_module.h"
#include "tests/support/fake_tokens.h"
#include "tests/support/soft_token.h"
#include "tests/unit/auth/token_fixture.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace {

using base::Errc;

base::Status check(const std::string& path)
{
    return auth::checkModulePath(path, {path});
}

TEST(Pkcs11ModuleTest, OnlyAListedModuleIsLoaded)
{
    const std::string module = support::FakeTokens::module();
    EXPECT_TRUE(auth::checkModulePath(module, {module}));
    const auto refused = auth::checkModulePath(module, {"/usr/lib/softhsm/libsofthsm2.so"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::TokenModule);
    EXPECT_FALSE(auth::checkModulePath(module, {}));
}

TEST(Pkcs11ModuleTest, AModuleIsNamedByOneAbsolutePath)
{
    for (const char* path : {"", "libsofthsm2.so", "./libsofthsm2.so", "../lib/softhsm/libsofthsm2.so",
             "/usr/lib/softhsm/../softhsm/libsofthsm2.so", "/usr/lib/./softhsm/libsofthsm2.so"}) {
        const auto refused = check(path);
        ASSERT_FALSE(refused) << path;
        EXPECT_EQ(refused.error().code, Errc::TokenModule);
    }
}

TEST(Pkcs11ModuleTest, AMissingFileADirectoryAndAnOtherLibraryAreNoModules)
{
    const support::TemporaryDirectory directory;
    const std::string text = directory.write("text.so", "not a library");
    for (const std::string& path : {std::string("/nonexistent/module.so"), directory.path().string(), text,
             std::string("/usr/lib/x86_64-linux-gnu/libcrypto.so.3")}) {
        Tokens tokens({path, {path}, "01", {}, {}});
        const auto status = tokens.inspect();
        EXPECT_EQ(codeOf(status.problem), Errc::TokenModule) << path;
        EXPECT_EQ(codeOf(tokens.unlock("123456").error), Errc::TokenModule) << path;
        EXPECT_FALSE(tokens.list()) << path;
    }
}

TEST(Pkcs11ModuleTest, AModuleThatIsNotListedIsNotEvenOpened)
{
    const support::FakeTokens plugged;
    Tokens tokens({support::FakeTokens::module(), {}, "01", {}, {}});
    const auto status = tokens.inspect();
    ASSERT_TRUE(status.problem);
    EXPECT_EQ(status.problem->code, Errc::TokenModule);
    EXPECT_NE(status.problem->detail.find("allowed"), std::string::npos) << status.problem->detail;
}

TEST(Pkcs11ModuleTest, TellsWhatItIs)
{
    const std::string path = support::FakeTokens::module();
    const auto module = auth::Pkcs11Module::load(path, {path});
    ASSERT_TRUE(module) << module.error().detail;
    EXPECT_EQ((*module)->description(), "Scripted tokens 1.0 (Countersign)");
}

/// The middleware of real cards loads, and says cleanly that nothing fitting is plugged in.
class CardMiddleware : public testing::TestWithParam<const char*> { };

TEST_P(CardMiddleware, LoadsAndFindsNoFittingToken)
{
    const std::string path = GetParam();
    if (!std::filesystem::exists(path))
        GTEST_SKIP() << path << " is not installed";
    Tokens tokens({path, {path}, "c0ffee", {}, {}});
    for (int i = 0; i < 2; ++i) {
        const auto status = tokens.inspect();
        ASSERT_TRUE(status.problem);
        EXPECT_TRUE(status.problem->code == Errc::TokenAbsent || status.problem->code == Errc::KeyNotFound)
            << status.problem->detail;
    }
}

INSTANTIATE_TEST_SUITE_P(Known, CardMiddleware,
    testing::Values("/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so", "/usr/lib/x86_64-linux-gnu/pkcs11/opensc-pkcs11.so",
        "/usr/lib/x86_64-linux-gnu/libykcs11.so", "/usr/lib/x86_64-linux-gnu/libykcs11.so.2"));

}
