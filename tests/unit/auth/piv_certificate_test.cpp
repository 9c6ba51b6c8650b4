#include "auth/piv_certificate.h"
#include "auth/piv_commands.h"
#include "tests/support/test_pki.h"
#include "tests/unit/auth/scripted_card.h"
#include "tests/unit/auth/token_fixture.h"

#include <gtest/gtest.h>
#include <openssl/x509.h>

#include <zlib.h>

/// The certificate beside the key in 9a, in every shape that it comes in.
namespace {

using auth::PivBytes;

const std::string GetCertificateOf9a = "00cb3fff055c035fc10500";
constexpr int Gzip = 16;
constexpr int Zlib = 0;

PivBytes packed(const PivBytes& plain, int format)
{
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + format, 8, Z_DEFAULT_STRATEGY), Z_OK);
    PivBytes out(deflateBound(&stream, static_cast<uLong>(plain.size())));
    stream.next_in = const_cast<Bytef*>(plain.data());
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

PivBytes issued()
{
    const support::TestCa ca;
    const auto key = support::generateKey(support::KeyType::Ec256);
    const auto certificate = ca.issueFor(*key, {});
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate.get(), &der);
    PivBytes bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

/// What a card that keeps `content` so is read as.
base::Result<auth::PivCertificate> readFrom9a(const PivBytes& content, std::uint8_t information)
{
    PivBytes object;
    auth::appendPivValue(object, 0x70, content);
    auth::appendPivValue(object, 0x71, PivBytes{information});
    auth::appendPivValue(object, 0xfe, {});
    PivBytes answer;
    auth::appendPivValue(answer, 0x53, object);
    ScriptedCard card;
    card.answers[GetCertificateOf9a] = tls::hexOf(answer) + "9000";
    return auth::readPivCertificate(card);
}

TEST(PivCertificateTest, IsReadAsItIsAndUnpackedWhereItIsCompressed)
{
    const PivBytes der = issued();
    const auto plain = readFrom9a(der, 0x00);
    ASSERT_TRUE(plain && plain->certificate);
    EXPECT_FALSE(plain->isCompressed);
    for (const int format : {Gzip, Zlib})
        for (const std::uint8_t information : {std::uint8_t{0x01}, std::uint8_t{0x40}, std::uint8_t{0x80}}) {
            const auto unpacked = readFrom9a(packed(der, format), information);
            ASSERT_TRUE(unpacked && unpacked->certificate) << format << ' ' << int(information);
            EXPECT_TRUE(unpacked->isCompressed);
            EXPECT_EQ(unpacked->flaw, "");
            EXPECT_EQ(X509_cmp(unpacked->certificate.get(), plain->certificate.get()), 0);
        }
}

TEST(PivCertificateTest, WhatIsNoCertificateIsSaidToBeNone)
{
    const PivBytes der = issued();
    PivBytes cutGzip = packed(der, Gzip);
    cutGzip.resize(cutGzip.size() - 9);
    const PivBytes half(der.begin(), der.begin() + static_cast<std::ptrdiff_t>(der.size() / 2));
    PivBytes large = der;
    large.resize(9'000);
    const std::pair<PivBytes, std::uint8_t> flawed[] = {{half, 0x00}, {packed(der, Gzip), 0x00}, {der, 0x01},
        {cutGzip, 0x01}, {packed(half, Gzip), 0x01}, {large, 0x00}, {packed(large, Gzip), 0x01}};
    for (const auto& [content, information] : flawed) {
        const auto seen = readFrom9a(content, information);
        ASSERT_TRUE(seen);
        EXPECT_FALSE(seen->certificate);
        EXPECT_NE(seen->flaw, "") << content.size() << ' ' << int(information);
    }
}

TEST(PivCertificateTest, AFewBytesThatUnpackToMegabytesAreNoCertificate)
{
    const auto seen = readFrom9a(packed(PivBytes(std::size_t{4} << 20U), Gzip), 0x01);
    ASSERT_TRUE(seen);
    EXPECT_FALSE(seen->certificate);
    EXPECT_NE(seen->flaw, "");
}

TEST(PivCertificateTest, NothingIsNoFlaw)
{
    const auto empty = readFrom9a({}, 0x00);
    ASSERT_TRUE(empty);
    EXPECT_FALSE(empty->certificate);
    EXPECT_EQ(empty->flaw, "");
    ScriptedCard absent;
    absent.answers[GetCertificateOf9a] = "6a82";
    EXPECT_EQ(auth::readPivCertificate(absent)->flaw, "");
    ScriptedCard refusing;
    refusing.answers[GetCertificateOf9a] = "6982";
    EXPECT_EQ(codeOf(auth::readPivCertificate(refusing).error()), base::Errc::TokenFailure);
}

}
