#include "core/store/access_policy_reader.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace {

std::string shipped()
{
    return std::string(store::defaultAccessPolicyText());
}

/// Without comments: fewer places to cut, the same policy.
std::string bare()
{
    std::string text;
    std::size_t at = 0;
    const std::string all = shipped();
    while (at < all.size()) {
        const auto end = all.find('\n', at) + 1;
        if (all[at] != '#' && all[at] != '\n')
            text += all.substr(at, end - at);
        at = end;
    }
    return text;
}

TEST(ADamagedPolicyFile, IsRefusedCutOffAtEveryByte)
{
    const std::string whole = bare();
    ASSERT_TRUE(store::readAccessPolicy(whole, "p.toml"));
    // The last byte is the line's end, without which it is still whole.
    for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
        const auto policy = store::readAccessPolicy(std::string_view(whole).substr(0, size), "p.toml");
        ASSERT_FALSE(policy) << "cut at " << size;
        ASSERT_EQ(policy.error().code, base::Errc::Configuration);
        ASSERT_TRUE(policy.error().detail.starts_with("p.toml:")) << policy.error().detail;
    }
}

TEST(ADamagedPolicyFile, IsRefusedWithoutItsBeginning)
{
    const std::string whole = bare();
    for (std::size_t from = 1; from < whole.size(); from += 7)
        ASSERT_FALSE(store::readAccessPolicy(std::string_view(whole).substr(from), "p.toml")) << from;
}

TEST(ADamagedPolicyFile, NeverCrashesTheReader)
{
    std::mt19937 random(20261128);
    const std::string whole = shipped();
    for (int i = 0; i < 400; ++i) {
        std::string damaged = whole;
        for (unsigned n = random() % 4; n < 4; ++n)
            damaged[random() % damaged.size()] = static_cast<char>(random());
        const auto policy = store::readAccessPolicy(damaged, "p.toml");
        ASSERT_TRUE(!policy || !policy->attributes.empty());
    }
}

}
