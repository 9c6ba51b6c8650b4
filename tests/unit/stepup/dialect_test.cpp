#include "core/stepup/canonical.h"
#include "core/stepup/dialect.h"
#include "tests/unit/stepup/hex.h"
#include "tests/unit/stepup/stepup_world.h"

using namespace stepup_test;

namespace {

ContextStatement context()
{
    return {.program = "countersign 1.0", .posture = {{"disk-encryption", "yes"}, {"screen-lock", "yes"}}};
}

ChallengeAnswer answer()
{
    return {.challenge = filled(0xc4),
        .assertion = {.credentialId = idOf(0x11), .authenticatorData = Bytes(37, 0x05), .signature = Bytes(64, 0x51)}};
}

NewKey newKey()
{
    return {.challenge = filled(0xc4),
        .registration = {.authenticatorData = Bytes(200, 0x05),
            .format = "packed",
            .statement = Bytes(900, 0xa3),
            .clientDataHash = filled(0xdd)}};
}

Challenge challenge()
{
    return {.bytes = filled(0xc4),
        .seq = 7,
        .scope = Scope::Session,
        .reason = "this network is not known",
        .action = filled(0xac),
        .displayLines = {"Open a session", "Venue: VENUE", "User: alice"},
        .expires = at(8, 1),
        .allowed = {idOf(0x11)}};
}

Notice notice()
{
    return {.about = NoticeAbout::Session,
        .outcome = AccessOutcome::StepUp,
        .score = 25,
        .stepUpFrom = 20,
        .denyFrom = 40,
        .lines = {{"device", "unmanaged", 25, "no device certificate"}, {"authentication", "hardware token", 0, ""}},
        .reference = "A-0001",
        .evaluatedAt = at(8, 0),
        .challenge = challenge(),
        .grant = std::nullopt,
        .refusal = std::nullopt};
}

/// One that was used and one that was not; the second counts under another certificate.
std::vector<ListedKey> keys()
{
    Aaguid model{};
    model.fill(0xaa);
    return {{.id = idOf(0x11),
                .name = "Blue key",
                .aaguid = model,
                .enrolledAt = at(8, 0),
                .countsHere = true,
                .lastUsedAt = at(8, 1)},
        {.id = idOf(0x22), .name = "Red key", .aaguid = model, .enrolledAt = at(8, 0), .countsHere = false}};
}

std::vector<DeskPayload> payloads()
{
    return {context(), answer(), newKey(), ApprovalRequest{ticket()},
        ApprovalRequest{EnrolKey{.user = "alice", .keyName = "Blue key"}},
        ApprovalRequest{
            RenameKey{.user = "alice", .credential = idOf(0x11), .keyName = "Blue key", .newName = "Travel key"}},
        ApprovalRequest{RemoveKey{.user = "alice", .credential = idOf(0x11), .keyName = "Blue key"}}, KeysRequest{}};
}

std::string again(std::string_view text, void (*change)(Bytes&))
{
    Bytes bytes = *bytesOfBase64Url(text);
    change(bytes);
    return base64Url(bytes);
}

std::string hexOfText(const std::string& payload)
{
    return hexOf(*bytesOfBase64Url(payload));
}

/// Computed apart from this code, after docs/step-up-dialect.md.
TEST(StepUpDialect, writesTheTestVectors)
{
    EXPECT_EQ(hexOfText(*payloadText(DeskPayload(context()))),
        "636f756e7465727369676e2e636f6e746578742e76310001000f636f756e7465727369676e20312e30020028000f6469736b2d65"
        "6e6372797074696f6e0003796573000b73637265656e2d6c6f636b0003796573");
    EXPECT_EQ(hexOfText(*payloadText(DeskPayload(answer()))),
        "636f756e7465727369676e2e616e737765722e763100010020c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4"
        "c4c4c4c4c40200301111111111111111111111111111111111111111111111111111111111111111111111111111111111111111"
        "11111111030025050505050505050505050505050505050505050505050505050505050505050505050505050400405151515151"
        "51515151515151515151515151515151515151515151515151515151515151515151515151515151515151515151515151515151"
        "51515151515151");
    const Action session = OpenSession{.venue = "VENUE", .user = "alice"};
    EXPECT_EQ(hexOfText(*payloadText(DeskPayload(ApprovalRequest{session}))),
        "636f756e7465727369676e2e726571756573742e76310001002a636f756e7465727369676e2e616374696f6e2e76310000000101"
        "01000556454e5545020005616c696365");
    Notice asked = notice();
    asked.challenge->action = *actionDigest(session);
    EXPECT_EQ(hexOfText(*payloadText(asked)),
        "636f756e7465727369676e2e6e6f746963652e763100010001010200010203000200190400020014050002002806005300066465"
        "766963650009756e6d616e616765640002323500156e6f20646576696365206365727469666963617465000e61757468656e7469"
        "636174696f6e000e686172647761726520746f6b656e0001300000070006412d303030310800080006610118d900000900f8636f"
        "756e7465727369676e2e6368616c6c656e67652e763100010020c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4"
        "c4c4c4c4c4c402000800000000000000070300010104001974686973206e6574776f726b206973206e6f74206b6e6f776e050020"
        "e270691ebf66bc4eb5370ff87bfc8d6274afb8ac4e426e359294793924f28a2f06002b000e4f70656e20612073657373696f6e00"
        "0c56656e75653a2056454e5545000b557365723a20616c696365070008000661011c6c8700080032003011111111111111111111"
        "1111111111111111111111111111111111111111111111111111111111111111111111111111");
    Notice bare = notice();
    bare.about = NoticeAbout::Action;
    bare.score = 0;
    bare.lines.clear();
    bare.challenge.reset();
    Notice granted = bare;
    granted.outcome = AccessOutcome::Allow;
    granted.reference = "A-0002";
    granted.grant = "Y291bnRlcnNpZ24";
    EXPECT_EQ(hexOfText(*payloadText(granted)),
        "636f756e7465727369676e2e6e6f746963652e763100010001020200010103000200000400020014050002002806000007000641"
        "2d303030320800080006610118d900000a000f59323931626e526c636e4e705a3234");
    Notice refused = bare;
    refused.outcome = AccessOutcome::Deny;
    refused.reference = "A-0003";
    refused.refusal = "signature-wrong";
    EXPECT_EQ(hexOfText(*payloadText(refused)),
        "636f756e7465727369676e2e6e6f746963652e763100010001020200010303000200000400020014050002002806000007000641"
        "2d303030330800080006610118d900000b000f7369676e61747572652d77726f6e67");
}

TEST(StepUpDialect, writesTheTestVectorsOfKeys)
{
    EXPECT_EQ(hexOfText(*payloadText(DeskPayload(KeysRequest{}))), "636f756e7465727369676e2e6b6579732e763100");
    Notice told = notice();
    told.about = NoticeAbout::Action;
    told.outcome = AccessOutcome::Allow;
    told.score = 0;
    told.lines.clear();
    told.challenge.reset();
    told.reference = "A-0004";
    told.keys = keys();
    EXPECT_EQ(hexOfText(*payloadText(told)),
        "636f756e7465727369676e2e6e6f746963652e76310001000102020001010300020000040002001405000200280600000700"
        "06412d303030340800080006610118d900000c00f4007e636f756e7465727369676e2e6b65792e7631000100301111111111"
        "11111111111111111111111111111111111111111111111111111111111111111111111111111111111111020008426c7565"
        "206b6579030010aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0400080006610118d9000005000101060008000661011c6c870000"
        "72636f756e7465727369676e2e6b65792e763100010030222222222222222222222222222222222222222222222222222222"
        "222222222222222222222222222222222222222222020007526564206b6579030010aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "0400080006610118d9000005000102");
    EXPECT_EQ(*parseNotice(*payloadText(told)), told);
    told.keys->clear();
    EXPECT_EQ(*parseNotice(*payloadText(told)), told) << "nobody has any: that is an answer, too";
}

TEST(StepUpDialect, takesNoListOfKeysThatIsNotSound)
{
    Notice told = notice();
    told.keys = keys();
    std::swap(told.keys->front(), told.keys->back());
    EXPECT_FALSE(payloadText(told)) << "one spelling: sorted";
    told.keys = {keys().front(), keys().front()};
    EXPECT_FALSE(payloadText(told));
    told.keys = keys();
    told.keys->front().name = "two\nlines";
    EXPECT_FALSE(payloadText(told));
    told.keys = keys();
    told.keys->front().id = Bytes(15, 0x11);
    EXPECT_FALSE(payloadText(told));
    told.keys->clear();
    for (std::uint8_t i = 1; i <= MaxListedKeys + 1; ++i)
        told.keys->push_back({.id = idOf(i), .name = "k"});
    EXPECT_FALSE(payloadText(told));

    const auto bytes = *listedKeyBytes(keys().front());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_EQ(parseListedKey(ByteView(bytes).first(size)).has_value(), size == bytes.size() - 11)
            << size << ": without its last use it is another one, and otherwise none";
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        auto changed = bytes;
        flip(changed, bit);
        const auto other = parseListedKey(changed);
        ASSERT_TRUE(!other || (*other != keys().front() && *listedKeyBytes(*other) == changed)) << bit;
    }
}

TEST(StepUpDialect, readsWhatADeskWrites)
{
    for (const auto& payload : payloads()) {
        const auto text = payloadText(payload);
        ASSERT_TRUE(text) << text.error().detail;
        const auto read = parseDeskPayload(*text);
        ASSERT_TRUE(read) << read.error().detail;
        EXPECT_EQ(*read, payload);
    }
}

TEST(StepUpDialect, readsWhatAPepWrites)
{
    Notice granted = notice();
    granted.about = NoticeAbout::Action;
    granted.outcome = AccessOutcome::Allow;
    granted.challenge.reset();
    granted.grant = "Y291bnRlcnNpZ24";
    Notice refused = notice();
    refused.outcome = AccessOutcome::Deny;
    refused.refusal = "signature-wrong";
    refused.lines.clear();
    for (const Notice& sent : {notice(), granted, refused}) {
        const auto text = payloadText(sent);
        ASSERT_TRUE(text) << text.error().detail;
        const auto read = parseNotice(*text);
        ASSERT_TRUE(read) << read.error().detail;
        EXPECT_EQ(*read, sent);
    }
}

TEST(StepUpDialect, refusesEveryTruncationAndWhatIsLeftOver)
{
    std::vector<std::string> texts{*payloadText(notice())};
    for (const auto& payload : payloads())
        texts.push_back(*payloadText(payload));
    for (const auto& text : texts) {
        const Bytes bytes = *bytesOfBase64Url(text);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const std::string cut = base64Url(ByteView(bytes).first(size));
            // A notice without its last, optional field is a notice; here none ends in one that could go.
            EXPECT_FALSE(parseDeskPayload(cut)) << size;
            const auto read = parseNotice(cut);
            EXPECT_FALSE(read && read->challenge) << size;
        }
        const std::string longer = again(text, [](Bytes& more) { more.push_back(0); });
        EXPECT_FALSE(parseDeskPayload(longer));
        EXPECT_FALSE(parseNotice(longer));
        EXPECT_FALSE(parseDeskPayload(text + "="));
        EXPECT_FALSE(parseNotice(text + "="));
    }
}

