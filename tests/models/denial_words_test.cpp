/// Who does not let a session in, and what the person is told about it.

#include "tests/support/fake_access.h"
#include "tests/support/fake_desk.h"
#include "ui/models/denial.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using rfq::AccessOutcome;
using rfq::SessionPhase;

namespace {

rfq::SessionChanged refused(const std::string& detail, SessionPhase phase = SessionPhase::Refused)
{
    rfq::SessionChanged change;
    change.session = support::VenueX;
    change.phase = phase;
    change.reason = base::Error{base::Errc::LogonRefused, detail};
    change.refusal = support::refusalIn(detail);
    return change;
}

rfq::SessionChanged atLogon(const std::string& text, SessionPhase phase = SessionPhase::Refused)
{
    return refused("the counterparty refused our Logon, \"" + text + "\"", phase);
}

rfq::AccessState scored(AccessOutcome outcome)
{
    rfq::AccessState state;
    state.notice = support::accessNotice(outcome, 15);
    return state;
}

}

class DenialWordsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRefusalAtTheLogonNamesTheReference()
    {
        const auto denial = ui::denialOf(atLogon("Access refused. Reference 7K2M-Q4TZ."), nullptr);
        QVERIFY(denial);
        QVERIFY(!denial->scored);
        QCOMPARE(denial->reference, u"7K2M-Q4TZ"_s);
        QCOMPARE(denial->heading, u"VENUE-X does not let you in"_s);
        QVERIFY2(denial->advice.contains(u"help desk"_s), qPrintable(denial->advice));
    }

    void aWaitThatIsToldIsNothingThatThePersonMustEnd()
    {
        const auto denial =
            ui::denialOf(atLogon("Access refused: wait 30 s. Reference 7K2M-Q4TZ.", SessionPhase::Waiting), nullptr);
        QVERIFY(denial);
        QCOMPARE(denial->reference, u"7K2M-Q4TZ"_s);
        QVERIFY2(denial->words.contains(u"for a while"_s), qPrintable(denial->words));
        QVERIFY2(denial->advice.contains(u"need not do anything"_s), qPrintable(denial->advice));
    }

    void aTryThatIsRefusedLikeTheLastOneIsTheSameDenial()
    {
        const auto first = ui::denialOf(atLogon("Access refused: wait 30 s. Reference 7K2M-Q4TZ."), nullptr);
        const auto next = ui::denialOf(atLogon("Access refused: wait 60 s. Reference 9XXA-0001."), nullptr);
        const auto forGood = ui::denialOf(atLogon("Access refused. Reference 9XXA-0002."), nullptr);
        QCOMPARE(next->kind, first->kind);
        QVERIFY(next->reference != first->reference);
        QVERIFY(forGood->kind != first->kind);
        QVERIFY(ui::denialOf(atLogon("not before 9, Reference A-1"), nullptr)->kind
            == ui::denialOf(atLogon("not before 9, Reference A-2"), nullptr)->kind);
        QVERIFY(
            ui::denialOf(atLogon("not today"), nullptr)->kind != ui::denialOf(atLogon("no such user"), nullptr)->kind);
    }

    void whatACounterpartySaysInItsOwnWordsIsKept()
    {
        const auto denial = ui::denialOf(atLogon("market closed, see <b>circular 7</b>"), nullptr);
        QVERIFY2(denial->words.contains(u"market closed, see <b>circular 7</b>"_s), qPrintable(denial->words));
        QVERIFY2(!denial->words.contains(u"our Logon"_s), qPrintable(denial->words));
        QVERIFY(denial->reference.isEmpty());
        QVERIFY(!denial->advice.contains(u"reference"_s));
        const auto silent = ui::denialOf(refused("the counterparty refused our Logon, without a reason"), nullptr);
        QVERIFY2(silent->words.contains(u"no reason"_s), qPrintable(silent->words));
    }

    void theDesksOwnPolicyIsNamedAsTheOneThatRefuses()
    {
        const auto denial = ui::denialOf(refused("Access refused. Reference 7K2M-Q4TZ."), nullptr);
        QVERIFY2(denial->heading.contains(u"This desk's own access policy"_s), qPrintable(denial->heading));
        QCOMPARE(denial->reference, u"7K2M-Q4TZ"_s);
    }

    void aSessionThatEndsJustAfterItsLogonIsTurnedAwayLikewise()
    {
        auto ended =
            refused("the counterparty logged out, \"Access refused: wait 5 s. Reference A-1.\"", SessionPhase::Waiting);
        ended.reason->code = base::Errc::ConnectionLost;
        QVERIFY(ui::denialOf(ended, nullptr));
    }

    void aScoreThatEndedTheSessionIsExplainedByTheScore()
    {
        const auto state = scored(AccessOutcome::Deny);
        const auto denial =
            ui::denialOf(refused("Access is denied. Score 55, denied from 40. Reference AC-2026-1187."), &state);
        QVERIFY(denial && denial->scored);
        QCOMPARE(denial->reference, u"AC-2026-1187"_s);
        // The next try did not get as far as a score.
        const auto later = ui::denialOf(atLogon("Access refused: wait 30 s. Reference 7K2M-Q4TZ."), &state);
        QVERIFY(later && !later->scored);
    }

    void whatWasAllowedBeforeDoesNotHideARefusal()
    {
        const auto state = scored(AccessOutcome::Allow);
        const auto denial = ui::denialOf(atLogon("Access refused. Reference 7K2M-Q4TZ."), &state);
        QVERIFY(denial && !denial->scored);
    }

    void whatNobodyDeniesIsNoDenial()
    {
        const auto allowed = scored(AccessOutcome::Allow);
        auto lost = refused("peer closed without notify", SessionPhase::Waiting);
        lost.reason->code = base::Errc::ConnectionLost;
        QVERIFY(!ui::denialOf(lost, &allowed));
        auto numbers = refused("the counterparty does not agree with our sequence numbers");
        numbers.reason->code = base::Errc::SequenceError;
        QVERIFY(!ui::denialOf(numbers, nullptr));
        QVERIFY(!ui::denialOf(rfq::SessionChanged(), nullptr));
    }

    void theNextTryIsTold()
    {
        const rfq::SteadyTime now{};
        auto waiting = refused("x", SessionPhase::Waiting);
        waiting.retryAt = now + 25s;
        QVERIFY(ui::nextTryText(waiting, now).contains(u"0:25"_s));
        QVERIFY(ui::nextTryText(refused("x"), now).contains(u"not try again"_s));
        QVERIFY(!ui::nextTryText(refused("x", SessionPhase::Connecting), now).isEmpty());
        QVERIFY(ui::nextTryText(refused("x", SessionPhase::LoggedOn), now).isEmpty());
    }
};

QTEST_APPLESS_MAIN(DenialWordsTest)
#include "denial_words_test.moc"
