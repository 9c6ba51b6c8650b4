#include "core/stepup/admission_words.h"
#include "tests/session/loopback.h"

/// A session whose enforcement point lets nobody in for a while: the desk comes again by itself, and not before.
namespace {

using namespace session_test;

class PatientLink : public Loopback {
protected:
    ~PatientLink() override { desk.reset(); } // before its inbox
    void openDoor()
    {
        auto settings = acceptorSettings();
        settings.admission = fix::Admission::Asked;
        openVenue(settings);
    }
    void openPatientDesk(fix::AccessJudge judge = fix::AccessJudge::Counterparty)
    {
        auto settings = sessionSettings();
        settings.access = fix::AccessSettings{"stepup.example.com", judge};
        desk =
            std::make_unique<fix::FixLink>(std::vector{std::move(settings)}, deskEvents.inbox(), access.inbox(), clock);
        desk->start(deskIdentity());
    }
    /// Somebody knocks, and is told this.
    void turnAway(const std::string& words)
    {
        const auto asked = venueEvents.next<fix::LogonAsked>();
        ASSERT_TRUE(asked);
        venue->turnAway(asked->ticket, words);
    }

    EventCollector<fix::AccessEvent> access;
};

TEST_F(PatientLink, ToldToWaitComesAgainByItselfAndNotBefore)
{
    openDoor();
    openPatientDesk();
    const auto begin = clock.steady();
    turnAway(stepup::admissionRefusal("7K2M-Q4TZ", 600s));
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    ASSERT_TRUE(waiting->retryAt);
    EXPECT_GE(*waiting->retryAt, begin + 600s);
    EXPECT_LE(*waiting->retryAt, clock.steady() + 600s);
    ASSERT_TRUE(waiting->reason);
    EXPECT_EQ(waiting->reason->code, Errc::LogonRefused);
    EXPECT_NE(waiting->reason->detail.find("7K2M-Q4TZ"), std::string::npos) << waiting->reason->detail;
    // Told again, until it is let in.
    clock.suspend(601s);
    turnAway(stepup::admissionRefusal("8K2M-Q4TZ", 60s));
    ASSERT_TRUE(reached(SessionPhase::Waiting));
    EXPECT_EQ(changesInto(SessionPhase::Connecting), 2U);
    clock.suspend(61s);
    const auto asked = venueEvents.next<fix::LogonAsked>();
    ASSERT_TRUE(asked);
    venue->admit(asked->ticket);
    EXPECT_TRUE(reached(SessionPhase::Authorising));
    EXPECT_EQ(changesInto(SessionPhase::Connecting), 3U);
    EXPECT_EQ(changesInto(SessionPhase::Refused), 0U);
}

TEST_F(PatientLink, AShortWaitIsNoShorterThanItsOwn)
{
    openDoor();
    auto settings = sessionSettings();
    settings.access = fix::AccessSettings{"stepup.example.com"};
    settings.reconnectFirst = 100s;
    settings.reconnectMost = 100s;
    desk = std::make_unique<fix::FixLink>(std::vector{std::move(settings)}, deskEvents.inbox(), access.inbox(), clock);
    const auto begin = clock.steady();
    desk->start(deskIdentity());
    turnAway(stepup::admissionRefusal("7K2M-Q4TZ", 1s));
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    ASSERT_TRUE(waiting->retryAt);
    EXPECT_GE(*waiting->retryAt, begin + 50s) << "somewhere in the second half of its delay";
}

TEST_F(PatientLink, WhateverElseItIsToldNeedsSomebody)
{
    openDoor();
    openPatientDesk();
    for (const auto& words : {stepup::admissionRefusal("7K2M-Q4TZ", std::nullopt), std::string("wait 5 s"),
             stepup::admissionRefusal("7K2M-Q4TZ", 0s), stepup::admissionRefusal("7K2M-Q4TZ", 1'000'000s)}) {
        turnAway(words);
        const auto refused = reached(SessionPhase::Refused);
        ASSERT_TRUE(refused) << words;
        EXPECT_FALSE(refused->retryAt);
        desk->retry(rfq::SessionId("VENUE-X"));
    }
    EXPECT_EQ(changesInto(SessionPhase::Waiting), 0U);
}

TEST_F(PatientLink, WhereNoEnforcementPointIsExpectedItNeedsSomebody)
{
    openDoor();
    openDesk();
    desk->start(deskIdentity());
    turnAway(stepup::admissionRefusal("7K2M-Q4TZ", 5s));
    EXPECT_TRUE(reached(SessionPhase::Refused));
}

TEST_F(PatientLink, TheDesksOwnEnforcementPointIsHeardToo)
{
    openVenue();
    openPatientDesk(fix::AccessJudge::Desk);
    const auto opened = access.next<fix::AccessOpened>();
    ASSERT_TRUE(opened);
    desk->turnAwayHere(rfq::SessionId("VENUE-X"), opened->connection,
        {Errc::LogonRefused, stepup::admissionRefusal("7K2M-Q4TZ", 300s)});
    ASSERT_TRUE(reached(SessionPhase::Waiting));
    EXPECT_EQ(changesInto(SessionPhase::Connecting), 0U);
    clock.suspend(301s);
    const auto again = access.next<fix::AccessOpened>();
    ASSERT_TRUE(again);
    EXPECT_GT(again->connection, opened->connection);
}

}
