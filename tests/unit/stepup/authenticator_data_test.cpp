#include "core/stepup/aaguid_text.h"
#include "tests/support/cbor_writer.h"
#include "tests/unit/stepup/stepup_world.h"

using namespace stepup_test;

namespace {

Bytes head(std::uint8_t flags)
{
    Bytes data(32, 0xaa);
    append(data, Bytes{flags, 0x01, 0x02, 0x03, 0x04});
    return data;
}

Bytes attested(std::size_t idSize)
{
    Bytes data(Model.begin(), Model.end());
    data.push_back(static_cast<std::uint8_t>(idSize >> 8));
    data.push_back(static_cast<std::uint8_t>(idSize));
    append(data, Bytes(idSize, 0x77));
    append(data, Bytes{0xa1, 0x01, 0x02});
    return data;
}

Bytes joined(Bytes a, const Bytes& b, const Bytes& c = {})
{
    append(a, b);
    append(a, c);
    return a;
}

const Bytes CredProtect3 = support::CborWriter().map(1).text("credProtect").integer(3).done();

TEST(AuthenticatorDataBytes, AreReadMemberByMember)
{
    const auto data = parseAuthenticatorData(joined(head(0xc5), attested(20), CredProtect3));
    ASSERT_TRUE(data) << data.error().detail;
    EXPECT_EQ(data->rpIdHash, filled(0xaa));
    EXPECT_TRUE(data->userPresent && data->userVerified);
    EXPECT_FALSE(data->backupEligible || data->backedUp);
    EXPECT_EQ(data->signCount, 0x01020304U);
    ASSERT_TRUE(data->attested);
    EXPECT_EQ(data->attested->aaguid, Model);
    EXPECT_EQ(data->attested->id, CredentialId(20, 0x77));
    EXPECT_EQ(data->attested->coseKey, (Bytes{0xa1, 0x01, 0x02}));
    EXPECT_EQ(data->credProtect, 3);

    const auto bare = parseAuthenticatorData(head(0x18));
    ASSERT_TRUE(bare);
    EXPECT_TRUE(bare->backupEligible && bare->backedUp);
    EXPECT_FALSE(bare->userPresent || bare->userVerified || bare->attested || bare->credProtect);
}

TEST(AuthenticatorDataBytes, MayNotBeShorterOrLonger)
{
    const auto whole = joined(head(0xc5), attested(20), CredProtect3);
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(parseAuthenticatorData(ByteView(whole).first(size))) << size;
    EXPECT_FALSE(parseAuthenticatorData(joined(whole, {0x00})));
    EXPECT_FALSE(parseAuthenticatorData(joined(head(0x05), {0x00})));
    EXPECT_FALSE(parseAuthenticatorData(joined(head(0x45), attested(20), CredProtect3))) << "extensions without ED";
    EXPECT_FALSE(parseAuthenticatorData(joined(head(0xc5), attested(20)))) << "ED without extensions";
    EXPECT_FALSE(parseAuthenticatorData(Bytes(MaxAuthenticatorDataSize + 1, 0)));
}

TEST(AuthenticatorDataBytes, HaveACredentialIdOf16To1023Bytes)
{
    for (const auto& [size, good] :
        {std::pair<std::size_t, bool>(0, false), {15, false}, {16, true}, {1023, true}, {1024, false}})
        EXPECT_EQ(parseAuthenticatorData(joined(head(0x45), attested(size))).has_value(), good) << size;
}

TEST(AuthenticatorDataBytes, HaveNoReservedFlag)
{
    EXPECT_FALSE(parseAuthenticatorData(head(0x07)));
    EXPECT_FALSE(parseAuthenticatorData(head(0x25)));
}

TEST(AuthenticatorDataBytes, HaveExtensionsInCanonicalForm)
{
    using support::CborWriter;
    const auto read = [](const CborWriter& extensions) {
        return parseAuthenticatorData(joined(head(0x85), extensions.done())).has_value();
    };
    EXPECT_TRUE(read(CborWriter().map(2).text("a").integer(1).text("credProtect").integer(1)));
    EXPECT_FALSE(read(CborWriter().map(2).text("credProtect").integer(1).text("a").integer(1))) << "order";
    EXPECT_FALSE(read(CborWriter().map(2).text("a").integer(1).text("a").integer(1))) << "twice";
    EXPECT_FALSE(read(CborWriter().map(1).integer(1).integer(1))) << "name is a number";
    EXPECT_FALSE(read(CborWriter().map(1).text("credProtect").text("3")));
    EXPECT_FALSE(read(CborWriter().map(1).text("credProtect").integer(0)));
    EXPECT_FALSE(read(CborWriter().map(0)));
    EXPECT_FALSE(read(CborWriter().array(1).integer(1)));
}

TEST(AaguidText, IsWrittenAndReadAsMakersDo)
{
    const Aaguid model{0x2f, 0xc0, 0x57, 0x9f, 0x81, 0x13, 0x47, 0xea, 0xb1, 0x16, 0xbb, 0x5a, 0x8d, 0xb9, 0x20, 0x2a};
    EXPECT_EQ(aaguidText(model), "2fc0579f-8113-47ea-b116-bb5a8db9202a");
    EXPECT_EQ(aaguidOf("2fc0579f-8113-47ea-b116-bb5a8db9202a"), model);
    EXPECT_EQ(aaguidOf("2FC0579F-8113-47EA-B116-BB5A8DB9202A"), model);
    for (const char* other : {"", "2fc0579f811347eab116bb5a8db9202a", "2fc0579f-8113-47ea-b116-bb5a8db9202",
             "2fc0579f-8113-47ea-b116-bb5a8db9202g", "2fc0579f08113-47ea-b116-bb5a8db9202a",
             "2fc0579f-8113-47ea-b116-bb5a8db9202a0"})
        EXPECT_FALSE(aaguidOf(other)) << other;
}

}
