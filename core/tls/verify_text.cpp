#include "core/tls/verify_text.h"

#include "core/tls/asn1_time.h"
#include "core/tls/openssl_handles.h"
#include "core/tls/pins.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

namespace tls {

namespace {

using base::Errc;

struct NamesDeleter {
    void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};

std::string addressBytesText(const ASN1_OCTET_STRING& address)
{
    const auto size = static_cast<std::size_t>(ASN1_STRING_length(&address));
    const unsigned char* bytes = ASN1_STRING_get0_data(&address);
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        std::array<char, 8> part{};
        if (size == 4)
            std::snprintf(part.data(), part.size(), i == 0 ? "%u" : ".%u", unsigned(bytes[i]));
        else
            std::snprintf(part.data(), part.size(), i != 0 && i % 2 == 0 ? ":%02x" : "%02x", unsigned(bytes[i]));
        text += part.data();
    }
    return text;
}

/// The peer chose these bytes: no control characters reach a log.
std::string printable(const ASN1_IA5STRING& name)
{
    std::string text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(&name)),
        static_cast<std::size_t>(ASN1_STRING_length(&name)));
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c <= ' ' || c > '~'; }, '?');
    return text;
}

/// The names a server's certificate is good for; the first few of very many.
std::string namesOf(X509& certificate)
{
    constexpr int Shown = 10;
    const std::unique_ptr<GENERAL_NAMES, NamesDeleter> names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
    const int count = sk_GENERAL_NAME_num(names.get());
    std::string text;
    const auto add = [&text](const std::string& name) { text += (text.empty() ? "" : ", ") + name; };
    for (int i = 0; i < std::min(count, Shown); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS)
            add(printable(*name->d.dNSName));
        else if (name->type == GEN_IPADD)
            add(addressBytesText(*name->d.iPAddress));
    }
    if (text.empty())
        return "no name but the subject " + subjectOf(certificate);
    return count > Shown ? text + " and more" : text;
}

std::string usagesOf(X509& certificate)
{
    constexpr std::array<std::pair<unsigned, std::string_view>, 5> Extended{{
        {XKU_SSL_SERVER, "TLS server"},
        {XKU_SSL_CLIENT, "TLS client"},
        {XKU_CODE_SIGN, "code signing"},
        {XKU_SMIME, "e-mail"},
        {XKU_TIMESTAMP, "time stamping"},
    }};
    constexpr std::array<std::pair<unsigned, std::string_view>, 5> Basic{{
        {KU_DIGITAL_SIGNATURE, "digital signature"},
        {KU_KEY_ENCIPHERMENT, "key encipherment"},
        {KU_KEY_AGREEMENT, "key agreement"},
        {KU_KEY_CERT_SIGN, "certificate signing"},
        {KU_CRL_SIGN, "revocation list signing"},
    }};
    std::string text;
    const auto add = [&text](std::uint32_t found, const auto& table) {
        // All bits set: the extension is absent and forbids nothing.
        if (found == UINT32_MAX)
            return;
        for (const auto& [bit, name] : table)
            if ((found & bit) != 0)
                text += (text.empty() ? "" : ", ") + std::string(name);
    };
    add(X509_get_extended_key_usage(&certificate), Extended);
    add(X509_get_key_usage(&certificate), Basic);
    return text.empty() ? "none that is known" : text;
}

/// The code that a failed check stands for. The numbers are OpenSSL's and open; what is not listed is a certificate
/// that cannot be trusted.
Errc codeOf(int error)
{
    switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return Errc::CertificateExpired;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return Errc::CertificateWrongName;
    case X509_V_ERR_INVALID_PURPOSE:
    case X509_V_ERR_KEYUSAGE_NO_DIGITAL_SIGNATURE:
        return Errc::CertificateWrongUsage;
    case X509_V_ERR_CERT_REVOKED:
        return Errc::CertificateRevoked;
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE:
    case X509_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD:
    case X509_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD:
    case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
    case X509_V_ERR_DIFFERENT_CRL_SCOPE:
    case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
    case X509_V_ERR_CRL_PATH_VALIDATION_ERROR:
        return Errc::RevocationUnknown;
    default:
        return Errc::CertificateUntrusted;
    }
}