TEST(StepUpDialect, takesNothingForAnother)
{
    EXPECT_FALSE(parseDeskPayload(*payloadText(notice())));
    EXPECT_FALSE(parseNotice(*payloadText(DeskPayload(context()))));
    EXPECT_FALSE(parseDeskPayload(""));
    EXPECT_FALSE(parseDeskPayload(std::string(MaxPayloadSize + 4, 'A')));
    EXPECT_FALSE(parseNotice(std::string(MaxPayloadSize + 4, 'A')));
}

TEST(StepUpDialect, saysWhatIsNotSound)
{
    ContextStatement unsorted = context();
    std::swap(unsorted.posture[0], unsorted.posture[1]);
    EXPECT_FALSE(payloadText(DeskPayload(unsorted)));
    ContextStatement twice = context();
    twice.posture[1].name = twice.posture[0].name;
    EXPECT_FALSE(payloadText(DeskPayload(twice)));
    ContextStatement hidden = context();
    hidden.program = "counter\u200bsign";
    EXPECT_FALSE(payloadText(DeskPayload(hidden)));
    ChallengeAnswer shortId = answer();
    shortId.assertion.credentialId.resize(15);
    EXPECT_FALSE(payloadText(DeskPayload(shortId)));
    NewKey big = newKey();
    big.registration.statement.resize(MaxStatementSize + 1);
    EXPECT_FALSE(payloadText(DeskPayload(big)));
    Notice manyLines = notice();
    manyLines.lines.resize(MaxScoreLines + 1, manyLines.lines[0]);
    EXPECT_FALSE(payloadText(manyLines));
    Notice nameless = notice();
    nameless.reference.clear();
    EXPECT_FALSE(payloadText(nameless));
    Notice lured = notice();
    lured.challenge->displayLines = {"Open a session\nVenue: SAFE"};
    EXPECT_FALSE(payloadText(lured));
    Notice open = notice();
    open.challenge->allowed.clear();
    EXPECT_FALSE(payloadText(open));
    open.challenge->scope = Scope::Enrolment;
    EXPECT_TRUE(payloadText(open)) << "the new key registers";
    open.challenge->allowed = {idOf(0x11)};
    EXPECT_TRUE(payloadText(open)) << "an enrolled key approves that";
}

TEST(StepUpDialect, writesScoresOneWay)
{
    // The first line's score is "25": "+5" and "05" say a number too, and are not its spelling.
    for (const char* digits : {"+5", "05", " 5", "5 "}) {
        const Bytes written = *bytesOfBase64Url(*payloadText(notice()));
        std::string bytes(written.begin(), written.end());
        const auto place = bytes.find(std::string("\0\x02"
                                                  "25",
            4));
        ASSERT_NE(place, std::string::npos);
        bytes.replace(place + 2, 2, digits);
        EXPECT_FALSE(parseNotice(base64Url(bytesOf(bytes)))) << digits;
    }
}

TEST(StepUpDialect, namesOutcomes)
{
    EXPECT_STREQ(outcomeName(AccessOutcome::Allow), "allow");
    EXPECT_STREQ(outcomeName(AccessOutcome::StepUp), "step-up");
    EXPECT_STREQ(outcomeName(AccessOutcome::Deny), "deny");
    EXPECT_STREQ(outcomeName(AccessOutcome::ViewOnly), "view-only");
}

}
