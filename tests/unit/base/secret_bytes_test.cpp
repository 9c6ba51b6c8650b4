#include "core/base/secret_bytes.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

using base::SecretBytes;

namespace {

static_assert(!std::is_copy_constructible_v<SecretBytes>);
static_assert(!std::is_copy_assignable_v<SecretBytes>);
static_assert(!std::is_convertible_v<SecretBytes, std::string>);

SecretBytes secret(std::string_view text)
{
    SecretBytes bytes;
    EXPECT_TRUE(bytes.append(text));
    return bytes;
}

TEST(SecretBytes, MovesAndLeavesNothingBehind)
{
    SecretBytes from = secret("123456");
    const SecretBytes to = std::move(from);
    EXPECT_EQ(to.reveal(), "123456");
    EXPECT_TRUE(from.empty()); // NOLINT(bugprone-use-after-move): that is the point
}

TEST(SecretBytes, MoveAssignmentWipesWhatWasThere)
{
    SecretBytes a = secret("old");
    SecretBytes b = secret("new");
    a = std::move(b);
    EXPECT_EQ(a.reveal(), "new");
    EXPECT_TRUE(b.empty()); // NOLINT(bugprone-use-after-move)
}

TEST(SecretBytes, ClearOverwritesTheBytes)
{
    SecretBytes bytes = secret("123456");
    const char* data = bytes.reveal().data();
    bytes.clear();
    EXPECT_EQ(std::string_view(data, 6), std::string_view("\0\0\0\0\0\0", 6));
    EXPECT_TRUE(bytes.empty());
}

TEST(SecretBytes, ChopsWholeCharacters)
{
    SecretBytes bytes = secret("a\xC3\xA4\xE2\x82\xAC");
    bytes.chopCharacter();
    EXPECT_EQ(bytes.reveal(), "a\xC3\xA4");
    bytes.chopCharacter();
    EXPECT_EQ(bytes.reveal(), "a");
    bytes.chopCharacter();
    bytes.chopCharacter();
    EXPECT_TRUE(bytes.empty());
}

TEST(SecretBytes, RefusesWhatDoesNotFit)
{
    SecretBytes bytes = secret(std::string(SecretBytes::Capacity, 'x'));
    EXPECT_FALSE(bytes.append(std::string_view("y")));
    EXPECT_EQ(bytes.size(), SecretBytes::Capacity);
}

}
