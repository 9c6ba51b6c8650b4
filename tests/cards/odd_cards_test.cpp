/// Cards as one meets them in the field, with the real middleware: of other makers, without a number, on T=0, with
/// certificates that are compressed or damaged, with keys that a module does not know. Run as card_matrix_test.cpp.
#include "auth/cert/piv_certificates.h"
#include "auth/opensc_settings.h"
#include "auth/piv_work.h"
#include "tests/cards/environment.h"
#include "tests/support/virtual_cards.h"
#include "tests/unit/auth/token_fixture.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>
#include <winscard.h>

namespace {

using base::Errc;
using cards_test::environment;
using namespace std::chrono_literals;

const std::string Pin = "123456";
const std::string OpenScAdvice = "use OpenSC's module";

bool isOpenSc()
{
    return environment("COUNTERSIGN_MODULE").find("opensc") != std::string::npos;
}

bool says(const std::optional<base::Error>& error, const std::string& words)
{
    return error && error->detail.find(words) != std::string::npos;
}

class OddCard : public testing::Test {
protected:
    ~OddCard() override
    {
        m_tokens.reset();
        m_cards.tell("remove 0");
    }

    /// Makes the card and puts it in; the desk is configured for its certificate.
    void plugIn(const std::string& name, const std::string& what)
    {
        const auto status = m_cards.tell("make " + name + " " + what);
        m_fingerprint = status["fingerprints"].value("9a", std::string());
        m_number = std::to_string(status["serial"].get<int>());
        insert(name);
        start();
    }
    void start()
    {
        const std::string module = environment("COUNTERSIGN_MODULE");
        m_tokens.emplace(auth::TokenSettings{module, {module}, "01", m_fingerprint, {}});
    }
    /// As by hand, which takes longer than pcscd to notice: who speaks to a card before that loses it again when pcscd
    /// sees it.
    void insert(const std::string& name)
    {
        m_cards.tell("insert 0 " + name);
        EXPECT_TRUE(pcscdSees(SCARD_STATE_PRESENT));
    }
    void exchange(const std::string& name)
    {
        m_cards.tell("remove 0");
        EXPECT_TRUE(pcscdSees(0));
        insert(name);
    }
    /// SCARD_STATE_PRESENT: a card in one of the readers; 0: none in any.
    bool pcscdSees(std::uint32_t wanted)
    {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        std::vector<std::string> readers;
        std::vector<auth::ReaderState> states;
        static_cast<void>(m_pcsc->establish());
        static_cast<void>(m_pcsc->listReaders(readers));
        for (const std::string& reader : readers)
            states.push_back({reader, 0, 0});
        std::uint32_t seen = 0;
        do {
            static_cast<void>(m_pcsc->waitForChange(1s, states));
            seen = 0;
            for (auth::ReaderState& state : states) {
                seen |= state.seen & SCARD_STATE_PRESENT;
                state.known = state.seen & ~static_cast<std::uint32_t>(SCARD_STATE_CHANGED);
            }
        } while (seen != wanted && std::chrono::steady_clock::now() < deadline);
        return seen == wanted;
    }

    /// Looks until it is as wanted: a card that was just put in is not seen at once.
    rfq::TokenStatus seen(const std::function<bool(const rfq::TokenStatus&)>& asWanted)
    {
        rfq::TokenStatus status;
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        do
            status = m_tokens->inspect();
        while (!asWanted(status) && std::chrono::steady_clock::now() < deadline);
        return status;
    }
    rfq::TokenStatus seenToSay(Errc code, const std::string& words)
    {
        const auto status =
            seen([&](const rfq::TokenStatus& one) { return codeOf(one.problem) == code && says(one.problem, words); });
        EXPECT_EQ(codeOf(status.problem), code);
        EXPECT_TRUE(says(status.problem, words)) << (status.problem ? status.problem->detail : "no problem");
        return status;
    }
    rfq::TokenStatus ready()
    {
        const auto status = seen([](const rfq::TokenStatus& one) { return !one.problem; });
        EXPECT_FALSE(status.problem) << status.problem->detail;
        return status;
    }
    void signIn(const std::string& pin = Pin)
    {
        ready();
        const auto unlocked = m_tokens->unlock(pin);
        ASSERT_FALSE(unlocked.error) << unlocked.error->detail;
        EXPECT_TRUE(signsAndVerifies(*m_tokens->identity()));
    }
    rfq::PluggedCard onlyCard()
    {
        const auto seen = m_tokens->survey();
        EXPECT_EQ(seen.cards.size(), 1U);
        return seen.cards.empty() ? rfq::PluggedCard() : seen.cards.front();
    }
    bool waitForLoss(std::size_t count)
    {
        return m_tokens->desk().runUntil([&] { return m_tokens->losses().size() >= count; });
    }

