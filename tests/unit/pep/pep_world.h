#pragma once

#include "core/fix/dialect.h"
#include "core/fix/maker_codec.h"
#include "core/fix/tags.h"
#include "core/fix/user_request.h"
#include "core/pep/enforcement_point.h"
#include "tests/unit/stepup/stepup_world.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// An enforcement point, a person with one security key, and their desk, for tests.
namespace pep_test {

using namespace pep;
using namespace std::chrono_literals;
using stepup::AccessOutcome;
using stepup_test::decimal;
using stepup_test::filled;
using stepup_test::idOf;
using stepup_test::Model;
using stepup_test::RpId;

inline const rfq::SessionId Client{"client"};

class FakeIdentities final : public IdentityStore {
public:
    base::Result<Identities> load() override { return identities; }
    base::Result<std::int64_t> changeMark() override { return mark; }
    base::Status add(const stepup::Credential& credential) override
    {
        if (isBroken)
            return broken();
        identities.credentials.push_back(credential);
        return base::Ok{};
    }
    base::Status noteCounter(const stepup::CredentialId& id, std::uint32_t signCount, base::UtcTime at) override
    {
        if (isBroken)
            return broken();
        for (auto& credential : identities.credentials)
            if (credential.id == id)
                credential.signCount = signCount, credential.lastUsedAt = at;
        return base::Ok{};
    }
    base::Status revoke(const stepup::CredentialId& id, base::UtcTime at) override
    {
        if (isBroken)
            return broken();
        for (auto& credential : identities.credentials)
            if (credential.id == id)
                credential.revokedAt = at;
        return base::Ok{};
    }
    base::Status rename(const stepup::CredentialId& id, const std::string& name) override
    {
        if (isBroken)
            return broken();
        for (auto& credential : identities.credentials)
            if (credential.id == id)
                credential.name = name;
        return base::Ok{};
    }
    base::Status lock(const stepup::UserId& user, const std::string& why) override
    {
        if (isBroken)
            return broken();
        for (auto& record : identities.users)
            if (record.user == user)
                record.lockedWhy = why;
        return base::Ok{};
    }
    base::Status lock(const stepup::CertificateFingerprint& certificate, const std::string& why) override
    {
        if (isBroken)
            return broken();
        for (auto& user : identities.users)
            for (auto& record : user.certificates)
                if (record.fingerprint == certificate)
                    return record.lockedWhy = why, base::Ok{};
        return base::Error{base::Errc::NotFound, "this certificate is not registered"};
    }
    base::Status remember(const std::vector<PersonMemory>& people) override
    {
        if (isBroken)
            return broken();
        ++timesRemembered;
        for (const auto& person : people)
            memories.insert_or_assign(person.user, person);
        return base::Ok{};
    }
    base::Result<std::vector<PersonMemory>> recall() override
    {
        std::vector<PersonMemory> known;
        for (const auto& [user, person] : memories)
            known.push_back(person);
        return known;
    }
    [[nodiscard]] static base::Error broken() { return {base::Errc::Io, "the disk is full"}; }

    Identities identities;
    std::map<stepup::UserId, PersonMemory> memories;
    int timesRemembered = 0;
    std::int64_t mark = 1;
    bool isBroken = false;
};

class FakeSessions final : public SessionControl {
public:
    void send(const rfq::SessionId&, fix::WireMessage message) override { sent.push_back(std::move(message)); }
    void logout(const rfq::SessionId& session, const std::string& text) override
    {
        loggedOut.push_back(session);
        lastText = text;
    }
    void prove(const rfq::SessionId& session) override { askedToProve.push_back(session); }
    void opened(const rfq::SessionId&) override { ++timesOpened; }
    void shut(const rfq::SessionId&) override { ++timesShut; }

