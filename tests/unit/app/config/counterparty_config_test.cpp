#include "tests/unit/app/config/desk_config_fixture.h"

/// Sessions, dealers and profiles, which refer to each other.
namespace {

using namespace test;

TEST_F(DeskConfigTest, ASessionHasAScheduleAndItsNumbersARule)
{
    const fix::SessionSettings plain = mustLoad(m_minimal).sessions[0];
    EXPECT_TRUE(plain.schedule.isAlways());
    EXPECT_EQ(plain.reset, fix::SequenceReset::Never);
    EXPECT_EQ(plain.nextExpected, fix::NextExpected::Omitted);
    const std::string settings = "schedule = \"weekly Sun 22:00 - Fri 21:30\"\nsequence_reset = \"each-period\"\n"
                                 "next_expected = \"sent\"\n";
    const fix::SessionSettings session = mustLoad(Token + Session + settings + Dealer + Limits).sessions[0];
    EXPECT_EQ(session.schedule, *fix::SessionSchedule::parse("weekly Sun 22:00 - Fri 21:30"));
    EXPECT_EQ(session.reset, fix::SequenceReset::EachPeriod);
    EXPECT_EQ(session.nextExpected, fix::NextExpected::Sent);
}

TEST_F(DeskConfigTest, AScheduleThatCannotBeReadIsExplained)
{
    expectProblem(Token + Session + "schedule = \"daily 6-22\"\n" + Dealer + Limits, 12,
        "key 'session.schedule': expected \"always\", \"daily 06:00-22:00\" or \"weekly Sun 22:00 - Fri 21:30\" with "
        "times "
        "in "
        "UTC, found 'daily 6-22'");
    expectProblem(Token + Session + "sequence_reset = \"each-period\"\n" + Dealer + Limits, 12,
        "key 'session.sequence_reset': expected \"each-period\" only with a schedule that has periods");
}

TEST_F(DeskConfigTest, ASessionMayHaveAnEnforcementPoint)
{
    EXPECT_FALSE(mustLoad(m_minimal).sessions[0].access);
    const std::string guarded = "access = \"enforced\"\nstep_up_domain = \"stepup.example.com\"\n";
    const auto access = mustLoad(Token + Session + guarded + Dealer + Limits).sessions[0].access;
    ASSERT_TRUE(access);
    EXPECT_EQ(access->rpId, "stepup.example.com");
    EXPECT_EQ(mustLoad(m_minimal).enrolment.relyingParty, "");
    EXPECT_EQ(mustLoad(Token + Session + guarded + Dealer + Limits).enrolment.relyingParty, "stepup.example.com")
        << "one key is enough where the sessions agree";
    const std::string own = "[enrolment]\nrelying_party = \"keys.example.com\"\n";
    EXPECT_EQ(mustLoad(Token + Session + guarded + Dealer + Limits + own).enrolment.relyingParty, "keys.example.com");
    const std::string other = with(with(with(Session + guarded, "VENUE-X", "VENUE-Z"), "\"VENUE\"", "\"VENUE-2\""),
        "stepup.example.com", "b.example");
    EXPECT_EQ(mustLoad(Token + Session + guarded + other + Dealer + Limits).enrolment.relyingParty, "")
        << "which of the two is for somebody to say";
    expectProblem(Token + Session + "access = \"enforced\"\n" + Dealer + Limits, 5,
        "key 'session.step_up_domain': expected a string that is not empty, found nothing");
    expectProblem(Token + Session + "access = \"enforced\"\nstep_up_domain = \"https://a\"\n" + Dealer + Limits, 13,
        "key 'session.step_up_domain': expected the domain under which security keys are enrolled there");
    expectProblem(Token + Session + "step_up_domain = \"a.example\"\n" + Dealer + Limits, 12,
        "key 'session.step_up_domain': expected no domain without access = \"enforced\"");
}

TEST_F(DeskConfigTest, WithAPolicyOfTheDeskNoSessionGoesUnjudged)
{
    EXPECT_FALSE(mustLoad(m_minimal).access);
    const std::string policy = "[access]\nstep_up_domain = \"stepup.example.com\"\nrole = \"standard\"\n"
                               "key = \"hardware\"\ndevice = \"managed\"\ndecide_every = \"30s\"\n";
    const auto config = mustLoad(m_minimal + policy);
    ASSERT_TRUE(config.access);
    EXPECT_EQ(config.access->role, zerotrust::UserRole::Standard);
    EXPECT_EQ(config.access->key, pep::KeyHome::Hardware);
    EXPECT_EQ(config.access->device, pep::DeviceRecord::Managed);
    EXPECT_EQ(config.access->enforcement.hardwareKey, pep::HardwareProof::Registered) << "it is the firm's word";
    EXPECT_EQ(config.access->enforcement.decideEvery, std::chrono::seconds(30));
    ASSERT_TRUE(config.sessions[0].access) << "nobody has to remember it for each session";
    EXPECT_EQ(config.sessions[0].access->judge, fix::AccessJudge::Desk);
    EXPECT_EQ(config.sessions[0].access->rpId, "stepup.example.com");
    expectProblem(Token + Session + "access = \"none\"\n" + Dealer + Limits + policy, 12,
        "key 'session.access': expected \"local\" or \"enforced\": with [access] no session goes unjudged");
}

TEST_F(DeskConfigTest, ASessionThatTheDeskJudgesWithoutAPolicyIsJudgedByTheShippedOne)
{
    const auto config = mustLoad(Token + Session + "access = \"local\"\n" + Dealer + Limits);
    ASSERT_TRUE(config.access);
    EXPECT_FALSE(config.access->policy);
    EXPECT_EQ(config.access->role, zerotrust::UserRole::Privileged) << "what is not said counts as the weaker";
    EXPECT_EQ(config.access->key, pep::KeyHome::Software);
    EXPECT_EQ(config.access->device, pep::DeviceRecord::Unknown);
    EXPECT_FALSE(config.access->trail.empty());
    EXPECT_EQ(config.sessions[0].access->judge, fix::AccessJudge::Desk);
}

TEST_F(DeskConfigTest, SecurityKeysOfTheDeskAreHeldAgainstTheirMakers)
{
    const std::string access = "[access]\nstep_up_domain = \"stepup.example.com\"\nsecurity_keys = [\"/a.json\"]\n";
    EXPECT_FALSE(load(m_minimal + access));
    const std::string roots = "attestation_roots = \"/makers.pem\"\n";
    EXPECT_FALSE(load(m_minimal + access + roots)) << "the models are missing";
    EXPECT_FALSE(load(m_minimal + access + roots + "key_models = [\"yubikey\"]\n"));
    const auto config =
        mustLoad(m_minimal + access + roots + "key_models = [\"2fc0579f-8113-47ea-b116-bb5a8db9202a\"]\n");
    EXPECT_EQ(config.access->keyModels.size(), 1U);
    EXPECT_EQ(config.access->securityKeys.size(), 1U);
}

TEST_F(DeskConfigTest, ADealerRefersToASessionThatThereIs)
{
    expectProblem(with(m_minimal, "session = \"VENUE-X\"", "session = \"VENUE-Y\""), 14,
        "key 'dealer.session': expected the name of a [[session]], found 'VENUE-Y'");
    expectProblem(m_minimal + Dealer, 18, "key 'dealer.id': expected each dealer once, found 'DLR-A'");
}

TEST_F(DeskConfigTest, ASessionRefersToAProfileThatThereIs)
{
    expectProblem(with(m_minimal, "ca = ", "profile = \"north\"\nca = "), 11,
        "key 'session.profile': expected a profile: one of \"direct\", \"venue\", found 'north'");
}

TEST_F(DeskConfigTest, ADirectSessionHasExactlyItsOwnDealer)
{
    expectProblem(with(m_minimal, "ca = ", "profile = \"direct\"\nca = "), 5,
        "key 'session.dealer': expected the id of the one dealer behind a direct session, found nothing");
    expectProblem(with(m_minimal, "ca = ", "dealer = \"DLR-B\"\nca = "), 11,
        "key 'session.dealer': expected the id of a [[dealer]] of this session, found 'DLR-B'");
    expectProblem(with(m_minimal, "ca = ", "dealer = \"DLR-B\"\nca = "), 15,
        "key 'dealer.session': expected a session that is not another dealer's own");
    expectProblem(with(m_minimal, "ca = ", "dealer = \"DLR-A\"\nprofile = \"venue\"\nca = "), 11,
        "key 'session.dealer': expected no dealer where the profile names dealers in Parties");
    const DeskConfig direct = mustLoad(with(m_minimal, "ca = ", "dealer = \"DLR-A\"\nca = "));
    EXPECT_EQ(direct.sessions[0].soleDealer, rfq::DealerId("DLR-A"));
    EXPECT_EQ(direct.sessions[0].profile.dealerNaming, rfq::DealerNaming::Session);
}

TEST_F(DeskConfigTest, SessionsHaveNamesAndCompIdsOfTheirOwn)
{
    expectProblem(m_minimal + Session, 18, "key 'session.name': expected a name of its own");
    expectProblem(m_minimal + with(Session, "VENUE-X", "OTHER"), 22,
        "key 'session.target_comp_id': expected each pair of sender_comp_id and target_comp_id once");
    expectProblem(with(m_minimal, "\"ACME\"", "\"AC ME\""), 9,
        "key 'session.sender_comp_id': expected ASCII letters, digits and signs without spaces");
    expectProblem(with(m_minimal, "\"VENUE-X\"", "\"../etc\""), 6, "key 'session.name': expected a name of its own");
}

TEST_F(DeskConfigTest, AtLeastOneSessionAndOneDealer)
{
    expectProblem(Token + Limits, 1, "key 'session': expected at least one [[session]], found nothing");
    expectProblem(Token + Limits, 1, "key 'dealer': expected at least one [[dealer]], found nothing");
}

TEST_F(DeskConfigTest, AProfileBuildsOnAnother)
{
    const std::string profile =
        "[[profile]]\nname = \"p\"\nbased_on = \"direct\"\nside = \"base\"\nhold_hard = \"30s\"\n";
    const DeskConfig config =
        mustLoad(with(m_minimal, "ca = ", "profile = \"p\"\ndealer = \"DLR-A\"\nca = ") + profile);
    EXPECT_EQ(config.sessions[0].profile.dealerNaming, rfq::DealerNaming::Session);
    EXPECT_EQ(config.sessions[0].profile.sideReference, rfq::SideReference::BaseCurrency);
    EXPECT_EQ(config.sessions[0].profile.holdHard, 30s);
    expectProblem(m_minimal + with(profile, "direct", "later"), 19, "key 'profile.based_on': expected a profile above");
    expectProblem(
        m_minimal + with(profile, "\"p\"", "\"venue\""), 18, "key 'profile.name': expected a name of its own");
    expectProblem(m_minimal + with(profile, "30s", "2s"), 21, "key 'profile.hold_hard': expected more than hold_soft");
}

TEST_F(DeskConfigTest, AProfileTellsWhatTheCounterpartyCanAnswer)
{
    const auto profileOf = [&](const std::string& more) {
        const std::string profile = "[[profile]]\nname = \"p\"\n" + more;
        return mustLoad(with(m_minimal, "ca = ", "profile = \"p\"\nca = ") + profile).sessions[0].profile;
    };
    const rfq::Profile read = profileOf("inquiries = [\"replay\", \"trade-capture\"]\ninquiry_patience = \"1s\"\n"
                                        "inquiry_retry = \"5s\"\nstatus_grace = \"700ms\"\nquote_age = \"200ms\"\n"
                                        "reject_codes = { \"7\" = \"credit\" }\n");
    EXPECT_EQ(read.inquiries, (std::vector{rfq::Inquiry::TradeCapture, rfq::Inquiry::Replay}));
    EXPECT_EQ(read.inquiryPatience, 1s);
    EXPECT_EQ(read.inquiryRetry, 5s);
    EXPECT_EQ(read.statusGrace, 700ms);
    EXPECT_EQ(read.quoteAge, 200ms);
    EXPECT_EQ(read.rejectCodes.at("7"), rfq::RejectCategory::Credit);
    EXPECT_EQ(profileOf("").inquiries, rfq::Profile{}.inquiries);
    EXPECT_TRUE(profileOf("inquiries = []\n").inquiries.empty());
    const std::string profile = m_minimal + "[[profile]]\nname = \"p\"\n";
    expectProblem(
        profile + "inquiries = [\"telephone\"]\n", 19, "key 'profile.inquiries': expected any of order-status");
    expectProblem(profile + "reject_codes = { \"7\" = \"no\" }\n", 19, "key 'profile.reject_codes.7': expected");
}

}
