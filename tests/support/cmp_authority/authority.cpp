#include "tests/support/cmp_authority/authority.h"

#include "core/tls/statement.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

namespace cmp_authority {

using base::Errc;
using base::Error;

namespace {

using View = std::span<const std::uint8_t>;
constexpr long Days = 365;
constexpr int KeyUpdateRequest = 7; ///< PKIBody (RFC 4210, 5.1.2)

struct Element {
    std::uint8_t tag = 0;
    View value;
    View rest;
};

/// The first element of DER; absent where it is none. What OpenSSL 3.0 keeps to itself is read this way.
std::optional<Element> first(View der)
{
    if (der.size() < 2)
        return std::nullopt;
    std::size_t at = 2;
    std::size_t size = der[1];
    if (size > 0x80) {
        const std::size_t bytes = size - 0x80;
        if (bytes > 3 || der.size() < at + bytes)
            return std::nullopt;
        size = 0;
        for (std::size_t i = 0; i < bytes; ++i)
            size = size << 8U | der[at++];
    }
    if (der.size() - at < size)
        return std::nullopt;
    return Element{der[0], der.subspan(at, size), der.subspan(at + size)};
}

/// The element with this tag among those of a sequence's content.
std::optional<Element> among(View content, std::uint8_t tag)
{
    for (auto element = first(content); element; element = first(element->rest))
        if (element->tag == tag)
            return element;
    return std::nullopt;
}

/// senderKID of a PKIHeader (RFC 4210, 5.1.1): the reference, where the message is protected by a secret.
std::string referenceOf(View message)
{
    const auto whole = first(message);
    const auto header = whole ? first(whole->value) : std::nullopt;
    const auto tagged = header ? among(header->value, 0xa2) : std::nullopt;
    const auto reference = tagged ? first(tagged->value) : std::nullopt;
    return reference ? std::string(reference->value.begin(), reference->value.end()) : std::string();
}

/// publicKey of a CertTemplate (RFC 4211, 5), which is a SubjectPublicKeyInfo with the tag [6].
tls::KeyPtr publicKeyOf(const OSSL_CRMF_MSG& wanted)
{
    unsigned char* der = nullptr;
    const int size = i2d_OSSL_CRMF_CERTTEMPLATE(OSSL_CRMF_MSG_get0_tmpl(&wanted), &der);
    if (size <= 0)
        return nullptr;
    std::vector<std::uint8_t> copy(der, der + size);
    OPENSSL_free(der);
    const auto whole = first(copy);
    const auto key = whole ? among(whole->value, 0xa6) : std::nullopt;
    if (!key)
        return nullptr;
    // The same content under the tag that it has elsewhere.
    const std::size_t length = key->value.size();
    std::vector<std::uint8_t> info{
        0x30, 0x82, static_cast<std::uint8_t>(length >> 8U), static_cast<std::uint8_t>(length)};
    info.insert(info.end(), key->value.begin(), key->value.end());
    const unsigned char* at = info.data();
    tls::KeyPtr parsed(d2i_PUBKEY(nullptr, &at, static_cast<long>(info.size())));
    ERR_clear_error();
    return parsed;
}

std::string commonNameOf(const X509_NAME& name)
{
    std::array<char, 128> text{};
    const int size = X509_NAME_get_text_by_NID(&name, NID_commonName, text.data(), static_cast<int>(text.size()));
    return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : std::string();
}

std::string hexOf(const ASN1_INTEGER& serial)
{
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(ASN1_INTEGER_to_BN(&serial, nullptr), BN_free);
    char* text = number ? BN_bn2hex(number.get()) : nullptr;
    std::string hex = text ? text : "";
    OPENSSL_free(text);
    return hex;
}

bool addExtension(X509& certificate, X509& issuer, int nid, const char* value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
    X509V3_set_ctx_nodb(&context);
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_nconf_nid(nullptr, &context, nid, value), X509_EXTENSION_free);
    return extension && X509_add_ext(&certificate, extension.get(), -1) == 1;
}

OSSL_CMP_PKISI* rejected(const std::string& why)
{
    std::cerr << "demo-authority: refused: " << why << std::endl;
    return OSSL_CMP_STATUSINFO_new(
        OSSL_CMP_PKISTATUS_rejection, 1 << OSSL_CMP_PKIFAILUREINFO_badCertTemplate, why.c_str());
}

OSSL_CMP_PKISI* onRevocation(OSSL_CMP_SRV_CTX*, const OSSL_CMP_MSG*, const X509_NAME*, const ASN1_INTEGER*)
{
    return rejected("this authority revokes nothing");
}

int onGeneral(OSSL_CMP_SRV_CTX*, const OSSL_CMP_MSG*, const STACK_OF(OSSL_CMP_ITAV) *, STACK_OF(OSSL_CMP_ITAV) **)
{
    return 0;
}

void onError(
    OSSL_CMP_SRV_CTX*, const OSSL_CMP_MSG*, const OSSL_CMP_PKISI*, const ASN1_INTEGER*, const OSSL_CMP_PKIFREETEXT*)
{
    std::cerr << "demo-authority: the client says that something is wrong" << std::endl;
}

int onConfirmation(OSSL_CMP_SRV_CTX*, const OSSL_CMP_MSG*, int, const ASN1_OCTET_STRING*, const OSSL_CMP_PKISI*)
{
    return 1;
}

int onPoll(OSSL_CMP_SRV_CTX*, const OSSL_CMP_MSG*, int, OSSL_CMP_MSG**, std::int64_t*)
{
    return 0;
}

}

