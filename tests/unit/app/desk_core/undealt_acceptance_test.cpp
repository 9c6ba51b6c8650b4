#include "app/desk_core/undealt_acceptance.h"
#include "tests/unit/rfq/in_flight.h"

namespace {

using rfq::AcceptanceState;
using rfq::MessageRejected;
using support::DirectD;
using support::VenueX;

class UnapprovedAcceptance : public support::InFlight {
protected:
    /// What is to be approved once the desk has heard this.
    std::optional<rfq::Acceptance> after(const rfq::VenueEvent& event)
    {
        desk.service.apply(event);
        return app::unapprovedAcceptance(desk.service, event);
    }
    [[nodiscard]] std::string ours() const { return accepted().id.text(); }
};

TEST_F(UnapprovedAcceptance, IsWhatTheCounterpartyDidNotAuthorise)
{
    const auto found = after(MessageRejected{VenueX, "D", ours(), "6", "not authorized"});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, accepted().id);
    EXPECT_EQ(found->quote, accepted().quote);
    EXPECT_EQ(state(), AcceptanceState::Rejected);
}

TEST_F(UnapprovedAcceptance, IsNoneWhereTheRefusalIsAboutSomethingElse)
{
    EXPECT_FALSE(after(MessageRejected{VenueX, "D", "C-OTHER", "6", "not authorized"}));
    EXPECT_FALSE(after(MessageRejected{DirectD, "D", ours(), "6", "not authorized"})) << "not their acceptance";
    EXPECT_FALSE(after(rfq::AcceptanceSent{}));
    EXPECT_EQ(state(), AcceptanceState::Sent);
}

TEST_F(UnapprovedAcceptance, IsNoneForAnotherReason)
{
    EXPECT_FALSE(after(MessageRejected{VenueX, "D", ours(), "4", "application not available"}));
    EXPECT_EQ(state(), AcceptanceState::Rejected);
}

TEST_F(UnapprovedAcceptance, IsNoneForARefusalOfTheSession)
{
    EXPECT_FALSE(after(MessageRejected{VenueX, "D", ours(), "6", "incorrect data format", true}));
}

TEST_F(UnapprovedAcceptance, IsNoneWhereItWasDealtAllTheSame)
{
    report(desk.fillReport(accepted()));
    EXPECT_FALSE(after(MessageRejected{VenueX, "D", ours(), "6", "not authorized"}));
    EXPECT_EQ(state(), AcceptanceState::Filled);
}

TEST_F(UnapprovedAcceptance, IsAnotherThingThanOneThatNeverLeft)
{
    const rfq::AcceptanceNotSent late{VenueX, accepted().id, {base::Errc::Expired, "too late"}};
    desk.service.apply(late);
    EXPECT_FALSE(app::unsentAcceptance(desk.service, late)) << "it is with them";

    const rfq::RfqId next = desk.request();
    desk.quote(next, support::DlrA, "QA-2", "", "1.15342");
    ASSERT_TRUE(desk.accept(next, support::DlrA));
    const rfq::ClOrdId unsent = desk.acceptance(next).acceptance.id;
    const rfq::AcceptanceNotSent ofAnother{DirectD, unsent, {base::Errc::NotConnected, "gone"}};
    desk.service.apply(ofAnother);
    EXPECT_FALSE(app::unsentAcceptance(desk.service, ofAnother));
    const rfq::AcceptanceNotSent never{VenueX, unsent, {base::Errc::Expired, "too late"}};
    desk.service.apply(never);
    const auto found = app::unsentAcceptance(desk.service, never);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, unsent);
    EXPECT_FALSE(app::unapprovedAcceptance(desk.service, never));
}

}
