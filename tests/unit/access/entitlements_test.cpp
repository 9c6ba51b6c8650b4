#include "core/access/entitlements.h"
#include "tests/unit/access/access_world.h"

using namespace access_test;

namespace {

const Holder Alice{"alice", "desk"};
const std::vector<std::string> Names{"ALPHA", "BETA"};
const std::vector<std::string> Strangers{"ALPHA", "GAMMA"};
const std::vector<std::string> Everybody{Any};

Entitlement ofAlice()
{
    return {.activities = {Activity::View, Activity::RequestQuote, Activity::Accept},
        .instruments = {"EUR/USD", "USD/JPY"},
        .sides = {Side::Buy},
        .maxQuantity = {{"EUR", number("5000000")}, {"USD", number("6000000")}},
        .dealers = {"ALPHA", "BETA"}};
}

Attempt deal()
{
    return {.activity = Activity::Accept,
        .instrument = "EUR/USD",
        .sides = {.buy = true},
        .currency = "EUR",
        .quantity = number("5000000"),
        .dealers = std::span(Names).first(1)};
}

/// The name of the refusal of the attempt after `change`; "entitled" where there is none.
template <typename Change>
std::string refusalOf(Change change, const Entitlement& entitlement = ofAlice(), const Holder& holder = Alice)
{
    Attempt attempt = deal();
    change(attempt);
    const Entitlements entitlements{{Alice, entitlement}};
    const auto refusal = check(entitlementOf(entitlements, holder), attempt);
    EXPECT_TRUE(!refusal || !refusal->detail.empty());
    return refusal ? refusalName(refusal->code) : "entitled";
}

TEST(Entitlements, LetThroughWhatIsNamed)
{
    EXPECT_EQ(refusalOf([](Attempt&) {}), "entitled");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.dealers = Names; }), "entitled");
    EXPECT_EQ(refusalOf([](Attempt& a) { a = {.activity = Activity::View}; }), "entitled");
}

TEST(Entitlements, RefuseEverythingElse)
{
    EXPECT_EQ(refusalOf([](Attempt& a) { a.activity = Activity::ArmTicket; }), "activity-not-entitled");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.activity = Activity::Administer; }), "activity-not-entitled");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.instrument = "GBP/USD"; }), "instrument-not-entitled");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.instrument = "eur/usd"; }), "instrument-not-entitled");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.sides = {.sell = true}; }), "side-not-entitled");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.sides = {.buy = true, .sell = true}; }), "side-not-entitled");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.currency = "JPY"; }), "currency-not-entitled");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.currency = ""; }), "currency-not-entitled");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.quantity = number("5000000.01"); }), "quantity-above-maximum");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.quantity = number("0"); }), "quantity-not-positive");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.quantity = number("-1"); }), "quantity-not-positive");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.dealers = Strangers; }), "dealer-not-entitled");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.instrument = "*"; }), "instrument-not-entitled");
}

TEST(Entitlements, RefuseADealThatDoesNotSayWhatItIs)
{
    EXPECT_EQ(refusalOf([](Attempt& a) { a.instrument = ""; }), "incomplete");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.sides = {}; }), "incomplete");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.quantity.reset(); }), "incomplete");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.dealers = {}; }), "incomplete");
}

TEST(Entitlements, EndAtTheSegment)
{
    const auto nothing = [](Attempt&) {};
    EXPECT_EQ(refusalOf(nothing, ofAlice(), {"alice", "other"}), "user-unknown");
    EXPECT_EQ(refusalOf(nothing, ofAlice(), {"bob", "desk"}), "user-unknown");
    EXPECT_EQ(refusalOf(nothing, {}), "activity-not-entitled");
}

TEST(Entitlements, ForEverythingSaySo)
{
    Entitlement all = ofAlice();
    all.instruments = {Any};
    all.dealers = {Any};
    EXPECT_EQ(refusalOf(
                  [](Attempt& a) {
                      a.instrument = "GBP/USD";
                      a.dealers = std::span(Strangers).last(1);
                  },
                  all),
        "entitled");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.instrument = "*"; }, all), "instrument-not-entitled");
    EXPECT_EQ(refusalOf([](Attempt& a) { a.dealers = Everybody; }, all), "dealer-not-entitled");
}

}
