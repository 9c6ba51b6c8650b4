#include "tests/bench/token/parts.h"
#include "tests/support/fake_tokens.h"
#include "tests/support/soft_token.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <array>
#include <cstdio>
#include <dlfcn.h>
#include <p11-kit/pkcs11.h>

namespace bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t DigestSize = 32;
/// What stands before a SHA-256 digest in a DigestInfo.
constexpr std::array<unsigned char, 19> DigestInfoHead{
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};

/// The same token without the desk: C_SignInit and C_Sign, in a session of its own beside the desk's.
class BareToken {
public:
    BareToken(const std::string& module, bool isRsa)
        : m_isRsa(isRsa)
    {
        void* library = ::dlopen(module.c_str(), RTLD_NOW | RTLD_NOLOAD);
        const auto list =
            library ? reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList")) : nullptr;
        if (!list || list(&m_calls) != CKR_OK)
            fail(module + " is not loaded");
        std::array<CK_SLOT_ID, 16> slots{};
        CK_ULONG count = slots.size();
        check(m_calls->C_GetSlotList(CK_TRUE, slots.data(), &count));
        for (CK_ULONG i = 0; i < count && m_key == CK_INVALID_HANDLE; ++i)
            look(slots[i]);
        if (m_key == CK_INVALID_HANDLE)
            fail("no private key shows: the desk is not signed in");
    }

    void sign(const std::vector<unsigned char>& digest)
    {
        std::vector<unsigned char> input(digest);
        if (m_isRsa)
            input.insert(input.begin(), DigestInfoHead.begin(), DigestInfoHead.end());
        CK_MECHANISM mechanism{m_isRsa ? CKM_RSA_PKCS : CKM_ECDSA, nullptr, 0};
        check(m_calls->C_SignInit(m_session, &mechanism, m_key));
        std::array<unsigned char, 512> signature{};
        CK_ULONG size = signature.size();
        check(m_calls->C_Sign(m_session, input.data(), input.size(), signature.data(), &size));
    }

private:
    void look(CK_SLOT_ID slot)
    {
        if (m_calls->C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &m_session) != CKR_OK)
            return;
        CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
        CK_ATTRIBUTE wanted{CKA_CLASS, &kind, sizeof kind};
        check(m_calls->C_FindObjectsInit(m_session, &wanted, 1));
        CK_ULONG found = 0;
        check(m_calls->C_FindObjects(m_session, &m_key, 1, &found));
        check(m_calls->C_FindObjectsFinal(m_session));
        if (found == 0)
            m_key = CK_INVALID_HANDLE;
    }
    static void check(CK_RV code)
    {
        if (code != CKR_OK)
            fail("the bare token answers " + std::to_string(code));
    }

    CK_FUNCTION_LIST* m_calls = nullptr;
    CK_SESSION_HANDLE m_session = 0;
    CK_OBJECT_HANDLE m_key = CK_INVALID_HANDLE;
    bool m_isRsa;
};

void signThroughDesk(EVP_PKEY& key, const std::vector<unsigned char>& digest)
{
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new(&key, nullptr), EVP_PKEY_CTX_free);
    std::array<unsigned char, 512> signature{};
    std::size_t size = signature.size();
    if (!context || EVP_PKEY_sign_init(context.get()) != 1
        || EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) != 1
        || EVP_PKEY_sign(context.get(), signature.data(), &size, digest.data(), digest.size()) != 1)
        fail("the desk's key does not sign");
}

/// One through the desk, one bare, one through the desk ...
void measure(const std::string& what, const tls::Identity& identity, BareToken& bare, int count, const char* target)
{
    std::vector<double> desk;
    std::vector<double> alone;
    std::vector<unsigned char> digest(DigestSize);
    for (int i = 0; i < count; ++i) {
        digest[0] = static_cast<unsigned char>(i);
        const auto start = Clock::now();
        signThroughDesk(*identity.key, digest);
        const auto between = Clock::now();
        bare.sign(digest);
        desk.push_back(Milliseconds(between - start).count());
        alone.push_back(Milliseconds(Clock::now() - between).count());
    }
    const double deskMedian = percentile(desk, 0.5);
    const double bareMedian = percentile(alone, 0.5);
    row("signature, " + what + ": bare PKCS#11, p50", bareMedian * 1000, "us");
    row("signature, " + what + ": the desk adds, p50", (deskMedian - bareMedian) * 1000, "us");
    row("signature, " + what + ": the desk adds, of the bare call", 100 * (deskMedian / bareMedian - 1), "% ", target);
}

void measureSoftToken(const std::string& what, support::KeyType type, int count)
{
    support::TestCa ca;
    support::SoftToken soft;
    support::CertificateOptions options;
    options.purpose = support::Purpose::Client;
    options.keyType = type;
    const auto certificate = soft.enrol(ca, options, {0x01});
    cli::RunLoop loop;
    const std::string module = support::SoftToken::module();
    auth::TokenService token({module, {module}, "01", {}, {}}, loop);
    const auto identity = signIn(token, loop);
    BareToken bare(module, type == support::KeyType::Rsa2048);
    measure(what, *identity, bare, count, "");
}

void measureSlowToken(int count)
{
    support::TestCa ca;
    support::FakeTokens plugged;
    support::FakeToken card;
    card.signDelay = std::chrono::milliseconds(50);
    support::CertificateOptions options;
    options.purpose = support::Purpose::Client;
    plugged.add(card, ca, options);
    cli::RunLoop loop;
    const std::string module = support::FakeTokens::module();
    auth::TokenService token({module, {module}, "01", {}, {}}, loop);
    const auto identity = signIn(token, loop);
    BareToken bare(module, false);
    measure("a card that takes 50 ms", *identity, bare, count, "<= 5");
}

}

void measureSignatures(int rounds)
{
    measureSoftToken("SoftHSM2, EC P-256", support::KeyType::Ec256, 100 * rounds);
    measureSoftToken("SoftHSM2, RSA 2048", support::KeyType::Rsa2048, 100 * rounds);
    measureSlowToken(10 * rounds);
}

}
