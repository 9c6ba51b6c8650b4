/// Two persons decide, or nobody does.

#include "tests/gui/consent_rig.h"

#include <QMetaProperty>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::ConsentRig;
using support::DeskRig;
using support::DlrB;
using State = rfq::AcceptanceState;
using Mode = support::FakeApprover::Mode;

class ConsentTest final : public QObject {
    Q_OBJECT

private:
    static QString outcome(const ConsentRig& rig, const rfq::RfqId& id, const QString& part)
    {
        return rig.card(id).findChild<QLabel*>(part)->text();
    }
    /// A second request to buy, quoted by dealer B: the twin of the one whose outcome is unknown.
    static rfq::RfqId twin(ConsentRig& rig)
    {
        const auto id = rig.request();
        rig.quote(id, DlrB, "QB-" + id.text(), "", "1.15340");
        rig.passGuard();
        rig.passGuard();
        return id;
    }
    static QPushButton& twinButton(const ConsentRig& rig, const rfq::RfqId& id)
    {
        return *rig.card(id).findChild<QPushButton*>(u"outcomeTwin"_s);
    }

private Q_SLOTS:
    void twoPersonsCloseAnUnknownOutcome()
    {
        ConsentRig rig;
        rig.openClosing();
        rig.fill();
        rig.enterSecondPin(u"5678"_s);
        QVERIFY(!rig.form());
        QCOMPARE(rig.line().state, State::Closed);
        QVERIFY(rig.line().closing->verdict == rfq::Verdict::NotTraded);
        QCOMPARE(rig.line().closing->trader.name, std::string("trader-7"));
        QCOMPARE(rig.line().closing->approval.person.name, std::string("risk-1"));
        QCOMPARE(rig.line().closing->reference, std::string("M. Hall, ticket 88213"));
        QVERIFY(!rig.find<QWidget>(u"unknownBanner"_s)->isVisible());
        QCOMPARE(outcome(rig, rig.unknown, u"outcomeTitle"_s), u"CLOSED"_s);
        const auto who = outcome(rig, rig.unknown, u"outcomeDetail"_s);
        QVERIFY2(who.contains(u"trader-7 and risk-1"_s), qPrintable(who));
    }

    void whatIsShownIsWhatIsSigned()
    {
        ConsentRig rig;
        rig.openClosing();
        rig.fill(u"verdictTraded"_s);
        const auto shown = rig.statement();
        QVERIFY2(shown.contains(u"verdict: traded"_s), qPrintable(shown));
        QVERIFY(shown.contains(u"BUY 25000000 EUR of EUR/USD at 1.15342"_s));
        rig.enterSecondPin(u"5678"_s);
        QCOMPARE(QString::fromStdString(rig.approver.signedStatement), shown);
        QCOMPARE(rig.line().state, State::Closed);
        QCOMPARE(rig.line().closing->approval.statement, shown.toStdString());
    }

    void theVerdictHasNoDefaultAndNothingMayBeMissing()
    {
        ConsentRig rig;
        rig.openClosing();
        QVERIFY(!rig.part<QAbstractButton>(u"verdictTraded"_s).isChecked());
        QVERIFY(!rig.part<QAbstractButton>(u"verdictNotTraded"_s).isChecked());
        auto& sign = rig.part<QPushButton>(u"consentSign"_s);
        rig.type(u"consentReference"_s, u"M. Hall"_s);
        rig.type(u"consentReason"_s, u"told so"_s);
        rig.choosePerson(u"risk-1"_s);
        rig.enterSecondPin(u"5678"_s);
        QVERIFY(!sign.isEnabled());
        QCOMPARE(rig.approver.tries, 0);
        QCOMPARE(rig.words(u"consentHint"_s), u"Say what the dealer said."_s);
        rig.part<QAbstractButton>(u"verdictTraded"_s).click();
        QVERIFY(sign.isEnabled());
        rig.part<QLineEdit>(u"consentReason"_s).clear();
        QVERIFY(!sign.isEnabled());
    }

