#include "core/fix/sent_ids.h"

#include <gtest/gtest.h>

namespace {

TEST(SentIds, ANumberLeadsToTheMessage)
{
    fix::SentIds sent;
    sent.note({7, "D", "C-1"});
    sent.note({8, "H", "C-1-H1"});
    ASSERT_TRUE(sent.find(7));
    EXPECT_EQ(sent.find(7)->type, "D");
    EXPECT_EQ(sent.find(7)->id, "C-1");
    EXPECT_EQ(sent.find(8)->id, "C-1-H1");
    EXPECT_FALSE(sent.find(9));
    EXPECT_FALSE(sent.find(0));
}

TEST(SentIds, AfterAResetTheLatestOfANumberIsMeant)
{
    fix::SentIds sent;
    sent.note({2, "D", "C-1"});
    sent.note({2, "R", "Q-2"});
    EXPECT_EQ(sent.find(2)->id, "Q-2");
}

TEST(SentIds, OldOnesAreForgotten)
{
    fix::SentIds sent;
    for (std::uint64_t number = 1; number <= 5000; ++number)
        sent.note({number, "R", "Q"});
    EXPECT_FALSE(sent.find(1));
    EXPECT_TRUE(sent.find(5000));
}

}
