/// Security keys in readers that the configuration names.
#include "tests/unit/app/desk_core/desk_fixture.h"
#include "tests/unit/auth/fake_pcsc.h"

namespace {

class KeyReadersTest : public DeskOnToken {
protected:
    ~KeyReadersTest() override { m_desk.reset(); } // before the service that it watches

    void open(std::vector<std::string> readers)
    {
        app::DeskConfig config;
        config.token = settings();
        config.stateDirectory = m_files.path();
        config.securityKeys.readers = std::move(readers);
        config.pcsc = m_service.factory();
        auto desk = app::TradingDesk::open(std::move(config), m_thread, m_clock, [] {});
        ASSERT_TRUE(desk) << desk.error().detail;
        m_desk = *std::move(desk);
        m_watch = m_desk->securityKeys().onChanged([this] { ++m_changes; });
        // Heard of after everything that was told before.
        m_cards = m_desk->signIn().onChanged([this] { ++m_cardChanges; });
    }

    FakeService m_service;
    int m_changes = 0;
    int m_cardChanges = 0;
    base::Subscription m_watch;
    base::Subscription m_cards;
};

TEST_F(KeyReadersTest, AKeyThatIsLaidOnItsReaderOrTakenAwayIsTold)
{
    m_service.plugIn("ACR1252");
    open({"ACR"});
    m_service.insert("ACR1252");
    EXPECT_TRUE(m_thread.runUntil([&] { return m_changes > 0; }));
    const int before = m_changes;
    m_service.remove("ACR1252");
    EXPECT_TRUE(m_thread.runUntil([&] { return m_changes > before; }));
}

TEST_F(KeyReadersTest, WithoutReadersACardIsNoSecurityKey)
{
    m_service.plugIn("ACR1252");
    open({});
    m_service.insert("ACR1252");
    EXPECT_TRUE(m_thread.runUntil([&] { return m_cardChanges > 0; }));
    EXPECT_EQ(m_changes, 0);
}

}
