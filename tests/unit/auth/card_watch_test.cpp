#include "auth/card_watch.h"
#include "tests/unit/auth/fake_pcsc.h"
#include "tests/unit/auth/scripted_tokens.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace {

using auth::CardChange;
using auth::CardEvent;
using auth::PcscOutcome;
using namespace std::chrono_literals;

const std::string Reader = "Reader 00 00";
const std::string Other = "Reader 01 00";
constexpr auth::CardWatch::Timing Quick{.relist = 20ms, .firstRetry = 5ms, .mostRetry = 20ms};

/// A watch, and what it told.
class CardWatchTest : public testing::Test {
protected:
    void watch()
    {
        m_watch.emplace(
            m_service.factory()(), [this](const CardEvent& event) { note(event); }, Quick);
    }

    /// The next event; an event for reader "none" when none comes.
    CardEvent next()
    {
        std::unique_lock lock(m_mutex);
        if (!m_told.wait_for(lock, 10s, [this] { return m_read < m_events.size(); }))
            return {CardChange::Inserted, "none", 0};
        return m_events[m_read++];
    }

    FakeService m_service;

private:
    void note(const CardEvent& event)
    {
        const std::lock_guard lock(m_mutex);
        m_events.push_back(event);
        m_told.notify_all();
    }
    std::mutex m_mutex;
    std::condition_variable m_told;
    std::vector<CardEvent> m_events;
    std::size_t m_read = 0;

protected:
    std::optional<auth::CardWatch> m_watch; ///< ends first
};

TEST_F(CardWatchTest, ACardThatIsThereAndOneThatComesAreTold)
{
    m_service.insert(Reader);
    watch();
    EXPECT_EQ(next(), (CardEvent{CardChange::Inserted, Reader, 1}));
    m_service.insert(Other);
    EXPECT_EQ(next(), (CardEvent{CardChange::Inserted, Other, 2})) << "a reader that comes later, with its card";
    EXPECT_EQ(m_watch->stayIn(Other, 0ms), 2U);
    EXPECT_TRUE(m_watch->isIn(1));
}

TEST_F(CardWatchTest, RemovalIsToldAndTheSameCardPutInAgainIsAnotherStay)
{
    m_service.insert(Reader);
    watch();
    EXPECT_EQ(next().stay, 1U);
    m_service.remove(Reader);
    EXPECT_EQ(next(), (CardEvent{CardChange::Removed, Reader, 1}));
    EXPECT_FALSE(m_watch->isIn(1));
    EXPECT_FALSE(m_watch->stayIn(Reader, 0ms));
    m_service.insert(Reader);
    EXPECT_EQ(next(), (CardEvent{CardChange::Inserted, Reader, 2}));
    EXPECT_FALSE(m_watch->isIn(1));
}

TEST_F(CardWatchTest, OutAndInAgainBetweenTwoLooksIsARemoval)
{
    m_service.insert(Reader);
    watch();
    EXPECT_EQ(next().stay, 1U);
    m_service.swap(Reader);
    EXPECT_EQ(next(), (CardEvent{CardChange::Removed, Reader, 1}));
    EXPECT_EQ(next(), (CardEvent{CardChange::Inserted, Reader, 2}));
}

TEST_F(CardWatchTest, AReaderThatIsUnplugged)
{
    m_service.insert(Reader);
    watch();
    EXPECT_EQ(next().stay, 1U);
    m_service.unplug(Reader);
    EXPECT_EQ(next(), (CardEvent{CardChange::ReaderGone, Reader, 1}));
    m_service.insert(Reader);
    EXPECT_EQ(next().stay, 2U);
    m_service.setState(Reader, 0x08 | FakeService::Present); // SCARD_STATE_UNAVAILABLE
    EXPECT_EQ(next(), (CardEvent{CardChange::ReaderGone, Reader, 2}));
}

TEST_F(CardWatchTest, AServiceThatDiesIsALossAndItsReturnIsFound)
{
    m_service.insert(Reader);
    watch();
    EXPECT_EQ(next().stay, 1U);
    m_service.stop();
    EXPECT_EQ(next(), (CardEvent{CardChange::ServiceGone, Reader, 1}));
    m_service.waitForEstablishments(4);
    m_service.start();
    EXPECT_EQ(next(), (CardEvent{CardChange::Inserted, Reader, 2}));
}

TEST_F(CardWatchTest, NoServiceAtTheStartIsWaitedFor)
{
    m_service.insert(Reader);
    m_service.stop();
    watch();
    m_service.waitForEstablishments(3);
    EXPECT_FALSE(m_watch->stayIn(Reader, 0ms));
    m_service.start();
    EXPECT_EQ(next(), (CardEvent{CardChange::Inserted, Reader, 1}));
}

