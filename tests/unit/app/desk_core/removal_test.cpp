#include "tests/unit/app/desk_core/desk_fixture.h"

namespace {

using namespace std::chrono_literals;
using base::Errc;

using RemovalTest = DeskOnToken;

TEST_F(RemovalTest, DealingIsOffAtOnceAndTheSessionsStayForTheGraceTime)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    openDesk(30s);
    signIn();
    EXPECT_FALSE(m_desk->sessionsCloseAt());
    takeOut(slot);
    EXPECT_TRUE(m_desk->service().dealingSuspended());
    EXPECT_EQ(m_desk->sessionsCloseAt(), m_clock.steady() + 30s);
    m_clock.advance(30s);
    EXPECT_FALSE(m_desk->sessionsCloseAt());
}

TEST_F(RemovalTest, WithoutGraceTheSessionsCloseAtOnce)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    openDesk(0s);
    signIn();
    takeOut(slot);
    EXPECT_TRUE(m_desk->service().dealingSuspended());
    EXPECT_FALSE(m_desk->sessionsCloseAt());
}

TEST_F(RemovalTest, TheSameCardGoesOnWithinTheGraceTime)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    openDesk();
    signIn();
    takeOut(slot);
    m_plugged.insert(slot);
    EXPECT_TRUE(m_desk->service().dealingSuspended()) << "the card alone is not enough";
    signIn();
    EXPECT_FALSE(m_desk->sessionsCloseAt());
}

TEST_F(RemovalTest, AnotherCardDoesNotGoOnNeitherWithinTheGraceTimeNorAfterItNorOnceTheDeskIsOffline)
{
    const auto slot = m_plugged.add({}, m_ca, trader());
    openDesk();
    signIn();
    takeOut(slot);
    support::FakeToken other;
    other.serial = "2";
    const auto second = m_plugged.add(other, m_ca, trader());
    EXPECT_EQ(unlock(), Errc::KeyNotFound);
    m_clock.advance(1h);
    EXPECT_EQ(unlock(), Errc::KeyNotFound);
    m_desk->goOffline("another card was signed in with");
    EXPECT_EQ(unlock(), Errc::KeyNotFound);
    EXPECT_EQ(m_plugged.logins(second), 0) << "it was not given the PIN";
    m_desk->signOut("the trader signed out");
    EXPECT_EQ(unlock(), std::nullopt);
}

}