    /// The card's own commands, once the reader shows it.
    std::shared_ptr<auth::PivWork> work()
    {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        std::string why = "no reader";
        do {
            std::vector<std::string> readers;
            static_cast<void>(m_pcsc->establish());
            static_cast<void>(m_pcsc->listReaders(readers));
            for (const std::string& reader : readers) {
                auto channel = m_pcsc->connect(reader);
                const auto facts =
                    channel ? auth::readPivFacts(**channel) : base::Result<auth::PivFacts>(channel.error());
                if (!facts) {
                    why = facts.error().detail;
                    continue;
                }
                auto begun = auth::PivWork::begin(*std::move(channel), facts->id());
                if (begun)
                    return *begun;
                why = begun.error().detail;
            }
        } while (std::chrono::steady_clock::now() < deadline);
        ADD_FAILURE() << why;
        return nullptr;
    }

    int count(const std::string& name, const std::string& what) { return m_cards.tell("status " + name)[what]; }

    support::VirtualCards m_cards;
    std::unique_ptr<auth::Pcsc> m_pcsc = auth::systemPcsc();
    std::string m_fingerprint;
    std::string m_number;
    std::optional<Tokens> m_tokens;
};

TEST_F(OddCard, ACompressedCertificateSignsInWhereTheModuleReadsItAndIsNamedWhereItDoesNot)
{
    plugIn("packed", "9a=p256:gzip");
    if (isOpenSc()) {
        ASSERT_NO_FATAL_FAILURE(signIn());
        return;
    }
    const auto status = seenToSay(Errc::KeyNotFound, "compressed, which");
    EXPECT_TRUE(says(status.problem, OpenScAdvice));
    EXPECT_FALSE(says(status.problem, "before its certificate is on the card")) << status.problem->detail;
    EXPECT_TRUE(onlyCard().unseen.find("compressed, which") != std::string::npos);
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound);
    EXPECT_EQ(count("packed", "verifications"), 0);
}

TEST_F(OddCard, ACompressedCertificateTellsTheKeyBesideItByTheCardsOwnCommands)
{
    for (const std::string kept : {"gzip", "gzip80"}) {
        plugIn(kept, "9a=p384:" + kept + " maker=other");
        const auto card = work();
        ASSERT_TRUE(card);
        const auto certificate = card->certificate();
        ASSERT_TRUE(certificate) << certificate.error().detail;
        ASSERT_TRUE(*certificate);
        EXPECT_EQ(tls::fingerprint(**certificate), m_fingerprint);
        const auto key = card->publicKey();
        ASSERT_TRUE(key && *key) << "no key would be made over the one that is there";
        EXPECT_EQ(EVP_PKEY_eq(key->get(), X509_get0_pubkey(certificate->get())), 1);
        m_cards.tell("remove 0");
    }
}

TEST_F(OddCard, AYubiKeyWithoutAChuidIsKnownByItsSerialNumber)
{
    plugIn("nameless", "9a=p256 chuid=none");
    m_cards.tell("make clone like=nameless chuid=none");
    EXPECT_EQ(ready().identity->card, m_number);
    ASSERT_NO_FATAL_FAILURE(signIn());
    m_cards.tell("remove 0");
    ASSERT_TRUE(waitForLoss(1));
    insert("clone");
    ready();
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound);
    EXPECT_EQ(count("clone", "verifications"), 0);
    exchange("nameless");
    seen([&](const rfq::TokenStatus& one) { return !one.problem && one.identity->card == m_number; });
    ASSERT_NO_FATAL_FAILURE(signIn());
}

