/// The sign-in page with several cards that fit, with a card that waits for a finger, and in a low window.

#include "tests/gui/desk_rig.h"

#include <QLabel>
#include <QRadioButton>
#include <QToolButton>

#include <optional>
#include <vector>

using namespace Qt::StringLiterals;
using support::DeskRig;

class TokenChoiceTest final : public QObject {
    Q_OBJECT

private:
    static QString problem(const DeskRig& rig) { return rig.find<QLabel>(u"signInProblem"_s)->text(); }
    static bool isCovered(const DeskRig& rig) { return rig.find<QWidget>(u"signInPage"_s)->isVisible(); }

    /// The one that can be seen: those of the past die with the event loop.
    static QRadioButton* choice(const DeskRig& rig, int number)
    {
        QRadioButton* found = nullptr;
        for (auto* one : rig.window->findChildren<QRadioButton*>(u"token-%1"_s.arg(number))) {
            if (one->isVisible())
                found = one;
        }
        return found;
    }

private Q_SLOTS:
    void ofSeveralThatFitOneIsChosenAndOnlyThatOneIsAskedForItsPin()
    {
        DeskRig rig;
        rig.signIn.plugInBoth();
        rig.signIn.tellChanged();
        auto* first = choice(rig, 0);
        auto* second = choice(rig, 1);
        QVERIFY(first && second);
        QVERIFY2(!first->isChecked() && !second->isChecked(), "nobody is preselected who was never chosen");
        QVERIFY(!rig.find<QWidget>(u"pin"_s)->isVisible());
        QVERIFY2(!rig.find<QLabel>(u"signInProblem"_s)->isVisible(), "that one is to be chosen is no error");
        for (const auto& fact : {u"87654321"_s, u"Issuing CA 1"_s, u"01 00"_s, u"2027-"_s})
            QVERIFY2(second->accessibleDescription().contains(fact), qPrintable(fact));
        QTest::mouseClick(second, Qt::LeftButton, {}, QPoint(8, second->height() / 2));
        QCOMPARE(rig.signIn.choices.size(), std::size_t(1));
        QCOMPARE(rig.signIn.choices[0].fingerprint, std::string("fingerprint of officer-2"));
        QCOMPARE(rig.signIn.choices[0].card, std::string("card-of-officer-2"));
        QVERIFY(rig.signIn.choices[0].weight == rfq::ChoiceWeight::Chosen);
        second = choice(rig, 1);
        QVERIFY(second->isChecked());
        QVERIFY(rig.find<QWidget>(u"pin"_s)->isVisible());
        rig.enterPin(u"1234"_s);
        QVERIFY(!isCovered(rig));
    }

    void whatWasTypedForOneIsNotGivenToTheOther()
    {
        DeskRig rig;
        rig.signIn.plugInBoth();
        rig.signIn.tellChanged();
        choice(rig, 0)->click();
        auto* field = rig.find<ui::SecureLineEdit>(u"pin"_s);
        QTest::keyClicks(field, u"1234"_s);
        choice(rig, 1)->click();
        QVERIFY(field->isEmpty());
        QCOMPARE(rig.signIn.tries, 0);
    }

    void theLastChoiceIsRememberedAndPreselected()
    {
        std::optional<rfq::TokenChoice> kept;
        ui::WindowSettings settings;
        settings.rememberToken = [&](const rfq::TokenChoice& choice) { kept = choice; };
        {
            DeskRig rig(settings);
            rig.signIn.plugInBoth();
            rig.signIn.tellChanged();
            choice(rig, 1)->click();
            QVERIFY2(!kept, "only who signs in is remembered");
            rig.enterPin(u"1234"_s);
        }
        QVERIFY(kept);
        QCOMPARE(kept->fingerprint, std::string("fingerprint of officer-2"));
        QCOMPARE(kept->name, std::string("officer-2"));
        QVERIFY(kept->weight == rfq::ChoiceWeight::Chosen);
        settings.lastToken = kept;
        DeskRig again(settings);
        QVERIFY2(again.signIn.choices == std::vector{*kept}, "before the first look");
        again.signIn.plugInBoth();
        again.signIn.tellChanged();
        QVERIFY(choice(again, 1)->isChecked());
        QVERIFY(again.find<QWidget>(u"pin"_s)->isVisible());
    }

    void whoeverIsAloneIsRememberedAsUsedAndNotAsChosen()
    {
        std::optional<rfq::TokenChoice> kept;
        ui::WindowSettings settings;
        settings.rememberToken = [&](const rfq::TokenChoice& choice) { kept = choice; };
        DeskRig rig(settings);
        rig.enterPin(u"1234"_s);
        QVERIFY(kept);
        QVERIFY(kept->weight == rfq::ChoiceWeight::LastUsed);
    }