    void aWrongPinSignsNothingAndSaysSo()
    {
        ConsentRig rig;
        rig.openClosing();
        rig.fill();
        rig.enterSecondPin(u"0000"_s);
        QCOMPARE(rig.words(u"secondPersonProblem"_s), u"Wrong PIN"_s);
        QVERIFY(rig.words(u"secondPersonTries"_s).contains(u'2'));
        QVERIFY(rig.part<ui::SecureLineEdit>(u"secondPin"_s).isEmpty());
        QCOMPARE(rig.line().state, State::Unknown);
        rig.enterSecondPin(u"5678"_s);
        QCOMPARE(rig.line().state, State::Closed);
    }

    void theLastTryNeedsAnExplicitTick()
    {
        ConsentRig rig;
        rig.openClosing();
        rig.fill();
        rig.enterSecondPin(u"0000"_s);
        rig.enterSecondPin(u"0000"_s);
        auto& tick = rig.part<QCheckBox>(u"secondLastTry"_s);
        QVERIFY(tick.isVisible() && !tick.isChecked());
        rig.enterSecondPin(u"5678"_s);
        QCOMPARE(rig.approver.tries, 2);
        tick.click();
        QTest::keyClick(&rig.part<ui::SecureLineEdit>(u"secondPin"_s), Qt::Key_Return);
        QCOMPARE(rig.approver.tries, 3);
        QCOMPARE(rig.line().state, State::Closed);
    }

    void aTokenThatKnowsOfItsLastTryOnlyItselfAsksForTheTickToo()
    {
        ConsentRig rig;
        rig.approver.pinState = {std::nullopt, true, false};
        rig.openClosing();
        rig.fill();
        rig.enterSecondPin(u"5678"_s);
        QCOMPARE(rig.words(u"secondPersonProblem"_s), u"One try is left"_s);
        QVERIFY(rig.part<QCheckBox>(u"secondLastTry"_s).isVisible());
        rig.part<QCheckBox>(u"secondLastTry"_s).click();
        rig.enterSecondPin(u"5678"_s);
        QCOMPARE(rig.line().state, State::Closed);
    }

    void aBlockedTokenCannotBeTried()
    {
        ConsentRig rig;
        rig.approver.refusal = base::Error{base::Errc::PinBlocked, "CKR_PIN_LOCKED"};
        rig.openClosing();
        rig.fill();
        rig.enterSecondPin(u"5678"_s);
        QCOMPARE(rig.words(u"secondPersonProblem"_s), u"The PIN is blocked"_s);
        QVERIFY(!rig.part<QWidget>(u"secondPin"_s).isVisible());
        QVERIFY(!rig.part<QPushButton>(u"consentSign"_s).isEnabled());
    }

    void theSamePersonTwiceIsRefused()
    {
        ConsentRig rig;
        rig.approver.people = {support::FakeApprover::identity("trader-7", "spare")};
        rig.openClosing();
        rig.fill();
        rig.enterSecondPin(u"5678"_s);
        QCOMPARE(rig.words(u"secondPersonProblem"_s), u"This person may not be the second one"_s);
        rig.part<QPushButton>(u"secondPersonRawToggle"_s).click();
        QVERIFY(rig.words(u"secondPersonRaw"_s).contains(u"cannot be both persons"_s));
        QCOMPARE(rig.line().state, State::Unknown);
    }

    void withoutASecondTokenTheDialogSaysWhatToDoAndLooksAgain()
    {
        ConsentRig rig;
        const auto people = std::exchange(rig.approver.people, {});
        rig.openClosing();
        QCOMPARE(rig.words(u"secondPersonProblem"_s), u"No second token"_s);
        QVERIFY(!rig.part<QWidget>(u"secondPin"_s).isVisible());
        rig.approver.people = people;
        DeskRig::click(rig.part<QPushButton>(u"secondPersonAgain"_s));
        rig.fill();
        rig.enterSecondPin(u"5678"_s);
        QCOMPARE(rig.line().state, State::Closed);
    }

