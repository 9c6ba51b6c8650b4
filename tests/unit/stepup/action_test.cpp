#include "tests/unit/stepup/hex.h"
#include "tests/unit/stepup/stepup_world.h"

using namespace stepup_test;

namespace {

AcceptQuote acceptance()
{
    return {.quoteId = "Q-1",
        .dealer = "ALPHA",
        .instrument = "EUR/USD",
        .settlement = "SP",
        .account = "FUND-A",
        .side = Side::Sell,
        .currency = "EUR",
        .quantity = decimal("2500000.50"),
        .price = decimal("1.08425"),
        .validUntil = at(8, 0, 10)};
}

ChangeSettings settings()
{
    return {.changes = {{.name = "limit.daily", .before = "50000000", .after = "75000000"}}};
}

const Action Session = OpenSession{.venue = "VENUE", .user = "alice"};
const Action Enrolment = EnrolKey{.user = "alice", .keyName = "Zo\u00eb\u2019s key"};

const Action Renaming =
    RenameKey{.user = "alice", .credential = idOf(0x11), .keyName = "Blue key", .newName = "Travel key"};
const Action Removal = RemoveKey{.user = "alice", .credential = idOf(0x11), .keyName = "Blue key"};

struct Golden {
    Action action;
    const char* bytes;
    const char* digest;
};

/// Computed apart from this code, after docs/step-up.md.
std::vector<Golden> goldenActions()
{
    return {
        {ticket(),
            "636f756e7465727369676e2e616374696f6e2e763100000001020100074555522f555344020002535003000646554e442d41040003"
            "45"
            "55520500083130303030303030060005312e30383508000d0005414c5048410004424554410900080006610118d900000a00080006"
            "61"
            "012abaa3000b000400000003",
            "0b9bd183b813b1d2500524b268b73a8cf76f8ba0c1a890bcc193f361dafef553"},
        {acceptance(),
            "636f756e7465727369676e2e616374696f6e2e76310000000103010003512d31020005414c5048410300074555522f555344040002"
            "53"
            "5005000646554e442d4106000102070003455552080009323530303030302e35090007312e30383432350a0008000661011971968"
            "0",
            "adb75b5d1cf872e4864b24973dc17a78a47bfa700028b755e95dcaa8544ec8e6"},
        {settings(),
            "636f756e7465727369676e2e616374696f6e2e76310000000104010021000b6c696d69742e6461696c790008353030303030303000"
            "08"
            "3735303030303030",
            "3a4b0e010fab958ce2789a014cf840a7f4a26a5d5dc8dcb6ffec5fc3c61b5d65"},
        {Session, "636f756e7465727369676e2e616374696f6e2e7631000000010101000556454e5545020005616c696365",
            "e270691ebf66bc4eb5370ff87bfc8d6274afb8ac4e426e359294793924f28a2f"},
        {Enrolment,
            "636f756e7465727369676e2e616374696f6e2e76310000000105010005616c69636502000c5a6fc3abe2809973206b6579",
            "80325f57a7a5f8fe94c14036024da3860ee1743514b5337e6a0475c5dd5cdae4"},
        {Renaming,
            "636f756e7465727369676e2e616374696f6e2e76310000000106010005616c69636502003011111111111111111111111111"
            "1111111111111111111111111111111111111111111111111111111111111111111111030008426c7565206b657904000a54"
            "726176656c206b6579",
            "0ac04f3554969af5f4330c19208671aa9c45bad5a873cc57d36e7af6580241c1"},
        {Removal,
            "636f756e7465727369676e2e616374696f6e2e76310000000107010005616c69636502003011111111111111111111111111"
            "1111111111111111111111111111111111111111111111111111111111111111111111030008426c7565206b6579",
            "392728dae3a09ab2b7b4c66e65361c95c7ce24513ff8e2f1ca8dfc474eab2eb6"},
    };
}

TEST(CanonicalAction, HasExactlyTheseBytesAndThisDigest)
{
    for (const auto& golden : goldenActions()) {
        const auto bytes = canonicalBytes(golden.action);
        ASSERT_TRUE(bytes) << bytes.error().detail;
        EXPECT_EQ(hexOf(*bytes), golden.bytes);
        EXPECT_EQ(hexOf(*actionDigest(golden.action)), golden.digest);
    }
}

TEST(CanonicalAction, IsReadBackAndNothingElseIs)
{
    for (const auto& golden : goldenActions()) {
        const auto bytes = bytesOfHex(golden.bytes);
        const auto read = parseAction(bytes);
        ASSERT_TRUE(read) << read.error().detail;
        EXPECT_EQ(*read, golden.action);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            EXPECT_FALSE(parseAction(ByteView(bytes).first(size))) << size;
        auto longer = bytes;
        longer.push_back(0);
        EXPECT_FALSE(parseAction(longer));
        // A changed byte makes another action or none, never another spelling of the same.
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            auto changed = bytes;
            flip(changed, bit);
            const auto other = parseAction(changed);
            ASSERT_TRUE(!other || (*other != golden.action && *canonicalBytes(*other) == changed)) << bit;
        }
    }
}

