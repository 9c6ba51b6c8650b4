#include "core/stepup/canonical.h"
#include "core/stepup/grant_ledger.h"
#include "tests/unit/stepup/stepup_world.h"

#include <numeric>

using namespace stepup_test;
using namespace std::chrono_literals;
using base::Errc;

namespace {

Grant grant()
{
    Grant grant{
        .id = {}, .user = UserId("alice"), .certificate = filled(0xa1), .issuedAt = at(8, 0, 1), .ticket = ticket()};
    std::iota(grant.id.begin(), grant.id.end(), std::uint8_t{0});
    return grant;
}

TEST(ASealedGrant, HasExactlyTheseBytes)
{
    CountingRandom random;
    const auto key = GrantKey::generate(random);
    ASSERT_TRUE(key);
    // Computed apart from this code, after docs/step-up.md.
    EXPECT_EQ(*key->seal(grant()),
        "Y291bnRlcnNpZ24uZ3JhbnQudjEAAQAQAAECAwQFBgcICQoLDA0ODwIABWFsaWNlAwAgoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoa"
        "EE"
        "AAgABmEBGOhCQAUAeGNvdW50ZXJzaWduLmFjdGlvbi52MQAAAAECAQAHRVVSL1VTRAIAAlNQAwAGRlVORC1BBAADRVVSBQAIMTAwMDAwMDAGAA"
        "Ux"
        "LjA4NQgADQAFQUxQSEEABEJFVEEJAAgABmEBGNkAAAoACAAGYQEquqMACwAEAAAAA0RnfboDbNBnROqRjiBWvOseMOaaKjSTbmnmfu_fc3Dj");
    EXPECT_EQ(*key->open(*key->seal(grant())), grant());
}

TEST(ASealedGrant, OpensOnlyUnchangedAndUnderItsOwnKey)
{
    SystemRandom random;
    const auto key = GrantKey::generate(random);
    const auto other = GrantKey::generate(random);
    const auto sealed = *key->seal(grant());
    EXPECT_EQ(other->open(sealed).error().code, Errc::Refused);
    const auto bytes = *bytesOfBase64Url(sealed);
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        auto changed = bytes;
        flip(changed, bit);
        ASSERT_EQ(key->open(base64Url(changed)).error().code, Errc::Refused) << bit;
    }
    EXPECT_EQ(key->open("").error().code, Errc::InvalidInput);
    EXPECT_EQ(key->open("not base64url!").error().code, Errc::InvalidInput);
    EXPECT_EQ(key->open(std::string(MaxGrantSize + 1, 'A')).error().code, Errc::InvalidInput);
    EXPECT_EQ(key->open(base64Url(Bytes(32, 0))).error().code, Errc::Refused);
}

TEST(ASealedGrant, IsNotMadeOfUnsoundValues)
{
    SystemRandom random;
    const auto key = GrantKey::generate(random);
    auto unsound = grant();
    unsound.user = UserId("");
    EXPECT_FALSE(key->seal(unsound));
    unsound = grant();
    unsound.ticket.uses = 0;
    EXPECT_FALSE(key->seal(unsound));
}

TEST(TheBytesOfAGrant, AreReadWholeAndOfATicketOnly)
{
    const Bytes bytes = *grantBytes(grant());
    ASSERT_EQ(*parseGrantBytes(bytes), grant());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        ASSERT_EQ(parseGrantBytes(ByteView(bytes).first(size)).error().code, Errc::InvalidInput) << size;
    Bytes longer = bytes;
    longer.push_back(0);
    EXPECT_FALSE(parseGrantBytes(longer));
    const auto with = [](std::size_t idSize, std::size_t certificateSize, const std::string& user,
                          const Action& action) {
        FieldWriter fields("countersign.grant.v1");
        fields.bytes(1, Bytes(idSize, 1));
        fields.text(2, user);
        fields.bytes(3, Bytes(certificateSize, 2));
        fields.time(4, at(8, 0));
        fields.bytes(5, *canonicalBytes(action));
        return std::move(fields).take();
    };
    EXPECT_TRUE(parseGrantBytes(with(16, 32, "alice", ticket())));
    EXPECT_FALSE(parseGrantBytes(with(15, 32, "alice", ticket())));
    EXPECT_FALSE(parseGrantBytes(with(17, 32, "alice", ticket())));
    EXPECT_FALSE(parseGrantBytes(with(16, 31, "alice", ticket())));
    EXPECT_FALSE(parseGrantBytes(with(16, 33, "alice", ticket())));
    EXPECT_FALSE(parseGrantBytes(with(16, 32, "al\nice", ticket())));
    EXPECT_FALSE(parseGrantBytes(with(16, 32, "alice", OpenSession{.venue = "VENUE", .user = "alice"})));
}

