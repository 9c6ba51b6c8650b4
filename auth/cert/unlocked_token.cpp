#include "auth/cert/unlocked_token.h"

#include "auth/cert/key_generation.h"
#include "auth/cert/public_key.h"
#include "auth/padded_text.h"
#include "auth/pin_state.h"
#include "auth/session_signer.h"
#include "auth/token_errors.h"
#include "auth/token_slots.h"
#include "core/tls/hex.h"

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <utility>

namespace cert {

namespace {

using base::Errc;
using base::Error;

struct PluggedToken {
    CK_SLOT_ID slot = 0;
    CK_TOKEN_INFO info{};
};

base::Result<std::vector<PluggedToken>> pluggedTokens(const auth::Pkcs11Module& module)
{
    CK_FUNCTION_LIST& functions = module.functions();
    const std::string doing = "listing the slots";
    CK_ULONG count = 0;
    // Without a buffer the module looks at its readers again.
    if (const CK_RV code = functions.C_GetSlotList(CK_TRUE, nullptr, &count); code != CKR_OK)
        return auth::tokenError(code, doing);
    std::vector<CK_SLOT_ID> slots(count);
    if (count > 0)
        if (const CK_RV code = functions.C_GetSlotList(CK_TRUE, slots.data(), &count); code != CKR_OK)
            return auth::tokenError(code, doing);
    slots.resize(count);
    std::vector<PluggedToken> found;
    for (const CK_SLOT_ID slot : slots) {
        const auto info = auth::readTokenInfo(module, slot);
        // Taken out since the list was made, or not set up.
        if (info && (info->flags & CKF_TOKEN_INITIALIZED) != 0)
            found.push_back({slot, *info});
    }
    return found;
}

base::Result<PluggedToken> choose(const auth::Pkcs11Module& module, const std::string& serial)
{
    const auto plugged = pluggedTokens(module);
    if (!plugged)
        return plugged.error();
    if (plugged->empty())
        return Error{Errc::TokenAbsent, "no token is plugged in, says " + module.description()};
    std::string all;
    for (const PluggedToken& one : *plugged) {
        if (!serial.empty() && auth::paddedText(one.info.serialNumber) == serial)
            return one;
        all += (all.empty() ? "" : ", ") + auth::paddedText(one.info.serialNumber) + " (\""
            + auth::paddedText(one.info.label) + "\")";
    }
    if (!serial.empty())
        return Error{Errc::TokenAbsent, "the token " + serial + " is not plugged in; found " + all};
    if (plugged->size() > 1)
        return Error{Errc::KeyNotFound, "several tokens are plugged in; say which with --token SERIAL: " + all};
    return plugged->front();
}

bool isSame(X509& a, X509& b)
{
    return X509_cmp(&a, &b) == 0;
}

Bytes derOf(X509& certificate)
{
    Bytes der(static_cast<std::size_t>(std::max(0, i2d_X509(&certificate, nullptr))));
    unsigned char* end = der.data();
    i2d_X509(&certificate, &end);
    return der;
}

Bytes subjectDerOf(X509& certificate)
{
    const X509_NAME* name = X509_get_subject_name(&certificate);
    Bytes der(static_cast<std::size_t>(std::max(0, i2d_X509_NAME(name, nullptr))));
    unsigned char* end = der.data();
    i2d_X509_NAME(name, &end);
    return der;
}

Error storeError(CK_RV code)
{
    const std::string doing = "writing the certificate to the token";
    return writeRefused(code, doing).value_or(auth::tokenError(code, doing));
}

base::Status create(const TokenObjects& writing, X509& certificate, const Bytes& id)
{
    CK_OBJECT_CLASS kind = CKO_CERTIFICATE;
    CK_CERTIFICATE_TYPE type = CKC_X_509;
    CK_BBOOL yes = CK_TRUE;
    CK_BBOOL no = CK_FALSE;
    Bytes der = derOf(certificate);
    Bytes keyId = id;
    Bytes subject = subjectDerOf(certificate);
    std::array<CK_ATTRIBUTE, 7> object{{{CKA_CLASS, &kind, sizeof kind}, {CKA_CERTIFICATE_TYPE, &type, sizeof type},
        {CKA_TOKEN, &yes, sizeof yes}, {CKA_PRIVATE, &no, sizeof no}, {CKA_SUBJECT, subject.data(), subject.size()},
        {CKA_ID, keyId.data(), keyId.size()}, {CKA_VALUE, der.data(), der.size()}}};
    CK_OBJECT_HANDLE handle = CK_INVALID_HANDLE;
    const CK_RV code = writing.functions().C_CreateObject(writing.session(), object.data(), object.size(), &handle);
    if (code != CKR_OK)
        return storeError(code);
    return base::Ok{};
}

}

base::Result<std::unique_ptr<UnlockedToken>> UnlockedToken::open(const auth::Pkcs11Module& module,
    const std::string& serial, base::SecretBytes pin, rfq::LastTry lastTry, auth::CardTimer timer)
{
    const auto token = choose(module, serial);
    if (!token)
        return token.error();
    if (auto allowed = auth::checkPinTry(pin.size(), token->info, auth::pinStateOf(token->info), lastTry); !allowed)
        return allowed.error();
    auto login = auth::TokenLogin::open(module, token->slot, pin);
    if (!login) {
        rfq::PinState state;
        if (const auto info = auth::readTokenInfo(module, token->slot); info)
            state = auth::pinStateOf(*info);
        return auth::loginRefused(login.error(), state);
    }
    auto objects = TokenObjects::open(module.functions(), token->slot, TokenObjects::Use::Read);
    if (!objects)
        return objects.error();
    return std::unique_ptr<UnlockedToken>(new UnlockedToken(
        module, *std::move(login), *std::move(objects), std::move(pin), token->info, std::move(timer)));
}

UnlockedToken::UnlockedToken(const auth::Pkcs11Module& module, auth::TokenLogin login, TokenObjects objects,
    base::SecretBytes pin, const CK_TOKEN_INFO& info, auth::CardTimer timer)
    : m_module(module)
    , m_pin(std::move(pin))
    , m_login(std::move(login))
    , m_objects(std::move(objects))
    , m_place{auth::paddedText(info.serialNumber), auth::paddedText(info.label), {}, {}}
    , m_timer(std::move(timer))
{
}

base::Result<Bytes> UnlockedToken::chooseKey(const std::string& keyId) const
{
    if (!keyId.empty()) {
        const auto id = tls::bytesOfHex(keyId);
        if (!id)
            return Error{Errc::InvalidInput, "the key id \"" + keyId + "\" is not pairs of hexadecimal digits"};
        return *id;
    }
    const auto keys = m_objects.find(CKO_PRIVATE_KEY);
    if (!keys)
        return keys.error();
    if (keys->size() == 1) {
        auto id = m_objects.attribute(keys->front(), CKA_ID);
        if (id.empty())
            return Error{Errc::KeyNotFound, "the token's only key has no key id (CKA_ID), so no certificate fits it"};
        return id;
    }
    std::string all;
    for (const CK_OBJECT_HANDLE key : *keys)
        all += (all.empty() ? "" : ", ") + tls::hexOf(m_objects.attribute(key, CKA_ID));
    return Error{Errc::KeyNotFound,
        keys->empty()
            ? "the token shows no private key; --generate makes one. Some modules (OpenSC) show the key of a card "
              "only once its certificate is on the card: until then the request is made in the desk's window, or "
              "with the maker's tool"
            : "the token holds several keys; say which with --key-id: " + all};
}

base::Status UnlockedToken::generate(KeyKind kind, const Bytes& id) const
{
    const auto writing = openForWriting();
    if (!writing)
        return writing.error();
    const auto lasting = auth::timing(m_timer);
    return generateKey(*writing, kind, id);
}

base::Result<tls::KeyPtr> UnlockedToken::publicKey(const Bytes& id) const
{
    return publicKeyOf(m_objects, id);
}

base::Result<tls::KeyPtr> UnlockedToken::signingKey(const Bytes& id, EVP_PKEY& publicKey) const
{
    const auto shell = shellFor(publicKey);
    if (!shell || !auth::isUsableKey(*shell))
        return Error{Errc::Unsupported,
            "the key with key id " + tls::hexOf(id)
                + " is of a kind that no session uses; expected EC P-256, EC P-384 or RSA of at least 2048 bits"};
    auto signer = auth::SessionSigner::find(m_module, m_login, id, m_pin, m_timer);
    if (!signer)
        return signer.error();
    return tls::delegatingKey(*shell, std::make_shared<auth::SessionSigner>(*std::move(signer)));
}

base::Result<std::vector<tls::CertificatePtr>> UnlockedToken::certificates(const Bytes& id) const
{
    const auto objects = m_objects.find(CKO_CERTIFICATE, id);
    if (!objects)
        return objects.error();
    std::vector<tls::CertificatePtr> found;
    for (const CK_OBJECT_HANDLE object : *objects) {
        if (auto certificate = m_objects.certificate(object))
            found.push_back(std::move(certificate));
    }
    return found;
}

base::Status UnlockedToken::checkRoom(const Bytes& id, X509* wanted, Replace replace, base::UtcTime now) const
{
    const auto present = certificates(id);
    if (!present)
        return present.error();
    for (const auto& one : *present) {
        const bool expired = tls::notAfterOf(*one) < now;
        if (replace == Replace::OnlyExpired && !expired && !(wanted && isSame(*one, *wanted)))
            return Error{Errc::Duplicate,
                "the token holds another certificate for this key that is still valid: " + tls::subjectOf(*one)
                    + ", fingerprint " + tls::fingerprint(*one)
                    + "; it was left alone, --replace puts the new one in its place"};
    }
    const auto writing = openForWriting();
    return writing ? base::Status(base::Ok{}) : writing.error();
}

base::Result<std::vector<tls::CertificatePtr>> UnlockedToken::store(
    X509& certificate, const Bytes& id, Replace replace, base::UtcTime now) const
{
    if (auto room = checkRoom(id, &certificate, replace, now); !room)
        return room.error();
    const auto writing = openForWriting();
    if (!writing)
        return writing.error();
    const auto isThere = [&]() -> base::Result<bool> {
        const auto present = certificates(id);
        if (!present)
            return present.error();
        return std::any_of(
            present->begin(), present->end(), [&](const auto& one) { return isSame(*one, certificate); });
    };
    auto there = isThere();
    if (!there)
        return there.error();
    if (!*there) {
        if (auto created = create(*writing, certificate, id); !created)
            return created.error();
        there = isThere();
        if (!there)
            return there.error();
        if (!*there)
            return Error{Errc::TokenFailure, "the token took the certificate and does not show it"};
    }
    return removeOthers(*writing, certificate, id);
}

base::Result<std::vector<tls::CertificatePtr>> UnlockedToken::removeOthers(
    const TokenObjects& writing, X509& kept, const Bytes& id) const
{
    const auto objects = writing.find(CKO_CERTIFICATE, id);
    if (!objects)
        return objects.error();
    std::vector<tls::CertificatePtr> removed;
    for (const CK_OBJECT_HANDLE object : *objects) {
        auto certificate = writing.certificate(object);
        if (!certificate || isSame(*certificate, kept))
            continue;
        if (const CK_RV code = writing.functions().C_DestroyObject(writing.session(), object); code != CKR_OK)
            return auth::tokenError(code, "the new certificate is on the token; removing the old one from it");
        removed.push_back(std::move(certificate));
    }
    return removed;
}

base::Result<TokenObjects> UnlockedToken::openForWriting() const
{
    return TokenObjects::open(m_module.functions(), m_login.slot(), TokenObjects::Use::Write);
}

KeyPlace UnlockedToken::placeOf(const Bytes& id, EVP_PKEY& publicKey) const
{
    KeyPlace place = m_place;
    place.keyId = tls::hexOf(id);
    if (const auto shell = shellFor(publicKey))
        place.keyAlgorithm = auth::keyAlgorithmOf(*shell);
    return place;
}

}
