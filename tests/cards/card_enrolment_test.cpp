/// From an empty card to signing in, by the desk's own means, with the real middleware: as card_matrix_test.cpp.
#include "app/desk_core/desk_cards.h"
#include "tests/cards/environment.h"
#include "tests/support/test_pki.h"
#include "tests/support/virtual_cards.h"
#include "tests/unit/auth/token_fixture.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdlib>
#include <optional>
#include <string>

namespace {

using base::Errc;
using cards_test::environment;
using namespace std::chrono_literals;

const std::string FactoryPin = "123456";
const std::string ChosenPin = "918273";

auth::TokenSettings configured()
{
    const std::string module = environment("COUNTERSIGN_MODULE");
    return {module, {module}, "01", {}, {}};
}

tls::KeyPtr keyOf(const std::string& request)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> input(
        BIO_new_mem_buf(request.data(), static_cast<int>(request.size())), BIO_free);
    const std::unique_ptr<X509_REQ, decltype(&X509_REQ_free)> parsed(
        PEM_read_bio_X509_REQ(input.get(), nullptr, nullptr, nullptr), X509_REQ_free);
    return tls::KeyPtr(parsed ? X509_REQ_get_pubkey(parsed.get()) : nullptr);
}

class CardEnrolment : public testing::Test {
protected:
    CardEnrolment()
        : m_cards(m_tokens.service(), {m_files.write("ca.pem", m_ca.pem()), {}, {}, {}}, m_files.path() / "issued")
    {
    }
    ~CardEnrolment() override { m_virtual.tell("remove 0"); }

    void insertNew(const std::string& name)
    {
        m_virtual.tell("make " + name);
        m_virtual.tell("insert 0 " + name);
    }

    template <typename Answer, typename Ask>
    Answer answerOf(Ask ask)
    {
        std::optional<Answer> answer;
        ask([&](Answer given) { answer.emplace(std::move(given)); });
        EXPECT_TRUE(m_tokens.desk().runUntil([&] { return answer.has_value(); }));
        return *std::move(answer);
    }

    /// The one card, once the readers and the module show it.
    rfq::PluggedCard card()
    {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        for (;;) {
            const auto seen =
                answerOf<rfq::CardsSeen>([&](auto done) { m_cards.survey([done](const auto& all) { done(all); }); });
            if (seen.cards.size() == 1 && seen.cards[0].isPiv && !seen.cards[0].label.empty())
                return seen.cards[0];
            if (std::chrono::steady_clock::now() > deadline) {
                ADD_FAILURE() << seen.cards.size() << " cards are seen";
                return {};
            }
        }
    }

    static rfq::CardProof proof(
        const std::string& pin, const std::string& managementKey = {}, rfq::GivesWay givesWay = rfq::GivesWay::Nothing)
    {
        rfq::CardProof given;
        given.givesWay = givesWay;
        given.pin = Tokens::secret(pin);
        given.managementKey = Tokens::secret(managementKey);
        return given;
    }
    struct Requested {
        base::Result<std::string> pem;
        rfq::PinState pin;
    };
    Requested request(rfq::CardProof given)
    {
        const std::string kind = environment("COUNTERSIGN_KEY");
        const auto wanted = kind == "p256" ? rfq::CardKeyKind::EcP256
            : kind == "p384"               ? rfq::CardKeyKind::EcP384
                                           : rfq::CardKeyKind::Rsa2048;
        return answerOf<Requested>([&](auto done) {
            m_cards.request(card(), {"CN=trader-7,O=Firm", wanted}, std::move(given),
                [done](base::Result<std::string> pem, rfq::PinState pin) {
                    done({std::move(pem), pin});
                });
        });
    }
    base::Result<rfq::CardCertificate> install(
        EVP_PKEY& key, const support::TestCa& ca, rfq::GivesWay givesWay = rfq::GivesWay::Nothing)
    {
        support::CertificateOptions options;
        options.commonName = "trader-7";
        options.purpose = support::Purpose::Client;
        const std::string file = m_files.write("trader-7.pem", support::pemOf(*ca.issueFor(key, options)));
        return answerOf<base::Result<rfq::CardCertificate>>([&](auto done) {
            m_cards.install(card(), file, proof(ChosenPin, {}, givesWay),
                [done](base::Result<rfq::CardCertificate> made, rfq::PinState) { done(std::move(made)); });
        });
    }
    rfq::PinOutcome changePin(const rfq::PluggedCard& which, const std::string& old, const std::string& next)
    {
        return answerOf<rfq::PinOutcome>([&](auto done) {
            m_cards.changePin(which, Tokens::secret(old), Tokens::secret(next), rfq::LastTry::NotConfirmed,
                [done](const auto& out) { done(out); });
        });
    }

    support::VirtualCards m_virtual;
    support::TemporaryDirectory m_files;
    support::TestCa m_ca;
    Tokens m_tokens{configured()};
    app::DeskCards m_cards;
};