Authority::Authority(tls::CertificatePtr certificate, tls::KeyPtr key, std::string directory)
    : m_certificate(std::move(certificate))
    , m_key(std::move(key))
    , m_directory(std::move(directory))
    , m_context(OSSL_CMP_SRV_CTX_new(nullptr, nullptr))
{
}

base::Result<std::unique_ptr<Authority>> Authority::open(
    const std::string& certificate, const std::string& key, std::string directory)
{
    auto certificates = tls::loadPemCertificates(certificate);
    if (!certificates)
        return certificates.error();
    const std::unique_ptr<BIO, decltype(&BIO_free)> file(BIO_new_file(key.c_str(), "r"), BIO_free);
    tls::KeyPtr secret(file ? PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!secret || X509_check_private_key(certificates->front().get(), secret.get()) != 1)
        return Error{Errc::Configuration, key + " is not the key of " + certificate};
    std::error_code problem;
    std::filesystem::create_directories(directory, problem);
    if (problem)
        return Error{Errc::Io, directory + ": " + problem.message()};
    std::unique_ptr<Authority> made(
        new Authority(std::move(certificates->front()), std::move(secret), std::move(directory)));
    if (auto begun = made->begin(); !begun)
        return begun.error();
    return made;
}

base::Status Authority::begin()
{
    const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> store(X509_STORE_new(), X509_STORE_free);
    OSSL_CMP_CTX* context = m_context ? OSSL_CMP_SRV_CTX_get0_cmp_ctx(m_context.get()) : nullptr;
    const bool ready = context && store && X509_STORE_add_cert(store.get(), m_certificate.get()) == 1
        && X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN) == 1
        && OSSL_CMP_SRV_CTX_init(
               m_context.get(), this, onRequest, onRevocation, onGeneral, onError, onConfirmation, onPoll)
            == 1
        && OSSL_CMP_CTX_set1_cert(context, m_certificate.get()) == 1
        && OSSL_CMP_CTX_set1_pkey(context, m_key.get()) == 1;
    if (!ready || OSSL_CMP_CTX_set0_trustedStore(context, store.get()) != 1)
        return Error{Errc::Internal, "OpenSSL cannot set up a CMP server"};
    X509_STORE_up_ref(store.get());
    return base::Ok{};
}