class AnArmedTicket : public testing::Test {
protected:
    AnArmedTicket() { m_approval.action = ticket(); }

    std::string arm()
    {
        const auto sealed = m_ledger.issue(m_approval, m_peer.certificate);
        EXPECT_TRUE(sealed) << sealed.error().detail;
        return sealed.value_or("");
    }
    std::string arm(const ArmTicket& other)
    {
        m_approval.action = other;
        return arm();
    }
    Spending deal(std::string_view quantity = "1000000")
    {
        return {.acceptanceId = "C-" + std::to_string(++m_deals),
            .instrument = "EUR/USD",
            .settlement = "SP",
            .account = "FUND-A",
            .currency = "EUR",
            .dealer = "ALPHA",
            .side = Side::Buy,
            .quantity = decimal(quantity),
            .price = decimal("1.0850")};
    }
    /// Absent: covered.
    std::optional<GrantRefusal> spend(const std::string& sealed, const Spending& spending)
    {
        const auto refused = m_ledger.spend(sealed, m_peer, spending);
        if (!refused)
            return std::nullopt;
        EXPECT_FALSE(refused->detail.empty());
        return refused->code;
    }
    template <typename Change>
    std::optional<GrantRefusal> spendChanged(const std::string& sealed, Change change)
    {
        auto spending = deal();
        change(spending);
        return spend(sealed, spending);
    }
    base::Decimal left(const std::string& sealed) { return *m_ledger.left(m_key.open(sealed)->id); }

    support::FakeClock m_clock; // 08:00:07.480
    SystemRandom m_random;
    GrantKey m_key = *GrantKey::generate(m_random);
    GrantLedger m_ledger{m_clock, m_random, m_key, {.maxLife = 900s, .perUser = 2, .total = 3}};
    Peer m_peer = alice();
    Approval m_approval{.scope = Scope::Ticket,
        .action = {},
        .actionDigest = {},
        .user = UserId("alice"),
        .credential = {},
        .signCount = 0,
        .clientDataJson = {}};
    int m_deals = 0;
};

TEST_F(AnArmedTicket, CoversDealsUntilItsQuantityIsSpent)
{
    const auto sealed = arm();
    EXPECT_EQ(spend(sealed, deal("6000000")), std::nullopt);
    EXPECT_EQ(spend(sealed, deal("4000000.01")), GrantRefusal::QuantitySpent);
    EXPECT_EQ(left(sealed), decimal("4000000")) << "a refusal takes nothing";
    EXPECT_EQ(spend(sealed, deal("4000000")), std::nullopt);
    EXPECT_EQ(left(sealed), decimal("0"));
    EXPECT_EQ(spend(sealed, deal("0.01")), GrantRefusal::QuantitySpent);
}

TEST_F(AnArmedTicket, CoversSoManyDeals)
{
    const auto sealed = arm();
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(spend(sealed, deal("1")), std::nullopt);
    EXPECT_EQ(spend(sealed, deal("1")), GrantRefusal::UsesSpent);
}

TEST_F(AnArmedTicket, CoversADealOnce)
{
    const auto sealed = arm();
    const auto spending = deal("1");
    EXPECT_EQ(spend(sealed, spending), std::nullopt);
    EXPECT_EQ(spend(sealed, spending), GrantRefusal::AcceptanceRepeated);
    EXPECT_EQ(left(sealed), decimal("9999999"));
}

TEST_F(AnArmedTicket, CoversNothingOutsideOfItsTerms)
{
    const auto sealed = arm();
    EXPECT_EQ(spendChanged(sealed, [](Spending& s) { s.instrument = "GBP/USD"; }), GrantRefusal::OtherInstrument);
    EXPECT_EQ(spendChanged(sealed, [](Spending& s) { s.settlement = "1W"; }), GrantRefusal::OtherSettlement);
    EXPECT_EQ(spendChanged(sealed, [](Spending& s) { s.account = "FUND-B"; }), GrantRefusal::OtherAccount);
    EXPECT_EQ(spendChanged(sealed, [](Spending& s) { s.currency = "USD"; }), GrantRefusal::OtherCurrency);
    EXPECT_EQ(spendChanged(sealed, [](Spending& s) { s.dealer = "GAMMA"; }), GrantRefusal::OtherDealer);
    EXPECT_EQ(spendChanged(sealed, [](Spending& s) { s.side = Side::Sell; }), GrantRefusal::OtherSide);
    EXPECT_EQ(spendChanged(sealed, [](Spending& s) { s.side = static_cast<Side>(0); }), GrantRefusal::OtherSide);
    EXPECT_EQ(spendChanged(sealed, [](Spending& s) { s.price = decimal("1.08500001"); }), GrantRefusal::PriceWorse);
    EXPECT_EQ(spendChanged(sealed, [](Spending& s) { s.price = decimal("1.0849"); }), std::nullopt);
    EXPECT_EQ(spendChanged(sealed, [](Spending& s) { s.quantity = decimal("0"); }), GrantRefusal::QuantityNotPositive);
    EXPECT_EQ(spendChanged(sealed, [](Spending& s) { s.quantity = decimal("-5"); }), GrantRefusal::QuantityNotPositive);
    EXPECT_EQ(spendChanged(sealed, [](Spending& s) { s.quantity = decimal("999999999999999999"); }),
        GrantRefusal::QuantitySpent);
    EXPECT_EQ(left(sealed), decimal("9000000"));
}

