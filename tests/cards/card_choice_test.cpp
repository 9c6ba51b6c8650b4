/// Which of several cards is meant, a card that another program holds, and one that waits for a finger.
#include "tests/cards/card_matrix.h"
#include "tests/support/held_card.h"

#include <gtest/gtest.h>

#include <future>

namespace {

using namespace cards_test;

class CardChoice : public CardMatrix {
protected:
    /// Looks until both readers' cards are seen.
    rfq::TokenStatus seenBoth()
    {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        auto status = m_tokens->inspect();
        while (status.candidates.size() < 2 && std::chrono::steady_clock::now() < deadline)
            status = m_tokens->inspect();
        return status;
    }
    void choose(const rfq::TokenStatus& status, const std::string& name)
    {
        for (const auto& candidate : status.candidates) {
            if (candidate.identity.commonName == name)
                return m_tokens->service().choose(rfq::choiceOf(candidate.identity, rfq::ChoiceWeight::Chosen));
        }
        ADD_FAILURE() << name << " is not among the candidates";
    }
    int verifications(const std::string& name) { return m_cards.tell("status " + name)["verifications"].get<int>(); }
};

TEST_F(CardChoice, OfTwoReadersWithoutAFingerprintOnlyTheChosenCardIsGivenThePin)
{
    trader();
    make("officer", "9a=" + environment("COUNTERSIGN_KEY"));
    m_cards.tell("insert 1 officer");
    start(settings());
    const auto both = seenBoth();
    ASSERT_EQ(both.candidates.size(), 2U);
    EXPECT_EQ(codeOf(both.problem), Errc::KeyNotFound);
    for (const auto& candidate : both.candidates) {
        EXPECT_EQ(candidate.identity.card, m_cards.tell("status " + candidate.identity.commonName)["guid"]);
        EXPECT_FALSE(candidate.issuer.empty());
    }
    EXPECT_NE(both.candidates[0].reader, both.candidates[1].reader);
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound);
    EXPECT_EQ(verifications("trader") + verifications("officer"), 0);

    choose(both, "officer");
    const auto unlocked = m_tokens->unlock(Pin);
    ASSERT_FALSE(unlocked.error) << unlocked.error->detail;
    EXPECT_TRUE(handshake());
    EXPECT_EQ(signatures("officer"), 2);
    EXPECT_EQ(verifications("officer"), 1);

    m_cards.tell("remove 1");
    ASSERT_TRUE(waitForLoss());
    m_tokens->service().signOut();
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound);
    const auto gone = seen({Errc::TokenAbsent});
    ASSERT_TRUE(gone.missing);
    EXPECT_EQ(gone.missing->name, "officer");
    ASSERT_EQ(gone.candidates.size(), 1U);
    EXPECT_EQ(verifications("trader"), 0) << "the one that is left is not given the other's PIN";

    choose(gone, "trader");
    signIn();
    EXPECT_TRUE(handshake());
    EXPECT_EQ(verifications("trader"), 1);
    EXPECT_EQ(signatures("officer"), 2);
}

TEST_F(CardChoice, ACardThatAnotherProgramHoldsIsNotSaidToBeUnplugged)
{
    make("trader", "9a=" + environment("COUNTERSIGN_KEY"));
    m_cards.tell("insert 0 trader");
    std::string reader;
    {
        start(settings());
        ASSERT_FALSE(seen().problem);
        const auto survey = m_tokens->survey();
        ASSERT_EQ(survey.cards.size(), 1U);
        reader = survey.cards[0].reader;
        m_tokens.reset();
    }
    std::optional<support::HeldCard> holder(reader);
    start(settings());
    const auto held = m_tokens->inspect();
    ASSERT_TRUE(held.problem);
    EXPECT_NE(held.problem->detail.find("another program holds the card in " + reader), std::string::npos)
        << held.problem->detail;
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), held.problem->code);
    holder.reset();
    signIn();
    EXPECT_EQ(verifications("trader"), 1);
}

TEST_F(CardChoice, ACardThatWaitsForAFingerIsToldUntilItIsTouched)
{
    start(settings(trader()));
    signIn();
    const std::size_t before = m_tokens->works().size();
    m_cards.tell("touch trader always");
    auto made = std::async(std::launch::async, [this] { return signsAndVerifies(*m_tokens->identity()); });
    EXPECT_TRUE(m_tokens->desk().runUntil(
        [&] { return m_tokens->works().size() > before && m_tokens->works().back() == rfq::CardWork::Slow; }));
    m_cards.tell("touch trader now");
    EXPECT_TRUE(m_tokens->desk().runUntil([&] { return m_tokens->works().back() == rfq::CardWork::Done; }));
    EXPECT_TRUE(made.get());
    EXPECT_TRUE(m_tokens->losses().empty());
}

}
