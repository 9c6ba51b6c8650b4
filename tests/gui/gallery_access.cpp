#include "tests/gui/gallery_scene.h"
#include "tests/support/fake_access.h"
#include "ui/widgets/access_face.h"
#include "ui/widgets/desk_dialog.h"

#include <QLineEdit>

namespace gallery {

namespace {

using rfq::AccessOutcome;
using rfq::StepUpStage;

/// Lives as long as the window.
struct Stage final : QObject {
    support::FakeAccess access;
    support::FakeStepUp touch;

    explicit Stage(Scene& scene)
        : QObject(scene.rig.window.get())
    {
        access.states[support::VenueX] = {};
        new ui::AccessFace(access, touch, *scene.rig.window);
    }
    rfq::AccessState& state() { return access.states[support::VenueX]; }
    void decide(AccessOutcome outcome, int network, int device = 0)
    {
        state().phase = rfq::AccessPhase::Decided;
        state().before = state().notice;
        state().notice = support::accessNotice(outcome, network, device);
        access.tell();
    }
};

Stage& open(Scene& s)
{
    auto* stage = new Stage(s);
    s.open();
    stage->decide(AccessOutcome::Allow, 15);
    return *stage;
}

/// It opens by itself, a while after what it is about.
void awaitDialog(Scene& s)
{
    static_cast<void>(QTest::qWaitFor([&s] { return s.rig.dialog<ui::DeskDialog>() != nullptr; }, 20'000));
    DeskRig::settleLayout();
}

void show(Stage& stage, const std::function<void(rfq::StepUpView&)>& change, Scene& s)
{
    stage.touch.view = support::stepUpView(s.rig.desk.clock.steady());
    change(*stage.touch.view);
    stage.touch.tell();
    awaitDialog(s);
}

Setup touching(std::function<void(rfq::StepUpView&)> change)
{
    return [change = std::move(change)](Scene& s) { show(open(s), change, s); };
}

/// The answer to the Logon.
void turnAway(Scene& s, const std::string& detail, rfq::SessionPhase phase)
{
    rfq::SessionChanged change;
    change.session = support::VenueX;
    change.phase = phase;
    change.reason = base::Error{base::Errc::LogonRefused, detail};
    change.refusal = support::refusalIn(detail);
    if (phase == rfq::SessionPhase::Waiting)
        change.retryAt = s.rig.desk.clock.steady() + 25s;
    s.rig.desk.service.apply(change);
    s.rig.changed();
    awaitDialog(s);
}

/// A ticket that was armed for what the person has filled in.
rfq::ArmedTicket& armed(Stage& stage, Scene& s)
{
    s.rig.find<QLineEdit>(u"limit"_s)->setText(u"1.1540"_s);
    DeskRig::click(*s.rig.find<QWidget>(u"arm"_s));
    auto& ticket = stage.access.armed[support::VenueX];
    ticket.phase = rfq::ArmPhase::Armed;
    ticket.ends = s.rig.desk.clock.steady() + 272s;
    stage.access.tell();
    return ticket;
}

}

States accessStates()
{
    return {
        {u"access-offline"_s,
            [](Scene& s) {
                new Stage(s);
                s.open();
            }},
        {u"access-allowed"_s,
            [](Scene& s) {
                open(s);
                s.prices(s.ask(rfq::RequestSide::Buy), false);
            }},
        {u"access-view-only"_s,
            [](Scene& s) {
                auto& stage = open(s);
                stage.decide(AccessOutcome::ViewOnly, 15, 25);
                s.prices(s.ask(rfq::RequestSide::Buy), false);
            }},
        {u"access-touch-owed"_s,
            [](Scene& s) {
                auto& stage = open(s);
                const auto id = s.ask(rfq::RequestSide::TwoWay);
                s.prices(id, true);
                stage.decide(AccessOutcome::StepUp, 0, 25);
                stage.state().phase = rfq::AccessPhase::StepUpMissed;
                stage.access.tell();
                QTest::qWait(300);
            }},
        {u"access-missed"_s,
            [](Scene& s) {
                auto& stage = open(s);
                stage.decide(AccessOutcome::StepUp, 0, 25);
                stage.state().phase = rfq::AccessPhase::StepUpMissed;
                stage.access.tell();
            }},
        {u"access-denied"_s,
            [](Scene& s) {
                open(s).decide(AccessOutcome::Deny, 15);
                turnAway(s, "Access is denied from this country. Reference AC-2026-1187.", rfq::SessionPhase::Refused);
            }},
        {u"access-turned-away"_s,
            [](Scene& s) {
                open(s);
                turnAway(s, "the counterparty refused our Logon, \"Access refused. Reference 7K2M-Q4TZ.\"",
                    rfq::SessionPhase::Refused);
            }},
        {u"access-told-to-wait"_s,
            [](Scene& s) {
                open(s);
                turnAway(s, "the counterparty refused our Logon, \"Access refused: wait 25 s. Reference 7K2M-Q4TZ.\"",
                    rfq::SessionPhase::Waiting);
            }},
        {u"access-own-policy"_s,
            [](Scene& s) {
                open(s);
                turnAway(s, "Access refused. Reference 7K2M-Q4TZ.", rfq::SessionPhase::Refused);
            }},
        {u"access-own-words"_s,
            [](Scene& s) {
                open(s);
                turnAway(s,
                    "the counterparty refused our Logon, \"no trading before 07:00 UTC, call +44 20 7946 0001\"",
                    rfq::SessionPhase::Refused);
            }},
        {u"touch-choosing"_s, touching([](auto& view) {
             view.stage = StepUpStage::ChoosingKey;
             view.key.clear();
             view.touchNow = view.touchToChoose = true;
         })},
        {u"touch-pin"_s, touching([](auto&) {})},
        {u"touch-pin-wrong"_s, touching([](auto& view) {
             view.problem = rfq::StepUpProblem::PinWrong;
             view.pinTriesLeft = 1;
             view.detail = "assertion: FIDO_ERR_PIN_INVALID (0x31)";
         })},
        {u"touch-now"_s, touching([](auto& view) {
             view.stage = StepUpStage::Touching;
             view.touchNow = true;
         })},
        {u"touch-no-key"_s, touching([](auto& view) {
             view.stage = StepUpStage::Stopped;
             view.problem = rfq::StepUpProblem::NoKey;
             view.detail = "no security key among 2 devices";
         })},
        {u"touch-ticket"_s, touching([](auto& view) {
             view.ask.reason = "a deal above 10m needs a touch";
             view.ask.lines = {"Arm a ticket: EUR/USD, settlement 2026-11-26",
                 "Buy up to 25,000,000 EUR at 1.154 or lower", "Dealers: DLR-A, DLR-B, DLR-C", "Account: FUND-A",
                 "From 2026-11-24 08:00:07 UTC", "To 2026-11-24 08:05:07 UTC", "Acceptances: at most 5"};
         })},
        {u"armed"_s,
            [](Scene& s) {
                armed(open(s), s);
                s.prices(s.ask(rfq::RequestSide::Buy), false);
            }},
        {u"arm-refused"_s,
            [](Scene& s) {
                auto& stage = open(s);
                auto& ticket = armed(stage, s);
                ticket.phase = rfq::ArmPhase::Refused;
                ticket.problem = base::Error{base::Errc::Refused, "You may deal up to 10,000,000 EUR."};
                ticket.notice = support::accessNotice(AccessOutcome::Deny, 0);
                stage.access.tell();
            }},
    };
}

}