    void everyRefusalIsExplainedInWords_data()
    {
        QTest::addColumn<int>("code");
        for (const auto code : {base::Errc::Refused, base::Errc::KeyNotFound, base::Errc::CertificateExpired,
                 base::Errc::CertificateUntrusted, base::Errc::CertificateWrongUsage, base::Errc::CertificateRevoked,
                 base::Errc::TokenAbsent, base::Errc::TokenFailure, base::Errc::TokenModule, base::Errc::Configuration,
                 base::Errc::InvalidInput, base::Errc::Cancelled})
            QTest::newRow(base::errcName(code)) << static_cast<int>(code);
    }
    void everyRefusalIsExplainedInWords()
    {
        QFETCH(int, code);
        ConsentRig rig;
        rig.approver.refusal = base::Error{static_cast<base::Errc>(code), "CKR_SOMETHING"};
        rig.openClosing();
        rig.fill();
        rig.enterSecondPin(u"5678"_s);
        QVERIFY(!rig.words(u"secondPersonProblem"_s).isEmpty());
        QVERIFY(rig.words(u"secondPersonProblemText"_s).size() > 20);
        QVERIFY(!rig.words(u"secondPersonProblemText"_s).contains(u"CKR"_s));
        QCOMPARE(rig.line().state, State::Unknown);
    }

    void closingTheDialogWhileTheTokenWorksDecidesNothing()
    {
        ConsentRig rig;
        rig.openClosing();
        rig.fill();
        rig.approver.mode = Mode::WhenTold;
        rig.enterSecondPin(u"5678"_s);
        QCOMPARE(rig.approver.tries, 1);
        QVERIFY(!rig.part<QLineEdit>(u"consentReason"_s).isEnabled());
        QVERIFY(rig.part<QPushButton>(u"consentCancel"_s).isEnabled());
        QTest::keyClick(rig.form(), Qt::Key_Escape);
        QVERIFY(!rig.form());
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        rig.approver.settle();
        QCOMPARE(rig.line().state, State::Unknown);
    }

    void aCardThatWaitsToBeTouchedIsToldWhileItSigns()
    {
        ConsentRig rig;
        rig.openClosing();
        rig.fill();
        const auto& touch = rig.part<QLabel>(u"secondPersonTouch"_s);
        rig.signIn.tellWork(rfq::CardWork::Slow); // the trader's, for a session
        QVERIFY(!touch.isVisible());
        rig.signIn.tellWork(rfq::CardWork::Done);
        rig.approver.mode = Mode::WhenTold;
        rig.enterSecondPin(u"5678"_s);
        QVERIFY(!touch.isVisible());
        rig.signIn.tellWork(rfq::CardWork::Slow);
        QVERIFY(touch.isVisible() && touch.text().contains(u"Touch it if it blinks"_s));
        rig.signIn.tellWork(rfq::CardWork::Done);
        QVERIFY(!touch.isVisible());
        rig.approver.settle();
        QCOMPARE(rig.line().state, State::Closed);
    }

    void aHiddenDialogThatStillLivesDecidesNothingEither()
    {
        ConsentRig rig;
        rig.openClosing();
        rig.fill();
        rig.approver.mode = Mode::WhenTold;
        rig.enterSecondPin(u"5678"_s);
        rig.form()->close();
        rig.approver.settle(); // before the deletion that was asked for
        QCOMPARE(rig.line().state, State::Unknown);
    }

    void evidenceThatComesFirstWins()
    {
        ConsentRig rig;
        rig.openClosing();
        rig.fill();
        rig.approver.mode = Mode::WhenTold;
        rig.enterSecondPin(u"5678"_s);
        rig.desk.fill(rig.unknown);
        rig.changed();
        QVERIFY(rig.words(u"consentHint"_s).contains(u"known meanwhile"_s));
        rig.approver.settle();
        QCOMPARE(rig.line().state, State::Filled);
        QVERIFY(rig.words(u"consentProblem"_s).startsWith(u"Signed, but not put into effect"_s));
    }

    void lockingTheDeskClosesTheDialog()
    {
        ConsentRig rig;
        rig.openClosing();
        rig.fill();
        rig.window->lock();
        QVERIFY(!rig.form());
        QCOMPARE(rig.line().state, State::Unknown);
    }

