#include "tests/unit/pep/pep_steps.h"
#include "tests/unit/pep/pep_world.h"

using namespace pep_test;

namespace {

/// Allowed, in a venue that wants an armed ticket for each acceptance.
class AnArmedTicket : public testing::Test {
protected:
    void SetUp() override
    {
        world.open();
        grant = world.arm(world.ticket());
    }
    bool deal(OrderFields fields)
    {
        fields.grant = grant;
        return world.point->authorise(Client, order(fields));
    }
    /// What the client is told, and what is recorded.
    void expectRefused(const OrderFields& fields, const char* why)
    {
        EXPECT_FALSE(deal(fields)) << why;
        EXPECT_NE(world.rejectText().find(why), std::string::npos) << world.rejectText();
        const Event* event = world.recorder.last(EventKind::GrantRefused);
        ASSERT_TRUE(event) << why;
        EXPECT_NE(world.rejectText().find(event->reference), std::string::npos);
    }

    PepWorld world{armedOnly()};
    std::string grant;
};

TEST_F(AnArmedTicket, LetsAClickWithinItsBoundsPassWithoutATouch)
{
    EXPECT_TRUE(deal({}));
    EXPECT_TRUE(world.recorder.last(EventKind::GrantSpent));
}

TEST_F(AnArmedTicket, IsNeededHere)
{
    EXPECT_FALSE(world.point->authorise(Client, order()));
    EXPECT_NE(world.rejectText().find("armed ticket"), std::string::npos);
}

TEST_F(AnArmedTicket, IsNotStretched)
{
    OrderFields fields;
    fields.quantity = "10000001";
    expectRefused(fields, "quantity-spent");
    fields = {};
    fields.price = "1.0851";
    expectRefused(fields, "price-worse");
    fields = {};
    fields.symbol = "GBP/USD";
    expectRefused(fields, "other-instrument");
    fields = {};
    fields.side = "2";
    expectRefused(fields, "other-side");
    fields = {};
    fields.dealer = "BETA";
    expectRefused(fields, "other-dealer");
    fields = {};
    fields.account = "FUND-B";
    expectRefused(fields, "other-account");
    fields = {};
    fields.date = "20261127";
    expectRefused(fields, "other-settlement");
}

TEST_F(AnArmedTicket, IsRefusedWithoutAPriceOrAQuantityInTheRecord)
{
    OrderFields fields;
    fields.price = "1.0851";
    expectRefused(fields, "price-worse");
    fields = {};
    fields.quantity = "10000001";
    expectRefused(fields, "quantity-spent");
    fields.quantity = "20000001";
    EXPECT_FALSE(deal(fields));
    auto ticket = world.ticket();
    ticket.maxQuantity = decimal("20000001");
    world.ask(ticket);
    for (const Event& event : world.recorder.events)
        for (const auto& field : event.fields)
            for (const char* secret : {"1.085", "1000000", "2000000"})
                EXPECT_EQ(field.value.find(secret), std::string::npos) << eventName(event.kind) << ": " << field.value;
}

TEST_F(AnArmedTicket, IsSpentOnceForEachAcceptance)
{
    EXPECT_TRUE(deal({}));
    expectRefused({}, "acceptance-repeated");
    OrderFields fields;
    fields.id = "C-2";
    EXPECT_TRUE(deal(fields));
    fields.id = "C-3";
    EXPECT_TRUE(deal(fields));
    fields.id = "C-4";
    expectRefused(fields, "uses-spent");
}

TEST_F(AnArmedTicket, EndsWithItsWindow)
{
    world.clock.advance(300s);
    expectRefused({}, "expired");
}

TEST_F(AnArmedTicket, IsNotForged)
{
    grant[grant.size() - 2] = grant[grant.size() - 2] == 'A' ? 'B' : 'A';
    expectRefused({}, "seal-wrong");
    EXPECT_EQ(world.recorder.last(EventKind::GrantRefused)->severity, Severity::Alert);
    grant = "x";
    expectRefused({}, "malformed");
}

TEST_F(AnArmedTicket, IsNothingInTheHandsOfAnother)
{
    UserRecord bob = aliceRecord();
    bob.user = stepup::UserId("bob");
    bob.certificates[0].fingerprint = filled(0xb0);
    bob.entitlements[{"bob", "default"}] = bob.entitlements[{"alice", "default"}];
    world.identities.identities.users.push_back(bob);
    ++world.identities.mark;
    ConnectionFacts facts = aliceFacts();
    facts.session = rfq::SessionId("bob-client");
    facts.user = bob.user;
    facts.certificate = filled(0xb0);
    facts.deskCompId = "BOBDESK";
    world.point->connected(facts);
    world.point->receive(facts.session,
        fix::encode(fix::UserRequest{.id = "D-1",
            .type = fix::UserRequestType::LogOn,
            .username = "bob",
            .payload =
                *stepup::payloadText(stepup::DeskPayload(stepup::ContextStatement{.program = "x", .posture = {}}))}));
    ASSERT_EQ(world.point->standing(facts.session), Standing::Allowed);
    OrderFields fields;
    fields.grant = grant;
    EXPECT_FALSE(world.point->authorise(facts.session, order(fields)));
    EXPECT_NE(world.rejectText().find("other-user"), std::string::npos);
}

TEST_F(AnArmedTicket, CountsAfterAReconnectFromTheSameAddress)
{
    world.point->disconnected(Client);
    world.open();
    EXPECT_TRUE(deal({}));
}

TEST_F(AnArmedTicket, EndsWhereThePersonComesFromAnotherAddress)
{
    world.point->disconnected(Client);
    world.open("10.9.9.9:40000");
    expectRefused({}, "unknown");
}

TEST_F(AnArmedTicket, NeedsItsOwnTouch)
{
    world.ask(world.ticket());
    const Said asked = world.said();
    EXPECT_EQ(asked.response.status, fix::UserStatus::StepUpNeeded);
    EXPECT_EQ(asked.notice.about, stepup::NoticeAbout::Action);
    ASSERT_TRUE(asked.notice.challenge);
    EXPECT_EQ(asked.notice.challenge->action, *stepup::actionDigest(world.ticket()));
    auto forged = world.touched(*asked.notice.challenge);
    forged.assertion.signature[8] ^= 1U;
    world.say(forged);
    EXPECT_EQ(world.said().notice.refusal, "signature-wrong");
    EXPECT_FALSE(world.said().notice.grant);
}

TEST_F(AnArmedTicket, IsNotArmedBeyondWhatThePersonMayDo)
{
    auto ticket = world.ticket();
    ticket.maxQuantity = decimal("20000001");
    world.ask(ticket);
    EXPECT_EQ(world.said().notice.refusal, "not-entitled");
    EXPECT_FALSE(world.said().notice.challenge);
    ticket = world.ticket();
    ticket.dealers = {"ALPHA", "GAMMA"};
    world.ask(ticket);
    EXPECT_EQ(world.said().notice.refusal, "not-entitled");
    ticket = world.ticket();
    ticket.to = world.clock.utc() + 901s;
    world.ask(ticket);
    world.touch();
    EXPECT_EQ(world.said().notice.refusal, "not-armed");
    EXPECT_TRUE(world.recorder.last(EventKind::GrantRefused));
}

stepup::AcceptQuote quoteUntil(base::UtcTime end)
{
    return {.quoteId = "Q-1",
        .dealer = "ALPHA",
        .instrument = "EUR/USD",
        .settlement = "20261126",
        .account = "FUND-A",
        .side = stepup::Side::Buy,
        .currency = "EUR",
        .quantity = decimal("1000000"),
        .price = decimal("1.0845"),
        .validUntil = end};
}

TEST_F(AnArmedTicket, OrATouchForOneQuoteLetsItPassOnce)
{
    world.ask(quoteUntil(world.clock.utc() + 10s));
    world.touch();
    EXPECT_EQ(world.said().response.status, fix::UserStatus::Allowed);
    OrderFields worse;
    worse.price = "1.0846";
    EXPECT_FALSE(world.point->authorise(Client, order(worse)));
    EXPECT_TRUE(world.point->authorise(Client, order()));
    EXPECT_FALSE(world.point->authorise(Client, order())) << "once";
}

TEST_F(AnArmedTicket, OrATouchForOneQuoteCountsNoLongerThanTheQuote)
{
    for (const auto& [life, counts] :
        {std::pair(10s, 11s), std::pair(59s, 60s), std::pair(300s, 60s), std::pair(86400s * 365 * 200, 60s)}) {
        for (const auto late : {0ms, 1ms}) {
            world.ask(quoteUntil(world.clock.utc() + life));
            world.touch();
            ASSERT_EQ(world.said().response.status, fix::UserStatus::Allowed) << world.said().response.text;
            world.clock.advance(counts - 1ms + late);
            EXPECT_EQ(world.point->authorise(Client, order()), late == 0ms) << life.count();
            world.clock.advance(60s);
        }
    }
}

TEST_F(AnArmedTicket, OrATouchForOneQuoteThatHasEndedIsRefused)
{
    world.ask(quoteUntil(world.clock.utc() + 10s));
    world.clock.advance(11s);
    world.touch();
    EXPECT_EQ(world.said().response.status, fix::UserStatus::Refused);
    EXPECT_EQ(world.said().notice.refusal, "quote-expired");
    EXPECT_FALSE(world.point->authorise(Client, order()));
}

TEST(Dealing, IsLimitedByEntitlements)
{
    PepWorld world;
    world.open();
    EXPECT_TRUE(world.point->authorise(Client, order()));
    OrderFields fields;
    fields.symbol = "USD/JPY";
    EXPECT_FALSE(world.point->authorise(Client, order(fields)));
    EXPECT_EQ(world.recorder.last(EventKind::EntitlementMissing)->severity, Severity::Warning);
    fields = {};
    fields.dealer = "GAMMA";
    EXPECT_FALSE(world.point->authorise(Client, order(fields)));
    fields = {};
    fields.quantity = "20000001";
    EXPECT_FALSE(world.point->authorise(Client, order(fields)));
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest("EUR/USD", "20000001")));
    EXPECT_FALSE(world.point->authorise(Client, messageOf("G"))) << "nobody is entitled to what nobody knows";
    EXPECT_TRUE(world.point->authorise(Client, quoteRequest()));
}

