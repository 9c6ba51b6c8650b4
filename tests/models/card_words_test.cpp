/// Cards and security keys in words.

#include "auth/fido/problem.h"
#include "tests/support/fake_clock.h"
#include "ui/models/card_words.h"
#include "ui/models/key_problem_words.h"
#include "ui/models/token_text.h"

#include <QTest>

using namespace Qt::StringLiterals;

class CardWordsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySentenceOfASecurityKeyHasATranslation()
    {
        for (int i = 0; i <= static_cast<int>(fido::Problem::Internal); ++i) {
            const auto problem = static_cast<fido::Problem>(i);
            QVERIFY2(ui::isKeyProblemSentence(fido::meaning(problem)), fido::meaning(problem));
            QVERIFY2(ui::isKeyProblemSentence(fido::advice(problem)), fido::advice(problem));
        }
        QCOMPARE(ui::keyProblemSentence("Something new."), u"Something new."_s);
    }

    void whatThePinCanStillStandIsSaid()
    {
        rfq::PinState pin;
        QVERIFY(ui::triesText(pin).text.isEmpty());
        pin.triesLeft = 2;
        QVERIFY(ui::triesText(pin).text.contains(u"2"_s));
        pin.triesLeft = 1;
        QCOMPARE(ui::triesText(pin).tone, u"warning"_s);
        pin.blocked = true;
        QCOMPARE(ui::triesText(pin).tone, u"alarm"_s);
    }

    void theFirstThingToDoWithACardIsSaid()
    {
        const support::FakeClock clock;
        rfq::PluggedCard card;
        card.isPiv = true;
        QVERIFY(ui::cardStateText(card, clock.utc()).text.startsWith(u"No certificate yet"_s));
        using Why = rfq::UnseenCertificate;
        for (const auto& [why, part] : {std::pair(Why::Damaged, u"damaged"_s), {Why::Compressed, u"compressed"_s},
                 {Why::OtherMaker, u"one maker only"_s}, {Why::NotYet, u"Look again"_s}}) {
            card.unseenWhy = why;
            QVERIFY2(ui::cardStateText(card, clock.utc()).text.contains(part), qPrintable(part));
        }
        rfq::CardCertificate certificate;
        certificate.identity.commonName = "trader-7";
        certificate.identity.notAfter = clock.utc() + std::chrono::days(100);
        card.certificates = {certificate};
        QVERIFY(ui::cardStateText(card, clock.utc()).text.contains(u"configured for"_s));
        card.certificates[0].configured = true;
        QVERIFY(ui::cardStateText(card, clock.utc()).text.contains(u"trader-7"_s));
        card.certificates[0].identity.notAfter = clock.utc() - std::chrono::days(1);
        QCOMPARE(ui::cardStateText(card, clock.utc()).tone, u"alarm"_s);
        card.pin = rfq::PinState{0, false, true};
        QVERIFY(ui::cardStateText(card, clock.utc()).text.startsWith(u"Unblock the PIN first"_s));
    }

    void aCopyOfACardIsAnotherCard()
    {
        rfq::TokenIdentity one;
        one.fingerprint = "f";
        one.tokenSerial = "s";
        one.card = "a";
        auto other = one;
        QVERIFY(ui::isSameToken(one, other));
        other.card = "b";
        QVERIFY(!ui::isSameToken(one, other));
    }
};

QTEST_GUILESS_MAIN(CardWordsTest)
#include "card_words_test.moc"
