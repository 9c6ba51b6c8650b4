#include "core/tls/verify.h"

#include "core/tls/pem_files.h"
#include "core/tls/pins.h"
#include "core/tls/staple.h"
#include "core/tls/verify_text.h"

#include <chrono>
#include <utility>

namespace tls {

namespace {

int verificationIndex()
{
    static const int Index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return Index;
}

/// Of a context: who judges its peers.
int judgeIndex()
{
    static const int Index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return Index;
}

struct StackDeleter {
    /// The stack alone: what is in it has another owner.
    void operator()(STACK_OF(X509_CRL) * lists) const { sk_X509_CRL_free(lists); }
    void operator()(STACK_OF(X509) * certificates) const { sk_X509_free(certificates); }
};
using CrlStackPtr = std::unique_ptr<STACK_OF(X509_CRL), StackDeleter>;
using CertificateStackPtr = std::unique_ptr<STACK_OF(X509), StackDeleter>;

/// Null: out of memory, or nothing to put in.
CrlStackPtr stackOf(const RevocationLists::Lists& lists)
{
    CrlStackPtr stack(sk_X509_CRL_new_null());
    for (const auto& list : lists)
        if (!stack || sk_X509_CRL_push(stack.get(), list.get()) <= 0)
            return nullptr;
    return stack;
}

Verification judgePins(X509& leaf, const TrustPolicy& trust)
{
    if (trust.pins.empty() && trust.nextPins.empty())
        return {};
    Verification result;
    result.pinnedAsNext = !matchesPin(leaf, trust.pins) && matchesPin(leaf, trust.nextPins);
    result.pinned = result.pinnedAsNext || matchesPin(leaf, trust.pins);
    if (!result.pinned)
        result.failure = describeMissingPin(leaf);
    return result;
}

/// What a list may lack. The certificate itself is always on trial; an intermediate is where its issuer's list is
/// there; an anchor is trusted as it is, unless a list names it: its issuer need not be known.
bool isNoFault(int error, int depth, int anchorDepth)
{
    if (depth == 0)
        return false;
    if (error == X509_V_ERR_UNABLE_TO_GET_CRL)
        return true;
    return depth == anchorDepth
        && (error == X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER || error == X509_V_ERR_CRL_SIGNATURE_FAILURE
            || error == X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE || error == X509_V_ERR_CRL_HAS_EXPIRED
            || error == X509_V_ERR_CRL_NOT_YET_VALID || error == X509_V_ERR_KEYUSAGE_NO_CRL_SIGN);
}

/// OpenSSL calls this for each fault that it finds, and for what is good. 1 goes on, 0 ends it.
int judgeFault(int good, X509_STORE_CTX* store)
{
    if (good == 1)
        return 1;
    const int anchorDepth = sk_X509_num(X509_STORE_CTX_get0_chain(store)) - 1;
    if (!isNoFault(X509_STORE_CTX_get_error(store), X509_STORE_CTX_get_error_depth(store), anchorDepth))
        return 0;
    X509_STORE_CTX_set_error(store, X509_V_OK);
    return 1;
}

Verification judgeCertificate(X509_STORE_CTX& store, const Judge& judge)
{
    // Of this moment, and kept while OpenSSL looks at them. Without them it finds no list, and refuses.
    const auto lists = judge.revoked ? judge.revoked->current() : nullptr;
    const auto stack = lists ? stackOf(*lists) : nullptr;
    X509_STORE_CTX_set0_crls(&store, stack.get());
    X509_STORE_CTX_set_verify_cb(&store, judgeFault);
    const bool verified = X509_verify_cert(&store) == 1;
    Verification result = verified ? judgePins(*X509_STORE_CTX_get0_cert(&store), judge.trust)
                                   : Verification{.failure = describeFailure(store, judge.trust, lists.get())};
    X509_STORE_CTX_set0_crls(&store, nullptr);
    if (verified && result.failure)
        X509_STORE_CTX_set_error(&store, X509_V_ERR_CERT_REJECTED);
    return result;
}

/// OpenSSL calls this instead of its own verification. 1 accepts, 0 refuses.
int verifyPeer(X509_STORE_CTX* store, void* judge)
{
    const auto result = judgeCertificate(*store, *static_cast<const Judge*>(judge));
    const bool accepted = !result.failure;
    const auto* ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    if (auto* record = ssl ? static_cast<Verification*>(SSL_get_ex_data(ssl, verificationIndex())) : nullptr)
        *record = result;
    return accepted ? 1 : 0;
}

/// OpenSSL calls this in a client after the server's certificate was verified, whether or not the server has stapled
/// anything, and before our certificate goes out. 1 accepts, 0 refuses.
int verifyStaple(SSL* ssl, void* judge)
{
    const auto status = judgeStaple(*ssl, static_cast<const Judge*>(judge)->trust, base::SystemClock().utc());
    if (auto* record = static_cast<Verification*>(SSL_get_ex_data(ssl, verificationIndex()))) {
        record->isStapleJudged = true;
        if (!status)
            record->failure = status.error();
    }
    return status ? 1 : 0;
}

/// The rules that hold for every peer, in a handshake or not.
void setRules(X509_VERIFY_PARAM& parameters, const TrustPolicy& trust, int purpose)
{
    // Exactly what the file lists is trusted: an intermediate or the peer's own certificate is an anchor too.
    X509_VERIFY_PARAM_set_flags(&parameters, X509_V_FLAG_PARTIAL_CHAIN);
    if (!trust.crlFile.empty())
        X509_VERIFY_PARAM_set_flags(&parameters, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
    X509_VERIFY_PARAM_set_purpose(&parameters, purpose);
}

base::Status loadAnchors(X509_STORE& store, const TrustPolicy& trust)
{
    if (trust.caFile.empty())
        return base::Error{base::Errc::Configuration, "no file of trusted authorities is configured"};
    const auto anchors = loadPemCertificates(trust.caFile);
    if (!anchors)
        return anchors.error();
    for (const auto& anchor : *anchors)
        if (X509_STORE_add_cert(&store, anchor.get()) != 1)
            return fileError(trust.caFile, "holds a certificate that cannot be used");
    return base::Ok{};
}

base::Result<StorePtr> loadStore(const TrustPolicy& trust)
{
    StorePtr store(X509_STORE_new());
    if (!store)
        return base::Error{base::Errc::Internal, "out of memory"};
    if (auto loaded = loadAnchors(*store, trust); !loaded)
        return loaded.error();
    return store;
}

base::Status expectName(X509_VERIFY_PARAM& parameters, const TrustPolicy& trust)
{
    if (trust.serverName.empty())
        return base::Error{base::Errc::Configuration, "no server name to expect in the certificate is configured"};
    X509_VERIFY_PARAM_set_hostflags(&parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    const int set = isIpAddress(trust.serverName)
        ? X509_VERIFY_PARAM_set1_ip_asc(&parameters, trust.serverName.c_str())
        : X509_VERIFY_PARAM_set1_host(&parameters, trust.serverName.data(), trust.serverName.size());
    if (set != 1)
        return base::Error{base::Errc::Configuration, "the server name " + trust.serverName + " is not valid"};
    return base::Ok{};
}

base::Status judgeClient(
    X509& certificate, STACK_OF(X509) * presented, X509_STORE& anchors, const Judge& rules, base::UtcTime at)
{
    const VerificationPtr verification(X509_STORE_CTX_new());
    if (!verification
        || X509_STORE_CTX_init(verification.get(), &anchors, &certificate, presented) != 1
        // What OpenSSL's own server starts from.
        || X509_STORE_CTX_set_default(verification.get(), "ssl_client") != 1) {
        ERR_clear_error();
        return base::Error{base::Errc::Internal, "OpenSSL cannot verify a certificate"};
    }
    X509_VERIFY_PARAM& parameters = *X509_STORE_CTX_get0_param(verification.get());
    setRules(parameters, rules.trust, X509_PURPOSE_SSL_CLIENT);
    X509_VERIFY_PARAM_set_auth_level(&parameters, SecurityLevel);
    X509_VERIFY_PARAM_set_time(&parameters, std::chrono::system_clock::to_time_t(at));
    const auto result = judgeCertificate(*verification, rules);
    ERR_clear_error();
    if (result.failure)
        return *result.failure;
    return base::Ok{};
}

}

base::Result<Judge> Judge::of(const TrustPolicy& trust)
{
    Judge judge{trust, nullptr};
    if (trust.crlFile.empty())
        return judge;
    auto lists = RevocationLists::open(trust.crlFile);
    if (!lists)
        return lists.error();
    judge.revoked = *std::move(lists);
    return judge;
}

base::Status applyTrust(SSL_CTX& context, const Judge& judge, bool isServer)
{
    const TrustPolicy& trust = judge.trust;
    auto store = loadStore(trust);
    if (!store)
        return store.error();
    SSL_CTX_set_cert_store(&context, store->release());

    X509_VERIFY_PARAM& parameters = *SSL_CTX_get0_param(&context);
    setRules(parameters, trust, isServer ? X509_PURPOSE_SSL_CLIENT : X509_PURPOSE_SSL_SERVER);
    if (!isServer)
        if (auto named = expectName(parameters, trust); !named)
            return named;

    // The callbacks only read it; OpenSSL's signatures have no const.
    auto* argument = const_cast<Judge*>(&judge);
    SSL_CTX_set_cert_verify_callback(&context, verifyPeer, argument);
    SSL_CTX_set_ex_data(&context, judgeIndex(), argument);
    if (!isServer) {
        SSL_CTX_set_tlsext_status_type(&context, TLSEXT_STATUSTYPE_ocsp);
        SSL_CTX_set_tlsext_status_cb(&context, verifyStaple);
        SSL_CTX_set_tlsext_status_arg(&context, argument);
    }
    SSL_CTX_set_verify(&context, SSL_VERIFY_PEER | (isServer ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), nullptr);
    return base::Ok{};
}

base::Status verifyClientCertificate(
    X509& certificate, const TrustPolicy& trust, base::UtcTime at, const std::vector<CertificatePtr>& presented)
{
    const auto store = loadStore(trust);
    if (!store)
        return store.error();
    const auto rules = Judge::of(trust);
    if (!rules)
        return rules.error();
    const CertificateStackPtr chain(sk_X509_new_null());
    for (const CertificatePtr& each : presented)
        if (!chain || sk_X509_push(chain.get(), each.get()) <= 0)
            return base::Error{base::Errc::Internal, "out of memory"};
    return judgeClient(certificate, chain.get(), **store, *rules, at);
}

base::Status judgeClientAgain(SSL& ssl)
{
    X509* certificate = SSL_get0_peer_certificate(&ssl);
    SSL_CTX& context = *SSL_get_SSL_CTX(&ssl);
    X509_STORE* anchors = SSL_CTX_get_cert_store(&context);
    const auto* judge = static_cast<const Judge*>(SSL_CTX_get_ex_data(&context, judgeIndex()));
    if (!certificate || !anchors || !judge)
        return base::Error{base::Errc::NotConnected, "there is no client whose certificate could be judged"};
    return judgeClient(*certificate, SSL_get_peer_cert_chain(&ssl), *anchors, *judge, base::SystemClock().utc());
}

void recordVerification(SSL& ssl, Verification& verification)
{
    SSL_set_ex_data(&ssl, verificationIndex(), &verification);
}

bool isIpAddress(const std::string& name)
{
    ASN1_OCTET_STRING* address = a2i_IPADDRESS(name.c_str());
    const bool isAddress = address != nullptr;
    ASN1_OCTET_STRING_free(address);
    ERR_clear_error();
    return isAddress;
}

}
