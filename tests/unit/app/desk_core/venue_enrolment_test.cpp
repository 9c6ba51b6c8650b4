#include "app/desk_core/venue_enrolment.h"
#include "core/stepup/registration_verifier.h"
#include "tests/support/attestation_ca.h"
#include "tests/unit/app/desk_core/access_world.h"

/// A security key that is enrolled over the session: with the word of an enrolled one, or as the first.
namespace {

using namespace access_test;
using stepup_test::idOf;
using stepup_test::Model;

class VenueEnrolmentTest : public AccessTest {
protected:
    VenueEnrolmentTest()
    {
        m_policy.rpId = stepup_test::RpId;
        m_policy.roots = *stepup::AttestationRoots::fromPem(m_maker.rootPem());
        m_policy.models = {Model};
    }

    void begin(const std::string& pin = "9876")
    {
        enrolment.enrol(
            {VenueX, "/dev/hidraw4", "Red key", rfq::LastTry::NotConfirmed}, support::secret(pin),
            [this](const rfq::KeyTouch&) { ++touchesTold; },
            [this](const std::string& credential, const std::optional<rfq::KeyFailure>& failure) {
                ++timesDone;
                made = credential;
                problem = failure ? failure->name : std::string();
                detail = failure ? failure->detail : std::string();
            });
    }
    [[nodiscard]] stepup::Action asked() const
    {
        const auto payload = lastPayload();
        const auto* wanted = std::get_if<stepup::ApprovalRequest>(&payload);
        EXPECT_TRUE(wanted);
        return wanted ? wanted->action : stepup::Action(SignIn);
    }
    /// The enforcement point asks the new key to register.
    stepup::Challenge askToRegister()
    {
        return challenge(stepup::EnrolKey{"alice", "Red key"}, stepup::NoticeAbout::Action);
    }
    /// It asks an enrolled key for its word.
    stepup::Challenge askForApproval()
    {
        const auto challenge =
            *pep.book.issue(pep.peer, stepup::EnrolKey{"alice", "Red key"}, "you asked for it", {pep.key.id()});
        auto notice = decided(stepup::AccessOutcome::StepUp);
        notice.about = stepup::NoticeAbout::Action;
        notice.challenge = challenge;
        tell(said.back().request.id, UserStatus::StepUpNeeded, notice);
        return challenge;
    }
    /// The new key is touched, with its PIN.
    void registerNewKey()
    {
        auto one = keys.takeEnrolment();
        pinGiven = one.pin;
        request = one.request;
        one.touch({fido::TouchNeeded::Purpose::Consent, 30s});
        stepup::Digest hash{};
        std::copy(one.request.clientDataHash.begin(), one.request.clientDataHash.end(), hash.begin());
        support::AttestationOptions certificate;
        certificate.model = Model;
        support::RegistrationOptions options;
        options.rpId = stepup_test::RpId;
        options.model = Model;
        const auto answer = m_red.registration(hash, options, m_maker.issue(certificate));
        one.done(fido::Registration{
            m_red.id(), answer.authenticatorData, answer.format, answer.statement, fido::Algorithm::Es256});
    }
    [[nodiscard]] std::variant<stepup::Credential, stepup::Refusal> judgeNewKey()
    {
        const auto payload = lastPayload();
        const auto* key = std::get_if<stepup::NewKey>(&payload);
        if (!key)
            return stepup::Refusal{stepup::VerifyRefusal::ChallengeUnknown, "the desk has not answered"};
        return m_registrations.verify(pep.peer, key->challenge, key->registration);
    }
    void sayDone()
    {
        auto notice = decided(stepup::AccessOutcome::Allow);
        notice.about = stepup::NoticeAbout::Action;
        tell(said.back().request.id, UserStatus::Allowed, notice);
    }

