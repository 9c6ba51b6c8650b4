#include "auth/cert/attestation.h"

#include "auth/cert/openssl_owners.h"
#include "core/tls/identity.h"
#include "core/tls/openssl_handles.h"

#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace cert {

namespace {

using base::Errc;
using base::Error;
using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

constexpr const char* Statement = "1.3.6.1.4.1.41482.3.11";
constexpr const char* Device = "1.3.6.1.4.1.41482.3.2";
// In the statement.
constexpr const char* Firmware = "1.3.6.1.4.1.41482.3.3";
constexpr const char* Serial = "1.3.6.1.4.1.41482.3.7";
constexpr const char* Policies = "1.3.6.1.4.1.41482.3.8";
constexpr const char* Fips = "1.3.6.1.4.1.41482.3.10";

struct CertificatesDeleter {
    void operator()(STACK_OF(X509) * certificates) const { sk_X509_pop_free(certificates, X509_free); }
};

Error malformed(const std::string& what)
{
    ERR_clear_error();
    return {Errc::InvalidInput, what};
}

tls::CertificatePtr certificateOf(View der)
{
    const unsigned char* at = der.data();
    tls::CertificatePtr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error();
    return certificate && at == der.data() + der.size() ? std::move(certificate) : nullptr;
}

/// The value of the extension with this number; absent where there is none.
std::optional<View> valueOf(const STACK_OF(X509_EXTENSION) * extensions, const char* number)
{
    const ObjectPtr wanted(OBJ_txt2obj(number, 1), ASN1_OBJECT_free);
    const int index = wanted ? X509v3_get_ext_by_OBJ(extensions, wanted.get(), -1) : -1;
    if (index < 0)
        return std::nullopt;
    const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(X509v3_get_ext(extensions, index));
    return View(ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value)));
}

bool add(STACK_OF(X509_EXTENSION) & extensions, const char* number, const Bytes& value)
{
    const ObjectPtr kind(OBJ_txt2obj(number, 1), ASN1_OBJECT_free);
    const std::unique_ptr<ASN1_OCTET_STRING, decltype(&ASN1_OCTET_STRING_free)> octets(
        ASN1_OCTET_STRING_new(), ASN1_OCTET_STRING_free);
    if (!kind || !octets || ASN1_OCTET_STRING_set(octets.get(), value.data(), static_cast<int>(value.size())) != 1)
        return false;
    X509_EXTENSION* extension = X509_EXTENSION_create_by_OBJ(nullptr, kind.get(), 0, octets.get());
    if (extension && sk_X509_EXTENSION_push(&extensions, extension) > 0)
        return true;
    X509_EXTENSION_free(extension);
    return false;
}

/// An authority's policy must not be read from a card that nobody made.
base::Status checkChain(X509& statement, X509& device, const std::string& rootsFile, base::UtcTime now)
{
    const auto roots = tls::loadPemCertificates(rootsFile);
    if (!roots)
        return roots.error();
    const tls::StorePtr store(X509_STORE_new());
    const std::unique_ptr<STACK_OF(X509), CertificatesDeleter> between(sk_X509_new_null());
    const tls::VerificationPtr verification(X509_STORE_CTX_new());
    bool prepared = store && between && verification && X509_up_ref(&device) == 1;
    if (prepared && sk_X509_push(between.get(), &device) <= 0) {
        X509_free(&device);
        prepared = false;
    }
    for (const auto& root : *roots)
        prepared = prepared && X509_STORE_add_cert(store.get(), root.get()) == 1;
    if (!prepared || X509_STORE_CTX_init(verification.get(), store.get(), &statement, between.get()) != 1)
        return Error{Errc::Internal, "OpenSSL cannot verify a certificate"};
    X509_VERIFY_PARAM& parameters = *X509_STORE_CTX_get0_param(verification.get());
    X509_VERIFY_PARAM_set_flags(&parameters, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_time(&parameters, std::chrono::system_clock::to_time_t(now));
    if (X509_verify_cert(verification.get()) == 1)
        return base::Ok{};
    const int error = X509_STORE_CTX_get_error(verification.get());
    ERR_clear_error();
    const bool isOfTime = error == X509_V_ERR_CERT_HAS_EXPIRED || error == X509_V_ERR_CERT_NOT_YET_VALID;
    return Error{isOfTime ? Errc::CertificateExpired : Errc::CertificateUntrusted,
        "the attestation of " + tls::subjectOf(device) + " does not lead to a card maker in " + rootsFile + ": "
            + X509_verify_cert_error_string(error)};
}

/// "9a", the end of "YubiKey PIV Attestation 9a".
std::string slotOf(X509& statement)
{
    const std::string name = tls::commonNameOf(statement);
    return name.size() > 2 ? name.substr(name.size() - 2) : std::string();
}

std::string firmwareOf(View value)
{
    std::string text;
    for (const std::uint8_t part : value)
        text += (text.empty() ? "" : ".") + std::to_string(part);
    return text;
}

base::Result<std::string> serialOf(View value)
{
    const unsigned char* at = value.data();
    const std::unique_ptr<ASN1_INTEGER, decltype(&ASN1_INTEGER_free)> number(
        d2i_ASN1_INTEGER(nullptr, &at, static_cast<long>(value.size())), ASN1_INTEGER_free);
    std::uint64_t serial = 0;
    if (!number || at != value.data() + value.size() || ASN1_INTEGER_get_uint64(&serial, number.get()) != 1)
        return malformed("the attestation's serial number is none");
    return std::to_string(serial);
}

template <typename Policy>
base::Result<Policy> policyOf(std::uint8_t value, std::uint8_t most, const std::string& what)
{
    if (value == 0 || value > most)
        return malformed("the attestation's " + what + " policy is unknown: " + std::to_string(value));
    return static_cast<Policy>(value);
}

base::Result<AttestedKey> read(X509& statement)
{
    constexpr std::size_t FirmwareSize = 3;
    const STACK_OF(X509_EXTENSION)* extensions = X509_get0_extensions(&statement);
    AttestedKey key;
    key.slot = slotOf(statement);
    const auto firmware = valueOf(extensions, Firmware);
    if (!firmware || firmware->size() != FirmwareSize)
        return malformed("the attestation does not say which firmware the card has: it is no YubiKey's");
    key.firmware = firmwareOf(*firmware);
    if (const auto value = valueOf(extensions, Serial)) {
        auto serial = serialOf(*value);
        if (!serial)
            return serial.error();
        key.serial = *std::move(serial);
    }
    if (const auto value = valueOf(extensions, Policies)) {
        if (value->size() != 2)
            return malformed("the attestation's policies are malformed");
        const auto pin = policyOf<PinPolicy>((*value)[0], static_cast<std::uint8_t>(PinPolicy::MatchAlways), "PIN");
        if (!pin)
            return pin.error();
        const auto touch = policyOf<TouchPolicy>((*value)[1], static_cast<std::uint8_t>(TouchPolicy::Cached), "touch");
        if (!touch)
            return touch.error();
        key.pin = *pin;
        key.touch = *touch;
    }
    key.isFips = valueOf(extensions, Fips).has_value();
    return key;
}

}

