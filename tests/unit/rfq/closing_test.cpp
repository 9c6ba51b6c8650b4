#include "tests/unit/rfq/history_of.h"
#include "tests/unit/rfq/in_flight.h"

#include <gtest/gtest.h>

#include <chrono>

using namespace std::chrono_literals;
using namespace support;
using base::Errc;
using rfq::AcceptanceState;
using rfq::IncidentKind;
using rfq::NoticeCode;
using rfq::RfqState;
using rfq::Severity;
using rfq::Verdict;

namespace {

const rfq::Person Trader{"trader-7", "aa11"};
const rfq::Person Head{"desk-head-1", "bb22"};

/// An outcome that nobody told, and two persons.
struct TwoPersons : InFlight {
    TwoPersons()
    {
        desk.service.signedIn(Trader);
        becomeUnknown();
        desk.forgetChanges();
    }
    [[nodiscard]] rfq::Closing closing(Verdict verdict = Verdict::NotTraded) const
    {
        rfq::Closing closing;
        closing.clOrdId = accepted().id;
        closing.verdict = verdict;
        closing.reason = "their desk has no such order";
        closing.reference = "J. Doe, ticket 4711";
        closing.trader = Trader;
        closing.approval.person = Head;
        closing.approval.signature = "30aa";
        closing.approval.statement =
            rfq::closingStatement(accepted(), closing.verdict, closing.reason, closing.reference, closing.trader);
        return closing;
    }
    [[nodiscard]] rfq::TwinConsent consent() const
    {
        rfq::TwinConsent consent;
        consent.unknown = accepted().id;
        consent.reason = "client order, dealer confirmed by phone";
        consent.trader = Trader;
        consent.approval.person = Head;
        consent.approval.signature = "30aa";
        consent.approval.statement = rfq::twinStatement(accepted(), consent.reason, Trader);
        return consent;
    }
};

TEST_F(TwoPersons, CloseAnUnknownOutcomeOnRecord)
{
    ASSERT_TRUE(desk.service.close(closing()));
    EXPECT_EQ(state(), AcceptanceState::Closed);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Ended);
    EXPECT_TRUE(desk.service.unknownOutcomes().empty());
    EXPECT_TRUE(desk.service.trades().empty()) << "two persons are no evidence of the venue (invariant 3)";
    ASSERT_EQ(desk.journal.all<rfq::OutcomeClosed>().size(), 1U);
    EXPECT_EQ(desk.journal.all<rfq::OutcomeClosed>()[0].closing.approval.person, Head);
    EXPECT_TRUE(announced(NoticeCode::OutcomeClosed, Severity::Warning));
}

TEST_F(TwoPersons, AreTwo)
{
    auto same = closing();
    same.approval.person = Trader;
    EXPECT_EQ(desk.service.close(same).error().code, Errc::Refused);
    same.approval.person = {"trader-7", "another certificate of the same person"};
    EXPECT_EQ(desk.service.close(same).error().code, Errc::Refused);
    auto somebody = closing();
    somebody.trader = {"trader-8", "cc33"};
    EXPECT_EQ(desk.service.close(somebody).error().code, Errc::Refused) << "not who is signed in";
    EXPECT_EQ(state(), AcceptanceState::Unknown);
}

TEST_F(TwoPersons, MustHaveSignedThisDecision)
{
    auto other = closing();
    other.verdict = Verdict::Traded;
    EXPECT_EQ(desk.service.close(other).error().code, Errc::InvalidInput);
    other = closing();
    other.reason += " (changed afterwards)";
    EXPECT_EQ(desk.service.close(other).error().code, Errc::InvalidInput);
    other = closing();
    other.approval.signature.clear();
    EXPECT_EQ(desk.service.close(other).error().code, Errc::InvalidInput);
    other = closing();
    other.reference.clear();
    EXPECT_EQ(desk.service.close(other).error().code, Errc::InvalidInput);
    EXPECT_EQ(state(), AcceptanceState::Unknown);
}

TEST_F(TwoPersons, CannotCloseWhatIsKnown)
{
    desk.fill(id);
    EXPECT_EQ(desk.service.close(closing()).error().code, Errc::Refused);
    auto nobody = closing();
    nobody.clOrdId = rfq::ClOrdId("nobody");
    EXPECT_EQ(desk.service.close(nobody).error().code, Errc::NotFound);
}

struct LateFill : TwoPersons, testing::WithParamInterface<Verdict> { };

