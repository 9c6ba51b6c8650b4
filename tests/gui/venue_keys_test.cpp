/// The person's own security keys at a counterparty, in the window.

#include "tests/gui/token_rig.h"

#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::Answers;
using support::DeskRig;
using support::TokenRig;

namespace {

rfq::KeyFailure notApproved()
{
    return {"not-approved", "No security key of yours has approved it: nothing was changed.",
        "Have one of your other enrolled keys at hand and start again.", {}, false, "cancelled"};
}

}

class VenueKeysTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutASessionItSaysWhatToDoFirst()
    {
        TokenRig rig;
        rig.tokens.open();
        QVERIFY(rig.words(u"noVenueKeys"_s).contains(u"No session is open"_s));
        rig.keys.venues = {support::VenueX};
        rig.click(u"tokensAgain"_s);
        QVERIFY(!rig.find(u"noVenueKeys"_s));
        QVERIFY(rig.words(u"venue-0None"_s).contains(u"no security key at VENUE-X"_s));
    }

    void eachKeyIsShownWithItsNameItsModelAndItsUse()
    {
        TokenRig rig;
        open(rig);
        QCOMPARE(rig.words(u"venue-0-0Title"_s), u"blue key"_s);
        QVERIFY(rig.words(u"venue-0-0Use"_s).contains(u"last used"_s));
        QVERIFY(rig.words(u"venue-0-1Use"_s).contains(u"not used yet"_s));
        QVERIFY(rig.words(u"venue-0-0Model"_s).contains(u"2fc0579f-8113-47ea-b116-bb5a8db9202a"_s));
        QVERIFY(!rig.find(u"venue-0-0Elsewhere"_s));
    }

    void aKeyOfAnotherCertificateSaysSo()
    {
        TokenRig rig;
        rig.keys.enrolTwo(rig.desk.desk.clock.utc());
        rig.keys.venueKeys[1].countsHere = false;
        rig.keys.venues = {support::VenueX};
        rig.tokens.open();
        QVERIFY(rig.words(u"venue-0-1Elsewhere"_s).contains(u"another certificate"_s));
        QVERIFY(rig.find(u"venue-0-1Remove"_s)->isEnabled());
        QVERIFY2(!rig.find(u"venue-0-0Remove"_s)->isEnabled(), "it is the last one that counts");
        QVERIFY(rig.words(u"venue-0-0Last"_s).contains(u"cannot be removed"_s));
    }

    void aKeyIsRenamed()
    {
        TokenRig rig;
        open(rig);
        rig.click(u"venue-0-0Rename"_s);
        auto* edit = rig.find<QLineEdit>(u"venue-0-0Name"_s);
        QVERIFY(edit);
        QCOMPARE(edit->text(), u"blue key"_s);
        QVERIFY2(!rig.find(u"venue-0-0RenameNow"_s)->isEnabled(), "nothing is to be changed yet");
        edit->setText(u"travel key"_s);
        rig.click(u"venue-0-0RenameNow"_s);
        QCOMPARE(rig.words(u"venue-0-0Title"_s), u"travel key"_s);
        QCOMPARE(rig.keys.changedAt, support::VenueX);
        QVERIFY(rig.find(u"venue-0-0Rename"_s)->isEnabled());
    }

    void aRenamingThatIsThoughtBetterOfChangesNothing()
    {
        TokenRig rig;
        open(rig);
        rig.click(u"venue-0-0Rename"_s);
        rig.find<QLineEdit>(u"venue-0-0Name"_s)->setText(u"travel key"_s);
        rig.click(u"venue-0-0Back"_s);
        QCOMPARE(rig.words(u"venue-0-0Title"_s), u"blue key"_s);
        QVERIFY(rig.keys.changedAt.text().empty());
    }

    void escapeEndsTheRenamingAndThenTheWindow()
    {
        TokenRig rig;
        open(rig);
        rig.click(u"venue-0-0Rename"_s);
        auto* edit = rig.find<QLineEdit>(u"venue-0-0Name"_s);
        QVERIFY(edit->hasFocus());
        auto* window = edit->window();
        edit->setText(u"travel key"_s);
        QTest::keyClick(edit, Qt::Key_Escape);
        QVERIFY2(window->isVisible(), "with everything else that is in it");
        QVERIFY(!rig.find(u"venue-0-0Name"_s));
        QCOMPARE(rig.words(u"venue-0-0Title"_s), u"blue key"_s);
        QVERIFY(rig.keys.changedAt.text().empty());
        QTest::keyClick(window, Qt::Key_Escape);
        QVERIFY(!window->isVisible());
    }

    void whileATouchIsAwaitedItSaysSoAndCanBeCalledOff()
    {
        TokenRig rig;
        open(rig);
        rig.keys.answers.mode = Answers::Mode::WhenTold;
        rig.click(u"venue-0-1Remove"_s);
        QVERIFY(rig.words(u"venue-0-1Waiting"_s).contains(u"another one of your keys"_s));
        QVERIFY(!rig.find(u"venue-0-0Remove"_s)->isEnabled());
        rig.click(u"venue-0-1Cancel"_s);
        QCOMPARE(rig.keys.cancels, 1);
    }

    void aKeyIsRemoved()
    {
        TokenRig rig;
        open(rig);
        rig.click(u"venue-0-1Remove"_s);
        QVERIFY(!rig.find(u"venue-0-1"_s));
        QVERIFY2(!rig.find(u"venue-0-0Remove"_s)->isEnabled(), "the last one stays");
    }

    void whyNothingWasChangedIsSaid()
    {
        TokenRig rig;
        open(rig);
        rig.keys.changeRefused = notApproved();
        rig.click(u"venue-0-1Remove"_s);
        QVERIFY(rig.words(u"venueKeysProblem"_s).contains(u"nothing was changed"_s));
        QVERIFY(rig.find(u"venue-0-1"_s));
    }

    void aCounterpartyThatDoesNotTellIsNotAnEmptyOne()
    {
        TokenRig rig;
        rig.keys.venues = {support::VenueX};
        rig.keys.venueRefuses =
            rfq::KeyFailure{"keys-not-told", "The counterparty does not say which security keys you have there.",
                "Its own words are in the details; its IT can tell you.", {}, false, "malformed"};
        rig.tokens.open();
        QVERIFY(!rig.find(u"venue-0None"_s));
        QVERIFY(rig.words(u"venue-0Problem"_s).contains(u"does not say"_s));
    }

private:
    static void open(TokenRig& rig)
    {
        rig.keys.enrolTwo(rig.desk.desk.clock.utc());
        rig.keys.venues = {support::VenueX};
        rig.tokens.open();
    }
};

QTEST_MAIN(VenueKeysTest)
#include "venue_keys_test.moc"
