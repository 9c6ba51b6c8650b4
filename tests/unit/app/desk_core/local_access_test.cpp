#include "core/audit/reader.h"
#include "tests/unit/app/desk_core/desk_fixture.h"

#include <algorithm>

/// The whole desk, on a token, before a counterparty without an enforcement point that must not be reached.
namespace {

using namespace std::chrono_literals;

class LocalAccessTest : public DeskOnToken {
protected:
    void open()
    {
        app::DeskConfig config;
        config.token = settings();
        config.stateDirectory = m_files.path();
        fix::SessionSettings session;
        session.name = m_session;
        session.host = "127.0.0.1";
        session.port = 1; // nobody is there; a try would be seen as Connecting
        session.senderCompId = "DESK";
        session.targetCompId = "VENUE";
        session.access = fix::AccessSettings{"stepup.desk.example", fix::AccessJudge::Desk};
        session.storeDirectory = m_files.path() / "fix";
        config.sessions = {session};
        config.desk.profiles[m_session] = {};
        config.access = app::DeskAccessConfig{};
        config.access->trail = m_files.path() / "access-audit.db";
        auto desk = app::TradingDesk::open(std::move(config), m_thread, m_clock, [this] { look(); });
        ASSERT_TRUE(desk) << desk.error().detail;
        m_desk = *std::move(desk);
    }
    void look()
    {
        const auto& sessions = m_desk->service().sessions();
        if (const auto found = sessions.find(m_session); found != sessions.end())
            m_phases.push_back(found->second.phase);
    }

    const rfq::SessionId m_session{"DEALER-D"};
    std::vector<rfq::SessionPhase> m_phases;
};

TEST_F(LocalAccessTest, TheShippedPolicyKnowsNoCountryAndDeniesBeforeAnythingIsConnected)
{
    m_plugged.add({}, m_ca, trader());
    open();
    signIn();
    ASSERT_TRUE(m_thread.runUntil([&] { return !m_phases.empty() && m_phases.back() == rfq::SessionPhase::Refused; }));
    for (const rfq::SessionPhase phase : m_phases)
        EXPECT_NE(phase, rfq::SessionPhase::Connecting);
    const rfq::AccessState& state = m_desk->access().sessions().at(m_session);
    ASSERT_TRUE(state.notice);
    EXPECT_EQ(state.notice->outcome, rfq::AccessOutcome::Deny);
    EXPECT_GE(state.notice->score, 40);
    const auto& reason = m_desk->service().sessions().at(m_session).reason;
    ASSERT_TRUE(reason);
    EXPECT_EQ(reason->code, base::Errc::LogonRefused);
    EXPECT_NE(reason->detail.find("country"), std::string::npos) << reason->detail;
    const std::string reference = state.notice->reference;

    m_desk.reset(); // writes what the trail still has to
    const auto trail = audit::TrailReader::open(m_files.path() / "access-audit.db");
    ASSERT_TRUE(trail) << trail.error().detail;
    const auto records = (*trail)->records(0, 100);
    ASSERT_TRUE(records) << records.error().detail;
    const bool isKept = std::any_of(records->begin(), records->end(), [&](const audit::StoredRecord& record) {
        return record.text.find("kind=access-decision") != std::string::npos
            && record.text.find("outcome=deny") != std::string::npos
            && record.text.find("reference=" + reference) != std::string::npos;
    });
    EXPECT_TRUE(isKept) << "the decision and its reference are on record";
}

}