TEST(CanonicalAction, IsOfTheValueAndNotOfItsSpelling)
{
    auto other = acceptance();
    other.quantity = decimal("2500000.5");
    other.price = decimal("1.084250000");
    EXPECT_EQ(*actionDigest(other), *actionDigest(acceptance()));
    other.price = decimal("1.0842500001");
    EXPECT_NE(*actionDigest(other), *actionDigest(acceptance()));
}

TEST(CanonicalAction, DoesNotLetTextMoveFromOneMemberToTheNext)
{
    const Action one = OpenSession{.venue = "AB", .user = "C"};
    const Action two = OpenSession{.venue = "A", .user = "BC"};
    EXPECT_NE(*actionDigest(one), *actionDigest(two));
    auto panel = ticket();
    panel.dealers = {"ALPHABETA"};
    EXPECT_NE(*actionDigest(panel), *actionDigest(ticket()));
    auto sell = ticket();
    std::swap(sell.buyAtMost, sell.sellAtLeast);
    EXPECT_NE(*actionDigest(sell), *actionDigest(ticket()));
}

TEST(CanonicalAction, OfAnUnsoundTicketDoesNotExist)
{
    const auto refused = [](auto change) {
        auto unsound = ticket();
        change(unsound);
        return !canonicalBytes(unsound) && !displayLines(unsound) && !actionDigest(unsound);
    };
    EXPECT_TRUE(refused([](ArmTicket& t) { t.instrument.clear(); }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.account = "A\nDealers: all"; }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.account = "A\u202eB"; }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.account = "A\u200b"; }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.account = "\xff"; }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.account = std::string(257, 'A'); }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.maxQuantity = decimal("0"); }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.maxQuantity = decimal("-1"); }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.buyAtMost.reset(); }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.dealers.clear(); }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.dealers = {"BETA", "ALPHA"}; }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.dealers = {"ALPHA", "ALPHA"}; }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.dealers.assign(65, "X"); }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.to = t.from; }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.from = base::UtcTime(std::chrono::microseconds(-1)); }));
    EXPECT_TRUE(refused([](ArmTicket& t) { t.uses = 0; }));
}

