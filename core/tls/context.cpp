#include "core/tls/context.h"

#include "core/tls/openssl_handles.h"
#include "core/tls/staple.h"
#include "core/tls/verify.h"

#include <array>
#include <utility>

namespace tls {

namespace {

// FIXS 1.1: ephemeral key exchange, AEAD, AES-128 first.
constexpr const char* Tls12Suites = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
                                    "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:"
                                    "DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384";
constexpr const char* Tls13Suites = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";

base::Error openSslError(base::Errc code, const std::string& what)
{
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_peek_last_error(), text.data(), text.size());
    ERR_clear_error();
    return {code, what + ": " + text.data()};
}

base::Status restrictProtocol(SSL_CTX& context)
{
    SSL_CTX_set_security_level(&context, SecurityLevel);
    SSL_CTX_set_options(
        &context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
    // The system's OpenSSL configuration may have set these.
    SSL_CTX_clear_options(&context,
        SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION | SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_session_cache_mode(&context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(
        &context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_NO_AUTO_CHAIN);
    const bool done = SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION) == 1
        && SSL_CTX_set_max_proto_version(&context, TLS1_3_VERSION) == 1
        && SSL_CTX_set_cipher_list(&context, Tls12Suites) == 1 && SSL_CTX_set_ciphersuites(&context, Tls13Suites) == 1
        && SSL_CTX_set_num_tickets(&context, 0) == 1 && SSL_CTX_set_dh_auto(&context, 1) == 1;
    if (!done)
        return openSslError(base::Errc::Internal, "OpenSSL refuses the TLS settings");
    return base::Ok{};
}

base::Status presentIdentity(SSL_CTX& context, const Identity* identity)
{
    if (!identity || !identity->certificate || !identity->key)
        return base::Error{base::Errc::Configuration, "no certificate and key to present is configured"};
    if (SSL_CTX_use_certificate(&context, identity->certificate.get()) != 1)
        return openSslError(base::Errc::Unsupported, "our certificate cannot be used");
    for (const auto& intermediate : identity->chain)
        if (SSL_CTX_add1_chain_cert(&context, intermediate.get()) != 1)
            return openSslError(base::Errc::Unsupported, "an intermediate of our certificate cannot be used");
    if (SSL_CTX_use_PrivateKey(&context, identity->key.get()) != 1)
        return openSslError(base::Errc::Unsupported, "our key does not belong to our certificate");
    return base::Ok{};
}

/// Tells clients which authorities' certificates are welcome, so that they can choose.
void nameWelcomeAuthorities(SSL_CTX& context, const std::string& caFile)
{
    SSL_CTX_set_client_CA_list(&context, SSL_load_client_CA_file(caFile.c_str()));
    ERR_clear_error();
}

}

Context::Context() = default;

Context::~Context() = default;

const TrustPolicy& Context::trust() const
{
    return m_judge->trust;
}

base::Result<std::shared_ptr<Context>> Context::make(
    const SSL_METHOD& method, const TrustPolicy& trust, std::shared_ptr<const Identity> identity)
{
    const std::shared_ptr<Context> context(new Context());
    context->m_context.reset(SSL_CTX_new(&method));
    context->m_identity = std::move(identity);
    context->m_server = &method == TLS_server_method();
    if (!context->m_context)
        return openSslError(base::Errc::Internal, "OpenSSL cannot start");
    SSL_CTX& native = *context->m_context;
    if (auto restricted = restrictProtocol(native); !restricted)
        return restricted.error();
    auto judge = Judge::of(trust);
    if (!judge)
        return judge.error();
    context->m_judge = std::make_unique<const Judge>(*std::move(judge));
    if (auto trusted = applyTrust(native, *context->m_judge, context->m_server); !trusted)
        return trusted.error();
    if (auto presented = presentIdentity(native, context->m_identity.get()); !presented)
        return presented.error();
    if (context->m_server)
        nameWelcomeAuthorities(native, trust.caFile);
    else // a server may ask at any time whether the token is still there
        SSL_CTX_set_post_handshake_auth(&native, 1);
    return context;
}

base::Result<std::shared_ptr<Context>> Context::forClient(
    const TrustPolicy& trust, std::shared_ptr<const Identity> identity)
{
    return make(*TLS_client_method(), trust, std::move(identity));
}

base::Result<std::shared_ptr<Context>> Context::forServer(
    const TrustPolicy& trust, std::shared_ptr<const Identity> identity, const std::string& stapleFile)
{
    auto context = make(*TLS_server_method(), trust, std::move(identity));
    if (context && !stapleFile.empty()) {
        Context& made = **context;
        made.m_staple = std::make_unique<Staple>(stapleFile, *made.m_identity->certificate);
        made.m_staple->showIn(*made.m_context);
    }
    return context;
}

}