TEST_F(OddCard, AnAgencysCardWithoutAGuidIsKnownByItsFascN)
{
    plugIn("agent", "9a=p256 maker=other chuid=agency");
    if (!isOpenSc()) {
        seenToSay(Errc::KeyNotFound, OpenScAdvice);
        return;
    }
    m_cards.tell("make double like=agent maker=other chuid=agency");
    EXPECT_EQ(ready().identity->card, m_cards.tell("status agent")["fascn"]);
    ASSERT_NO_FATAL_FAILURE(signIn());
    exchange("double");
    ASSERT_TRUE(waitForLoss(1));
    ready();
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound);
    EXPECT_EQ(count("double", "verifications"), 0);
}

TEST_F(OddCard, ACardWithNoNumberAtAllIsKnownByItsCertificateAlone)
{
    for (const std::string chuid : {"none", "blank"}) {
        const std::string kind = " maker=other chuid=" + chuid;
        plugIn("bare-" + chuid, "9a=p256" + kind);
        if (!isOpenSc()) {
            seenToSay(Errc::KeyNotFound, OpenScAdvice);
            EXPECT_EQ(count("bare-" + chuid, "verifications"), 0);
            m_cards.tell("remove 0");
            continue;
        }
        m_cards.tell("make other-" + chuid + " 9a=p256" + kind);
        m_cards.tell("make clone-" + chuid + " like=bare-" + chuid + kind);
        EXPECT_EQ(ready().identity->card, "");
        ASSERT_NO_FATAL_FAILURE(signIn());
        m_cards.tell("remove 0");
        ASSERT_TRUE(waitForLoss(1));
        insert("other-" + chuid);
        seenToSay(Errc::KeyNotFound, "on token");
        EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound) << "another certificate";
        exchange("bare-" + chuid);
        ASSERT_NO_FATAL_FAILURE(signIn());
        // Nobody can tell these two apart: said in docs/tokens.md.
        exchange("clone-" + chuid);
        ASSERT_TRUE(waitForLoss(2));
        ASSERT_NO_FATAL_FAILURE(signIn());
        m_tokens.reset();
        m_cards.tell("remove 0");
    }
}

TEST_F(OddCard, ACardThatSpeaksOnlyT0SignsInAndTakesANewPin)
{
    for (const std::string key : {"p256", "rsa2048"}) {
        plugIn("t0-" + key, "9a=" + key + " maker=other protocol=t0");
        if (isOpenSc()) {
            ASSERT_NO_FATAL_FAILURE(signIn());
            EXPECT_EQ(count("t0-" + key, "verifications"), 1);
            m_tokens->service().signOut();
            EXPECT_EQ(m_tokens->unlock("654321").status.pin.triesLeft, 2);
        } else {
            seenToSay(Errc::TokenAbsent, OpenScAdvice);
        }
        EXPECT_TRUE(m_tokens->changePin(Pin, "918273").result);
        EXPECT_EQ(codeOf(m_tokens->unblockPin("00000000", "246813").result.error()), Errc::PukWrong);
        EXPECT_TRUE(m_tokens->unblockPin("12345678", "246813").result);
        if (isOpenSc()) {
            ASSERT_NO_FATAL_FAILURE(signIn("246813"));
        }
        m_tokens.reset();
        m_cards.tell("remove 0");
    }
}

TEST_F(OddCard, OnT0AKeyIsMadeAndItsCertificateWritten)
{
    plugIn("blank-t0", "maker=other protocol=t0 chuid=none");
    const auto card = work();
    ASSERT_TRUE(card);
    ASSERT_TRUE(card->verifyPin(Tokens::secret(Pin), rfq::LastTry::NotConfirmed));
    const base::SystemClock clock;
    const base::SecretBytes factoryKey;
    for (const auto kind : {auth::PivKeyKind::EcP256, auth::PivKeyKind::Rsa2048}) {
        const cert::PivOrder order{card, factoryKey, clock, cert::UntoldKey::Replaced};
        const auto requested = cert::requestOnPiv(order, "CN=trader-7", kind);
        ASSERT_TRUE(requested) << requested.error().detail;
        EXPECT_NE(requested->pem.find("BEGIN CERTIFICATE REQUEST"), std::string::npos);
    }
    // A certificate is longer than one command, and than one answer.
    const auto given = m_cards.tell("make donor 9a=rsa2048 maker=other");
    const auto certificates = tls::loadPemCertificates(support::VirtualCards::certificateFile("donor", "9a"));
    ASSERT_TRUE(certificates) << certificates.error().detail;
    const auto stored = card->store(*certificates->front());
    EXPECT_TRUE(stored) << stored.error().detail;
}