std::string_view pinPolicyName(PinPolicy policy)
{
    switch (policy) {
    case PinPolicy::NotTold:
        return "not-told";
    case PinPolicy::Never:
        return "never";
    case PinPolicy::Once:
        return "once";
    case PinPolicy::Always:
        return "always";
    case PinPolicy::MatchOnce:
        return "match-once";
    case PinPolicy::MatchAlways:
        return "match-always";
    }
    return "";
}

std::string_view touchPolicyName(TouchPolicy policy)
{
    switch (policy) {
    case TouchPolicy::NotTold:
        return "not-told";
    case TouchPolicy::Never:
        return "never";
    case TouchPolicy::Always:
        return "always";
    case TouchPolicy::Cached:
        return "cached";
    }
    return "";
}

base::Status addAttestation(STACK_OF(X509_EXTENSION) & extensions, const auth::PivAttestation& attestation)
{
    if (add(extensions, Statement, attestation.statement) && add(extensions, Device, attestation.device))
        return base::Ok{};
    ERR_clear_error();
    return Error{Errc::Internal, "the attestation does not fit into the request"};
}

bool isAbout(const auth::PivAttestation& attestation, const EVP_PKEY& publicKey)
{
    const auto statement = certificateOf(attestation.statement);
    const EVP_PKEY* attested = statement ? X509_get0_pubkey(statement.get()) : nullptr;
    const bool same = attested && EVP_PKEY_eq(attested, &publicKey) == 1;
    ERR_clear_error();
    return same;
}

bool isRequestFor(const std::string& requestPem, const X509& certificate)
{
    const tls::BioPtr input(BIO_new_mem_buf(requestPem.data(), static_cast<int>(requestPem.size())));
    const RequestPtr request(
        input ? PEM_read_bio_X509_REQ(input.get(), nullptr, nullptr, nullptr) : nullptr, X509_REQ_free);
    const EVP_PKEY* wanted = request ? X509_REQ_get0_pubkey(request.get()) : nullptr;
    const EVP_PKEY* certified = X509_get0_pubkey(&certificate);
    const bool same = wanted && certified && EVP_PKEY_eq(wanted, certified) == 1;
    ERR_clear_error();
    return same;
}

base::Result<AttestedKey> checkAttestation(
    const std::string& requestPem, const std::string& rootsFile, base::UtcTime now)
{
    const tls::BioPtr input(BIO_new_mem_buf(requestPem.data(), static_cast<int>(requestPem.size())));
    const RequestPtr request(
        input ? PEM_read_bio_X509_REQ(input.get(), nullptr, nullptr, nullptr) : nullptr, X509_REQ_free);
    EVP_PKEY* wanted = request ? X509_REQ_get0_pubkey(request.get()) : nullptr;
    if (!wanted)
        return malformed("expected a certificate request (PKCS #10) in PEM form");
    const ExtensionsPtr extensions(X509_REQ_get_extensions(request.get()));
    const auto statementDer = valueOf(extensions.get(), Statement);
    const auto deviceDer = valueOf(extensions.get(), Device);
    if (!statementDer || !deviceDer)
        return malformed("the request holds no attestation: nothing says where its key was made");
    const auto statement = certificateOf(*statementDer);
    const auto device = certificateOf(*deviceDer);
    if (!statement || !device)
        return malformed("the request's attestation is malformed: it is not two certificates");
    if (X509_REQ_verify(request.get(), wanted) != 1) {
        ERR_clear_error();
        return Error{Errc::CertificateUntrusted, "the request was not signed with its own key, or was changed"};
    }
    const EVP_PKEY* attested = X509_get0_pubkey(statement.get());
    if (!attested || EVP_PKEY_eq(attested, wanted) != 1) {
        ERR_clear_error();
        return Error{Errc::KeyNotFound, "the attestation is about another key than the request"};
    }
    if (const auto trusted = checkChain(*statement, *device, rootsFile, now); !trusted)
        return trusted.error();
    auto key = read(*statement);
    if (key) {
        char* name = X509_NAME_oneline(X509_REQ_get_subject_name(request.get()), nullptr, 0);
        key->subject = name ? name : "";
        OPENSSL_free(name);
    }
    ERR_clear_error();
    return key;
}

}