class OddAnswer : public CardWatchTest, public testing::WithParamInterface<std::pair<PcscOutcome, CardChange>> { };

TEST_P(OddAnswer, OfAWaitIsOvercome)
{
    m_service.insert(Reader);
    watch();
    EXPECT_EQ(next().stay, 1U);
    m_service.answerNextWait(GetParam().first);
    if (GetParam().second == CardChange::ServiceGone) {
        EXPECT_EQ(next(), (CardEvent{CardChange::ServiceGone, Reader, 1}));
        EXPECT_EQ(next(), (CardEvent{CardChange::Inserted, Reader, 2}));
        EXPECT_GE(m_service.establishments(), 2);
    }
    m_service.remove(Reader);
    EXPECT_EQ(next().change, CardChange::Removed);
}

INSTANTIATE_TEST_SUITE_P(All, OddAnswer,
    testing::Values(std::pair(PcscOutcome::Cancelled, CardChange::Removed),
        std::pair(PcscOutcome::NoReader, CardChange::Removed),
        std::pair(PcscOutcome::UnknownReader, CardChange::Removed),
        std::pair(PcscOutcome::NoService, CardChange::ServiceGone),
        std::pair(PcscOutcome::Failed, CardChange::ServiceGone)));

TEST_F(CardWatchTest, EndsAtOnceWhileItWaits)
{
    m_service.plugIn(Reader);
    m_watch.emplace(
        m_service.factory()(), [](const CardEvent&) {}, auth::CardWatch::Timing{.relist = 1h, .firstRetry = 1h});
    m_watch.reset();
}

TEST_F(CardWatchTest, EveryChangeHasItsWords)
{
    EXPECT_NE(auth::inWords({CardChange::Removed, Reader, 1}).find(Reader), std::string::npos);
    EXPECT_NE(auth::inWords({CardChange::ReaderGone, Reader, 1}).find("unplugged"), std::string::npos);
    EXPECT_NE(auth::inWords({CardChange::ServiceGone, Reader, 1}).find("pcscd"), std::string::npos);
    EXPECT_NE(auth::inWords({CardChange::Inserted, Reader, 1}).find("put into"), std::string::npos);
}

/// What a scripted module calls its slot is the name of a scripted reader.
class WatchedToken : public ScriptedTokens {
protected:
    static constexpr const char* Slot = "Scripted slot";
    auth::TokenSettings impatient()
    {
        auto with = settings();
        with.touchAfter = 50ms; // a signature that lasts is told of soon
        return with;
    }
    FakeService m_service;
    Tokens m_tokens{impatient(), {}, m_service.factory()};
};

TEST_F(WatchedToken, RemovalIsToldAtOnceAlsoWhileTheTokenSigns)
{
    support::FakeToken slow;
    const auto slot = m_plugged.add(slow, m_ca, trader());
    m_service.insert(Slot);
    ASSERT_FALSE(m_tokens.unlock(Pin).error);
    slow = m_plugged.token(slot);
    slow.signDelay = 3s; // longer than any loss takes to be told, on a busy machine, too
    m_plugged.change(slot, slow);

    const auto identity = m_tokens.identity();
    const std::size_t works = m_tokens.works().size();
    bool signedAfterwards = true;
    std::atomic<bool> isOver = false;
    std::thread handshake([&] {
        signedAfterwards = signsAndVerifies(*identity);
        isOver = true;
    });
    EXPECT_TRUE(m_tokens.desk().runUntil([&] { return m_tokens.works().size() > works; })) << "it signs";
    m_service.remove(Slot);
    EXPECT_TRUE(m_tokens.desk().runUntil([&] { return !m_tokens.losses().empty(); }));
    EXPECT_FALSE(isOver) << "the loss must not queue behind the signature";
    EXPECT_FALSE(m_tokens.identity());
    handshake.join();
    EXPECT_FALSE(signedAfterwards) << "a signature that comes after the removal is worth nothing";
    EXPECT_FALSE(m_tokens.inspect().signedIn) << "though the module has not noticed";
    EXPECT_EQ(m_tokens.losses().size(), 1U);
}

TEST_F(WatchedToken, ACardThatComesIsToldAlsoWhileNobodyIsSignedIn)
{
    int changes = 0;
    m_service.plugIn(Slot);
    const auto watch = m_tokens.service().onChanged([&] { ++changes; });
    EXPECT_EQ(codeOf(m_tokens.inspect().problem), base::Errc::TokenAbsent);
    m_plugged.add({}, m_ca, trader());
    m_service.insert(Slot);
    EXPECT_TRUE(m_tokens.desk().runUntil([&] { return changes > 0; }));
    EXPECT_FALSE(m_tokens.inspect().problem);
    const int before = changes;
    m_service.remove(Slot);
    EXPECT_TRUE(m_tokens.desk().runUntil([&] { return changes > before; }));
    EXPECT_TRUE(m_tokens.losses().empty()) << "nobody was signed in";
}

