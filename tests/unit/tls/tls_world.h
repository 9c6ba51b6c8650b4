#pragma once

#include "core/tls/context.h"
#include "tests/support/loopback_tls.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tls_test {

inline constexpr const char* ServerName = "venue.example";

/// One authority, a venue and a trader that it certifies, and the policies by which they know each other.
struct World {
    support::TestCa ca{"Venue Root"};
    support::TestCa otherCa{"Another Root"};
    support::TemporaryDirectory files;

    [[nodiscard]] support::CertificateOptions serverOptions(support::KeyType type = support::KeyType::Ec256) const
    {
        support::CertificateOptions options;
        options.commonName = "Venue";
        options.dnsNames = {ServerName};
        options.keyType = type;
        options.purpose = support::Purpose::Server;
        return options;
    }

    [[nodiscard]] support::CertificateOptions clientOptions(support::KeyType type = support::KeyType::Ec256) const
    {
        support::CertificateOptions options;
        options.commonName = "TRADER1";
        options.keyType = type;
        options.purpose = support::Purpose::Client;
        return options;
    }

    /// Trusts the authority and expects the venue's name.
    [[nodiscard]] tls::TrustPolicy trust() const
    {
        tls::TrustPolicy policy;
        policy.caFile = files.write("ca.pem", ca.pem());
        policy.serverName = ServerName;
        return policy;
    }
};

[[nodiscard]] inline std::shared_ptr<const tls::Identity> shared(tls::Identity identity)
{
    return std::make_shared<const tls::Identity>(std::move(identity));
}

/// The value, or the end of the test's process with the error: for what a test builds upon, not for what it tests.
template <typename T>
[[nodiscard]] T must(base::Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s: %s\n", base::errcName(result.error().code), result.error().detail.c_str());
        std::abort();
    }
    return *std::move(result);
}

inline void limitTo(tls::Context& context, int version)
{
    SSL_CTX_set_min_proto_version(context.native(), version);
    SSL_CTX_set_max_proto_version(context.native(), version);
}

/// Handshakes between a client of ours and a server of ours, one thing different from the good case each.
class Handshake {
public:
    Handshake()
        : serverIdentity(world.ca.issue(world.serverOptions()))
        , clientIdentity(world.ca.issue(world.clientOptions()))
        , clientTrust(world.trust())
        , serverTrust(world.trust())
    {
    }

    [[nodiscard]] std::shared_ptr<tls::Context> clientContext()
    {
        auto context = must(tls::Context::forClient(clientTrust, shared(std::move(clientIdentity))));
        if (version != 0)
            limitTo(*context, version);
        return context;
    }

    [[nodiscard]] std::shared_ptr<tls::Context> serverContext()
    {
        return must(tls::Context::forServer(serverTrust, shared(std::move(serverIdentity))));
    }

    /// Once per object: the identities move into the contexts.
    [[nodiscard]] support::Shaken run()
    {
        auto client = clientContext();
        return support::shake(std::move(client), serverContext());
    }

    World world;
    tls::Identity serverIdentity;
    tls::Identity clientIdentity;
    tls::TrustPolicy clientTrust;
    tls::TrustPolicy serverTrust;
    int version = 0; ///< TLS1_2_VERSION, TLS1_3_VERSION; 0: both
};

/// For tests that run once for each protocol version.
[[nodiscard]] inline std::string versionName(const testing::TestParamInfo<int>& version)
{
    return version.param == TLS1_2_VERSION ? "Tls12" : "Tls13";
}

/// The code of a status that must be an error.
[[nodiscard]] inline base::Errc codeOf(const base::Status& status)
{
    return status ? base::Errc::Internal : status.error().code;
}

}
