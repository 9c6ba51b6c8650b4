#include "auth/cert/cmp_tls.h"

#include "core/tls/openssl_handles.h"
#include "core/tls/verify.h"

#include <openssl/http.h>

#include <utility>

namespace cert {

namespace {

using base::Errc;
using base::Error;

/// An address of IPv6 as certificates have it.
std::string withoutBrackets(const std::string& host)
{
    return host.size() > 2 && host.front() == '[' ? host.substr(1, host.size() - 2) : host;
}

bool expectName(SSL& ssl, const std::string& name)
{
    if (tls::isIpAddress(name)) // RFC 6066, 3: none is sent
        return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(&ssl), name.c_str()) == 1;
    SSL_set_hostflags(&ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return SSL_set1_host(&ssl, name.c_str()) == 1 && SSL_set_tlsext_host_name(&ssl, name.c_str()) == 1;
}

}

CmpTls::CmpTls(const CmpAddress& address, int seconds)
    : m_host(address.host)
    , m_port(std::to_string(address.port))
    , m_seconds(seconds)
    , m_context(SSL_CTX_new(TLS_client_method()))
{
}

base::Result<std::unique_ptr<CmpTls>> CmpTls::open(const CmpAddress& address, const std::string& caFile, int seconds)
{
    std::unique_ptr<CmpTls> made(new CmpTls(address, seconds));
    if (const base::Status trusted = made->trust(caFile); !trusted)
        return trusted.error();
    return made;
}

base::Status CmpTls::trust(const std::string& caFile)
{
    if (!m_context || SSL_CTX_set_min_proto_version(m_context.get(), TLS1_2_VERSION) != 1) {
        ERR_clear_error();
        return Error{Errc::Internal, "OpenSSL cannot start"};
    }
    SSL_CTX_set_security_level(m_context.get(), tls::SecurityLevel);
    SSL_CTX_set_verify(m_context.get(), SSL_VERIFY_PEER, nullptr);
    // A system may have no list of its own.
    SSL_CTX_set_default_verify_paths(m_context.get());
    ERR_clear_error();
    const auto authorities = tls::loadPemCertificates(caFile);
    if (!authorities)
        return authorities.error();
    for (const auto& one : *authorities) {
        if (X509_STORE_add_cert(SSL_CTX_get_cert_store(m_context.get()), one.get()) != 1) {
            ERR_clear_error();
            return Error{Errc::Configuration, caFile + " holds a certificate that cannot be used"};
        }
    }
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(m_context.get()), X509_V_FLAG_PARTIAL_CHAIN);
    return base::Ok{};
}

void CmpTls::wrap(OSSL_CMP_CTX& context)
{
    OSSL_CMP_CTX_set_http_cb(&context, onConnection);
    OSSL_CMP_CTX_set_http_cb_arg(&context, this);
}

BIO* CmpTls::around(BIO* connection) const
{
    // OpenSSL has connected to the proxy, where there is one, and leaves it to us to ask that one on.
    const bool isProxied = OSSL_HTTP_adapt_proxy(nullptr, nullptr, m_host.c_str(), 1) != nullptr;
    if (isProxied
        && OSSL_HTTP_proxy_connect(
               connection, m_host.c_str(), m_port.c_str(), nullptr, nullptr, m_seconds, nullptr, nullptr)
            != 1)
        return nullptr;
    tls::SslPtr ssl(SSL_new(m_context.get()));
    tls::BioPtr outside(BIO_new(BIO_f_ssl()));
    if (!ssl || !outside || !expectName(*ssl, withoutBrackets(m_host)))
        return nullptr;
    SSL_set_connect_state(ssl.get());
    BIO_set_ssl(outside.get(), ssl.release(), BIO_CLOSE);
    return BIO_push(outside.release(), connection);
}

BIO* CmpTls::onConnection(BIO* connection, void* self, int begins, int)
{
    if (begins != 0)
        return static_cast<const CmpTls*>(self)->around(connection);
    BIO_ssl_shutdown(connection);
    return connection; // freed with all that is in it
}

}
