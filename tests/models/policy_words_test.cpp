/// What a policy and an enforcement point say, in the person's language.

#include "ui/models/policy_words.h"

#include <QTest>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace {

/// A language in which every known text is in brackets.
class Brackets final : public QTranslator {
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char*, int) const override
    {
        return qstrcmp(context, "ui::PolicyWords") == 0 ? u'[' + QString::fromUtf8(source) + u']' : QString();
    }
};

}

class PolicyWordsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(QCoreApplication::installTranslator(&m_brackets)); }
    void cleanupTestCase() { QCoreApplication::removeTranslator(&m_brackets); }

    void theNamesOfTheShippedPolicyAreKnown()
    {
        for (const char* name :
            {"user", "authentication", "device", "network", "country", "standard user", "privileged user",
                "password only", "MFA, software token", "MFA, hardware token", "managed, compliant", "unmanaged",
                "known corporate network", "unknown / dynamic IP", "expected country", "anomalous country"})
            QCOMPARE(ui::policyWords(name), u'[' + QString::fromUtf8(name) + u']');
    }

    void whatAnOfficerWroteStaysAsItIs()
    {
        for (const char* own :
            {"trading hours", "From abroad", "User: contractor", "Device of 100% trust", "unmanaged ", "%1", ""})
            QCOMPARE(ui::policyWords(own), QString::fromUtf8(own));
    }

    void aSentenceKeepsItsNumbers()
    {
        QCOMPARE(ui::policyWords("Access is denied: the score is 55, denied from 40. Reference 7K2M-Q4TZ."),
            u"[Access is denied: the score is 55, denied from 40. Reference 7K2M-Q4TZ.]"_s);
        QCOMPARE(ui::policyWords("A touch on your security key is needed: the access score is 25."),
            u"[A touch on your security key is needed: [the access score is 25].]"_s);
        QCOMPARE(ui::policyWords("A touch on your security key is needed: a reason of the firm."),
            u"[A touch on your security key is needed: a reason of the firm.]"_s);
    }

    void aLineKeepsNamesAndNumbersByteForByte()
    {
        QCOMPARE(ui::approvalLine("Sign in at VENUE-X"), u"[Sign in at VENUE-X]"_s);
        QCOMPARE(ui::approvalLine("Arm a ticket: A, settlement B, settlement 2026-11-26"),
            u"[Arm a ticket: A, settlement B, settlement 2026-11-26]"_s);
        QCOMPARE(ui::approvalLine("Buy up to 10,000,000 EUR at 1.085 or lower"),
            u"[Buy up to 10,000,000 EUR at 1.085 or lower]"_s);
        QCOMPARE(ui::approvalLine("Buy 2,500,000.5 EUR at 1.08425"), u"[Buy 2,500,000.5 EUR at 1.08425]"_s);
        // A name may look like anything: a place for a value, or words that are known.
        QCOMPARE(ui::approvalLine("Rename the security key: %1 %2"), u"[Rename the security key: %1 %2]"_s);
        QCOMPARE(ui::approvalLine("New name: unmanaged"), u"[New name: unmanaged]"_s);
        QCOMPARE(ui::approvalLine("Something else altogether"), u"Something else altogether"_s);
    }

    void dealersAreNamedBesideWhatIsSigned()
    {
        rfq::DeskSettings settings;
        settings.dealers.emplace_back();
        settings.dealers.back().id = rfq::DealerId("DLR-A");
        settings.dealers.back().name = "Alder Bank";
        QCOMPARE(ui::approvalLine("Dealers: DLR-A, DLR-Z", settings), u"[Dealers: Alder Bank (DLR-A), DLR-Z]"_s);
        QCOMPARE(ui::approvalLine("Dealer: DLR-A", settings), u"[Dealer: Alder Bank (DLR-A)]"_s);
        QCOMPARE(ui::approvalLine("Account: DLR-A", settings), u"[Account: DLR-A]"_s);
    }

private:
    Brackets m_brackets;
};

QTEST_GUILESS_MAIN(PolicyWordsTest)
#include "policy_words_test.moc"