TEST(CanonicalAction, OfOtherUnsoundActionsDoesNotExist)
{
    auto quote = acceptance();
    quote.side = static_cast<Side>(3);
    EXPECT_FALSE(canonicalBytes(quote));
    quote = acceptance();
    quote.quoteId.clear();
    EXPECT_FALSE(canonicalBytes(quote));
    quote = acceptance();
    quote.quantity = decimal("0.0");
    EXPECT_FALSE(canonicalBytes(quote));
    EXPECT_FALSE(canonicalBytes(ChangeSettings{}));
    auto changes = settings();
    changes.changes.push_back(changes.changes.front());
    EXPECT_FALSE(canonicalBytes(changes));
    EXPECT_FALSE(canonicalBytes(EnrolKey{.user = "alice", .keyName = ""}));
    EXPECT_FALSE(canonicalBytes(OpenSession{.venue = "", .user = "alice"}));
    EXPECT_FALSE(canonicalBytes(RenameKey{"alice", idOf(0x11), "Blue key", ""}));
    EXPECT_FALSE(canonicalBytes(RenameKey{"alice", Bytes(15, 0x11), "Blue key", "Red key"}));
    EXPECT_FALSE(canonicalBytes(RemoveKey{"alice", Bytes(1024, 0x11), "Blue key"}));
    EXPECT_FALSE(canonicalBytes(RemoveKey{"", idOf(0x11), "Blue key"}));
}

TEST(CanonicalAction, OfTheLargestSizesIsWritten)
{
    auto large = ticket();
    large.dealers.clear();
    for (int i = 10; i < 74; ++i)
        large.dealers.push_back(std::to_string(i) + std::string(254, 'D'));
    EXPECT_EQ(*parseAction(*canonicalBytes(large)), Action(large));
    ChangeSettings changes;
    for (int i = 10; i < 42; ++i)
        changes.changes.push_back({.name = std::to_string(i) + std::string(254, 'n'),
            .before = std::string(256, 'b'),
            .after = std::string(256, 'a')});
    EXPECT_EQ(*parseAction(*canonicalBytes(changes)), Action(changes));
}

TEST(DisplayLines, SayTheActionInWords)
{
    using Lines = std::vector<std::string>;
    EXPECT_EQ(*displayLines(ticket()),
        (Lines{"Arm a ticket: EUR/USD, settlement SP", "Buy up to 10,000,000 EUR at 1.085 or lower",
            "Dealers: ALPHA, BETA", "Account: FUND-A", "From 2026-11-24 08:00:00 UTC", "To 2026-11-24 08:05:00 UTC",
            "Acceptances: at most 3"}));
    auto both = ticket();
    both.sellAtLeast = decimal("1.0820");
    both.from += std::chrono::milliseconds(250);
    const auto lines = *displayLines(both);
    EXPECT_EQ(lines[2], "Sell up to 10,000,000 EUR at 1.082 or higher");
    EXPECT_EQ(lines[3], "Buys and sells count together");
    EXPECT_EQ(lines[6], "From 2026-11-24 08:00:00.250000 UTC");
    both.settlement = "20261126";
    EXPECT_EQ(displayLines(both)->front(), "Arm a ticket: EUR/USD, settlement 2026-11-26");
    EXPECT_EQ(*displayLines(acceptance()),
        (Lines{"Sell 2,500,000.5 EUR at 1.08425", "EUR/USD, settlement SP", "Dealer: ALPHA", "Account: FUND-A",
            "Quote: Q-1", "Valid until 2026-11-24 08:00:10 UTC"}));
    EXPECT_EQ(*displayLines(settings()), (Lines{"Change settings", "limit.daily: from 50000000 to 75000000"}));
    EXPECT_EQ(*displayLines(Session), (Lines{"Sign in at VENUE", "User: alice"}));
    EXPECT_EQ(*displayLines(Renaming),
        (Lines{
            "Rename the security key: Blue key", "New name: Travel key", "Key id: ERERERERERER\u2026", "User: alice"}));
    EXPECT_EQ(*displayLines(Removal),
        (Lines{"Remove the security key for good: Blue key", "Key id: ERERERERERER\u2026", "User: alice"}));
    EXPECT_EQ(*displayLines(Enrolment), (Lines{"Enrol the new security key: Zo\u00eb\u2019s key", "User: alice"}));
}

TEST(DisplayLines, AreTheSameForWhoReadsTheBytes)
{
    for (const auto& golden : goldenActions())
        EXPECT_EQ(*displayLines(*parseAction(bytesOfHex(golden.bytes))), *displayLines(golden.action));
}

}