TEST(Dealing, ALargeAcceptanceNeedsAnArmedTicket)
{
    PepWorld world;
    world.open();
    OrderFields fields;
    fields.quantity = "4999999";
    EXPECT_TRUE(world.point->authorise(Client, order(fields)));
    fields.quantity = "5000000";
    EXPECT_FALSE(world.point->authorise(Client, order(fields)));
    EXPECT_NE(world.rejectText().find("score of this acceptance is 20"), std::string::npos) << world.rejectText();
    EXPECT_TRUE(world.recorder.last(EventKind::ActionDecided));
    fields.grant = world.arm(world.ticket());
    EXPECT_TRUE(world.point->authorise(Client, order(fields)));
}

TEST(Dealing, AnAcceptanceThatScoresTooHighIsDeniedWhateverIsArmed)
{
    auto strict = policy();
    strict.attributes[2].conditions[0].score = 40;
    PepWorld world(PepWorld::settings(), strict);
    world.open();
    OrderFields fields;
    fields.grant = world.arm(world.ticket());
    fields.quantity = "5000000";
    EXPECT_FALSE(world.point->authorise(Client, order(fields)));
    EXPECT_EQ(world.recorder.last(EventKind::MessageRefused)->severity, Severity::Alert);
}

TEST(Dealing, TheDealerOfAQuoteThatNamesNoneIsTheOneThatWasSeen)
{
    PepWorld world(armedOnly());
    world.open();
    fix::WireMessage quote = messageOf("S");
    quote.add(fix::tag::QuoteId, "Q-1");
    fix::addDealers(quote, {rfq::DealerId("ALPHA")});
    EXPECT_TRUE(world.point->maySend(Client, quote));
    OrderFields fields;
    fields.dealer.clear();
    fields.grant = world.arm(world.ticket());
    EXPECT_TRUE(world.point->authorise(Client, order(fields)));
}

TEST(Dealing, AnAcceptanceWithoutAccountIsTheDesks)
{
    PepWorld world(armedOnly());
    world.open();
    auto ticket = world.ticket();
    ticket.account = "DESK";
    OrderFields fields;
    fields.account.clear();
    fields.grant = world.arm(ticket);
    EXPECT_TRUE(world.point->authorise(Client, order(fields)));
}

TEST(Dealing, WhatCannotBeReadIsNotAuthorised)
{
    PepWorld world;
    world.open();
    auto unread = order();
    std::erase_if(unread.fields, [](const auto& field) { return field.first == fix::tag::Price; });
    EXPECT_FALSE(world.point->authorise(Client, unread));
    EXPECT_EQ(world.sessions.sent.back().type, "j");
}

}
