#pragma once

#include "auth/cert/cmp_address.h"
#include "core/base/result.h"

#include <openssl/cmp.h>
#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace cert {

/// TLS around CMP, for servers that speak nothing else. It hides who asks for what; whom to believe is CMP's own proof,
/// as without it. The server's certificate must all the same be for its name, and lead to an authority of this system
/// or of `caFile`. Outlives the context that it is given to.
class CmpTls {
public:
    /// Errors: Configuration (`caFile`), Internal.
    [[nodiscard]] static base::Result<std::unique_ptr<CmpTls>> open(
        const CmpAddress& address, const std::string& caFile, int seconds);

    void wrap(OSSL_CMP_CTX& context);

private:
    struct Free {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };

    CmpTls(const CmpAddress& address, int seconds);
    [[nodiscard]] base::Status trust(const std::string& caFile);
    /// The connection with TLS around it; null where there can be none.
    [[nodiscard]] BIO* around(BIO* connection) const;
    static BIO* onConnection(BIO* connection, void* self, int begins, int detail);

    const std::string m_host;
    const std::string m_port;
    const int m_seconds;
    std::unique_ptr<SSL_CTX, Free> m_context;
};

}
