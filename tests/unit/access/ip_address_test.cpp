#include "tests/unit/access/access_world.h"

using namespace access_test;

namespace {

TEST(AnIpAddress, IsReadAndWritten)
{
    for (const char* text : {"0.0.0.0", "192.0.2.1", "255.255.255.255", "::", "::1", "2001:db8::1",
             "2001:db8:0:1::", "1:2:3:4:5:6:7:8", "2001:db8::1:0:0:1", "fe80::1:2:3:4"}) {
        const auto read = IpAddress::parse(text);
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(read->text(), text);
    }
    EXPECT_EQ(address("2001:0DB8:0000::0001").text(), "2001:db8::1");
    EXPECT_EQ(address("::1:2:3:4:5:6:7").text(), "0:1:2:3:4:5:6:7");
    EXPECT_EQ(address("64:ff9b::192.0.2.33").text(), "64:ff9b::c000:221");
    EXPECT_EQ(address("::ffff:192.0.2.33").text(), "192.0.2.33");
    EXPECT_EQ(address("::ffff:192.0.2.33"), address("192.0.2.33"));
}

TEST(AnIpAddress, IsNothingElse)
{
    for (const char* text : {"", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "1..2.3",
             "a.b.c.d", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "::1:", "1:",
             ":1", "1:2:3:4:5:6:7::8", "fe80::1%eth0", "[::1]", "::1.2.3", "1.2.3.4::", "+1.2.3.4", "-1::"})
        EXPECT_FALSE(IpAddress::parse(text)) << text;
    EXPECT_TRUE(IpAddress::parse("1:2:3:4:5:6:7::"));
}

TEST(ANetwork, IsReadAndWritten)
{
    for (const char* text : {"192.0.2.0/24", "10.0.0.0/8", "0.0.0.0/0", "192.0.2.1/32", "192.0.2.128/25",
             "2001:db8::/32", "::/0", "2001:db8::1/128"}) {
        const auto read = Network::parse(text);
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(read->text(), text);
    }
    for (const char* text : {"", "192.0.2.0", "192.0.2.0/", "192.0.2.0/33", "192.0.2.1/24", "192.0.2.0/024", "/24",
             "2001:db8::/129", "2001:db8::1/64", "192.0.2.0/24/24", "192.0.2.0/-1"})
        EXPECT_FALSE(Network::parse(text)) << text;
}

TEST(ANetwork, HoldsItsAddressesOnly)
{
    EXPECT_TRUE(network("192.0.2.128/25").contains(address("192.0.2.128")));
    EXPECT_TRUE(network("192.0.2.128/25").contains(address("192.0.2.255")));
    EXPECT_FALSE(network("192.0.2.128/25").contains(address("192.0.2.127")));
    EXPECT_TRUE(network("192.0.2.1/32").contains(address("192.0.2.1")));
    EXPECT_FALSE(network("192.0.2.1/32").contains(address("192.0.2.0")));
    EXPECT_TRUE(network("2001:db8:8000::/33").contains(address("2001:db8:ffff::")));
    EXPECT_FALSE(network("2001:db8:8000::/33").contains(address("2001:db8:7fff::")));
}

TEST(ANetwork, NeverMixesTheFamilies)
{
    EXPECT_TRUE(network("0.0.0.0/0").contains(address("203.0.113.1")));
    EXPECT_FALSE(network("0.0.0.0/0").contains(address("2001:db8::1")));
    EXPECT_FALSE(network("::/0").contains(address("203.0.113.1")));
    EXPECT_TRUE(network("::/0").contains(address("2001:db8::1")));
}

}
