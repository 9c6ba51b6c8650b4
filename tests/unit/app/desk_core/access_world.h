#pragma once

#include "app/desk_core/access_desk.h"
#include "app/desk_core/granting_link.h"
#include "core/stepup/grant_ledger.h"
#include "tests/support/fake_desk.h"
#include "tests/support/fake_security_keys.h"
#include "tests/unit/app/desk_core/fake_contexts.h"
#include "tests/unit/stepup/stepup_world.h"

#include <gtest/gtest.h>

/// The desk's side of the dialect with a key in the test's hand and the verifiers of a policy enforcement point at the
/// other end.
namespace access_test {

using namespace std::chrono_literals;
using base::Errc;
using fix::UserRequestType;
using fix::UserStatus;
using rfq::AccessPhase;
using rfq::ArmPhase;
using support::VenueX;

inline std::vector<fix::SessionSettings> sessions()
{
    fix::SessionSettings guarded;
    guarded.name = VenueX;
    guarded.senderCompId = "DESK";
    guarded.targetCompId = "VENUE";
    guarded.profile.account = "FUND-A";
    guarded.access = fix::AccessSettings{stepup_test::RpId};
    fix::SessionSettings plain;
    plain.name = support::DirectD;
    return {guarded, plain};
}

class AccessTest : public testing::Test {
protected:
    struct Said {
        rfq::SessionId session;
        std::uint64_t connection = 0;
        fix::UserRequest request;
    };

    // ---- the person ----
    void enterPin() { touches.enterPin(support::secret("1234"), rfq::LastTry::NotConfirmed); }
    void touch()
    {
        keys.answerChoice();
        enterPin();
        keys.touch([this](const fido::AssertRequest& request) {
            stepup::Digest hash{};
            std::copy(request.clientDataHash.begin(), request.clientDataHash.end(), hash.begin());
            const auto made = pep.key.assertion(hash, pep.answer);
            return fido::Assertion{made.credentialId, made.authenticatorData, made.signature};
        });
    }

    // ---- the enforcement point ----
    void connect(std::uint64_t connection = 1)
    {
        desk.apply(fix::AccessOpened{VenueX, connection, "alice", pep.peer.channelBinding});
    }
    void tell(const std::string& id, UserStatus status, stepup::Notice notice, std::uint64_t connection = 1)
    {
        notice.evaluatedAt = pep.clock.utc();
        notice.reference = "AC-1";
        desk.apply(fix::AccessAnswered{VenueX, connection, {id, "alice", status, "As the policy says.", "x"}, notice});
    }
    void allow(const std::string& id) { tell(id, UserStatus::Allowed, decided(stepup::AccessOutcome::Allow)); }
    [[nodiscard]] static stepup::Notice decided(stepup::AccessOutcome outcome, std::uint16_t score = 15)
    {
        stepup::Notice notice;
        notice.outcome = outcome;
        notice.score = score;
        return notice;
    }
    /// Asks for a touch on this action, in answer to what the desk said last.
    stepup::Challenge challenge(const stepup::Action& action, stepup::NoticeAbout about)
    {
        const auto asked = pep.ask(action);
        auto notice = decided(stepup::AccessOutcome::StepUp, 25);
        notice.about = about;
        notice.challenge = asked;
        tell(said.back().request.id, UserStatus::StepUpNeeded, notice);
        return asked;
    }
    [[nodiscard]] stepup::DeskPayload lastPayload() const
    {
        const auto payload = stepup::parseDeskPayload(said.back().request.payload);
        EXPECT_TRUE(payload) << payload.error().detail;
        return payload.value_or(stepup::ContextStatement());
    }
    std::variant<stepup::Approval, stepup::Refusal> judge(const stepup::Challenge& asked)
    {
        const auto payload = lastPayload();
        const auto* answer = std::get_if<stepup::ChallengeAnswer>(&payload);
        if (!answer)
            return stepup::Refusal{stepup::VerifyRefusal::ChallengeUnknown, "the desk has not answered"};
        EXPECT_EQ(answer->challenge, asked.bytes);
        return pep.verify(asked, answer->assertion);
    }
    void letIn()
    {
        connect();
        allow(said.back().request.id);
    }

    [[nodiscard]] const rfq::AccessState& state() const { return desk.sessions().at(VenueX); }
    [[nodiscard]] const rfq::ArmedTicket& ticket() const { return desk.tickets().at(VenueX); }

    stepup_test::World pep;
    support::FakeSecurityKeys keys;
    auth::StepUpService touches{keys, pep.clock};
    std::vector<Said> said;
    FakeContexts contexts;
    app::AccessDesk desk{sessions(), contexts, touches,
        [this](const rfq::SessionId& session, std::uint64_t connection, fix::UserRequest request) {
            said.push_back({session, connection, std::move(request)});
        },
        pep.clock};
};

}
