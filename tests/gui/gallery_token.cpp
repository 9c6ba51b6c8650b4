#include "tests/gui/gallery_scene.h"

#include <QRadioButton>

namespace gallery {

namespace {

/// Prices on the screen, and then the card is out.
void lose(Scene& s)
{
    s.open();
    s.prices(s.ask(rfq::RequestSide::Buy), false);
    s.rig.signIn.pull();
}

void lookAgain(Scene& s)
{
    DeskRig::click(*s.rig.find<QWidget>(u"signInAgain"_s));
}

void chooseFrom(Scene& s)
{
    s.rig.signIn.plugInBoth();
    s.rig.signIn.tellChanged();
}

Setup endingIn(std::chrono::microseconds left)
{
    return [left](Scene& s) {
        s.rig.signIn.endsIn(left, s.rig.desk.clock.utc());
        s.open();
        s.prices(s.ask(rfq::RequestSide::Buy), false);
        DeskRig::click(*s.rig.find<QWidget>(u"eventsTab"_s));
    };
}

Setup signInEndingIn(std::chrono::microseconds left)
{
    return [left](Scene& s) {
        s.rig.signIn.endsIn(left, s.rig.desk.clock.utc());
        s.rig.window->signOut();
    };
}

}

States tokenStates()
{
    return {
        {u"token-gone"_s, lose},
        {u"token-grace"_s,
            [](Scene& s) {
                s.closeAt = s.rig.desk.clock.steady() + 24s;
                lose(s);
            }},
        {u"token-back"_s,
            [](Scene& s) {
                lose(s);
                s.rig.signIn.plugIn();
                lookAgain(s);
            }},
        {u"token-other"_s,
            [](Scene& s) {
                lose(s);
                s.rig.signIn.plugInOther();
                lookAgain(s);
            }},
        {u"token-foreign"_s,
            [](Scene& s) {
                lose(s);
                s.rig.signIn.plugInForeign();
                lookAgain(s);
            }},
        {u"token-failed"_s,
            [](Scene& s) {
                s.open();
                s.rig.signIn.fail();
            }},
        {u"token-locked-other"_s,
            [](Scene& s) {
                s.open();
                s.rig.signIn.plugInOther();
                s.rig.window->lock();
            }},
        {u"choose"_s, [](Scene& s) { chooseFrom(s); }},
        {u"choose-chosen"_s,
            [](Scene& s) {
                chooseFrom(s);
                s.rig.find<QRadioButton>(u"token-0"_s)->click();
            }},
        {u"choose-missing"_s,
            [](Scene& s) {
                chooseFrom(s);
                s.rig.find<QRadioButton>(u"token-0"_s)->click();
                s.rig.signIn.pullChosen();
                s.rig.signIn.tellChanged();
            }},
        {u"choose-low"_s,
            [](Scene& s) {
                chooseFrom(s);
                s.rig.find<QRadioButton>(u"token-0"_s)->click();
                s.rig.window->setFixedHeight(400);
            }},
        {u"no-service"_s,
            [](Scene& s) {
                s.rig.signIn.stopService();
                s.rig.signIn.tellChanged();
            }},
        {u"empty-card"_s,
            [](Scene& s) {
                s.rig.signIn.plugInEmpty();
                s.rig.signIn.tellChanged();
            }},
        {u"touch-sign-in"_s,
            [](Scene& s) {
                s.rig.signIn.mode = support::FakeSignIn::Mode::WhenTold;
                s.rig.enterPin(u"1234"_s);
                s.rig.signIn.tellWork(rfq::CardWork::Slow);
            }},
        {u"touch-chip"_s,
            [](Scene& s) {
                s.open();
                s.prices(s.ask(rfq::RequestSide::Buy), false);
                s.rig.signIn.tellWork(rfq::CardWork::Slow);
            }},
        {u"expiry-30"_s, endingIn(std::chrono::days(20))},
        {u"expiry-7"_s, endingIn(std::chrono::days(5))},
        {u"expiry-1"_s, endingIn(20h)},
        {u"expiry-sign-in-30"_s, signInEndingIn(std::chrono::days(20))},
        {u"expiry-sign-in-7"_s, signInEndingIn(std::chrono::days(5))},
        {u"expiry-sign-in-1"_s, signInEndingIn(20h)},
    };
}

}
