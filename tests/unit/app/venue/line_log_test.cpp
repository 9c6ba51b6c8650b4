#include "app/venue/line_log.h"
#include "tests/support/fake_clock.h"

#include <gtest/gtest.h>

#include <sstream>

namespace {

TEST(LineLogTest, AnEventIsOneLineWithItsTime)
{
    const support::FakeClock clock;
    std::ostringstream out;
    venue::LineLog(out, clock).record("order", {{"session", "ACME"}, {"text", ""}, {"price", "1.15342"}});
    EXPECT_EQ(out.str(), "2026-11-24T08:00:07.480Z event=order session=ACME price=1.15342\n");
}

TEST(LineLogTest, WhatComesFromOutsideCannotForgeALineOrAField)
{
    EXPECT_EQ(venue::lineValue("plain-1"), "plain-1");
    EXPECT_EQ(venue::lineValue("two words"), "\"two words\"");
    EXPECT_EQ(venue::lineValue("x\nevent=order"), "\"x\\x0aevent=order\"");
    EXPECT_EQ(venue::lineValue("a=\"b\\"), "\"a=\\\"b\\\\\"");
    EXPECT_EQ(venue::lineValue("\x1b[2J"), "\"\\x1b[2J\"");
    EXPECT_EQ(venue::lineValue("M\xc3\xbcller"), "\"M\xc3\xbcller\"");
    EXPECT_LE(venue::lineValue(std::string(10'000, 'x')).size(), 310U);
}

}