/// When the revocation list at fault was made, and until when it held; empty where there is none.
struct ListDates {
    std::string from;
    std::string until;
};

ListDates datesOf(const std::vector<CrlPtr>* lists, const X509& certificate)
{
    if (!lists)
        return {};
    const auto found = std::find_if(lists->begin(), lists->end(), [&](const CrlPtr& list) {
        return X509_NAME_cmp(X509_CRL_get_issuer(list.get()), X509_get_issuer_name(&certificate)) == 0;
    });
    if (found == lists->end())
        return {};
    const ASN1_TIME* until = X509_CRL_get0_nextUpdate(found->get());
    return {": it was made at " + timeText(utcOf(X509_CRL_get0_lastUpdate(found->get()))),
        until ? ": it held until " + timeText(utcOf(until)) : std::string()};
}

/// The rest of the sentence that begins with the certificate's subject.
std::string reasonText(int error, X509& certificate, const TrustPolicy& trust, const ListDates& list)
{
    const std::string anchors = "the trusted certificates in " + trust.caFile;
    switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return "expired on " + timeText(notAfterOf(certificate));
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return "is not valid before " + timeText(notBeforeOf(certificate));
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return "is for another name: expected " + trust.serverName + ", found " + namesOf(certificate);
    case X509_V_ERR_INVALID_PURPOSE:
        return "is not made for this end of a TLS connection; its usages: " + usagesOf(certificate);
    case X509_V_ERR_CERT_REVOKED:
        return "was revoked by its issuer " + issuerOf(certificate);
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return "is self-signed and not one of " + anchors;
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return "is an authority that is not one of " + anchors;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return "was issued by " + issuerOf(certificate) + ", which is not one of " + anchors;
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_DIFFERENT_CRL_SCOPE:
        return "cannot be checked for revocation: " + trust.crlFile
            + (list.from.empty() ? " has no list of " + issuerOf(certificate)
                                 : " has a list of " + issuerOf(certificate)
                        + ", but none that is about this certificate: it is for others, for some reasons only, or of "
                          "another key of that authority");
    case X509_V_ERR_CRL_HAS_EXPIRED:
        return "cannot be checked for revocation: the list in " + trust.crlFile + " is out of date" + list.until;
    case X509_V_ERR_CRL_NOT_YET_VALID:
        return "cannot be checked for revocation: the list in " + trust.crlFile + " is of the future" + list.from;
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
        return "cannot be checked for revocation: the list in " + trust.crlFile + " was not signed by "
            + issuerOf(certificate);
    case X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE:
    case X509_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD:
    case X509_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD:
    case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
    case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
    case X509_V_ERR_CRL_PATH_VALIDATION_ERROR:
        return "cannot be checked for revocation: the list in " + trust.crlFile
            + " cannot be used: " + X509_verify_cert_error_string(error);
    default:
        return std::string("cannot be trusted: ") + X509_verify_cert_error_string(error);
    }
}

}

base::Error describeFailure(X509_STORE_CTX& store, const TrustPolicy& trust, const std::vector<CrlPtr>* lists)
{
    const int error = X509_STORE_CTX_get_error(&store);
    X509* certificate = X509_STORE_CTX_get_current_cert(&store);
    if (!certificate)
        certificate = X509_STORE_CTX_get0_cert(&store);
    if (!certificate)
        return {Errc::CertificateUntrusted, X509_verify_cert_error_string(error)};
    return {codeOf(error),
        "the certificate of " + subjectOf(*certificate) + " "
            + reasonText(error, *certificate, trust, datesOf(lists, *certificate))};
}

base::Error describeMissingPin(X509& certificate)
{
    return {Errc::CertificateNotPinned,
        "the certificate of " + subjectOf(certificate) + " is not one of the pinned ones; its SHA-256 fingerprint is "
            + fingerprint(certificate) + ", that of its key " + keyPin(certificate)};
}

}
