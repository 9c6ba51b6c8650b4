#include "auth/session_signer.h"

#include "auth/private_key.h"
#include "auth/token_errors.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>

#include <memory>

namespace auth {

namespace {

using Bytes = std::vector<std::uint8_t>;
using Scheme = tls::Signer::Scheme;
using SignaturePtr = std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)>;
using NumberPtr = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

constexpr std::size_t LargestSignature = 1024; // RSA with 8192 bits

CK_MECHANISM_TYPE mechanismOf(Scheme scheme)
{
    switch (scheme) {
    case Scheme::Ecdsa:
        return CKM_ECDSA;
    case Scheme::RsaPkcs1:
        return CKM_RSA_PKCS;
    case Scheme::RsaRaw:
        return CKM_RSA_X_509;
    }
    return CK_UNAVAILABLE_INFORMATION;
}

NumberPtr numberOf(std::span<const std::uint8_t> bytes)
{
    return {BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr), BN_free};
}

/// PKCS#11 writes both numbers of an ECDSA signature one after the other; everybody else writes DER.
base::Result<Bytes> derOf(std::span<const std::uint8_t> numbers)
{
    const base::Error malformed{base::Errc::TokenFailure, "signing: the token's answer is not an ECDSA signature"};
    if (numbers.empty() || numbers.size() % 2 != 0)
        return malformed;
    const std::size_t half = numbers.size() / 2;
    const SignaturePtr signature(ECDSA_SIG_new(), ECDSA_SIG_free);
    NumberPtr r = numberOf(numbers.first(half));
    NumberPtr s = numberOf(numbers.last(half));
    if (!signature || !r || !s || ECDSA_SIG_set0(signature.get(), r.release(), s.release()) != 1)
        return malformed;
    const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    if (size <= 0)
        return malformed;
    Bytes der(static_cast<std::size_t>(size));
    unsigned char* end = der.data();
    i2d_ECDSA_SIG(signature.get(), &end);
    return der;
}

}

base::Result<SessionSigner> SessionSigner::find(const Pkcs11Module& module, const TokenLogin& login,
    std::span<const std::uint8_t> id, const base::SecretBytes& pin, CardTimer timer)
{
    const auto key = findSigningKey(module, login, id);
    if (!key)
        return key.error();
    return SessionSigner(module.functions(), login.session(), *key, pin, std::move(timer));
}

bool SessionSigner::wantsPinEachTime() const
{
    return auth::wantsPinEachTime(*m_functions, m_session, m_key);
}

base::Result<Bytes> SessionSigner::sign(Scheme scheme, std::span<const std::uint8_t> input)
{
    const auto lasting = timing(m_timer);
    CK_MECHANISM mechanism{mechanismOf(scheme), nullptr, 0};
    const bool pinEachTime = wantsPinEachTime();
    if (const CK_RV code = m_functions->C_SignInit(m_session, &mechanism, m_key); code != CKR_OK)
        return tokenError(code, "signing");
    if (pinEachTime) {
        // The interface predates const; modules read PIN and input only.
        auto* pin = reinterpret_cast<unsigned char*>(const_cast<char*>(m_pin->reveal().data()));
        const CK_RV code = m_functions->C_Login(m_session, CKU_CONTEXT_SPECIFIC, pin, m_pin->size());
        if (code != CKR_OK)
            return tokenError(code, "checking the PIN for the signature");
    }
    Bytes signature(LargestSignature);
    CK_ULONG size = signature.size();
    auto* bytes = const_cast<unsigned char*>(input.data());
    if (const CK_RV code = m_functions->C_Sign(m_session, bytes, input.size(), signature.data(), &size); code != CKR_OK)
        return tokenError(code, "signing");
    if (size > signature.size())
        return base::Error{base::Errc::TokenFailure, "signing: the token's answer has an impossible length"};
    signature.resize(size);
    return scheme == Scheme::Ecdsa ? derOf(signature) : base::Result<Bytes>(std::move(signature));
}

}
