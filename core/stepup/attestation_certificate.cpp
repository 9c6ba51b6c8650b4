#include "core/stepup/attestation_certificate.h"

#include "core/stepup/openssl_handles.h"

#include <algorithm>
#include <chrono>

namespace stepup {

namespace {

using Code = VerifyRefusal;

constexpr std::size_t AaguidExtensionSize = 18; ///< an OCTET STRING of 16 bytes inside of the extension's own

/// Value of the only attribute of that type; absent where there is none or are several.
std::optional<std::string> attributeOf(X509& certificate, int nid)
{
    const X509_NAME* name = X509_get_subject_name(&certificate);
    const int at = X509_NAME_get_index_by_NID(name, nid, -1);
    if (at < 0 || X509_NAME_get_index_by_NID(name, nid, at) >= 0)
        return std::nullopt;
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (size < 0)
        return std::nullopt;
    std::string value(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    return value;
}

bool isEndEntity(X509& certificate)
{
    int critical = 0;
    const Handle<BASIC_CONSTRAINTS> constraints(
        static_cast<BASIC_CONSTRAINTS*>(X509_get_ext_d2i(&certificate, NID_basic_constraints, &critical, nullptr)));
    return constraints && constraints->ca == 0;
}

bool hasAttestationSubject(X509& certificate)
{
    const auto country = attributeOf(certificate, NID_countryName);
    const auto organisation = attributeOf(certificate, NID_organizationName);
    const auto name = attributeOf(certificate, NID_commonName);
    return country && country->size() == 2 && organisation && !organisation->empty() && name && !name->empty()
        && attributeOf(certificate, NID_organizationalUnitName) == "Authenticator Attestation";
}

Refusal describe(int error)
{
    switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return {Code::AttestationExpired, "a certificate of the attestation has expired"};
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return {Code::AttestationNotYetValid, "a certificate of the attestation is not yet valid"};
    default: // OpenSSL's list is open
        return {Code::AttestationUntrusted,
            std::string("the attestation does not lead to a pinned root: ") + X509_verify_cert_error_string(error)};
    }
}

/// Value of the only AAGUID extension; absent where there is none or are several.
std::optional<ByteView> onlyAaguidExtension(X509& leaf)
{
    const std::unique_ptr<ASN1_OBJECT, decltype(&ASN1_OBJECT_free)> type(
        OBJ_txt2obj("1.3.6.1.4.1.45724.1.1.4", 1), ASN1_OBJECT_free);
    const int at = type ? X509_get_ext_by_OBJ(&leaf, type.get(), -1) : -1;
    if (at < 0 || X509_get_ext_by_OBJ(&leaf, type.get(), at) >= 0)
        return std::nullopt;
    const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(X509_get_ext(&leaf, at));
    if (!value)
        return std::nullopt;
    return ByteView(ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value)));
}

}

bool hasKeyOf(X509& leaf, Algorithm algorithm)
{
    const ErrorQueueGuard errors;
    const EVP_PKEY* key = X509_get0_pubkey(&leaf);
    return key && fits(*key, algorithm);
}

MaybeRefusal checkLeaf(X509& leaf)
{
    const ErrorQueueGuard errors;
    if (X509_get_version(&leaf) != X509_VERSION_3)
        return Refusal{Code::AttestationCertificateVersion, "the attestation certificate is not of X.509 version 3"};
    if (!isEndEntity(leaf))
        return Refusal{Code::AttestationAuthority,
            "the attestation certificate is that of an authority, or has no basic constraints"};
    if (!hasAttestationSubject(leaf))
        return Refusal{Code::AttestationSubject,
            "the subject of the attestation certificate is not C, O, OU \"Authenticator Attestation\" and CN"};
    return std::nullopt;
}

MaybeRefusal checkOrder(const std::vector<CertificateOwner>& chain)
{
    const ErrorQueueGuard errors;
    const auto isNotIssuedBy = [](const CertificateOwner& certificate, const CertificateOwner& issuer) {
        return X509_check_issued(issuer.get(), certificate.get()) != X509_V_OK;
    };
    if (std::adjacent_find(chain.begin(), chain.end(), isNotIssuedBy) != chain.end())
        return Refusal{
            Code::AttestationChainOrder, "a certificate of the attestation is not issued by the one that follows it"};
    return std::nullopt;
}

MaybeRefusal checkChain(const std::vector<CertificateOwner>& chain, const AttestationRoots& roots, base::UtcTime at)
{
    const ErrorQueueGuard errors;
    const Refusal failed{Code::AttestationUntrusted, "OpenSSL cannot verify a certificate"};
    const Handle<X509_STORE> store(X509_STORE_new());
    const Handle<X509_STORE_CTX> verification(X509_STORE_CTX_new());
    const std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> others(
        sk_X509_new_null(), [](STACK_OF(X509) * stack) { sk_X509_free(stack); });
    if (!store || !verification || !others)
        return failed;
    for (const auto& root : roots.certificates())
        if (X509_STORE_add_cert(store.get(), root.get()) != 1)
            return failed;
    for (std::size_t i = 1; i < chain.size(); ++i)
        if (sk_X509_push(others.get(), chain[i].get()) <= 0)
            return failed;
    if (X509_STORE_CTX_init(verification.get(), store.get(), chain.front().get(), others.get()) != 1)
        return failed;
    X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(verification.get());
    // Exactly what is pinned is trusted: an intermediate is an anchor too. X509_V_FLAG_X509_STRICT would refuse what
    // makers really ship: leaves without an authority key identifier.
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_auth_level(rules, SecurityLevel);
    X509_VERIFY_PARAM_set_depth(rules, static_cast<int>(MaxChainSize));
    X509_VERIFY_PARAM_set_time(rules, std::chrono::system_clock::to_time_t(at));
    if (X509_verify_cert(verification.get()) != 1)
        return describe(X509_STORE_CTX_get_error(verification.get()));
    return std::nullopt;
}

MaybeRefusal checkModel(X509& leaf, const Aaguid& aaguid)
{
    const ErrorQueueGuard errors;
    const auto value = onlyAaguidExtension(leaf);
    if (!value)
        return Refusal{Code::AttestationModel, "the attestation certificate has no AAGUID extension, or several"};
    const bool wellFormed = value->size() == AaguidExtensionSize && (*value)[0] == 0x04 && (*value)[1] == aaguid.size();
    if (!wellFormed || !std::equal(aaguid.begin(), aaguid.end(), value->begin() + 2))
        return Refusal{Code::AttestationModel,
            "the attestation certificate is for another model (AAGUID) than the security key says it is"};
    return std::nullopt;
}

}
