#include "tests/gui/gallery_scene.h"
#include "ui/widgets/secure_line_edit.h"

namespace gallery {

States signInStates()
{
    return {
        {u"sign-in"_s, [](Scene&) {}},
        {u"sign-in-wrong"_s, [](Scene& s) { s.rig.enterPin(u"0000"_s); }},
        {u"sign-in-last-try"_s,
            [](Scene& s) {
                s.rig.enterPin(u"0000"_s);
                s.rig.enterPin(u"0000"_s);
            }},
        {u"sign-in-blocked"_s,
            [](Scene& s) {
                s.rig.signIn.status.pin = {0, false, true};
                s.rig.click(*s.rig.find<QWidget>(u"signInAgain"_s));
                s.rig.signIn.inspect([](const auto&) {});
                s.rig.window->findChild<ui::SecureLineEdit*>(u"pin"_s)->clear();
            }},
        {u"sign-in-no-token"_s, [](Scene& s) { s.rig.signIn.pull(); }},
    };
}

States deskStates()
{
    return {
        {u"empty"_s, [](Scene& s) { s.open(); }},
        {u"live-buy"_s,
            [](Scene& s) {
                s.open();
                s.prices(s.ask(rfq::RequestSide::Buy), false);
                s.rig.advance(2s);
            }},
        {u"two-way"_s,
            [](Scene& s) {
                s.open();
                s.prices(s.ask(rfq::RequestSide::TwoWay), true);
            }},
        {u"traded"_s,
            [](Scene& s) {
                s.open();
                s.rig.desk.fill(s.dealt());
                s.rig.changed();
                s.prices(s.ask(rfq::RequestSide::Sell), true);
                DeskRig::click(*s.rig.find<QWidget>(u"tradesTab"_s));
            }},
        {u"session-down"_s,
            [](Scene& s) {
                s.open();
                s.prices(s.ask(rfq::RequestSide::Buy), false);
                rfq::SessionChanged down;
                down.session = support::DirectD;
                down.phase = rfq::SessionPhase::Waiting;
                down.reason = base::Error{base::Errc::ConnectionLost, "peer closed without notify"};
                down.retryAt = s.rig.desk.clock.steady() + 3s;
                s.rig.desk.service.apply(down);
                s.rig.changed();
                DeskRig::click(*s.rig.find<QWidget>(u"eventsTab"_s));
            }},
        {u"session-numbers"_s,
            [](Scene& s) {
                s.open();
                rfq::SessionChanged refused;
                refused.session = support::VenueX;
                refused.phase = rfq::SessionPhase::Refused;
                refused.reason =
                    base::Error{base::Errc::SequenceError, "MsgSeqNum too low, expecting 57 but received 1"};
                s.rig.desk.service.apply(refused);
                s.rig.changed();
                DeskRig::click(*s.rig.find<QWidget>(u"session-VENUE-X"_s));
            }},
        {u"locked"_s,
            [](Scene& s) {
                s.open();
                s.prices(s.ask(rfq::RequestSide::Buy), false);
                s.rig.window->lock();
            }},
    };
}

States allStates()
{
    auto states = signInStates();
    for (auto more :
        {deskStates(), outcomeStates(), decisionStates(), tokenStates(), tokenManagerStates(), accessStates()})
        states.insert(states.end(), more.begin(), more.end());
    return states;
}

}
