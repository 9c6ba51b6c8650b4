#include "core/stepup/plain_text.h"
#include "tests/unit/stepup/hex.h"
#include "tests/unit/stepup/stepup_world.h"

using namespace stepup_test;

namespace {

ClientData example()
{
    ClientData data{.scope = Scope::Ticket,
        .challenge = {},
        .rpId = RpId,
        .action = *actionDigest(ticket()),
        .channelBinding = filled(0xcb),
        .session = "DESK>VENUE",
        .seq = 7};
    for (std::uint8_t i = 0; i < 32; ++i)
        data.challenge[i] = i;
    return data;
}

TEST(ClientData, OfAnAssertionIsExactlyThis)
{
    EXPECT_EQ(*clientDataJson(example()),
        R"({"type":"countersign.stepup.v1","challenge":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",)"
        R"("origin":"countersign://stepup.desk.example","scope":"ticket",)"
        R"("action":"C5vRg7gTsdJQBSSyaLc6jPdvi6DBqJC8wZPzYdr-9VM",)"
        R"("cb":"y8vLy8vLy8vLy8vLy8vLy8vLy8vLy8vLy8vLy8vLy8s","session":"DESK>VENUE","seq":7})");
    EXPECT_EQ(hexOf(*clientDataHash(example())), "717e0c4f985917832d1cb860c1fb2a54e4f2ef50f734453980040d728a3ebc66");
}

TEST(ClientData, OfARegistrationIsExactlyThis)
{
    auto data = example();
    data.scope = Scope::Enrolment;
    data.seq = 8;
    data.action = *actionDigest(EnrolKey{.user = "alice", .keyName = "Zo\u00eb\u2019s key"});
    EXPECT_EQ(*clientDataJson(data),
        R"({"type":"countersign.enrol.v1","challenge":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",)"
        R"("origin":"countersign://stepup.desk.example","scope":"enrolment",)"
        R"("action":"gDJfV6el-P6UwUA2Ak2jhg7hdDUUtTN-agR1xd1c2uQ",)"
        R"("cb":"y8vLy8vLy8vLy8vLy8vLy8vLy8vLy8vLy8vLy8vLy8s","session":"DESK>VENUE","seq":8})");
    EXPECT_EQ(hexOf(*clientDataHash(data)), "a8aab20492cc1953e490c5d71faa88d07d00e4950c6dcbb8b86f5edfef218941");
}

TEST(ClientData, EscapesWhatJsonForbidsAndNothingElse)
{
    auto data = example();
    data.session = std::string("a\"b\\c/\n\x1f\x7f\0<", 11) + "\u00e9\u2028";
    const auto json = *clientDataJson(data);
    EXPECT_NE(json.find("\"session\":\"a\\\"b\\\\c/\\u000a\\u001f\x7f\\u0000<\u00e9\u2028\","), std::string::npos)
        << json;
}

TEST(ClientData, OfSomethingElseThanUtf8DoesNotExist)
{
    for (const char* text : {"\xff", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc3", "a\x80"}) {
        auto data = example();
        data.session = text;
        EXPECT_FALSE(clientDataHash(data));
        data = example();
        data.rpId = text;
        EXPECT_FALSE(clientDataHash(data));
        EXPECT_FALSE(isUtf8(text));
    }
    EXPECT_TRUE(isUtf8("\xf4\x8f\xbf\xbf"));
}

TEST(Base64Url, HasOneSpelling)
{
    // RFC 4648, 10, without padding.
    const std::pair<const char*, const char*> vectors[] = {
        {"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"foob", "Zm9vYg"}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(base64Url(bytesOf(bytes)), text);
        const auto read = bytesOfBase64Url(text);
        ASSERT_TRUE(read);
        EXPECT_EQ(std::string(read->begin(), read->end()), bytes);
    }
    EXPECT_EQ(base64Url(Bytes{0xfb, 0xff}), "-_8");
    for (const char* text : {"Zg==", "Zh", "Z", "Zm9vY", "+/8", " Zg", "Zg\n"})
        EXPECT_FALSE(bytesOfBase64Url(text)) << text;
}

}
