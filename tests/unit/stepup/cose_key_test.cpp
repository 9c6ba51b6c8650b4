#include "core/stepup/ed25519_point.h"
#include "tests/support/cbor_writer.h"
#include "tests/unit/stepup/hex.h"
#include "tests/unit/stepup/stepup_world.h"

using namespace stepup_test;
using support::CborWriter;

namespace {

class CoseKeyOf : public testing::TestWithParam<Algorithm> {
protected:
    support::KeyOwner m_key = support::generateKey(GetParam());
    Bytes m_cose = support::coseKeyOf(*m_key, GetParam());
};
INSTANTIATE_TEST_SUITE_P(Algorithms, CoseKeyOf,
    testing::Values(Algorithm::Es256, Algorithm::Es384, Algorithm::EdDsa, Algorithm::Rs256),
    [](const auto& instance) { return std::string(algorithmName(instance.param)); });

TEST_P(CoseKeyOf, ReadsAndVerifies)
{
    const auto key = parseCoseKey(m_cose);
    ASSERT_TRUE(key) << key.error().detail;
    EXPECT_EQ(key->algorithm, GetParam());
    const Bytes message(100, 1);
    const auto signature = support::sign(*m_key, GetParam(), message);
    EXPECT_TRUE(verifySignature(*key->key, GetParam(), message, signature));
    EXPECT_FALSE(verifySignature(*key->key, GetParam(), Bytes(99, 1), signature));
    for (const Algorithm other : {Algorithm::Es256, Algorithm::Es384, Algorithm::EdDsa, Algorithm::Rs256})
        EXPECT_EQ(fits(*key->key, other), other == GetParam());
}

TEST_P(CoseKeyOf, RefusesEveryChangeOfItsFrame)
{
    for (std::size_t size = 0; size < m_cose.size(); ++size)
        EXPECT_FALSE(parseCoseKey(ByteView(m_cose).first(size)));
    auto longer = m_cose;
    longer.push_back(0);
    EXPECT_FALSE(parseCoseKey(longer));
    for (std::size_t bit = 0; bit < 7U * 8; ++bit) { // map, kty, alg, and the first of the rest
        auto changed = m_cose;
        flip(changed, bit);
        EXPECT_FALSE(parseCoseKey(changed)) << bit;
    }
}

TEST(CoseKey, OffItsCurveIsRefused)
{
    for (const Algorithm algorithm : {Algorithm::Es256, Algorithm::Es384}) {
        const auto good = support::coseKeyOf(*support::generateKey(algorithm), algorithm);
        for (std::size_t bit = 0; bit < 32U * 8; ++bit) { // of y
            auto changed = good;
            flip(changed, (good.size() - 1) * 8 - bit);
            ASSERT_FALSE(parseCoseKey(changed)) << bit;
        }
    }
    CborWriter zero;
    zero.map(5).integer(1).integer(2).integer(3).integer(-7).integer(-1).integer(1);
    zero.integer(-2).bytes(Bytes(32, 0)).integer(-3).bytes(Bytes(32, 0));
    EXPECT_FALSE(parseCoseKey(zero.done()));
}

TEST(CoseKey, OfAnotherCurveThanItsAlgorithmIsRefused)
{
    const auto key = support::generateKey(Algorithm::Es256);
    auto cose = support::coseKeyOf(*key, Algorithm::Es256);
    ASSERT_EQ(cose[6], 0x01); // crv
    for (const int curve : {0, 2, 3, 4, 6, 8}) {
        cose[6] = static_cast<std::uint8_t>(curve);
        EXPECT_FALSE(parseCoseKey(cose)) << curve;
    }
}

TEST(CoseKey, WithAMemberTooManyOrOutOfOrderIsRefused)
{
    const Bytes point = bytesOfHex("5866666666666666666666666666666666666666666666666666666666666666");
    CborWriter good;
    good.map(4).integer(1).integer(1).integer(3).integer(-8).integer(-1).integer(6).integer(-2).bytes(point);
    EXPECT_TRUE(parseCoseKey(good.done()));
    CborWriter extra;
    extra.map(5)
        .integer(1)
        .integer(1)
        .integer(3)
        .integer(-8)
        .integer(4)
        .array(0)
        .integer(-1)
        .integer(6)
        .integer(-2)
        .bytes(point);
    EXPECT_FALSE(parseCoseKey(extra.done()));
    CborWriter disordered;
    disordered.map(4).integer(3).integer(-8).integer(1).integer(1).integer(-1).integer(6).integer(-2).bytes(point);
    EXPECT_FALSE(parseCoseKey(disordered.done()));
}

TEST(CoseKey, OfEd25519IsAPointOfLargeOrder)
{
    EXPECT_TRUE(isSoundEd25519Point(bytesOfHex("5866666666666666666666666666666666666666666666666666666666666666")));
    EXPECT_TRUE(isSoundEd25519Point(bytesOfHex("58666666666666666666666666666666666666666666666666666666666666e6")));
    // y of the points of order 1, 2, 4 and 8, computed apart from this code.
    for (const char* y : {"0000000000000000000000000000000000000000000000000000000000000000",
             "0100000000000000000000000000000000000000000000000000000000000000",
             "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
             "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
             "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
        auto point = bytesOfHex(y);
        EXPECT_FALSE(isSoundEd25519Point(point)) << y;
        point.back() |= 0x80U;
        EXPECT_FALSE(isSoundEd25519Point(point)) << y;
    }
    Bytes small(32, 0);
    for (const auto& [y, on] : {std::pair(2, false), std::pair(3, true), std::pair(4, true), std::pair(7, false),
             std::pair(8, false), std::pair(9, true), std::pair(19, true)}) {
        small[0] = static_cast<std::uint8_t>(y);
        EXPECT_EQ(isSoundEd25519Point(small), on) << y;
    }
    Bytes aboveP(32, 0xff); // p + 3: another spelling of y = 3
    aboveP[0] = 0xf0;
    aboveP[31] = 0x7f;
    EXPECT_FALSE(isSoundEd25519Point(aboveP));
    EXPECT_FALSE(isSoundEd25519Point(Bytes(31, 3)));
}

TEST(CoseKey, OfRsaIsNeitherWeakNorOdd)
{
    const auto rsa = [](const Bytes& n, const Bytes& e) {
        CborWriter cbor;
        cbor.map(4).integer(1).integer(3).integer(3).integer(-257).integer(-1).bytes(n).integer(-2).bytes(e);
        return parseCoseKey(cbor.done()).has_value();
    };
    Bytes n(256, 0x5b);
    n.front() = 0x80;
    const Bytes e{1, 0, 1};
    EXPECT_TRUE(rsa(n, e));
    EXPECT_FALSE(rsa(Bytes(128, 0xff), e)) << "1024 bits";
    Bytes shorter = n;
    shorter.front() = 0x7f;
    EXPECT_FALSE(rsa(shorter, e)) << "2047 bits";
    EXPECT_TRUE(rsa(Bytes(512, 0xff), e));
    EXPECT_FALSE(rsa(Bytes(513, 0xff), e)) << "4104 bits";
    Bytes even = n;
    even.back() = 0x5a;
    EXPECT_FALSE(rsa(even, e));
    Bytes padded = n;
    padded.insert(padded.begin(), 0);
    EXPECT_FALSE(rsa(padded, e)) << "leading zero";
    for (const Bytes& exponent : {Bytes{3}, Bytes{1}, Bytes{}, Bytes{1, 0, 0}, Bytes{0, 1, 0, 1}, Bytes{1, 0, 0, 0, 1}})
        EXPECT_FALSE(rsa(n, exponent));
    EXPECT_FALSE(rsa({}, e));
}

}
