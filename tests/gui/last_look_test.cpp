/// Between the click and the answer: how long it is held, how long it may be, and why it was refused.

#include "tests/gui/desk_rig.h"
#include "ui/widgets/details_dialog.h"

#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::DeskRig;
using support::DlrA;
using support::DlrB;
using support::VenueX;

class LastLookTest final : public QObject {
    Q_OBJECT

private:
    /// Dealer B takes a last look of 2 s at most; longer than 3 s is amber; after 10 s it is asked.
    static rfq::DeskSettings rules()
    {
        auto settings = support::deskSettings();
        settings.dealers[1].lastLook = 2000ms;
        settings.profiles[VenueX].holdSoft = 3000ms;
        settings.profiles[VenueX].rejectCodes = {{"99", rfq::RejectCategory::PriceMoved}};
        return settings;
    }
    static rfq::RfqId held(DeskRig& rig, const rfq::DealerId& dealer)
    {
        rig.open();
        const auto id = rig.request();
        rig.quote(id, dealer, "Q-1", "", "1.15342");
        rig.passGuard();
        DeskRig::click(rig.offer(id, dealer));
        rig.desk.confirmSent(id);
        rig.desk.service.apply(rfq::ExecutionReported{rig.desk.statusReport(rig.desk.acceptance(id).acceptance, '0')});
        rig.changed();
        return id;
    }
    static QLabel& part(const DeskRig& rig, const rfq::RfqId& id, const QString& name)
    {
        return *rig.card(id).findChild<QLabel*>(name);
    }
    static QString tone(const QLabel& label) { return label.property("tone").toString(); }
    static void reject(DeskRig& rig, const rfq::RfqId& id, const std::string& code, const std::string& text)
    {
        auto report = rig.desk.statusReport(rig.desk.acceptance(id).acceptance, '8', text);
        report.rejectCode = code;
        rig.desk.service.apply(rfq::ExecutionReported{report});
        rig.changed();
    }

private Q_SLOTS:
    void theMeterRunsAgainstTheDisclosedWindow()
    {
        DeskRig rig({}, rules());
        const auto id = held(rig, DlrB);
        rig.advance(1300ms);
        QCOMPARE(part(rig, id, u"outcomeTitle"_s).text(), u"HELD"_s);
        QCOMPARE(part(rig, id, u"outcomeHold"_s).text(), u"1.3 s of at most 2.0 s last look"_s);
        QCOMPARE(tone(part(rig, id, u"outcomeHold"_s)), u"dim"_s);
        QCOMPARE(part(rig, id, u"outcomeTitle"_s).property("outcome").toString(), u"calm"_s);
        rig.advance(1s);
        QCOMPARE(part(rig, id, u"outcomeHold"_s).text(), u"2.3 s, longer than the 2.0 s disclosed"_s);
        QCOMPARE(tone(part(rig, id, u"outcomeHold"_s)), u"warning"_s);
    }

    void withoutADisclosedWindowTheSoftLimitMakesItAmber()
    {
        DeskRig rig({}, rules());
        const auto id = held(rig, DlrA);
        rig.advance(2900ms);
        QCOMPARE(tone(part(rig, id, u"outcomeHold"_s)), u"dim"_s);
        rig.advance(200ms);
        QCOMPARE(part(rig, id, u"outcomeHold"_s).text(), u"3.1 s, no last look disclosed"_s);
        QCOMPARE(tone(part(rig, id, u"outcomeHold"_s)), u"warning"_s);
        QCOMPARE(part(rig, id, u"outcomeTitle"_s).property("outcome").toString(), u"warning"_s);
    }

    void afterTheHardLimitTheDealerIsAskedAndTheCardSaysSo()
    {
        DeskRig rig({}, rules());
        const auto id = held(rig, DlrA);
        rig.advance(10s);
        QCOMPARE(part(rig, id, u"outcomeTitle"_s).text(), u"HELD"_s);
        QCOMPARE(part(rig, id, u"outcomeHold"_s).text(),
            u"10.0 s without an answer. Asking VENUE-X for the order's status…"_s);
        rig.advance(3s);
        QCOMPARE(part(rig, id, u"outcomeTitle"_s).text(), u"UNKNOWN"_s);
        rig.desk.fill(id);
        rig.changed();
        QCOMPARE(part(rig, id, u"outcomeTitle"_s).text(), u"TRADED"_s);
    }

    void aRejectionIsSaidInWordsWithTheDealersOwnBesideThem()
    {
        DeskRig rig({}, rules());
        const auto id = held(rig, DlrA);
        reject(rig, id, "99", "px moved");
        const auto why = part(rig, id, u"outcomeDetail"_s).text();
        QCOMPARE(why, u"Dealer A: price moved (last look) · “px moved” · code 99"_s);
    }

    void aCodeNobodyToldUsAboutIsShownAsItCame()
    {
        DeskRig rig({}, rules());
        const auto id = held(rig, DlrA);
        reject(rig, id, "7731", "see desk");
        QCOMPARE(part(rig, id, u"outcomeDetail"_s).text(), u"Dealer A: “see desk” · code 7731"_s);
        DeskRig::click(*rig.card(id).findChild<QPushButton*>(u"outcomeDetails"_s));
        QStringList values;
        for (const auto* value : rig.dialog<ui::DetailsDialog>()->findChildren<QLabel*>(u"detailsValue"_s))
            values << value->text();
        QVERIFY(values.contains(u"7731"_s) && values.contains(u"not known to this desk"_s));
    }

    void aRejectionWithoutAnyReasonSaysThatToo()
    {
        DeskRig rig({}, rules());
        const auto id = held(rig, DlrA);
        reject(rig, id, {}, {});
        QCOMPARE(part(rig, id, u"outcomeDetail"_s).text(), u"Dealer A gave no reason"_s);
    }
};

QTEST_MAIN(LastLookTest)
#include "last_look_test.moc"