TEST_P(LateFill, IsBookedOnceAndAnIncidentWhateverTheyDecided)
{
    ASSERT_TRUE(desk.service.close(closing(GetParam())));
    desk.fill(id);
    EXPECT_EQ(state(), AcceptanceState::Filled);
    EXPECT_EQ(desk.service.trades().size(), 1U);
    ASSERT_EQ(desk.service.incidents().size(), 1U);
    EXPECT_EQ(desk.service.incidents()[0].kind, IncidentKind::LateFill);
    EXPECT_FALSE(desk.service.incidents()[0].acknowledged);
    const auto positions = desk.service.positions();
    ASSERT_EQ(positions.size(), 1U);
    EXPECT_EQ(positions[0].least, decimal("25000000")) << "never a second position";
    EXPECT_EQ(positions[0].most, decimal("25000000"));
}
INSTANTIATE_TEST_SUITE_P(Each, LateFill, testing::Values(Verdict::NotTraded, Verdict::Traded),
    [](const auto& tested) { return tested.param == Verdict::Traded ? "traded" : "not_traded"; });

TEST_F(TwoPersons, WhatTheyClosedAsTradedCountsInThePosition)
{
    ASSERT_TRUE(desk.service.close(closing(Verdict::Traded)));
    ASSERT_EQ(desk.service.positions().size(), 1U);
    EXPECT_EQ(desk.service.positions()[0].least, decimal("25000000"));
}

TEST_F(TwoPersons, ALateFillStaysAnIncidentAcrossRestarts)
{
    ASSERT_TRUE(desk.service.close(closing()));
    FakeDesk second;
    second.ids = FakeIdSource(50);
    second.service.restore(historyOf(desk.journal.records));
    EXPECT_EQ(second.acceptance(id).state, AcceptanceState::Closed);
    ASSERT_TRUE(second.acceptance(id).closing);
    second.logOn();
    second.fill(id);
    ASSERT_EQ(second.service.incidents().size(), 1U);

    auto all = desk.journal.records;
    all.insert(all.end(), second.journal.records.begin(), second.journal.records.end());
    FakeDesk third;
    third.service.restore(historyOf(all));
    ASSERT_EQ(third.service.incidents().size(), 1U);
    const rfq::IncidentId incident = third.service.incidents()[0].id;
    EXPECT_EQ(third.service.acknowledge(incident, "").error().code, Errc::InvalidInput);
    third.service.signedIn(Trader);
    ASSERT_TRUE(third.service.acknowledge(incident, "position moved to the book of EUR"));
    EXPECT_EQ(third.service.acknowledge(incident, "again").error().code, Errc::Duplicate);
    EXPECT_EQ(third.service.incidents()[0].acknowledged->who, Trader);
    EXPECT_EQ(third.service.acknowledge(rfq::IncidentId("none"), "x").error().code, Errc::NotFound);
}

// ---- the twin deal ----

TEST_F(TwoPersons, AllowOneTwinAndNotTwo)
{
    const auto twin = [&](const char* quote) {
        const auto other = desk.request();
        desk.quote(other, DlrB, quote, "", "1.15342");
        const auto taken = desk.accept(other, DlrB);
        if (taken) {
            desk.confirmSent(other);
            desk.reject(other);
        }
        return taken;
    };
    EXPECT_EQ(twin("T1").error().code, Errc::Refused);
    ASSERT_TRUE(desk.service.allowTwin(consent()));
    EXPECT_TRUE(twin("T2"));
    EXPECT_EQ(twin("T3").error().code, Errc::Refused) << "the consent is used up";
    EXPECT_EQ(desk.journal.all<rfq::TwinAllowed>().size(), 1U);
    EXPECT_EQ(desk.link.acceptances().size(), 2U);
}

TEST_F(TwoPersons, SignForThisTwinOnly)
{
    auto wrong = consent();
    wrong.reason = "another reason";
    EXPECT_EQ(desk.service.allowTwin(wrong).error().code, Errc::InvalidInput);
    wrong = consent();
    wrong.approval.statement = closing().approval.statement;
    EXPECT_EQ(desk.service.allowTwin(wrong).error().code, Errc::InvalidInput) << "a signature under something else";
    wrong = consent();
    wrong.approval.person = Trader;
    EXPECT_EQ(desk.service.allowTwin(wrong).error().code, Errc::Refused);
}

TEST_F(TwoPersons, AConsentEndsWithTheDoubt)
{
    ASSERT_TRUE(desk.service.allowTwin(consent()));
    desk.fill(id);
    const auto other = desk.request();
    desk.quote(other, DlrB, "T1", "", "1.15342");
    EXPECT_TRUE(desk.accept(other, DlrB)) << "nothing blocks it any more";
}

TEST(Statement, CannotBeForgedByALineBreak)
{
    FakeDesk desk;
    desk.logOn();
    const auto id = desk.acceptedBy(DlrA);
    const auto& what = desk.acceptance(id).acceptance;
    const auto honest = rfq::closingStatement(what, Verdict::NotTraded, "a", "b", Trader);
    const auto sly = rfq::closingStatement(what, Verdict::NotTraded, "a\nreference: b", "c", Trader);
    EXPECT_NE(honest.find("verdict: not traded\nreason: a\nreference: b\n"), std::string::npos);
    EXPECT_EQ(sly.find("\nreference: b"), std::string::npos);
    EXPECT_NE(honest.find("BUY 25000000 EUR of EUR/USD at 1.15342"), std::string::npos);
}

}