    void theSamePinFieldRulesHold()
    {
        ConsentRig rig;
        rig.openClosing();
        rig.fill();
        QTest::keyClicks(&rig.part<ui::SecureLineEdit>(u"secondPin"_s), u"73519?"_s);
        for (const auto* object : rig.form()->findChildren<QObject*>()) {
            const auto* meta = object->metaObject();
            for (int i = 0; i < meta->propertyCount(); ++i)
                QVERIFY(!meta->property(i).read(object).toString().contains(u"7351"_s));
        }
    }

    void theTwinOfAnUnknownOutcomeIsBlockedAndExplained()
    {
        ConsentRig rig;
        const auto id = twin(rig);
        DeskRig::click(rig.offer(id, DlrB));
        QCOMPARE(rig.deals(), std::size_t(1));
        const auto why = outcome(rig, id, u"outcomeText"_s);
        QVERIFY2(why.contains(u"C1"_s) && why.contains(u"UNKNOWN"_s), qPrintable(why));
        QVERIFY(rig.offer(id, DlrB).toolTip().contains(u"C1"_s));
        QVERIFY(twinButton(rig, id).isVisible());
    }

    void twoPersonsLetExactlyOneTwinThrough()
    {
        ConsentRig rig;
        const auto id = twin(rig);
        twinButton(rig, id).setFocus();
        QTest::keyClick(&twinButton(rig, id), Qt::Key_Space);
        QCOMPARE(rig.form()->purpose(), ui::ConsentDialog::Purpose::AllowTwin);
        QVERIFY(!rig.form()->findChild<QWidget*>(u"verdictTraded"_s));
        rig.type(u"consentReason"_s, u"hedge needed"_s);
        rig.choosePerson(u"risk-1"_s);
        QVERIFY(rig.statement().contains(u"one more deal"_s));
        rig.enterSecondPin(u"5678"_s);
        QVERIFY(!rig.form());
        rig.passGuard();
        QVERIFY(!twinButton(rig, id).isVisible());
        QVERIFY(outcome(rig, id, u"outcomeText"_s).startsWith(u"Two persons allowed one more deal"_s));
        DeskRig::click(rig.offer(id, DlrB));
        QCOMPARE(rig.deals(), std::size_t(2));
        const auto third = twin(rig);
        DeskRig::click(rig.offer(third, DlrB));
        QCOMPARE(rig.deals(), std::size_t(2));
        QVERIFY(twinButton(rig, third).isVisible());
    }

    void theOtherDirectionIsNotBlocked()
    {
        ConsentRig rig;
        auto draft = support::FakeDesk::draft();
        draft.side = rfq::RequestSide::Sell;
        const auto id = rig.request(draft);
        rig.quote(id, DlrB, "QB-9", "1.15331", "");
        rig.passGuard();
        QVERIFY(!twinButton(rig, id).isVisible());
        DeskRig::click(rig.row(id, DlrB).button(rfq::PriceSide::Bid));
        QCOMPARE(rig.deals(), std::size_t(2));
    }

    void theTabKeyLeadsThroughTheDialogInReadingOrder()
    {
        ConsentRig rig;
        rig.openClosing();
        rig.fill();
        rig.part<QAbstractButton>(u"verdictNotTraded"_s).setFocus();
        QStringList order;
        for (int i = 0; i < 8; ++i) {
            order << QApplication::focusWidget()->objectName();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        const QStringList expected{u"verdictNotTraded"_s, u"consentReference"_s, u"consentReason"_s, u"secondPerson"_s,
            u"secondPersonAgain"_s, u"secondPin"_s, u"consentStatement"_s, u"consentCancel"_s};
        QVERIFY2(order == expected, qPrintable(order.join(u' ')));
    }

    void everyControlOfTheDialogHasANameForScreenReaders()
    {
        ConsentRig rig;
        rig.openClosing();
        rig.fill();
        for (const auto* widget : rig.form()->findChildren<QWidget*>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible())
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            QVERIFY2(named, qPrintable(QString::fromLatin1(widget->metaObject()->className()) + widget->objectName()));
        }
    }
};

QTEST_MAIN(ConsentTest)
#include "consent_test.moc"