TEST_F(WatchedToken, ALossIsToldToEverybodyWhoAsked)
{
    m_plugged.add({}, m_ca, trader());
    m_service.insert(Slot);
    int second = 0;
    auto watch = m_tokens.service().onLost([&](const base::Error&) { ++second; });
    ASSERT_FALSE(m_tokens.unlock(Pin).error);
    m_service.remove(Slot);
    EXPECT_TRUE(m_tokens.desk().runUntil([&] { return second == 1; }));
    EXPECT_EQ(m_tokens.losses().size(), 1U);
}

TEST_F(WatchedToken, WhoIsNoLongerSignedInIsRememberedUntilSignOut)
{
    const auto first = m_plugged.add({}, m_ca, trader());
    m_service.insert(Slot);
    ASSERT_FALSE(m_tokens.unlock(Pin).error);
    m_tokens.service().endSignIn();
    EXPECT_FALSE(m_tokens.identity());
    m_plugged.remove(first);
    support::FakeToken other;
    other.serial = "2";
    m_plugged.add(other, m_ca, trader());
    EXPECT_EQ(codeOf(m_tokens.unlock(Pin).error), base::Errc::KeyNotFound);
    EXPECT_TRUE(m_tokens.losses().empty());
}

TEST_F(WatchedToken, AServiceThatDiesEndsTheSignIn)
{
    m_plugged.add({}, m_ca, trader());
    m_service.insert(Slot);
    ASSERT_FALSE(m_tokens.unlock(Pin).error);
    m_service.stop();
    EXPECT_TRUE(m_tokens.desk().runUntil([&] { return !m_tokens.losses().empty(); }));
    EXPECT_EQ(m_tokens.losses()[0].code, base::Errc::TokenAbsent);
    EXPECT_FALSE(m_tokens.identity());
}

TEST_F(WatchedToken, ACardThatTheWatcherDoesNotSeeIsNotGivenAPin)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    m_service.plugIn(Slot);
    EXPECT_EQ(codeOf(m_tokens.unlock(Pin).error), base::Errc::TokenAbsent);
    EXPECT_EQ(m_plugged.logins(slot), 0);
}

TEST_F(WatchedToken, WithoutAServiceATokenThatNeedsNoneIsUsable)
{
    m_plugged.add({}, m_ca, trader());
    m_service.stop();
    ASSERT_FALSE(m_tokens.unlock(Pin).error);
    EXPECT_TRUE(signsAndVerifies(*m_tokens.identity()));
}

TEST_F(WatchedToken, ACardThatNobodyCanWatchIsNotGivenAPin)
{
    support::FakeToken card;
    card.removable = true;
    const auto slot = m_plugged.add(card, m_ca, trader());
    m_service.plugIn("Another reader");
    const auto elsewhere = m_tokens.unlock(Pin);
    ASSERT_EQ(codeOf(elsewhere.error), base::Errc::TokenFailure) << "its reader is none of PC/SC's";
    EXPECT_NE(elsewhere.error->detail.find("no reader of PC/SC is called Scripted slot"), std::string::npos)
        << elsewhere.error->detail;
    EXPECT_EQ(codeOf(m_tokens.inspect().problem), base::Errc::TokenFailure) << "told before the PIN is asked for";
    m_service.insert(Slot);
    m_service.stop();
    EXPECT_EQ(codeOf(m_tokens.unlock(Pin).error), base::Errc::TokenFailure);
    EXPECT_EQ(m_plugged.logins(slot), 0);
    m_service.start();
    EXPECT_FALSE(m_tokens.unlock(Pin).error);
}

TEST_F(WatchedToken, AnotherCardNeverGoesOnForTheFirst)
{
    const auto first = m_plugged.add({}, m_ca, trader());
    m_service.insert(Slot);
    ASSERT_FALSE(m_tokens.unlock(Pin).error);
    m_plugged.remove(first);
    m_service.remove(Slot);
    EXPECT_TRUE(m_tokens.desk().runUntil([&] { return !m_tokens.losses().empty(); }));
    support::FakeToken other;
    other.serial = "2";
    const auto second = m_plugged.add(other, m_ca, trader());
    m_service.insert(Slot);
    EXPECT_EQ(codeOf(m_tokens.unlock(Pin).error), base::Errc::KeyNotFound);
    EXPECT_EQ(m_plugged.logins(second), 0) << "nothing was tried";
    m_tokens.service().signOut();
    EXPECT_FALSE(m_tokens.unlock(Pin).error) << "a new beginning";
}

}
