/// From an empty card to a sign-in, and to the next certificate, in the window.

#include "tests/gui/token_rig.h"

#include <QCheckBox>
#include <QRadioButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using support::Answers;
using support::TokenRig;

class CertificateWizardTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fromAnEmptyCardToTheSignIn()
    {
        TokenRig rig;
        rig.click(u"signInTokens"_s);
        rig.click(u"cardCertificate-0"_s);
        QVERIFY(!rig.find<QPushButton>(u"wizardAct"_s)->isEnabled());
        rig.type(u"wizardName"_s, u"CN=trader-7,O=Firm"_s);
        rig.type(u"wizardPin"_s, u"123456"_s);
        rig.click(u"wizardAct"_s);
        QCOMPARE(rig.cards.subject, std::string("CN=trader-7,O=Firm"));
        QCOMPARE(rig.saved.size(), std::size_t(1));
        QCOMPARE(rig.saved[0].first, u"request.csr"_s);
        QVERIFY(rig.words(u"wizardDone"_s).contains(u"signed by the key on the card"_s));
        rig.click(u"wizardAgain"_s);
        QCOMPARE(rig.saved.size(), std::size_t(2));
        rig.click(u"wizardClose"_s);

        rig.click(u"cardCertificate-0"_s);
        rig.click(u"wayInstall"_s);
        rig.click(u"wizardChoose"_s);
        QCOMPARE(rig.words(u"wizardFile"_s), rig.path);
        rig.type(u"wizardPin"_s, u"123456"_s);
        rig.click(u"wizardAct"_s);
        QCOMPARE(rig.cards.installed, rig.path.toStdString());
        QVERIFY(rig.words(u"wizardDone"_s).contains(u"The certificate is on the card"_s));
        QSignalSpy signedOut(rig.desk.window.get(), &ui::MainWindow::signedOut);
        rig.click(u"wizardAgain"_s);
        QCOMPARE(signedOut.count(), 1);
        QVERIFY(!rig.find(u"tokenManager"_s));
        rig.desk.open();
        QVERIFY(!rig.desk.window->isLocked());
    }

    void aCardWithAManagementKeyOfItsOwnAsksForIt()
    {
        TokenRig rig;
        rig.cards.factoryKey = false;
        rig.tokens.open();
        rig.click(u"cardCertificate-0"_s);
        rig.type(u"wizardName"_s, u"CN=trader-7"_s);
        rig.type(u"wizardPin"_s, u"123456"_s);
        rig.click(u"wizardAct"_s);
        QCOMPARE(rig.words(u"wizardProblem"_s), u"The management key is not this card's"_s);
        rig.click(u"wizardFactoryKey"_s);
        rig.type(u"wizardPin"_s, u"123456"_s);
        QVERIFY(!rig.find<QPushButton>(u"wizardAct"_s)->isEnabled());
        rig.type(u"wizardManagementKey"_s, u"0102"_s);
        rig.click(u"wizardAct"_s);
        QVERIFY(rig.words(u"wizardDone"_s).contains(u"signed by the key"_s));
    }

    void aWrongPinIsToldAndTheLastTryConfirmed()
    {
        TokenRig rig;
        rig.tokens.open();
        rig.click(u"cardCertificate-0"_s);
        rig.type(u"wizardName"_s, u"CN=trader-7"_s);
        for (int i = 0; i < 2; ++i) {
            rig.type(u"wizardPin"_s, u"000000"_s);
            rig.click(u"wizardAct"_s);
        }
        QCOMPARE(rig.words(u"wizardProblem"_s), u"Wrong PIN"_s);
        QVERIFY(rig.words(u"wizardTries"_s).contains(u"One try is left"_s));
        rig.type(u"wizardPin"_s, u"123456"_s);
        QVERIFY(!rig.find<QPushButton>(u"wizardAct"_s)->isEnabled());
        rig.find<QCheckBox>(u"wizardLastTry"_s)->setChecked(true);
        QVERIFY(rig.find<QPushButton>(u"wizardAct"_s)->isEnabled());
    }

    void aValidCertificateGivesWayOnlyWhereThatIsTicked()
    {
        TokenRig rig;
        rig.cards.certify(rig.cards.issuedUntil);
        rig.tokens.open();
        rig.click(u"cardCertificate-0"_s);
        rig.click(u"wayInstall"_s);
        rig.click(u"wizardChoose"_s);
        rig.type(u"wizardPin"_s, u"123456"_s);
        QVERIFY(rig.words(u"wizardPresent"_s).contains(u"CN=trader-7"_s));
        QVERIFY(!rig.find<QPushButton>(u"wizardAct"_s)->isEnabled());
        rig.find<QCheckBox>(u"wizardTakePlace"_s)->setChecked(true);
        rig.click(u"wizardAct"_s);
        QCOMPARE(rig.cards.gaveWay, rfq::GivesWay::Certificate);
        QVERIFY(rig.words(u"wizardDone"_s).contains(u"on the card"_s));
    }

    void anotherKeyIsMadeOnlyWhereThatIsTicked()
    {
        TokenRig rig;
        rig.cards.online = true;
        rig.cards.certify(rig.cards.issuedUntil);
        rig.tokens.open();
        rig.click(u"cardCertificate-0"_s);
        rig.click(u"wayRequest"_s);
        rig.type(u"wizardPin"_s, u"123456"_s);
        rig.click(u"wizardAct"_s);
        QCOMPARE(rig.cards.gaveWay, rfq::GivesWay::Nothing); // the same key, once more
        rig.click(u"wizardClose"_s);
        rig.click(u"cardCertificate-0"_s);
        rig.click(u"wayEnrol"_s);
        rig.type(u"wizardReference"_s, u"REF-7"_s);
        rig.type(u"wizardSecret"_s, u"secret"_s);
        rig.type(u"wizardPin"_s, u"123456"_s);
        QVERIFY(!rig.find<QPushButton>(u"wizardAct"_s)->isEnabled());
        rig.find<QCheckBox>(u"wizardOtherKey"_s)->setChecked(true);
        QVERIFY(!rig.find(u"wizardTakePlace"_s));
        rig.click(u"wizardAct"_s);
        QCOMPARE(rig.cards.gaveWay, rfq::GivesWay::KeyAndCertificate);
    }

    void aKeyThatTheCardTellsNothingOfIsNoDeadEnd()
    {
        TokenRig rig;
        rig.cards.untoldKey = true;
        rig.tokens.open();
        rig.click(u"cardCertificate-0"_s);
        rig.type(u"wizardName"_s, u"CN=trader-7"_s);
        rig.type(u"wizardPin"_s, u"123456"_s);
        QVERIFY(!rig.find(u"wizardOtherKey"_s));
        rig.click(u"wizardAct"_s);
        QCOMPARE(rig.words(u"wizardProblem"_s), u"Something is there already"_s);
        rig.find<QCheckBox>(u"wizardOtherKey"_s)->setChecked(true);
        rig.type(u"wizardPin"_s, u"123456"_s);
        rig.click(u"wizardAct"_s);
        QVERIFY(rig.words(u"wizardDone"_s).contains(u"signed by the key"_s));
    }

    void whereAnAuthorityIsConfiguredItIssuesAndRenews()
    {
        TokenRig rig;
        rig.cards.online = true;
        rig.tokens.open();
        rig.click(u"cardCertificate-0"_s);
        QVERIFY(rig.find<QRadioButton>(u"wayEnrol"_s)->isChecked());
        rig.type(u"wizardName"_s, u"CN=trader-7"_s);
        rig.type(u"wizardReference"_s, u"REF-7"_s);
        rig.type(u"wizardSecret"_s, u"secret"_s);
        rig.type(u"wizardPin"_s, u"123456"_s);
        rig.click(u"wizardAct"_s);
        QVERIFY(rig.words(u"wizardDone"_s).contains(u"on the card"_s));
        rig.click(u"wizardClose"_s);
        rig.click(u"cardCertificate-0"_s);
        QVERIFY(rig.find<QRadioButton>(u"wayRenew"_s)->isChecked());
        rig.cards.answers.mode = Answers::Mode::WhenTold;
        rig.type(u"wizardPin"_s, u"123456"_s);
        rig.click(u"wizardAct"_s);
        QVERIFY(rig.words(u"wizardExplanation"_s).contains(u"Working with the card"_s));
        QVERIFY(!rig.find<QWidget>(u"wizardPin"_s)->isEnabled());
        rig.cards.answers.settle();
        QVERIFY(rig.words(u"wizardDone"_s).contains(u"on the card"_s));
    }
};

QTEST_MAIN(CertificateWizardTest)
#include "certificate_wizard_test.moc"