TEST_F(AnArmedTicket, ForBothSidesCountsThemTogether)
{
    auto both = ticket();
    both.sellAtLeast = decimal("1.0820");
    const auto sealed = arm(both);
    const auto sell = [&](std::string_view price, std::string_view quantity) {
        return spendChanged(sealed, [&](Spending& s) {
            s.side = Side::Sell;
            s.price = decimal(price);
            s.quantity = decimal(quantity);
        });
    };
    EXPECT_EQ(sell("1.08199", "1"), GrantRefusal::PriceWorse);
    EXPECT_EQ(sell("1.082", "6000000"), std::nullopt);
    EXPECT_EQ(spend(sealed, deal("5000000")), GrantRefusal::QuantitySpent);
    EXPECT_EQ(spend(sealed, deal("4000000")), std::nullopt);
}

TEST_F(AnArmedTicket, CountsForItsPersonAndCertificateAlone)
{
    const auto sealed = arm();
    m_peer.user = UserId("bob");
    EXPECT_EQ(spend(sealed, deal()), GrantRefusal::OtherUser);
    m_peer = alice();
    m_peer.certificate[3] ^= 1;
    EXPECT_EQ(spend(sealed, deal()), GrantRefusal::OtherCertificate);
}

TEST_F(AnArmedTicket, CountsInsideItsWindow)
{
    auto later = ticket();
    later.from = at(8, 1);
    const auto sealed = arm(later);
    EXPECT_EQ(spend(sealed, deal()), GrantRefusal::NotYetValid);
    m_clock.advance(at(8, 1) - m_clock.utc());
    EXPECT_EQ(spend(sealed, deal()), std::nullopt);
    m_clock.advance(at(8, 5) - m_clock.utc() - 1us);
    EXPECT_EQ(spend(sealed, deal()), std::nullopt);
    m_clock.advance(1us);
    EXPECT_EQ(spend(sealed, deal()), GrantRefusal::Expired);
}

TEST_F(AnArmedTicket, IsNotProlongedByAWallClockThatGoesBack)
{
    const auto sealed = arm();
    m_clock.advance(5min);
    m_clock.shiftUtc(-5min);
    EXPECT_EQ(spend(sealed, deal()), GrantRefusal::Expired);
}