void Authority::takeSecret(const std::vector<std::uint8_t>& request)
{
    OSSL_CMP_CTX* context = OSSL_CMP_SRV_CTX_get0_cmp_ctx(m_context.get());
    const std::string reference = referenceOf(request);
    const auto found = m_invitations.find(reference);
    m_reference = found == m_invitations.end() ? std::string() : reference;
    // Null: none, which is not the same as an empty one that anybody could guess.
    const auto give = [context](auto* set, const std::string& value) {
        set(context, value.empty() ? nullptr : reinterpret_cast<const unsigned char*>(value.data()),
            static_cast<int>(value.size()));
    };
    give(OSSL_CMP_CTX_set1_referenceValue, m_reference);
    give(OSSL_CMP_CTX_set1_secretValue, m_reference.empty() ? std::string() : found->second.secret);
}

base::Result<std::vector<std::uint8_t>> Authority::answer(const std::vector<std::uint8_t>& request)
{
    const unsigned char* at = request.data();
    const std::unique_ptr<OSSL_CMP_MSG, decltype(&OSSL_CMP_MSG_free)> message(
        d2i_OSSL_CMP_MSG(nullptr, &at, static_cast<long>(request.size())), OSSL_CMP_MSG_free);
    if (!message)
        return Error{Errc::InvalidInput, "this is no CMP message"};
    takeSecret(request);
    const std::unique_ptr<OSSL_CMP_MSG, decltype(&OSSL_CMP_MSG_free)> response(
        OSSL_CMP_SRV_process_request(m_context.get(), message.get()), OSSL_CMP_MSG_free);
    ERR_print_errors_fp(stderr);
    unsigned char* der = nullptr;
    const int size = response ? i2d_OSSL_CMP_MSG(response.get(), &der) : 0;
    if (size <= 0)
        return Error{Errc::InvalidInput, "this CMP message cannot be answered"};
    std::vector<std::uint8_t> bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

OSSL_CMP_PKISI* Authority::onRequest(OSSL_CMP_SRV_CTX* context, const OSSL_CMP_MSG* request, int,
    const OSSL_CRMF_MSG* wanted, const X509_REQ*, X509** issued, STACK_OF(X509) **, STACK_OF(X509) **)
{
    auto* authority = static_cast<Authority*>(OSSL_CMP_SRV_CTX_get0_custom_ctx(context));
    if (!wanted)
        return rejected("a request in the form of RFC 4211 is expected");
    auto made = authority->certify(*request, *wanted);
    if (!made)
        return rejected(made.error().detail);
    *issued = made->release();
    return OSSL_CMP_STATUSINFO_new(OSSL_CMP_PKISTATUS_accepted, 0, nullptr);
}

base::Result<tls::CertificatePtr> Authority::certify(const OSSL_CMP_MSG& request, const OSSL_CRMF_MSG& wanted)
{
    // OpenSSL has verified the message's protection, and that whoever asks has the key.
    const auto key = publicKeyOf(wanted);
    if (!key)
        return Error{Errc::InvalidInput, "the request names no public key"};
    if (OSSL_CMP_MSG_get_bodytype(&request) == KeyUpdateRequest) {
        const OSSL_CRMF_CERTID* old = OSSL_CRMF_MSG_get0_regCtrl_oldCertID(&wanted);
        const ASN1_INTEGER* serial = old ? OSSL_CRMF_CERTID_get0_serialNumber(old) : nullptr;
        auto present = serial ? tls::loadPemCertificates(m_directory + '/' + hexOf(*serial) + ".pem")
                              : base::Result<std::vector<tls::CertificatePtr>>(Error{Errc::NotFound, ""});
        if (!present)
            return Error{Errc::NotFound, "the certificate to be renewed was not issued here"};
        // The proof of the key is the proof of the person.
        if (EVP_PKEY_eq(X509_get0_pubkey(present->front().get()), key.get()) != 1)
            return Error{Errc::Refused, "a certificate is renewed for the same key"};
        return issue(*X509_get_subject_name(present->front().get()), *key);
    }
    if (m_reference.empty() || m_used.contains(m_reference))
        return Error{Errc::Refused, "no reference is known that is still good for a first certificate"};
    const X509_NAME* subject = OSSL_CRMF_CERTTEMPLATE_get0_subject(OSSL_CRMF_MSG_get0_tmpl(&wanted));
    const std::string& invited = m_invitations.at(m_reference).commonName;
    if (!subject || commonNameOf(*subject) != invited)
        return Error{Errc::Refused, "the reference is for CN=" + invited};
    auto made = issue(*subject, *key);
    if (!made)
        return made;
    m_used.insert(m_reference);
    if (const auto kept = keepStatement(wanted, **made); !kept)
        return kept.error();
    return made;
}

base::Status Authority::keepStatement(const OSSL_CRMF_MSG& wanted, const X509& issued) const
{
    constexpr const char* statement = "1.3.6.1.4.1.41482.3.11"; // of a card about its key, as Yubico's tools send it
    const std::unique_ptr<ASN1_OBJECT, decltype(&ASN1_OBJECT_free)> name(OBJ_txt2obj(statement, 1), ASN1_OBJECT_free);
    const auto* sent = OSSL_CRMF_CERTTEMPLATE_get0_extensions(OSSL_CRMF_MSG_get0_tmpl(&wanted));
    const int at = sent ? X509v3_get_ext_by_OBJ(sent, name.get(), -1) : -1;
    if (at < 0)
        return base::Ok{};
    const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(X509v3_get_ext(sent, at));
    std::ofstream file(m_directory + '/' + hexOf(*X509_get0_serialNumber(&issued)) + ".statement", std::ios::binary);
    file.write(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)), ASN1_STRING_length(value));
    file.close();
    return file ? base::Status(base::Ok{}) : Error{Errc::Io, "the card's statement cannot be written down"};
}

