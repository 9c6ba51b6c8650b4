#include "core/stepup/device_trust.h"

#include "core/stepup/openssl_handles.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <chrono>

namespace stepup {

namespace {

using base::Errc;
using base::Error;
using MaybeFault = std::optional<DeviceRefusal>;
using StackOfOthers = std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)>;

constexpr int SaltSize = 32;

/// Null where it is no certificate, or something follows it.
CertificateOwner certificateIn(const Bytes& der)
{
    const auto* next = der.data();
    CertificateOwner certificate(d2i_X509(nullptr, &next, static_cast<long>(der.size())));
    return next == der.data() + der.size() ? std::move(certificate) : nullptr;
}

std::vector<CertificateOwner> chainIn(const DeviceCertificate& proof)
{
    std::vector<CertificateOwner> chain;
    chain.push_back(certificateIn(proof.leaf));
    for (const Bytes& issuer : proof.issuers)
        chain.push_back(certificateIn(issuer));
    return chain;
}

std::optional<Algorithm> algorithmFor(DeviceSignature scheme)
{
    switch (scheme) {
    case DeviceSignature::EcdsaP256:
        return Algorithm::Es256;
    case DeviceSignature::EcdsaP384:
        return Algorithm::Es384;
    case DeviceSignature::RsaPss: // the same keys; how they sign is told below
    case DeviceSignature::RsaPkcs1:
        return Algorithm::Rs256;
    }
    return std::nullopt;
}

MaybeFault checkSuitable(X509& leaf, DeviceSignature scheme)
{
    const auto unsuitable = [](const char* why) { return DeviceRefusal{DeviceFault::Unsuitable, why}; };
    const std::uint32_t flags = X509_get_extension_flags(&leaf);
    if (X509_get_version(&leaf) != X509_VERSION_3 || (flags & EXFLAG_INVALID) != 0)
        return unsuitable("the certificate is not a sound one of X.509 version 3");
    if ((flags & EXFLAG_CA) != 0 || X509_check_ca(&leaf) != 0)
        return unsuitable("the certificate is that of an authority");
    if ((flags & EXFLAG_XKUSAGE) != 0 && (X509_get_extended_key_usage(&leaf) & XKU_SSL_CLIENT) == 0)
        return unsuitable("the certificate is for other purposes than client authentication");
    if ((X509_get_key_usage(&leaf) & KU_DIGITAL_SIGNATURE) == 0)
        return unsuitable("the certificate's key is not for signatures");
    const auto algorithm = algorithmFor(scheme);
    const EVP_PKEY* key = X509_get0_pubkey(&leaf);
    if (!key || !algorithm || !fits(*key, *algorithm))
        return unsuitable(
            "the certificate's key is not one of this kind of signature: EC P-256 or P-384, RSA with 2048 "
            "to 4096 bits");
    return std::nullopt;
}

DeviceRefusal described(int error)
{
    switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return {DeviceFault::Expired, "the certificate, or one above it, has expired"};
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return {DeviceFault::NotYetValid, "the certificate, or one above it, is not yet valid"};
    case X509_V_ERR_CERT_REVOKED:
        return {DeviceFault::Revoked, "the certificate was revoked"};
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
    case X509_V_ERR_DIFFERENT_CRL_SCOPE:
    case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
        return {DeviceFault::RevocationUnknown,
            std::string("whether the certificate was revoked cannot be told: ") + X509_verify_cert_error_string(error)};
    default: // OpenSSL's list is open
        return {DeviceFault::Untrusted,
            std::string("the certificate does not lead to the firm's device CA: ")
                + X509_verify_cert_error_string(error)};
    }
}

/// Null without memory.
Handle<X509_STORE> storeOf(const DeviceTrust& trust)
{
    Handle<X509_STORE> store(X509_STORE_new());
    for (const auto& root : trust.roots.certificates())
        if (!store || X509_STORE_add_cert(store.get(), root.get()) != 1)
            return nullptr;
    for (const auto& list : trust.lists)
        if (!store || X509_STORE_add_crl(store.get(), list.get()) != 1)
            return nullptr;
    return store;
}

