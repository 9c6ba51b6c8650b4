#include "core/stepup/cbor.h"
#include "tests/unit/stepup/hex.h"

#include <gtest/gtest.h>

using namespace stepup;
using stepup_test::bytesOfHex;

namespace {

bool isItem(std::string_view hex)
{
    const auto bytes = bytesOfHex(hex);
    CborReader reader(bytes);
    return reader.item() && reader.atEnd();
}

TEST(Cbor, TakesTheCanonicalForm)
{
    for (const char* hex :
        {"00", "17", "1818", "18ff", "190100", "1a00010000", "1b0000000100000000", "20", "3863", "40", "43010203", "60",
            "63616263", "80", "8301f5f6", "a0", "a2012002f4", "a2016161206162", "81818180", "a20140616140"})
        EXPECT_TRUE(isItem(hex)) << hex;
}

TEST(Cbor, RefusesEverythingLooser)
{
    for (const char* hex : {"", // nothing
             "1817", "190017", "1900ff", "1a0000ffff", "1b00000000ffffffff", "5800", // longer than needed
             "18", "1901", "4301", "62c3", // cut short
             "1c", "1f", "5f4101ff", "7f6161ff", "9f01ff", "bf0101ff", "ff", // reserved, indefinite
             "c000", "d81840", // tags
             "e0", "f3", "f7", "f820", "f90000", "fa00000000", "fb0000000000000000", // simple values, floats
             "61ff", "63eda080", // not UTF-8
             "a201010101", "a202010101", "a220010101",
             "a2616101"
             "02"
             "01",
             "a1f500", "a18000", // keys
             "8181818180", "a101a101a101a101a0", // too deep
             "9affffffff", "bbffffffffffffffff", "5bffffffffffffffff",
             "9b0000000000000005"
             "00", // more than is there
             "0000"}) // bytes after it
        EXPECT_FALSE(isItem(hex)) << hex;
}

TEST(Cbor, ReadsIntegersToTheirLimits)
{
    const auto integer = [](std::string_view hex) {
        const auto bytes = bytesOfHex(hex);
        return CborReader(bytes).integer();
    };
    EXPECT_EQ(integer("390100"), -257);
    EXPECT_EQ(integer("1b7fffffffffffffff"), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(integer("3b7fffffffffffffff"), std::numeric_limits<std::int64_t>::min());
    EXPECT_FALSE(integer("1b8000000000000000"));
    EXPECT_FALSE(integer("3b8000000000000000"));
    EXPECT_FALSE(integer("40"));
}

}