    std::vector<fix::WireMessage> sent;
    std::vector<rfq::SessionId> loggedOut;
    std::vector<rfq::SessionId> askedToProve;
    std::string lastText;
    int timesOpened = 0;
    int timesShut = 0;
};

class FakeRecorder final : public Recorder {
public:
    void record(const Event& event) override { events.push_back(event); }
    [[nodiscard]] const Event* last(EventKind kind) const
    {
        const auto found =
            std::find_if(events.rbegin(), events.rend(), [kind](const Event& event) { return event.kind == kind; });
        return found == events.rend() ? nullptr : &*found;
    }
    std::vector<Event> events;
};

/// What the PEP said: a UserResponse and its notice.
struct Said {
    fix::UserResponse response;
    stepup::Notice notice;
};

/// device: managed 0, else 25. network: 10.0.0.0/8 0, else 15. transaction-size: from 5 million EUR 20. alarm: yes 40.
inline zerotrust::AccessPolicy policy()
{
    using namespace zerotrust;
    const auto rule = [](std::string attribute, std::vector<Condition> conditions) {
        AttributeRule made;
        made.attribute = std::move(attribute);
        made.conditions = std::move(conditions);
        return made;
    };
    AccessPolicy made;
    made.id = "test";
    made.version = 1;
    made.attributes = {
        rule("device", {{"managed", 0, {WordTest{{"managed"}}}}, {"unmanaged", 25, {Otherwise{}}}}),
        rule("network", {{"known", 0, {NetworkTest{{*Network::parse("10.0.0.0/8")}}}}, {"unknown", 15, {Otherwise{}}}}),
        rule("transaction-size",
            {{"large", 20, {Otherwise{}}}, {"usual", 0, {RangeTest{decimal("0"), decimal("5000000"), {"EUR"}}}}}),
        rule("alarm", {{"yes", 40, {WordTest{{"yes"}}}}, {"no", 0, {WordTest{{"no"}}}}}),
    };
    made.attributes[2].appliesTo = AppliesTo::Actions;
    made.attributes[3].belief = Belief::Reported;
    made.attributes[3].unknown = "no";
    return made;
}

inline UserRecord aliceRecord()
{
    using namespace zerotrust;
    UserRecord alice;
    alice.user = stepup::UserId("alice");
    alice.certificates = {{.fingerprint = filled(0xa1), .key = KeyHome::Hardware, .device = DeviceRecord::Managed}};
    alice.entitlements[{"alice", "default"}] = {.activities = {Activity::View, Activity::RequestQuote, Activity::Accept,
                                                    Activity::ArmTicket, Activity::ManageKeys},
        .instruments = {"EUR/USD", "GBP/USD"},
        .sides = {Side::Buy, Side::Sell},
        .maxQuantity = {{"EUR", decimal("20000000")}},
        .dealers = {"ALPHA", "BETA"}};
    return alice;
}

inline ConnectionFacts aliceFacts(const std::string& address = "10.1.2.3:40000")
{
    return {.session = Client,
        .venueCompId = "VENUE",
        .deskCompId = "DESK",
        .dealers = {"ALPHA", "BETA"},
        .user = stepup::UserId("alice"),
        .certificate = filled(0xa1),
        .address = address,
        .channelBinding = filled(0xcb)};
}

struct PepWorld {
    explicit PepWorld(EnforcementSettings given = settings(), zerotrust::AccessPolicy used = policy())
        : key(stepup::Algorithm::Es256, idOf(0x11))
    {
        identities.identities.users = {aliceRecord()};
        identities.identities.credentials = {{.id = key.id(),
            .coseKey = key.coseKey(),
            .algorithm = stepup::Algorithm::Es256,
            .aaguid = Model,
            .signCount = 0,
            .user = stepup::UserId("alice"),
            .certificate = filled(0xa1),
            .name = "Blue key",
            .enrolledAt = clock.utc(),
            .revokedAt = std::nullopt}};
        keys.rpId = RpId;
        keys.models = {Model};
        start(std::move(given), std::move(used));
    }
    /// Also once more: the program is started again.
    void start(EnforcementSettings given = settings(), zerotrust::AccessPolicy used = policy())
    {
        point.reset();
        auto opened = EnforcementPoint::open(std::move(given), std::move(used), keys,
            {.clock = clock, .random = random, .sessions = sessions, .recorder = recorder, .identities = identities});
        EXPECT_TRUE(opened) << opened.error().detail;
        point = *std::move(opened);
    }

    static EnforcementSettings settings()
    {
        EnforcementSettings settings;
        settings.rpId = RpId;
        return settings;
    }

    // ---- the desk ----
    void say(fix::UserRequestType type, const std::string& payload = {}, const std::string& user = "alice")
    {
        point->receive(Client,
            fix::encode(fix::UserRequest{
                .id = "D-" + std::to_string(++requests), .type = type, .username = user, .payload = payload}));
    }
    void say(const stepup::DeskPayload& payload, fix::UserRequestType type = fix::UserRequestType::LogOn)
    {
        say(type, *stepup::payloadText(payload));
    }
    void state(std::vector<stepup::PostureItem> posture = {})
    {
        say(stepup::ContextStatement{.program = "countersign 1.0", .posture = std::move(posture)});
    }
    void ask(const stepup::Action& action) { say(stepup::ApprovalRequest{action}, fix::UserRequestType::Status); }
    /// Connected, stated, allowed.
    void open(const std::string& address = "10.1.2.3:40000")
    {
        point->connected(aliceFacts(address));
        state();
        ASSERT_EQ(point->standing(Client), Standing::Allowed);
    }