TEST_F(OddCard, ADamagedCertificateIsNamedCostsNoPinAndIsImportedAgain)
{
    const base::SystemClock clock;
    const base::SecretBytes factoryKey;
    for (const std::string flaw : {"cut", "noise", "badgzip"}) {
        plugIn(flaw, "9a=p256:" + flaw + " maker=other");
        seenToSay(Errc::KeyNotFound, "slot 9a of the card in Yubico YubiKey OTP+FIDO+CCID 00 00 is none");
        EXPECT_TRUE(onlyCard().unseen.find(" is none: ") != std::string::npos) << onlyCard().unseen;
        EXPECT_TRUE(says(m_tokens->unlock(Pin).error, "cert import"));
        EXPECT_EQ(count(flaw, "verifications"), 0);
        m_tokens.reset();
        {
            const auto card = work();
            ASSERT_TRUE(card);
            ASSERT_TRUE(card->verifyPin(Tokens::secret(Pin), rfq::LastTry::NotConfirmed));
            const cert::PivOrder order{card, factoryKey, clock};
            EXPECT_EQ(codeOf(cert::requestOnPiv(order, "CN=x", auth::PivKeyKind::EcP256).error()), Errc::Unsupported)
                << "the key is not made anew";
            m_cards.tell("make stranger 9a=p256");
            EXPECT_FALSE(cert::installOnPiv(order, support::VirtualCards::certificateFile("stranger", "9a"), {}))
                << "the key on the card decides";
            const auto placed = cert::installOnPiv(
                order, support::VirtualCards::certificateFile(flaw, "9a"), support::VirtualCards::caFile());
            ASSERT_TRUE(placed) << placed.error().detail;
        }
        start();
        if (isOpenSc()) {
            ASSERT_NO_FATAL_FAILURE(signIn());
        }
        m_tokens.reset();
        m_cards.tell("remove 0");
    }
}

TEST_F(OddCard, AKeyWithoutACertificateOrWithAnEmptyOneWaitsForIt)
{
    for (const std::string kept : {"none", "empty"}) {
        plugIn(kept, "9a=p256:" + kept);
        const auto status = seenToSay(Errc::KeyNotFound, "found no certificate");
        EXPECT_TRUE(says(status.problem, "before its certificate is on the card")) << status.problem->detail;
        m_tokens.reset();
        const auto card = work();
        ASSERT_TRUE(card);
        const auto key = card->publicKey();
        EXPECT_TRUE(key && *key) << "by attestation";
        m_cards.tell("remove 0");
    }
}

TEST_F(OddCard, AnRsaKeyThatTheModuleIsTooOldForIsToldBeforeThePin)
{
    plugIn("large", "9a=rsa4096");
    const auto status = seenToSay(Errc::Unsupported, "RSA 4096");
    EXPECT_TRUE(says(status.problem, isOpenSc() ? "up to 3072 bits" : "up to 2048 bits")) << status.problem->detail;
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::Unsupported);
    EXPECT_EQ(count("large", "verifications"), 0);
    m_tokens.reset();
    const auto card = work();
    ASSERT_TRUE(card);
    ASSERT_TRUE(*card->certificate());
}

TEST_F(OddCard, AnRsa3072KeySignsInWithOpenSc)
{
    plugIn("middle", "9a=rsa3072");
    if (isOpenSc()) {
        ASSERT_NO_FATAL_FAILURE(signIn());
    } else {
        seenToSay(Errc::Unsupported, "RSA 3072");
    }
}

/// OpenSC 0.23 leaks memory over such a certificate, so that the address sanitizer ends the run.
TEST_F(OddCard, AnEd25519KeyIsSaidToBeNone)
{
    if (isOpenSc())
        return;
    plugIn("edwards", "9a=ed25519");
    seenToSay(Errc::KeyNotFound, "the key is ED25519");
    EXPECT_EQ(codeOf(m_tokens->unlock(Pin).error), Errc::KeyNotFound);
    EXPECT_EQ(count("edwards", "verifications"), 0);
}

}

int main(int argc, char** argv)
{
    testing::InitGoogleTest(&argc, argv);
    if (auto own = auth::useOwnOpenScSettings(); !own) {
        std::fprintf(stderr, "%s\n", own.error().detail.c_str());
        return 1;
    }
    return RUN_ALL_TESTS();
}
