#include "app/desk_core/guard_identities.h"
#include "app/desk_core/guarded_session.h"
#include "app/enrolment/key_file.h"
#include "tests/support/attestation_ca.h"
#include "tests/support/test_pki.h"
#include "tests/unit/pep/pep_world.h"

#include <map>

/// One person, one security key, and two counterparties that the desk itself judges.
namespace {

using namespace std::chrono_literals;
using namespace pep_test;

class TwoGuardedSessions : public testing::Test, protected app::GuardedSessionListener {
protected:
    TwoGuardedSessions()
    {
        config.stateDirectory = files.path();
        config.access = app::DeskAccessConfig{};
        auto& access = *config.access;
        access.enforcement.rpId = RpId;
        access.enforcement.hardwareKey = HardwareProof::Registered;
        access.role = zerotrust::UserRole::Standard;
        access.key = KeyHome::Hardware;
        access.device = DeviceRecord::Unmanaged; // a touch is needed
        access.securityKeys = {enrolmentFile()};
        access.attestationRoots = files.write("makers.pem", maker.rootPem());
        access.keyModels = {Model};
        context.policy = policy();
        context.addresses = [] { return std::vector{*zerotrust::IpAddress::parse("10.1.2.3")}; };
        context.verifiedAt = clock.steady();
    }
    std::filesystem::path enrolmentFile()
    {
        app::KeyEnrolment enrolment;
        enrolment.rpId = RpId;
        enrolment.user = "alice";
        enrolment.userId = {1};
        enrolment.clientData = app::enrolmentClientData(RpId, {1, 2, 3});
        support::AttestationOptions certificate;
        certificate.model = Model;
        support::RegistrationOptions options;
        options.rpId = RpId;
        options.model = Model;
        const auto made =
            key.registration(stepup::sha256(stepup::bytesOf(enrolment.clientData)), options, maker.issue(certificate));
        enrolment.registration = {
            key.id(), made.authenticatorData, made.format, made.statement, fido::Algorithm::Es256};
        return files.write("alice.json", app::toJson(enrolment));
    }
    void open()
    {
        auto opened = app::GuardIdentities::open(config, clock);
        ASSERT_TRUE(opened) << opened.error().detail;
        identities = *std::move(opened);
        for (const std::string& problem : identities->problems())
            ADD_FAILURE() << problem;
        ASSERT_TRUE(identities->signIn(stepup::UserId("alice"), filled(0xa1)));
        for (const char* name : {"ONE", "TWO"}) {
            fix::SessionSettings settings;
            settings.name = rfq::SessionId(name);
            settings.senderCompId = "DESK";
            settings.targetCompId = name;
            auto made = app::GuardedSession::open(settings, {"ALPHA"}, config.access->enforcement, noEnrolment,
                {clock, random, *identities, memory, context, *this});
            ASSERT_TRUE(made) << made.error().detail;
            sessions[settings.name] = *std::move(made);
            connect(settings.name, 1);
        }
    }
    void connect(const rfq::SessionId& name, std::uint64_t connection)
    {
        sessions.at(name)->opened(connection, stepup::UserId("alice"), filled(0xa1));
        say(name, connection, stepup::ContextStatement{.program = "countersign test", .posture = {}});
    }
    void say(const rfq::SessionId& name, std::uint64_t connection, const stepup::DeskPayload& payload)
    {
        sessions.at(name)->hear(connection,
            {.id = "D-" + std::to_string(++requests),
                .type = fix::UserRequestType::LogOn,
                .username = {},
                .payload = *stepup::payloadText(payload)});
    }
    void touch(const rfq::SessionId& name, std::uint32_t counter)
    {
        const auto challenge = notices.at(name).challenge;
        ASSERT_TRUE(challenge) << name.text();
        const stepup::ClientData data{.scope = challenge->scope,
            .challenge = challenge->bytes,
            .rpId = RpId,
            .action = challenge->action,
            .channelBinding = {},
            .session = "DESK>" + name.text(),
            .seq = challenge->seq};
        say(name, 1,
            stepup::ChallengeAnswer{.challenge = challenge->bytes,
                .assertion =
                    key.assertion(*stepup::clientDataHash(data), {.rpId = RpId, .signCount = counter, .tail = {}})});
    }
    void answered(
        const rfq::SessionId& session, std::uint64_t, fix::UserResponse, std::optional<stepup::Notice> notice) override
    {
        ++answers;
        ASSERT_TRUE(notice);
        notices[session] = *std::move(notice);
    }
    void ended(const rfq::SessionId& session, std::uint64_t, base::Error) override { ends.push_back(session); }
    void recorded(const Event& event) override { recorder.record(event); }