base::Result<tls::CertificatePtr> Authority::issue(const X509_NAME& subject, EVP_PKEY& key)
{
    tls::CertificatePtr made(X509_new());
    std::array<unsigned char, 16> number{};
    if (!made || RAND_bytes(number.data(), static_cast<int>(number.size())) != 1)
        return Error{Errc::Internal, "there are no random bytes"};
    number[0] = static_cast<unsigned char>((number[0] & 0x3fU) | 0x40U); // positive, and of one length
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> serial(
        BN_bin2bn(number.data(), static_cast<int>(number.size()), nullptr), BN_free);
    X509& one = *made;
    const bool built = X509_set_version(&one, X509_VERSION_3) == 1
        && BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(&one)) && X509_set_subject_name(&one, &subject) == 1
        && X509_set_issuer_name(&one, X509_get_subject_name(m_certificate.get())) == 1
        && X509_gmtime_adj(X509_getm_notBefore(&one), -60)
        && X509_time_adj_ex(X509_getm_notAfter(&one), Days, 0, nullptr) && X509_set_pubkey(&one, &key) == 1
        && addExtension(one, *m_certificate, NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(one, *m_certificate, NID_key_usage, "critical,digitalSignature")
        && addExtension(one, *m_certificate, NID_ext_key_usage, "clientAuth")
        && addExtension(one, *m_certificate, NID_subject_key_identifier, "hash")
        && addExtension(one, *m_certificate, NID_authority_key_identifier, "keyid")
        && X509_sign(&one, m_key.get(), EVP_sha256()) > 0;
    if (!built)
        return Error{Errc::Internal, "OpenSSL cannot issue this certificate"};
    std::ofstream file(m_directory + '/' + hexOf(*X509_get0_serialNumber(&one)) + ".pem");
    file << tls::toPem(one);
    file.close();
    if (!file)
        return Error{Errc::Io, "what is issued cannot be written down"};
    std::cerr << "demo-authority: issued to " << tls::subjectOf(one) << std::endl;
    return made;
}

}