    const stepup::OpenSession SignIn{"VENUE", "alice"};
    app::VenueEnrolment enrolment{desk, touches, keys, pep.clock};
    int timesDone = 0;
    int touchesTold = 0;
    std::string made;
    std::string problem;
    std::string detail;
    std::string pinGiven;
    fido::EnrolRequest request;

private:
    support::AttestationCa m_maker{pep.clock.utc()};
    support::SoftAuthenticator m_red{stepup::Algorithm::Es256, idOf(0x55)};
    stepup::RegistrationPolicy m_policy;
    stepup::RegistrationVerifier m_registrations{m_policy, pep.book, pep.registry, pep.clock};
};

TEST_F(VenueEnrolmentTest, AFirstKeyRegistersAndTheEnforcementPointTakesIt)
{
    // Nobody is let in, for want of a key that could be touched.
    connect();
    auto notice = decided(stepup::AccessOutcome::StepUp, 25);
    notice.refusal = "no-credential";
    tell(said.back().request.id, UserStatus::StepUpNeeded, notice);
    ASSERT_EQ(state().phase, AccessPhase::StepUpMissed);
    ASSERT_EQ(enrolment.sessions(), std::vector{VenueX});

    begin();
    EXPECT_EQ(said.back().request.type, UserRequestType::Status);
    EXPECT_EQ(asked(), stepup::Action(stepup::EnrolKey{.user = "alice", .keyName = "Red key"}));
    askToRegister();
    registerNewKey();
    EXPECT_EQ(pinGiven, "9876");
    EXPECT_EQ(request.path, "/dev/hidraw4");
    EXPECT_EQ(request.rpId, stepup_test::RpId);
    EXPECT_TRUE(request.excluded.empty());
    EXPECT_EQ(touchesTold, 1);
    const auto verdict = judgeNewKey();
    const auto* credential = std::get_if<stepup::Credential>(&verdict);
    ASSERT_TRUE(credential) << stepup_test::detailOf(verdict);
    EXPECT_EQ(credential->name, "Red key");
    EXPECT_EQ(timesDone, 0) << "not before the counterparty says so";
    sayDone();
    EXPECT_EQ(timesDone, 1);
    EXPECT_EQ(problem, "");
    EXPECT_EQ(made, stepup::base64Url(idOf(0x55)));
}

TEST_F(VenueEnrolmentTest, AFurtherKeyNeedsATouchOnAnEnrolledOneForExactlyThis)
{
    letIn();
    begin();
    const auto first = askForApproval();
    ASSERT_NE(touches.current(), nullptr);
    EXPECT_EQ(touches.current()->ask.lines.front(), "Enrol the new security key: Red key");
    EXPECT_TRUE(keys.enrolments.empty()) << "the new key is not asked yet";
    touch();
    const auto verdict = judge(first);
    ASSERT_TRUE(std::holds_alternative<stepup::Approval>(verdict)) << stepup_test::detailOf(verdict);
    askToRegister();
    registerNewKey();
    EXPECT_EQ(request.excluded, std::vector<stepup::CredentialId>{pep.key.id()}) << "not the same key twice";
    EXPECT_TRUE(std::holds_alternative<stepup::Credential>(judgeNewKey()));
    sayDone();
    EXPECT_EQ(problem, "");
    EXPECT_EQ(state().phase, AccessPhase::Decided) << "the session is as it was";
}

TEST_F(VenueEnrolmentTest, ARefusalIsToldInTheCounterpartysWords)
{
    letIn();
    begin();
    auto notice = decided(stepup::AccessOutcome::Deny);
    notice.about = stepup::NoticeAbout::Action;
    notice.refusal = "not-entitled";
    tell(said.back().request.id, UserStatus::Refused, notice);
    EXPECT_EQ(problem, "not-permitted-there");
    EXPECT_NE(detail.find("not-entitled"), std::string::npos) << detail;
    EXPECT_TRUE(keys.enrolments.empty());
}

TEST_F(VenueEnrolmentTest, AChallengeForAnotherNameOrPersonIsNotAnswered)
{
    letIn();
    begin();
    challenge(stepup::EnrolKey{"mallory", "Red key"}, stepup::NoticeAbout::Action);
    EXPECT_EQ(problem, "not-permitted-there");
    EXPECT_TRUE(keys.enrolments.empty());
    begin();
    challenge(SignIn, stepup::NoticeAbout::Action);
    EXPECT_EQ(problem, "not-permitted-there");
    EXPECT_EQ(touches.current(), nullptr);
}

TEST_F(VenueEnrolmentTest, AWrongPinOfTheNewKeyDoesNotBeginAllOver)
{
    letIn();
    begin();
    askToRegister();
    keys.takeEnrolment().done(fido::Failure{fido::Problem::PinWrong, 7, "CTAP 0x31"});
    EXPECT_EQ(problem, "pin-wrong");
    const auto requests = said.size();
    begin("9877");
    EXPECT_EQ(said.size(), requests) << "the counterparty still waits for the same registration";
    registerNewKey();
    EXPECT_EQ(pinGiven, "9877");
    EXPECT_TRUE(std::holds_alternative<stepup::Credential>(judgeNewKey()));
    sayDone();
    EXPECT_EQ(problem, "");
}

TEST_F(VenueEnrolmentTest, ARegistrationWhoseTimeIsOverIsAskedForAnew)
{
    letIn();
    begin();
    askToRegister();
    keys.takeEnrolment().done(fido::Failure{fido::Problem::TimedOut, std::nullopt, ""});
    pep.clock.advance(60s);
    const auto requests = said.size();
    begin();
    EXPECT_EQ(said.size(), requests + 1);
    EXPECT_TRUE(keys.enrolments.empty());
}

TEST_F(VenueEnrolmentTest, WithoutTheWordOfAnEnrolledKeyNothingIsEnrolled)
{
    letIn();
    begin();
    askForApproval();
    touches.cancel();
    EXPECT_EQ(problem, "not-approved");
    EXPECT_TRUE(keys.enrolments.empty());
}

TEST_F(VenueEnrolmentTest, TheEndOfTheSessionEndsIt)
{
    letIn();
    begin();
    desk.apply(fix::AccessClosed{VenueX, 1});
    EXPECT_EQ(problem, "not-connected");
    EXPECT_TRUE(enrolment.sessions().empty());
    begin();
    EXPECT_EQ(problem, "not-connected");
    EXPECT_EQ(timesDone, 2);
}

TEST_F(VenueEnrolmentTest, AKeyThatRegistersAfterTheSessionHasEndedIsNotSentOnAnotherOne)
{
    letIn();
    begin();
    askToRegister();
    desk.apply(fix::AccessClosed{VenueX, 1});
    connect(2);
    allow(said.back().request.id);
    const auto requests = said.size();
    registerNewKey();
    EXPECT_EQ(problem, "not-connected");
    EXPECT_EQ(said.size(), requests);
}

TEST_F(VenueEnrolmentTest, ThePersonWhoLeavesEndsIt)
{
    letIn();
    begin();
    askForApproval();
    desk.leave();
    touches.cancel();
    EXPECT_EQ(timesDone, 1);
    EXPECT_EQ(problem, "not-approved");
}

TEST_F(VenueEnrolmentTest, OneAtATimeAndItCanBeCalledOff)
{
    letIn();
    begin();
    begin();
    EXPECT_EQ(problem, "busy");
    enrolment.cancel();
    EXPECT_EQ(problem, "cancelled");
    begin();
    askForApproval();
    enrolment.cancel();
    EXPECT_EQ(problem, "cancelled");
    EXPECT_EQ(touches.current(), nullptr) << "nobody is asked for a touch any more";
    begin();
    askToRegister();
    const auto number = keys.enrolments.back().number;
    enrolment.cancel();
    EXPECT_EQ(keys.cancelled.back(), number) << "the key answers that it was called off";
    EXPECT_EQ(timesDone, 3);
}

TEST_F(VenueEnrolmentTest, ANameThatCouldDeceiveIsRefusedBeforeAnybodyIsAsked)
{
    letIn();
    const auto requests = said.size();
    enrolment.enrol({VenueX, {}, "Red\nkey", rfq::LastTry::NotConfirmed}, support::secret("1"), {},
        [this](const std::string&, const std::optional<rfq::KeyFailure>& failure) { problem = failure->name; });
    EXPECT_EQ(problem, "invalid-input");
    EXPECT_EQ(said.size(), requests);
}

}