    const rfq::SessionId One{"ONE"};
    const rfq::SessionId Two{"TWO"};
    support::FakeClock clock;
    stepup::SystemRandom random;
    support::TemporaryDirectory files;
    support::AttestationCa maker{clock.utc()};
    support::SoftAuthenticator key{stepup::Algorithm::Es256, idOf(0x11)};
    app::DeskConfig config;
    stepup::RegistrationPolicy noEnrolment;
    app::CounterpartyMemory memory{files.path() / "counterparties"};
    app::GuardContext context;
    std::unique_ptr<app::GuardIdentities> identities;
    std::map<rfq::SessionId, std::unique_ptr<app::GuardedSession>> sessions;
    std::map<rfq::SessionId, stepup::Notice> notices;
    std::vector<rfq::SessionId> ends;
    FakeRecorder recorder;
    int requests = 0;
    int answers = 0;
};

TEST_F(TwoGuardedSessions, KnowTheCounterThatTheOtherOneHasSeen)
{
    open();
    touch(One, 7);
    EXPECT_EQ(notices.at(One).outcome, AccessOutcome::Allow);
    clock.advance(config.access->enforcement.identityRefresh);
    sessions.at(Two)->tick();
    touch(Two, 7); // of a copy of the key
    EXPECT_TRUE(recorder.last(EventKind::UserLocked)) << "the counter did not rise";
    EXPECT_EQ(ends, std::vector{Two});
    clock.advance(config.access->enforcement.identityRefresh);
    sessions.at(One)->tick();
    EXPECT_EQ(ends, (std::vector{Two, One})) << "a lock of the one is a lock of the other";
}

TEST_F(TwoGuardedSessions, MoveTheMarkWithEachChangeOfTheirOwn)
{
    open();
    std::int64_t mark = *identities->changeMark();
    const auto moves = [&](const base::Status& changed) {
        return changed && *identities->changeMark() > std::exchange(mark, *identities->changeMark());
    };
    EXPECT_TRUE(moves(identities->noteCounter(key.id(), 3, clock.utc())));
    EXPECT_TRUE(moves(identities->lock(filled(0xa1), "lost")));
    EXPECT_TRUE(moves(identities->lock(stepup::UserId("alice"), "gone")));
    EXPECT_TRUE(moves(identities->signIn(stepup::UserId("alice"), filled(0xa1))));
    EXPECT_FALSE(identities->lock(stepup::UserId("bob"), "nobody of that name"));
    EXPECT_EQ(*identities->changeMark(), mark);
}

TEST_F(TwoGuardedSessions, SayNothingBetweenTwoTries)
{
    open();
    touch(One, 7);
    sessions.at(One)->closed(1);
    const int before = answers;
    context.policy.attributes.front().conditions = {{"whatever", 20, {zerotrust::Otherwise{}}}};
    context.policy.attributes[1].conditions = {{"whatever", 15, {zerotrust::Otherwise{}}}};
    sessions.at(One)->usePolicy(context.policy);
    EXPECT_TRUE(recorder.last(EventKind::SessionRestricted)) << "it was judged anew";
    EXPECT_EQ(answers, before);
}

TEST_F(TwoGuardedSessions, CountFromWhenThePersonWasVerifiedLast)
{
    config.access->device = DeviceRecord::Managed;
    clock.advance(11h);
    open();
    EXPECT_EQ(notices.at(One).outcome, AccessOutcome::Allow);
    clock.advance(1h);
    sessions.at(One)->tick();
    EXPECT_EQ(notices.at(One).outcome, AccessOutcome::StepUp) << "a new connection makes nobody verified";
    clock.advance(10min);
    connect(Two, 2);
    EXPECT_EQ(notices.at(Two).outcome, AccessOutcome::StepUp) << "not even for a moment";
}

}