MaybeFault checkLeadsUp(const std::vector<CertificateOwner>& chain, const DeviceTrust& trust, base::UtcTime at)
{
    const DeviceRefusal failed{DeviceFault::Untrusted, "OpenSSL cannot verify a certificate"};
    const Handle<X509_STORE> store = storeOf(trust);
    const Handle<X509_STORE_CTX> verification(X509_STORE_CTX_new());
    const StackOfOthers others(sk_X509_new_null(), [](STACK_OF(X509) * stack) { sk_X509_free(stack); });
    if (!store || !verification || !others)
        return failed;
    for (std::size_t i = 1; i < chain.size(); ++i)
        if (sk_X509_push(others.get(), chain[i].get()) <= 0)
            return failed;
    if (X509_STORE_CTX_init(verification.get(), store.get(), chain.front().get(), others.get()) != 1)
        return failed;
    X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(verification.get());
    // Exactly what is configured is trusted: an issuing CA is an anchor too, and the only one that need be named.
    unsigned long flags = X509_V_FLAG_PARTIAL_CHAIN;
    if (trust.checksRevocation)
        flags |= X509_V_FLAG_CRL_CHECK;
    X509_VERIFY_PARAM_set_flags(rules, flags);
    X509_VERIFY_PARAM_set_auth_level(rules, SecurityLevel);
    X509_VERIFY_PARAM_set_depth(rules, static_cast<int>(MaxDeviceIssuers) + 1);
    X509_VERIFY_PARAM_set_time(rules, std::chrono::system_clock::to_time_t(at));
    if (X509_verify_cert(verification.get()) != 1)
        return described(X509_STORE_CTX_get_error(verification.get()));
    return std::nullopt;
}

/// A fixed length of salt, so that a signature has one form.
bool verifyPss(EVP_PKEY& key, ByteView message, ByteView signature)
{
    const Handle<EVP_MD_CTX> digest(EVP_MD_CTX_new());
    EVP_PKEY_CTX* context = nullptr; // the digest's
    return signature.size() == static_cast<std::size_t>(EVP_PKEY_get_size(&key)) && digest
        && EVP_DigestVerifyInit(digest.get(), &context, EVP_sha256(), nullptr, &key) == 1
        && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
        && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, SaltSize) == 1
        && EVP_DigestVerify(digest.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

bool isSigned(X509& leaf, const DeviceCertificate& proof)
{
    EVP_PKEY* key = X509_get0_pubkey(&leaf);
    const Bytes message = signedBytes(proof);
    switch (proof.scheme) {
    case DeviceSignature::EcdsaP256:
        return verifySignature(*key, Algorithm::Es256, message, proof.signature);
    case DeviceSignature::EcdsaP384:
        return verifySignature(*key, Algorithm::Es384, message, proof.signature);
    case DeviceSignature::RsaPss:
        return verifyPss(*key, message, proof.signature);
    case DeviceSignature::RsaPkcs1:
        return verifySignature(*key, Algorithm::Rs256, message, proof.signature);
    }
    return false;
}

bool saysHardware(X509& leaf, const std::set<std::string>& policies)
{
    const std::unique_ptr<CERTIFICATEPOLICIES, decltype(&CERTIFICATEPOLICIES_free)> named(
        static_cast<CERTIFICATEPOLICIES*>(X509_get_ext_d2i(&leaf, NID_certificate_policies, nullptr, nullptr)),
        CERTIFICATEPOLICIES_free);
    for (int at = 0; named && at < sk_POLICYINFO_num(named.get()); ++at) {
        std::array<char, 128> text{};
        const int size =
            OBJ_obj2txt(text.data(), static_cast<int>(text.size()), sk_POLICYINFO_value(named.get(), at)->policyid, 1);
        if (size > 0 && static_cast<std::size_t>(size) < text.size() && policies.contains(text.data()))
            return true;
    }
    return false;
}

/// Null where it is none, or something follows it.
RevocationListOwner listInDer(const std::string& content)
{
    const auto* begin = reinterpret_cast<const unsigned char*>(content.data());
    const auto* next = begin;
    RevocationListOwner list(d2i_X509_CRL(nullptr, &next, static_cast<long>(content.size())));
    ERR_clear_error();
    return next == begin + content.size() ? std::move(list) : nullptr;
}

/// False where there is none, or one that cannot be read.
bool readListsInPem(const std::string& content, std::vector<RevocationListOwner>& lists)
{
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> text(
        BIO_new_mem_buf(content.data(), static_cast<int>(content.size())), BIO_free_all);
    while (text) {
        RevocationListOwner list(PEM_read_bio_X509_CRL(text.get(), nullptr, nullptr, nullptr));
        if (!list)
            break;
        lists.push_back(std::move(list));
    }
    // The end of the file is the only thing that may stop it.
    return !lists.empty() && ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
}

/// OpenSSL would take a delta list for a complete one, and for the newer of the two: what the complete one revokes
/// would hold. And it would take a list that does not say until when it holds for ever.
base::Status checkList(const X509_CRL& list)
{
    if (X509_CRL_get_ext_by_NID(&list, NID_delta_crl, -1) >= 0)
        return Error{Errc::Configuration,
            "it holds a delta list, which names only what has changed since another list; put in the authority's "
            "complete "
            "list alone"};
    if (!X509_CRL_get0_nextUpdate(&list))
        return Error{Errc::Configuration,
            "it holds a list that does not say until when it holds (nextUpdate): it would never be out of date"};
    return base::Ok{};
}

std::variant<std::string, DeviceRefusal> nameOf(X509& leaf, const DeviceNames& registered)
{
    const DeviceNames names = deviceNamesOf(leaf);
    const auto found =
        std::find_if(registered.begin(), registered.end(), [&](const auto& name) { return names.contains(name); });
    if (found != registered.end())
        return *found;
    auto own = deviceNameOf(leaf);
    if (!own)
        return DeviceRefusal{DeviceFault::Unsuitable, own.error().detail};
    if (registered.empty())
        return *std::move(own);
    return DeviceRefusal{DeviceFault::OtherDevice,
        "it is that of " + *own + ", and the person's certificate is registered with " + deviceNamesText(registered)};
}

}

