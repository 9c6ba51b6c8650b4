#include "core/tls/presented.h"

#include "core/base/clock.h"
#include "core/tls/alerts.h"
#include "core/tls/openssl_handles.h"
#include "core/tls/socket.h"
#include "core/tls/verify.h"

#include <cerrno>
#include <memory>
#include <utility>

namespace tls {

namespace {

using base::Errc;
using base::Error;
using Certificates = std::vector<CertificatePtr>;
using ContextPtr = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

/// Takes what is shown and refuses it, so that the handshake goes no further.
int takeAndRefuse(X509_STORE_CTX* store, void* taken)
{
    auto& certificates = *static_cast<Certificates*>(taken);
    const STACK_OF(X509)* shown = X509_STORE_CTX_get0_untrusted(store);
    for (int i = 0; i < sk_X509_num(shown); ++i)
        if (X509* certificate = X509_dup(sk_X509_value(shown, i)))
            certificates.emplace_back(certificate);
    X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION);
    return 0;
}

Error internal()
{
    ERR_clear_error();
    return {Errc::Internal, "OpenSSL cannot start"};
}

}

base::Result<Certificates> presentedBy(const std::string& host, std::uint16_t port, const std::string& serverName,
    std::chrono::milliseconds timeout, const Waker& cancelled)
{
    const auto deadline = steadyNow() + timeout;
    const auto socket = connectTo(host, port, timeout, cancelled);
    if (!socket)
        return socket.error();
    Certificates shown;
    const ContextPtr context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1)
        return internal();
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context.get(), takeAndRefuse, &shown);
    const SslPtr ssl(SSL_new(context.get()));
    if (!ssl || SSL_set_fd(ssl.get(), socket->handle()) != 1
        || (!isIpAddress(serverName) && SSL_set_tlsext_host_name(ssl.get(), serverName.c_str()) != 1))
        return internal();
    SSL_set_connect_state(ssl.get());
    for (;;) {
        ERR_clear_error();
        errno = 0;
        const int result = SSL_do_handshake(ssl.get());
        const int systemError = errno;
        const int sslError = SSL_get_error(ssl.get(), result);
        if (!shown.empty()) {
            ERR_clear_error();
            return shown;
        }
        if (sslError != SSL_ERROR_WANT_READ && sslError != SSL_ERROR_WANT_WRITE)
            return classifyFailure(Phase::Handshake, sslError, systemError);
        std::vector<Interest> interests{{.handle = socket->handle(),
                                            .read = sslError == SSL_ERROR_WANT_READ,
                                            .write = sslError == SSL_ERROR_WANT_WRITE},
            {.handle = cancelled.handle(), .read = true}};
        waitFor(interests, std::chrono::ceil<std::chrono::milliseconds>(deadline - steadyNow()));
        if (interests[1].readable)
            return Error{Errc::Cancelled, "looking at the server's certificates was called off"};
        if (steadyNow() >= deadline)
            return Error{Errc::Timeout, host + " showed no certificate in time"};
    }
}

}
