#include "tests/gui/gallery_scene.h"
#include "ui/widgets/consent_dialog.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QPushButton>

namespace gallery {

namespace {

template <typename Widget>
Widget& inDialog(Scene& s, const QString& name)
{
    return *s.rig.dialog<ui::DeskDialog>()->findChild<Widget*>(name);
}

void fill(Scene& s, const QString& verdict)
{
    inDialog<QAbstractButton>(s, verdict).click();
    inDialog<QLineEdit>(s, u"consentReference"_s).setText(u"M. Hall, ticket 88213"_s);
    inDialog<QLineEdit>(s, u"consentReason"_s).setText(u"no answer to any question, confirmed by telephone"_s);
    inDialog<QComboBox>(s, u"secondPerson"_s).setCurrentIndex(1);
    DeskRig::settleLayout();
}

void enterPin(Scene& s, const QString& pin)
{
    auto& field = inDialog<ui::SecureLineEdit>(s, u"secondPin"_s);
    QTest::keyClicks(&field, pin);
    QTest::keyClick(&field, Qt::Key_Return);
    DeskRig::settleLayout();
}

void openClosing(Scene& s)
{
    s.open();
    s.unknown();
    s.press(u"unknownBannerClose"_s);
}

void closed(Scene& s, const QString& verdict)
{
    openClosing(s);
    fill(s, verdict);
    enterPin(s, u"5678"_s);
}

void blockedTwin(Scene& s)
{
    s.open();
    s.unknown();
    s.prices(s.ask(rfq::RequestSide::Buy), false);
    s.rig.advance(300ms);
    DeskRig::settleLayout();
    for (auto* button : s.rig.window->findChildren<QPushButton*>(u"outcomeTwin"_s)) {
        if (button->isVisible())
            return DeskRig::click(*button);
    }
}

States consentStates()
{
    return {
        {u"close-empty"_s, openClosing},
        {u"close-filled"_s,
            [](Scene& s) {
                openClosing(s);
                fill(s, u"verdictNotTraded"_s);
                QTest::keyClicks(&inDialog<ui::SecureLineEdit>(s, u"secondPin"_s), u"5678"_s);
            }},
        {u"close-wrong-pin"_s,
            [](Scene& s) {
                openClosing(s);
                fill(s, u"verdictTraded"_s);
                enterPin(s, u"0000"_s);
            }},
        {u"close-touch"_s,
            [](Scene& s) {
                openClosing(s);
                fill(s, u"verdictTraded"_s);
                s.rig.approver.mode = support::FakeApprover::Mode::WhenTold;
                enterPin(s, u"5678"_s);
                s.rig.signIn.tellWork(rfq::CardWork::Slow);
            }},
        {u"close-last-try"_s,
            [](Scene& s) {
                s.rig.approver.pinState = {2, false, false};
                openClosing(s);
                fill(s, u"verdictTraded"_s);
                enterPin(s, u"0000"_s);
            }},
        {u"close-nobody"_s,
            [](Scene& s) {
                s.rig.approver.people.clear();
                openClosing(s);
            }},
        {u"close-waiting"_s,
            [](Scene& s) {
                openClosing(s);
                fill(s, u"verdictNotTraded"_s);
                s.rig.approver.mode = support::FakeApprover::Mode::WhenTold;
                enterPin(s, u"5678"_s);
            }},
        {u"closed-traded"_s, [](Scene& s) { closed(s, u"verdictTraded"_s); }},
        {u"closed-not-traded"_s, [](Scene& s) { closed(s, u"verdictNotTraded"_s); }},
        {u"twin-dialog"_s, blockedTwin},
        {u"twin-allowed"_s,
            [](Scene& s) {
                blockedTwin(s);
                inDialog<QLineEdit>(s, u"consentReason"_s).setText(u"hedge needed, dealer confirms no fill yet"_s);
                inDialog<QComboBox>(s, u"secondPerson"_s).setCurrentIndex(1);
                enterPin(s, u"5678"_s);
                s.rig.advance(300ms);
                DeskRig::settleLayout();
                s.rig.advance(300ms);
            }},
    };
}

States incidentStates()
{
    return {
        {u"busted"_s,
            [](Scene& s) {
                s.open();
                s.filled();
                s.amend(s.filled(), 'H', "1.15342");
                s.press(u"tradesTab"_s);
            }},
        {u"corrected"_s,
            [](Scene& s) {
                s.open();
                s.amend(s.filled(), 'G', "1.15349");
                s.press(u"tradesTab"_s);
            }},
        {u"late-fill"_s,
            [](Scene& s) {
                closed(s, u"verdictNotTraded"_s);
                s.rig.desk.fill(s.rig.desk.service.rfqs().front());
                s.rig.changed();
                s.press(u"incidentsTab"_s);
            }},
        {u"incident-and-unknown"_s,
            [](Scene& s) {
                s.open();
                s.amend(s.filled(), 'H', "1.15342");
                s.unknown();
                s.press(u"incidentsTab"_s);
            }},
        {u"incident-acknowledge"_s,
            [](Scene& s) {
                s.open();
                s.amend(s.filled(), 'H', "1.15342");
                s.press(u"incidentBannerAcknowledge"_s);
            }},
        {u"incident-dispute"_s,
            [](Scene& s) {
                s.open();
                s.amend(s.filled(), 'H', "1.15342");
                s.press(u"incidentBannerDispute"_s);
            }},
        {u"incident-raw"_s,
            [](Scene& s) {
                s.open();
                s.amend(s.filled(), 'H', "1.15342");
                s.press(u"incidentBannerDetails"_s);
            }},
        {u"locked-over-dialog"_s,
            [](Scene& s) {
                openClosing(s);
                s.rig.window->lock();
            }},
    };
}

}

States decisionStates()
{
    auto states = consentStates();
    for (auto& state : incidentStates())
        states.push_back(std::move(state));
    return states;
}

}
