#include "core/audit/reader.h"
#include "core/audit/verify.h"
#include "core/tls/statement.h"
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
        m_lossWatch = m_desk->signIn().onLost([this](const base::Error&) { ++m_losses; });
    }
    /// Signed in with the card, and denied: the decision is in the trail.
    void signInAndBeDenied()
    {
        m_phases.clear();
        signIn();
        certificate = tls::toPem(*m_desk->token().identity()->certificate);
        ASSERT_TRUE(
            m_thread.runUntil([&] { return !m_phases.empty() && m_phases.back() == rfq::SessionPhase::Refused; }));
    }
    /// By the card's certificate.
    audit::Verdict verify() const
    {
        const auto keys = audit::HeadKeys::open({m_files.write("card.pem", certificate)});
        EXPECT_TRUE(keys);
        const auto verdict = audit::verifyTrail(m_files.path() / "access-audit.db", *keys, std::nullopt);
        EXPECT_TRUE(verdict);
        return verdict.value_or({});
    }
    /// What each decision in the trail knew of the card.
    std::vector<std::string> removedSignals() const
    {
        const auto trail = audit::TrailReader::open(m_files.path() / "access-audit.db");
        EXPECT_TRUE(trail);
        const auto records = (*trail)->records(0, 100);
        EXPECT_TRUE(records);
        std::vector<std::string> found;
        for (const audit::StoredRecord& record : *records) {
            const std::string key = "seen:token-removed=";
            const auto at = record.text.find(key);
            if (at != std::string::npos)
                found.push_back(record.text.substr(at + key.size(), record.text[at + key.size()] == 'y' ? 3 : 2));
        }
        return found;
    }
    void look()
    {
        if (!m_desk)
            return;
        const auto& sessions = m_desk->service().sessions();
        if (const auto found = sessions.find(m_session); found != sessions.end())
            m_phases.push_back(found->second.phase);
    }

    const rfq::SessionId m_session{"DEALER-D"};
    std::vector<rfq::SessionPhase> m_phases;
    std::string certificate; ///< PEM
};

TEST_F(LocalAccessTest, TheCardThatIsSignedInSignsTheDesksOwnTrail)
{
    m_plugged.add({}, m_ca, trader());
    open();
    signInAndBeDenied();
    m_desk.reset();
    const auto verdict = verify();
    EXPECT_FALSE(verdict.finding) << verdict.finding->words;
    EXPECT_GE(verdict.records, 3U);
    EXPECT_EQ(verdict.coveredTo, verdict.records);
    EXPECT_TRUE(verdict.signedLate.empty());
}

TEST_F(LocalAccessTest, WhatACardThatWasTakenOutDidNotSignItSignsWhenItIsBack)
{
    m_plugged.add({}, m_ca, trader());
    open();
    signInAndBeDenied();
    takeOut(0);
    m_desk.reset();
    auto verdict = verify();
    EXPECT_FALSE(verdict.finding);
    EXPECT_LT(verdict.coveredTo, verdict.records);
    m_plugged.insert(0);
    open();
    signInAndBeDenied();
    m_desk.reset();
    verdict = verify();
    EXPECT_FALSE(verdict.finding);
    EXPECT_EQ(verdict.coveredTo, verdict.records);
    EXPECT_EQ(verdict.signedLate.size(), 1U);
}

TEST_F(LocalAccessTest, ThatTheCardWasGoneIsASignalUntilATouchWhoeverSignsInAgain)
{
    m_plugged.add({}, m_ca, trader());
    open();
    signInAndBeDenied();
    takeOut(0);
    m_plugged.insert(0);
    signInAndBeDenied();
    m_desk->signOut("the trader begins anew");
    signInAndBeDenied();
    m_desk.reset();
    EXPECT_EQ(removedSignals(), (std::vector<std::string>{"no", "yes", "yes"}));
}

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