TEST_F(AnArmedTicket, EndsByWhicheverClockIsThereFirst)
{
    // The window is over at 08:05:00; it is 08:00:07.480.
    const auto byWall = arm();
    m_clock.shiftUtc(292'520ms - 1ms);
    EXPECT_EQ(spend(byWall, deal()), std::nullopt);
    m_clock.shiftUtc(1ms);
    EXPECT_EQ(spend(byWall, deal()), GrantRefusal::Expired) << "the wall clock says so";
    m_clock.shiftUtc(-292'520ms);
    m_ledger.revoke(m_approval.user);
    const auto bySteady = arm();
    m_clock.shiftUtc(-5s);
    m_clock.advance(292'520ms - 1ms);
    EXPECT_EQ(spend(bySteady, deal()), std::nullopt);
    m_clock.advance(1ms);
    EXPECT_EQ(spend(bySteady, deal()), GrantRefusal::Expired)
        << "so much time has passed, whatever the wall clock says";
}

TEST_F(AnArmedTicket, ForSellingDoesNotBuy)
{
    auto selling = ticket();
    selling.buyAtMost.reset();
    selling.sellAtLeast = decimal("1.0840");
    const auto sealed = arm(selling);
    EXPECT_EQ(spend(sealed, deal()), GrantRefusal::OtherSide);
    EXPECT_EQ(spendChanged(sealed, [](Spending& spending) { spending.side = Side::Sell; }), std::nullopt);
}

TEST_F(AnArmedTicket, MayLiveAsLongAsIsAllowedAndNoLonger)
{
    auto longest = ticket();
    longest.from = m_clock.utc();
    longest.to = m_clock.utc() + 900s;
    m_approval.action = longest;
    EXPECT_TRUE(m_ledger.issue(m_approval, m_peer.certificate));
    longest.to += 1us;
    m_approval.action = longest;
    EXPECT_FALSE(m_ledger.issue(m_approval, m_peer.certificate));
}

/// Whose generator has failed.
class NoRandom final : public RandomSource {
public:
    bool fill(std::span<std::uint8_t>) override { return false; }
};

TEST_F(AnArmedTicket, IsNotIssuedWithoutRandomNumbers)
{
    NoRandom broken;
    EXPECT_FALSE(GrantKey::generate(broken));
    GrantLedger ledger{m_clock, broken, m_key};
    const auto sealed = ledger.issue(m_approval, m_peer.certificate);
    ASSERT_FALSE(sealed);
    EXPECT_EQ(sealed.error().code, Errc::Internal);
}

TEST_F(AnArmedTicket, OfSomebodyElseIsNotEndedWithAnothers)
{
    auto other = m_peer;
    other.user = UserId("bob");
    Approval bobs = m_approval;
    bobs.user = other.user;
    const auto hers = arm();
    const auto his = m_ledger.issue(bobs, other.certificate);
    ASSERT_TRUE(his);
    m_ledger.revoke(m_approval.user);
    EXPECT_EQ(spend(hers, deal()), GrantRefusal::Unknown);
    EXPECT_FALSE(m_ledger.spend(*his, other, deal()));
}

TEST_F(AnArmedTicket, EndsWhenItIsRevoked)
{
    const auto first = arm();
    const auto second = arm();
    m_ledger.revoke(m_key.open(first)->id);
    EXPECT_EQ(spend(first, deal()), GrantRefusal::Unknown);
    EXPECT_EQ(m_ledger.left(m_key.open(first)->id), std::nullopt);
    EXPECT_EQ(spend(second, deal()), std::nullopt);
    m_ledger.revoke(UserId("bob"));
    EXPECT_EQ(spend(second, deal()), std::nullopt);
    m_ledger.revoke(UserId("alice"));
    EXPECT_EQ(spend(second, deal()), GrantRefusal::Unknown);
}

TEST_F(AnArmedTicket, OfAnotherProcessOrOfNobodyIsRefused)
{
    const GrantKey other = *GrantKey::generate(m_random);
    EXPECT_EQ(spend(*other.seal(grant()), deal()), GrantRefusal::SealWrong);
    EXPECT_EQ(spend(*m_key.seal(grant()), deal()), GrantRefusal::Unknown) << "sealed, but not in the ledger";
    EXPECT_EQ(spend("", deal()), GrantRefusal::Malformed);
}

TEST_F(AnArmedTicket, IsIssuedOnlyForAnApprovedTicketThatEndsSoon)
{
    m_approval.action = OpenSession{.venue = "VENUE", .user = "alice"};
    EXPECT_EQ(m_ledger.issue(m_approval, m_peer.certificate).error().code, Errc::Refused);
    auto other = ticket();
    other.to = m_clock.utc() + 901s;
    m_approval.action = other;
    EXPECT_EQ(m_ledger.issue(m_approval, m_peer.certificate).error().code, Errc::LimitExceeded);
    other.to = m_clock.utc();
    m_approval.action = other;
    EXPECT_EQ(m_ledger.issue(m_approval, m_peer.certificate).error().code, Errc::Expired);
}

TEST_F(AnArmedTicket, HasRoomForSoManyOfAPersonAndOfAll)
{
    arm();
    arm();
    EXPECT_EQ(m_ledger.issue(m_approval, m_peer.certificate).error().code, Errc::LimitExceeded);
    m_approval.user = UserId("bob");
    arm();
    m_approval.user = UserId("carol");
    EXPECT_EQ(m_ledger.issue(m_approval, m_peer.certificate).error().code, Errc::LimitExceeded);
    m_clock.advance(5min);
    auto later = ticket();
    later.to = at(8, 15);
    m_approval.action = later;
    EXPECT_TRUE(m_ledger.issue(m_approval, m_peer.certificate)) << "what has ended takes no room";
}

/// However deals of any size come, the sum of what is covered never passes the bound.
TEST_F(AnArmedTicket, IsNeverOverspent)
{
    auto many = ticket();
    many.uses = 1000;
    const auto sealed = arm(many);
    base::Decimal covered;
    std::uint32_t state = 7;
    for (int i = 0; i < 2000; ++i) {
        state = state * 1'664'525U + 1'013'904'223U;
        const base::Decimal quantity(static_cast<std::int64_t>(state % 90'000'000U), 3);
        auto spending = deal();
        spending.quantity = quantity;
        if (!spend(sealed, spending))
            covered = *base::Decimal::add(covered, quantity);
        ASSERT_LE(covered, many.maxQuantity);
        ASSERT_EQ(left(sealed), *base::Decimal::subtract(many.maxQuantity, covered));
    }
    EXPECT_GT(covered, decimal("9900000"));
}

}