base::Result<std::vector<RevocationListOwner>> revocationListsFrom(const std::string& content)
{
    const ErrorQueueGuard errors;
    std::vector<RevocationListOwner> lists;
    if (auto single = listInDer(content))
        lists.push_back(std::move(single));
    else if (!readListsInPem(content, lists))
        return Error{Errc::Configuration, "revocation lists in PEM are expected, or one in DER; at least one"};
    for (const auto& list : lists)
        if (const auto usable = checkList(*list); !usable)
            return usable.error();
    return lists;
}

bool isPolicyOid(const std::string& text)
{
    const ErrorQueueGuard errors;
    const std::unique_ptr<ASN1_OBJECT, decltype(&ASN1_OBJECT_free)> oid(OBJ_txt2obj(text.c_str(), 1), ASN1_OBJECT_free);
    return oid != nullptr;
}

const char* faultName(DeviceFault fault)
{
    switch (fault) {
    case DeviceFault::Malformed:
        return "device-certificate-malformed";
    case DeviceFault::Unsuitable:
        return "device-certificate-unsuitable";
    case DeviceFault::Untrusted:
        return "device-certificate-untrusted";
    case DeviceFault::Expired:
        return "device-certificate-expired";
    case DeviceFault::NotYetValid:
        return "device-certificate-not-yet-valid";
    case DeviceFault::Revoked:
        return "device-certificate-revoked";
    case DeviceFault::RevocationUnknown:
        return "device-revocation-unknown";
    case DeviceFault::SignatureWrong:
        return "device-signature-wrong";
    case DeviceFault::OtherStatement:
        return "device-signature-of-another-statement";
    case DeviceFault::OtherDevice:
        return "other-device";
    case DeviceFault::Replayed:
        return "device-signature-replayed";
    }
    return "";
}

std::variant<KnownDevice, DeviceRefusal> verifyDevice(
    const DeviceCertificate& proof, const DeviceTrust& trust, const DeviceExpectation& expected)
{
    const ErrorQueueGuard errors;
    if (const auto sound = checkDeviceCertificate(proof); !sound)
        return DeviceRefusal{DeviceFault::Malformed, sound.error().detail};
    const auto chain = chainIn(proof);
    if (std::find(chain.begin(), chain.end(), nullptr) != chain.end())
        return DeviceRefusal{DeviceFault::Malformed, "what was sent is no certificate in DER"};
    X509& leaf = *chain.front();
    if (auto fault = checkSuitable(leaf, proof.scheme))
        return *std::move(fault);
    if (auto fault = checkLeadsUp(chain, trust, expected.at))
        return *std::move(fault);
    if (!isSigned(leaf, proof))
        return DeviceRefusal{DeviceFault::SignatureWrong, "the certificate's key did not sign it"};
    if (!equalInConstantTime(proof.nonce, expected.nonce))
        return DeviceRefusal{
            DeviceFault::OtherStatement, "it was made for another connection, another person or another statement"};
    auto name = nameOf(leaf, expected.registered);
    if (auto* refusal = std::get_if<DeviceRefusal>(&name))
        return *std::move(refusal);
    return KnownDevice{.name = std::get<std::string>(std::move(name)),
        .isHardware = saysHardware(leaf, trust.hardwarePolicies),
        .place = proof.place};
}

}
