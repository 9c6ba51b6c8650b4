/// Windows where there is little room.

#include "tests/gui/token_rig.h"

#include <QRadioButton>

using namespace Qt::StringLiterals;
using support::DeskRig;
using support::TokenRig;

class SmallScreenTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void inASmallWindowTheWizardBeginsWithItsFirstChoice()
    {
        TokenRig rig;
        rig.cards.online = true;
        rig.cards.certify(rig.desk.desk.clock.utc() + std::chrono::days(12));
        rig.tokens.open();
        rig.click(u"cardCertificate-0"_s);
        auto* first = rig.find<QRadioButton>(u"wayRenew"_s);
        QVERIFY(first);
        QVERIFY2(first->hasFocus() && first->isChecked(), "the first thing to decide");
        // As on a screen of 1280x720 at twice the size: what is left beside the frame of the window.
        auto* wizard = first->window();
        wizard->setMaximumHeight(300);
        DeskRig::settleLayout();
        QCOMPARE(first->visibleRegion().boundingRect().size(), first->size());
        rig.click(u"wayEnrol"_s);
        QCOMPARE(first->visibleRegion().boundingRect().size(), first->size());
        QVERIFY2(!rig.find(u"wizardAct"_s)->visibleRegion().isEmpty(), "and what ends it is in sight, too");
    }
};

QTEST_MAIN(SmallScreenTest)
#include "small_screen_test.moc"