    void aChosenCardThatIsGoneIsToldAndNotReplaced()
    {
        DeskRig rig;
        rig.signIn.plugInBoth();
        rig.signIn.tellChanged();
        choice(rig, 0)->click();
        QTest::keyClicks(rig.find<ui::SecureLineEdit>(u"pin"_s), u"1234"_s);
        rig.signIn.pullChosen();
        rig.signIn.tellChanged();
        QCOMPARE(problem(rig), u"The card that you chose is not plugged in"_s);
        QVERIFY(rig.find<QLabel>(u"signInProblemText"_s)->text().contains(u"12345678"_s));
        QVERIFY(!rig.find<QWidget>(u"pin"_s)->isVisible());
        QVERIFY(rig.find<ui::SecureLineEdit>(u"pin"_s)->isEmpty());
        auto* other = choice(rig, 0);
        QVERIFY(other && !other->isChecked());
        other->click();
        QCOMPARE(rig.signIn.choices.back().fingerprint, std::string("fingerprint of officer-2"));
        QVERIFY(rig.find<QWidget>(u"pin"_s)->isVisible());
    }

    void whereACardIsAwaitedNoOtherOneIsOffered()
    {
        DeskRig rig;
        rig.signIn.plugInBoth();
        rig.signIn.tellChanged();
        choice(rig, 0)->click();
        rig.open();
        rig.signIn.pullChosen();
        rig.signIn.fail();
        QVERIFY(isCovered(rig));
        QVERIFY(!rig.find<QWidget>(u"tokenChooser"_s)->isVisible());
        QCOMPARE(problem(rig), u"This is another card"_s);
    }

    void aCardThatWaitsForATouchIsSaidToDoSo()
    {
        DeskRig rig;
        auto* words = rig.find<QLabel>(u"signInTouch"_s);
        rig.signIn.mode = support::FakeSignIn::Mode::WhenTold;
        rig.signIn.settle();
        rig.signIn.tellWork(rfq::CardWork::Slow);
        QVERIFY2(!words->isVisible(), "somebody else's signature is none of this page's");
        rig.signIn.tellWork(rfq::CardWork::Done);
        rig.enterPin(u"1234"_s);
        QVERIFY(!words->isVisible());
        rig.signIn.tellWork(rfq::CardWork::Slow);
        QVERIFY(words->isVisible());
        QVERIFY(words->text().contains(u"Touch it"_s));
        rig.signIn.tellWork(rfq::CardWork::Done);
        QVERIFY(!words->isVisible());
        rig.signIn.settle();
        QVERIFY(!isCovered(rig));
    }

    void aHandshakeThatWaitsForATouchIsSaidOnTheTokensChip()
    {
        DeskRig rig;
        rig.open();
        auto* chip = rig.find<QToolButton>(u"tokenChip"_s);
        const auto usual = chip->text();
        rig.signIn.tellWork(rfq::CardWork::Slow);
        QVERIFY(chip->text().contains(u"touch"_s));
        QVERIFY(chip->toolTip().contains(u"Touch it if it blinks"_s));
        rig.signIn.tellWork(rfq::CardWork::Done);
        QCOMPARE(chip->text(), usual);
    }

    void inALowWindowThePageScrollsToWhereThePinIsTyped()
    {
        DeskRig rig;
        rig.signIn.plugInBoth();
        rig.signIn.tellChanged();
        choice(rig, 0)->click();
        rig.window->resize(rig.window->width(), 400);
        rig.find<QWidget>(u"signInPage"_s)->setGeometry(0, 0, 900, 400);
        DeskRig::settleLayout();
        auto* pin = rig.find<QWidget>(u"pin"_s);
        QVERIFY(pin->hasFocus());
        QCOMPARE(pin->visibleRegion().boundingRect().size(), pin->size());
        auto* last = rig.find<QWidget>(u"signInTokens"_s);
        last->setFocus();
        DeskRig::settleLayout();
        QCOMPARE(last->visibleRegion().boundingRect().size(), last->size());
        QVERIFY2(rig.find<QWidget>(u"signInCard"_s)->height() > 400, "there was something to scroll");
    }

    void nothingOfTheDeskIsSeenBesideTheCard()
    {
        DeskRig rig;
        const auto ground = rig.window->theme().colours().window;
        auto* page = rig.find<QWidget>(u"signInPage"_s);
        const auto picture = rig.window->grab(QRect(page->mapTo(rig.window.get(), QPoint()), page->size())).toImage();
        const auto* card = rig.find<QWidget>(u"signInCard"_s);
        const QRect place(card->mapTo(page, QPoint()), card->size());
        for (int x = 0; x < page->width(); x += 7)
            for (int y = 0; y < page->height(); y += 7)
                if (!place.contains(x, y))
                    QCOMPARE(picture.pixelColor(x, y), ground);
    }
};

QTEST_MAIN(TokenChoiceTest)
#include "token_choice_test.moc"