TEST_F(CardEnrolment, FromAnEmptyCardToSigningIn)
{
    insertNew("fresh");
    const auto empty = card();
    EXPECT_TRUE(empty.certificates.empty());
    EXPECT_EQ(empty.pin, (rfq::PinState{.triesLeft = 3, .finalTry = false, .blocked = false}));
    EXPECT_EQ(empty.factoryPin, true);
    ASSERT_TRUE(changePin(empty, FactoryPin, ChosenPin).result);

    const auto requested = request(proof(ChosenPin));
    ASSERT_TRUE(requested.pem) << requested.pem.error().detail;
    const auto key = keyOf(*requested.pem);
    ASSERT_TRUE(key);
    const auto unusable = m_tokens.inspect();
    EXPECT_TRUE(unusable.noCertificate);
    EXPECT_EQ(codeOf(unusable.problem), Errc::KeyNotFound);
    EXPECT_NE(unusable.problem->detail.find("before its certificate is on the card"), std::string::npos)
        << unusable.problem->detail;
    const auto again = request(proof(ChosenPin));
    ASSERT_TRUE(again.pem);
    EXPECT_EQ(EVP_PKEY_eq(key.get(), keyOf(*again.pem).get()), 1) << "a key that waits for its certificate is not lost";

    const auto placed = install(*key, m_ca);
    ASSERT_TRUE(placed) << placed.error().detail;
    EXPECT_EQ(placed->identity.commonName, "trader-7");
    const auto unlocked = m_tokens.unlock(ChosenPin);
    ASSERT_FALSE(unlocked.error) << unlocked.error->detail;
    EXPECT_TRUE(signsAndVerifies(*m_tokens.identity()));
    const auto now = card();
    EXPECT_TRUE(now.signedIn);
    ASSERT_EQ(now.certificates.size(), 1U);
    EXPECT_TRUE(now.certificates[0].configured);
    EXPECT_TRUE(m_tokens.losses().empty()) << "a look ends no sign-in";
}

TEST_F(CardEnrolment, WhatDoesNotBelongOnTheCardIsRefused)
{
    insertNew("strict");
    ASSERT_TRUE(changePin(card(), FactoryPin, ChosenPin).result);
    const auto wrong = request(proof("000000"));
    ASSERT_FALSE(wrong.pem);
    EXPECT_EQ(wrong.pem.error().code, Errc::PinWrong);
    EXPECT_EQ(wrong.pin.triesLeft, 2);
    const auto unmanaged = request(proof(ChosenPin, std::string(48, 'a')));
    ASSERT_FALSE(unmanaged.pem);
    EXPECT_EQ(unmanaged.pem.error().code, Errc::Refused);
    const auto requested = request(proof(ChosenPin));
    ASSERT_TRUE(requested.pem) << requested.pem.error().detail;
    const auto other = support::generateKey(support::KeyType::Ec256);
    EXPECT_EQ(install(*other, m_ca).error().code, Errc::KeyNotFound);
    const support::TestCa stranger("Stranger");
    EXPECT_EQ(install(*keyOf(*requested.pem), stranger).error().code, Errc::CertificateUntrusted);
    EXPECT_TRUE(card().certificates.empty());
}

TEST_F(CardEnrolment, WhatIsThereGivesWayOnlyWhereThatIsConfirmed)
{
    insertNew("kept");
    ASSERT_TRUE(changePin(card(), FactoryPin, ChosenPin).result);
    const auto first = request(proof(ChosenPin));
    ASSERT_TRUE(first.pem) << first.pem.error().detail;
    const auto key = keyOf(*first.pem);
    const auto placed = install(*key, m_ca);
    ASSERT_TRUE(placed) << placed.error().detail;
    const auto refused = install(*key, m_ca);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::Duplicate);
    EXPECT_NE(refused.error().detail.find(placed->identity.fingerprint), std::string::npos) << refused.error().detail;
    const auto next = install(*key, m_ca, rfq::GivesWay::Certificate);
    ASSERT_TRUE(next) << next.error().detail;
    EXPECT_NE(next->identity.fingerprint, placed->identity.fingerprint);

    const auto same = request(proof(ChosenPin));
    ASSERT_TRUE(same.pem);
    EXPECT_EQ(EVP_PKEY_eq(key.get(), keyOf(*same.pem).get()), 1);
    const auto other = request(proof(ChosenPin, {}, rfq::GivesWay::KeyAndCertificate));
    ASSERT_TRUE(other.pem) << other.pem.error().detail;
    EXPECT_EQ(EVP_PKEY_eq(key.get(), keyOf(*other.pem).get()), 0);
    EXPECT_TRUE(card().certificates.empty()) << "without its key a certificate is nobody's";
    EXPECT_TRUE(install(*keyOf(*other.pem), m_ca));
}

TEST_F(CardEnrolment, AnotherCardInItsPlaceIsNotTouched)
{
    insertNew("first");
    const auto meant = card();
    m_virtual.tell("remove 0");
    insertNew("second");
    ASSERT_NE(card().id, meant.id);
    EXPECT_EQ(changePin(meant, FactoryPin, ChosenPin).result.error().code, Errc::KeyNotFound);
    EXPECT_EQ(m_virtual.tell("status second")["pin"], 3);
}

TEST_F(CardEnrolment, ThePinOfTheCardThatOneIsSignedInWithEndsTheSignInAndTheDeskIsTold)
{
    m_virtual.tell("make trader 9a=" + environment("COUNTERSIGN_KEY"));
    m_virtual.tell("insert 0 trader");
    const auto before = card();
    ASSERT_FALSE(m_tokens.unlock(FactoryPin).error);
    EXPECT_TRUE(changePin(card(), FactoryPin, ChosenPin).result);
    ASSERT_EQ(m_tokens.losses().size(), 1U);
    EXPECT_EQ(m_tokens.losses()[0].code, Errc::Cancelled);
    EXPECT_FALSE(m_tokens.identity());
    EXPECT_FALSE(m_tokens.unlock(ChosenPin).error);
    EXPECT_EQ(card().id, before.id);
}

TEST_F(CardEnrolment, ACardThatIsPutInIsToldWhileNobodyIsSignedIn)
{
    int changes = 0;
    const auto watch = m_cards.onChanged([&] { ++changes; });
    ASSERT_TRUE(m_tokens.inspect().problem);
    changes = 0;
    insertNew("late");
    EXPECT_TRUE(m_tokens.desk().runUntil([&] { return changes > 0; }));
    EXPECT_FALSE(card().id.empty());
}

}