    /// The latest UserResponse.
    [[nodiscard]] Said said() const
    {
        for (auto message = sessions.sent.rbegin(); message != sessions.sent.rend(); ++message) {
            if (message->type != "BF")
                continue;
            auto response = fix::decodeUserResponse(*message);
            auto notice = stepup::parseNotice(response ? response->payload : std::string());
            EXPECT_TRUE(response);
            EXPECT_TRUE(notice);
            return {response.value_or({}), notice.value_or({})};
        }
        ADD_FAILURE() << "nothing was said";
        return {};
    }
    /// The latest BusinessMessageReject's text; empty where the latest message is none.
    [[nodiscard]] std::string rejectText() const
    {
        if (sessions.sent.empty() || sessions.sent.back().type != "j")
            return {};
        EXPECT_EQ(sessions.sent.back().find(fix::tag::BusinessRejectReason), "6");
        return std::string(sessions.sent.back().find(fix::tag::Text).value_or(""));
    }

    [[nodiscard]] stepup::ClientData clientData(const stepup::Challenge& challenge) const
    {
        return {.scope = challenge.scope,
            .challenge = challenge.bytes,
            .rpId = RpId,
            .action = challenge.action,
            .channelBinding = binding,
            .session = "DESK>VENUE",
            .seq = challenge.seq};
    }
    [[nodiscard]] stepup::ChallengeAnswer touched(const stepup::Challenge& challenge)
    {
        return {.challenge = challenge.bytes,
            .assertion = key.assertion(
                *stepup::clientDataHash(clientData(challenge)), {.rpId = RpId, .signCount = ++counter, .tail = {}})};
    }
    /// Answers the challenge of the latest notice.
    void touch()
    {
        const Said last = said();
        ASSERT_TRUE(last.notice.challenge);
        say(touched(*last.notice.challenge));
    }
    /// Arms the ticket and returns its grant.
    std::string arm(const stepup::ArmTicket& ticket)
    {
        ask(ticket);
        touch();
        EXPECT_TRUE(said().notice.grant) << said().response.text;
        return said().notice.grant.value_or("");
    }
    [[nodiscard]] stepup::ArmTicket ticket() const
    {
        return {.instrument = "EUR/USD",
            .settlement = "20261126",
            .account = "FUND-A",
            .currency = "EUR",
            .maxQuantity = decimal("10000000"),
            .buyAtMost = decimal("1.0850"),
            .sellAtLeast = std::nullopt,
            .dealers = {"ALPHA"},
            .from = clock.utc(),
            .to = clock.utc() + 300s,
            .uses = 3};
    }

    support::FakeClock clock;
    stepup::SystemRandom random;
    FakeIdentities identities;
    FakeSessions sessions;
    FakeRecorder recorder;
    stepup::RegistrationPolicy keys;
    support::SoftAuthenticator key;
    std::uint32_t counter = 0;
    stepup::Digest binding = filled(0xcb); ///< of the desk's end
    int requests = 0;
    std::unique_ptr<EnforcementPoint> point;
};

inline fix::WireMessage messageOf(const std::string& type)
{
    fix::WireMessage message;
    message.type = type;
    return message;
}

struct OrderFields {
    std::string id = "C-1";
    std::string symbol = "EUR/USD";
    std::string side = "1";
    std::string quantity = "1000000";
    std::string price = "1.0845";
    std::string currency = "EUR";
    std::string dealer = "ALPHA";
    std::string account = "FUND-A";
    std::string date = "20261126";
    std::string grant{};
};

inline fix::WireMessage order(const OrderFields& fields = {})
{
    fix::WireMessage message = messageOf("D");
    message.add(fix::tag::ClOrdId, fields.id);
    if (!fields.dealer.empty())
        fix::addDealers(message, {rfq::DealerId(fields.dealer)});
    if (!fields.account.empty())
        message.add(fix::tag::Account, fields.account);
    message.add(fix::tag::SettlDate, fields.date);
    message.add(fix::tag::Symbol, fields.symbol);
    message.add(fix::tag::Side, fields.side);
    message.add(fix::tag::OrderQty, fields.quantity);
    message.add(fix::tag::OrdType, "D");
    message.add(fix::tag::Price, fields.price);
    message.add(fix::tag::Currency, fields.currency);
    message.add(fix::tag::QuoteId, "Q-1");
    message.add(fix::tag::TimeInForce, "4");
    if (!fields.grant.empty())
        message.add(fix::tag::StepUpGrant, fields.grant);
    return message;
}

inline fix::WireMessage quoteRequest(const std::string& symbol = "EUR/USD", const std::string& quantity = "1000000")
{
    fix::WireMessage message = messageOf("R");
    message.add(fix::tag::QuoteReqId, "R-1");
    message.add(fix::tag::NoRelatedSym, "1");
    message.add(fix::tag::Symbol, symbol);
    message.add(fix::tag::OrderQty, quantity);
    message.add(fix::tag::Currency, "EUR");
    return message;
}

}
