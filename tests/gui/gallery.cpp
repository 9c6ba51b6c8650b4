/// desk_gallery DIRECTORY [dark|light] [LANGUAGE [STATE]]: opens the real window on a desk of fakes in every state that
/// matters and saves a picture of each. For people who change a screen: run it at QT_SCALE_FACTOR 1 and 2 and look.

#include "tests/gui/gallery_scene.h"
#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/translation.h"

#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QPixmap>

#include <iostream>

using gallery::Scene;
using gallery::States;
using support::DeskRig;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

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

constexpr int SettleMs = 250; ///< columns fit themselves now and then

/// The window, and over it whatever dialog is open.
QPixmap pictureOf(const DeskRig& rig)
{
    auto picture = rig.window->grab();
    for (auto* dialog : rig.window->findChildren<ui::DeskDialog*>()) {
        if (!dialog->isVisible())
            continue;
        const auto above = dialog->grab();
        const auto room = picture.deviceIndependentSize() - above.deviceIndependentSize();
        QPainter painter(&picture);
        const QPointF corner(room.width() / 2, room.height() / 2);
        painter.fillRect(QRectF(QPointF(), picture.deviceIndependentSize()), QColor(0, 0, 0, 96));
        painter.drawPixmap(corner, above);
    }
    return picture;
}

}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc < 2) {
        std::cerr << "usage: desk_gallery DIRECTORY [dark|light] [LANGUAGE [STATE]]\n";
        return 64;
    }
    const QDir directory(QString::fromLocal8Bit(argv[1]));
    directory.mkpath(u"."_s);
    const bool light = argc > 2 && QByteArray(argv[2]) == "light";
    const auto language = argc > 3 ? QString::fromLocal8Bit(argv[3]) : u"en"_s;
    const auto only = argc > 4 ? QString::fromLocal8Bit(argv[4]) : QString();
    QLocale::setDefault(QLocale(language));
    ui::installTranslation(application, QLocale(language));
    auto states = signInStates();
    for (auto more : {deskStates(), gallery::outcomeStates(), gallery::decisionStates(), gallery::tokenStates(),
             gallery::tokenManagerStates(), gallery::accessStates()})
        states.insert(states.end(), more.begin(), more.end());
    int made = 0;
    for (const auto& [name, setup] : states) {
        if (!only.isEmpty() && !name.startsWith(only))
            continue;
        Scene scene(light ? ui::ThemeName::Light : ui::ThemeName::Dark);
        setup(scene);
        QTest::qWait(SettleMs);
        const auto file = name + (light ? u"-light.png" : u"-dark.png");
        if (!pictureOf(scene.rig).save(directory.filePath(file)))
            return 1;
        ++made;
    }
    std::cout << made << " pictures in " << argv[1] << '\n';
    return 0;
}
