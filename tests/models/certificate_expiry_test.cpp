/// Warnings before a certificate ends: when, in which words, and once.

#include "tests/support/fake_clock.h"
#include "ui/models/certificate_expiry.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using rfq::NoticeCode;
using std::chrono::days;
using ui::ExpiryStage;

class CertificateExpiryTest final : public QObject {
    Q_OBJECT

private:
    static ExpiryStage stage(std::chrono::microseconds left)
    {
        const support::FakeClock clock;
        return ui::expiryStage(clock.utc() + left, clock.utc());
    }
    static QString words(std::chrono::microseconds left)
    {
        const support::FakeClock clock;
        return ui::expiryText(clock.utc() + left, clock.utc());
    }
    static rfq::TokenIdentity endingIn(const base::Clock& clock, std::chrono::microseconds left)
    {
        rfq::TokenIdentity identity;
        identity.subject = "CN=trader-7";
        identity.tokenSerial = "12345678";
        identity.notAfter = clock.utc() + left;
        return identity;
    }
    static std::optional<NoticeCode> due(ui::ExpiryNotices& notices, const base::Clock& clock)
    {
        const auto notice = notices.due(clock.utc());
        return notice ? std::optional(notice->code) : std::nullopt;
    }

private Q_SLOTS:
    void eachStepBeginsToTheMicrosecond()
    {
        QCOMPARE(stage(days(30) + 1us), ExpiryStage::Far);
        QCOMPARE(stage(days(30)), ExpiryStage::Month);
        QCOMPARE(stage(days(7) + 1us), ExpiryStage::Month);
        QCOMPARE(stage(days(7)), ExpiryStage::Week);
        QCOMPARE(stage(days(1) + 1us), ExpiryStage::Week);
        QCOMPARE(stage(days(1)), ExpiryStage::Day);
        QCOMPARE(stage(1us), ExpiryStage::Day);
        QCOMPARE(stage(0us), ExpiryStage::Ended);
        QCOMPARE(stage(-days(400)), ExpiryStage::Ended);
    }

    void whatIsLeftIsNeverRoundedUp()
    {
        QCOMPARE(words(days(30) - 1us), u"ends in 29 days"_s);
        QCOMPARE(words(days(2)), u"ends in 2 days"_s);
        QCOMPARE(words(days(2) - 1us), u"ends in 47 hours"_s);
        QCOMPARE(words(2h), u"ends in 2 hours"_s);
        QCOMPARE(words(2h - 1us), u"ends in less than 2 hours"_s);
        QCOMPARE(words(0us), u"has ended"_s);
    }

    void theWarningSaysWhatToDoAndIsSilentWhileTheEndIsFar()
    {
        const support::FakeClock clock;
        const auto warning = [&](std::chrono::microseconds left) {
            return ui::expiryWarning(clock.utc() + left, clock.utc());
        };
        QVERIFY(warning(days(31)).isEmpty());
        QVERIFY(warning(days(20)).contains(u"Ask IT"_s));
        QVERIFY(warning(days(5)).contains(u"cannot sign in"_s));
        QVERIFY(warning(20h).contains(u"Call IT now"_s));
        QVERIFY(warning(-1h).contains(u"has ended"_s));
        QCOMPARE(ui::expiryTone(ExpiryStage::Far), QString());
        QCOMPARE(ui::expiryTone(ExpiryStage::Week), u"warning"_s);
        QCOMPARE(ui::expiryTone(ExpiryStage::Day), u"alarm"_s);
    }

    void eachStepIsToldOnceInASignIn()
    {
        support::FakeClock clock;
        ui::ExpiryNotices notices;
        notices.signedIn(endingIn(clock, days(31)));
        QVERIFY(!due(notices, clock));
        clock.advance(days(1));
        QCOMPARE(due(notices, clock), std::optional(NoticeCode::CertificateMonth));
        QVERIFY(!due(notices, clock));
        clock.advance(days(23));
        QCOMPARE(due(notices, clock), std::optional(NoticeCode::CertificateWeek));
        clock.advance(days(6));
        QCOMPARE(due(notices, clock), std::optional(NoticeCode::CertificateDay));
        clock.advance(days(1));
        QCOMPARE(due(notices, clock), std::optional(NoticeCode::CertificateEnded));
        clock.advance(days(1));
        QVERIFY(!due(notices, clock));
    }

    void stepsThatArePassedAtOnceAreOneNotice()
    {
        support::FakeClock clock;
        ui::ExpiryNotices notices;
        notices.signedIn(endingIn(clock, days(5)));
        QCOMPARE(due(notices, clock), std::optional(NoticeCode::CertificateWeek));
        QVERIFY(!due(notices, clock));
        clock.shiftUtc(-days(10));
        QVERIFY(!due(notices, clock));
        clock.shiftUtc(days(10));
        QVERIFY(!due(notices, clock));
    }

    void theNextSignInIsWarnedAgainAndNobodyWhenSignedOut()
    {
        support::FakeClock clock;
        ui::ExpiryNotices notices;
        QVERIFY(!due(notices, clock));
        notices.signedIn(endingIn(clock, 20h));
        const auto notice = notices.due(clock.utc());
        QVERIFY(notice);
        QCOMPARE(notice->severity, rfq::Severity::Alarm);
        QVERIFY(notice->raw.find("2026-11-25 04:00") != std::string::npos);
        notices.signedOut();
        clock.advance(days(2));
        QVERIFY(!due(notices, clock));
        notices.signedIn(endingIn(clock, days(20)));
        QCOMPARE(due(notices, clock), std::optional(NoticeCode::CertificateMonth));
    }
};

QTEST_GUILESS_MAIN(CertificateExpiryTest)
#include "certificate_expiry_test.moc"
