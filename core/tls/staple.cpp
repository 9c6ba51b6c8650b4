#include "core/tls/staple.h"

#include "core/tls/asn1_time.h"
#include "core/tls/ocsp_answer.h"
#include "core/tls/openssl_handles.h"
#include "core/tls/verify_text.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

namespace tls {

namespace {

using base::Errc;
using base::Error;

/// The TLS feature "status_request" (RFC 7633): the certificate promises that its server staples.
bool promisesStaple(X509& certificate)
{
    constexpr long StatusRequest = 5;
    TLS_FEATURE* features = static_cast<TLS_FEATURE*>(X509_get_ext_d2i(&certificate, NID_tlsfeature, nullptr, nullptr));
    bool promises = false;
    for (int i = 0; i < sk_ASN1_INTEGER_num(features); ++i)
        promises = promises || ASN1_INTEGER_get(sk_ASN1_INTEGER_value(features, i)) == StatusRequest;
    TLS_FEATURE_free(features);
    ERR_clear_error();
    return promises;
}

std::string serialOf(const ASN1_INTEGER& serial)
{
    unsigned char* der = nullptr;
    const int size = i2d_ASN1_INTEGER(&serial, &der);
    std::string text(reinterpret_cast<const char*>(der), size > 0 ? static_cast<std::size_t>(size) : 0);
    OPENSSL_free(der);
    return text;
}

}

base::Status judgeStaple(SSL& ssl, const TrustPolicy& trust, base::UtcTime now)
{
    X509* leaf = SSL_get0_peer_certificate(&ssl);
    STACK_OF(X509)* chain = SSL_get0_verified_chain(&ssl);
    if (!leaf || !chain)
        return Error{Errc::CertificateUntrusted, "the counterparty presented no verified certificate"};
    const unsigned char* bytes = nullptr;
    const long size = SSL_get_tlsext_status_ocsp_resp(&ssl, &bytes);
    if (!bytes || size <= 0) {
        const bool promised = promisesStaple(*leaf);
        if (trust.ocsp == Ocsp::WhenStapled && !promised)
            return base::Ok{};
        return Error{Errc::RevocationUnknown,
            "the counterparty showed no OCSP answer about its certificate, "
                + std::string(promised ? "which the certificate of " + subjectOf(*leaf) + " promises"
                                       : "and this session requires one")};
    }
    // The certificate is listed as trusted by itself, and nobody knows who has issued it: no answer about it can be
    // judged. Whoever wanted to hide one would have shown none.
    const bool isAnchor = sk_X509_num(chain) == 1 && X509_check_issued(leaf, leaf) != X509_V_OK;
    if (isAnchor && trust.ocsp == Ocsp::WhenStapled && !promisesStaple(*leaf))
        return base::Ok{};
    const OcspQuestion question{
        .certificate = *leaf, .chain = *chain, .anchors = *SSL_CTX_get_cert_store(SSL_get_SSL_CTX(&ssl)), .at = now};
    const auto status = judgeAnswer({bytes, static_cast<std::size_t>(size)}, question);
    ERR_clear_error();
    return status;
}

Staple::Staple(std::string file, X509& certificate)
    : m_watch(std::move(file))
    , m_serial(serialOf(*X509_get_serialNumber(&certificate)))
{
}

void Staple::showIn(SSL_CTX& context)
{
    SSL_CTX_set_tlsext_status_cb(&context, show);
    SSL_CTX_set_tlsext_status_arg(&context, this);
}

int Staple::show(SSL* ssl, void* staple)
{
    const auto answer = static_cast<Staple*>(staple)->current(base::SystemClock().utc());
    if (answer.empty())
        return SSL_TLSEXT_ERR_NOACK;
    auto* copy = static_cast<unsigned char*>(OPENSSL_memdup(answer.data(), answer.size()));
    if (!copy || SSL_set_tlsext_status_ocsp_resp(ssl, copy, static_cast<long>(answer.size())) != 1) {
        OPENSSL_free(copy);
        ERR_clear_error();
        return SSL_TLSEXT_ERR_NOACK;
    }
    return SSL_TLSEXT_ERR_OK;
}

std::vector<std::uint8_t> Staple::current(base::UtcTime now)
{
    const std::lock_guard lock(m_mutex);
    if (m_watch.hasChanged())
        refresh();
    return m_from <= now && now < m_until ? m_answer : std::vector<std::uint8_t>{};
}

void Staple::refresh()
{
    std::ifstream input(m_watch.file(), std::ios::binary);
    std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(input), std::istreambuf_iterator<char>()};
    const unsigned char* at = bytes.data();
    const OcspAnswerPtr answer(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(bytes.size())));
    const OcspBasicPtr basic(answer ? OCSP_response_get1_basic(answer.get()) : nullptr);
    ERR_clear_error();
    // Half a file, or none: what was read before holds until its own date.
    if (!basic) {
        m_watch.forget();
        return;
    }
    for (int i = 0; i < OCSP_resp_count(basic.get()); ++i) {
        OCSP_SINGLERESP* single = OCSP_resp_get0(basic.get(), i);
        ASN1_INTEGER* serial = nullptr;
        OCSP_id_get0_info(
            nullptr, nullptr, nullptr, &serial, const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(single)));
        if (!serial || serialOf(*serial) != m_serial)
            continue;
        ASN1_GENERALIZEDTIME* from = nullptr;
        ASN1_GENERALIZEDTIME* until = nullptr;
        OCSP_single_get0_status(single, nullptr, nullptr, &from, &until);
        m_answer = std::move(bytes);
        m_from = utcOf(from);
        m_until = until ? utcOf(until) : base::UtcTime{};
        return;
    }
    m_answer.clear();
}

}
