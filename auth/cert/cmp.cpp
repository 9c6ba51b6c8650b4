#include "auth/cert/cmp.h"

#include "auth/cert/attestation.h"
#include "auth/cert/cmp_address.h"
#include "auth/cert/cmp_errors.h"
#include "auth/cert/cmp_tls.h"
#include "auth/cert/cmp_transfer.h"
#include "auth/cert/issued.h"
#include "auth/cert/openssl_owners.h"
#include "auth/cert/request.h"
#include "auth/cert/subject.h"
#include "core/tls/openssl_handles.h"
#include "core/tls/verify.h"

#include <openssl/cmp.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace cert {

namespace {

using base::Errc;
using base::Error;

struct ContextDeleter {
    void operator()(OSSL_CMP_CTX* context) const { OSSL_CMP_CTX_free(context); }
};
using ContextPtr = std::unique_ptr<OSSL_CMP_CTX, ContextDeleter>;

/// What judges the new certificate before the authority is told that it is accepted.
struct Judge {
    const std::string& caFile;
    const base::Clock& clock;
    std::optional<Error> refusal;
};

struct StackDeleter {
    void operator()(STACK_OF(X509) * certificates) const { sk_X509_pop_free(certificates, X509_free); }
};
using StackPtr = std::unique_ptr<STACK_OF(X509), StackDeleter>;

/// What the authority has sent beside the certificate: it may lead up to what is trusted.
std::vector<tls::CertificatePtr> sentBeside(const OSSL_CMP_CTX& context)
{
    std::vector<tls::CertificatePtr> found;
    const auto take = [&found](const STACK_OF(X509) * certificates) {
        for (int i = 0; i < sk_X509_num(certificates); ++i) {
            X509* const one = sk_X509_value(certificates, i);
            X509_up_ref(one);
            found.emplace_back(one);
        }
    };
    take(OSSL_CMP_CTX_get0_untrusted(&context));
    take(StackPtr(OSSL_CMP_CTX_get1_extraCertsIn(&context)).get());
    take(StackPtr(OSSL_CMP_CTX_get1_caPubs(&context)).get());
    return found;
}

int judgeNew(OSSL_CMP_CTX* context, X509* certificate, int failure, const char** text)
{
    auto& judge = *static_cast<Judge*>(OSSL_CMP_CTX_get_certConf_cb_arg(context));
    if (failure != 0) { // OpenSSL has compared the keys
        judge.refusal = Error{Errc::KeyNotFound,
            "the authority has issued a certificate for another key than the one that it was asked for; it was told "
            "so"};
        return failure;
    }
    const auto good = checkIssued(*certificate, judge.caFile, judge.clock.utc(), sentBeside(*context));
    if (good)
        return 0;
    judge.refusal = Error{good.error().code,
        "the certificate that the authority has issued was not accepted, and it was told so: " + good.error().detail};
    *text = "not acceptable to the end entity";
    return 1 << OSSL_CMP_PKIFAILUREINFO_incorrectData;
}

/// OpenSSL's client reports on the terminal otherwise; the errors travel through its queue.
int logNothing(const char*, const char*, int, OSSL_CMP_severity, const char*)
{
    return 1;
}

base::Result<tls::StorePtr> anchorsIn(const std::vector<tls::CertificatePtr>& authorities)
{
    tls::StorePtr store(X509_STORE_new());
    if (!store)
        return Error{Errc::Internal, "out of memory"};
    for (const auto& one : authorities) {
        if (X509_STORE_add_cert(store.get(), one.get()) != 1) {
            ERR_clear_error();
            return Error{Errc::Configuration, "the file of --ca holds a certificate that cannot be used"};
        }
    }
    X509_VERIFY_PARAM* rules = X509_STORE_get0_param(store.get());
    // Exactly what the file lists is trusted: an intermediate is an anchor too.
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_auth_level(rules, tls::SecurityLevel);
    return store;
}

/// Whoever answers must be the authority: any trader's certificate is of the same authority too.
bool expectSender(OSSL_CMP_CTX& context, const CmpServer& server, X509& authority, const X509_NAME* responder)
{
    const X509_NAME* sender = server.responder.empty() ? X509_get_subject_name(&authority) : responder;
    return OSSL_CMP_CTX_set1_expected_sender(&context, sender) == 1
        && OSSL_CMP_CTX_set1_recipient(&context, X509_get_subject_name(&authority)) == 1;
}

bool setAddress(OSSL_CMP_CTX& context, const CmpAddress& address)
{
    return OSSL_CMP_CTX_set1_server(&context, address.host.c_str()) == 1
        && OSSL_CMP_CTX_set_serverPort(&context, address.port) == 1
        && OSSL_CMP_CTX_set1_serverPath(&context, address.path.c_str()) == 1;
}

int secondsOf(const CmpServer& server)
{
    return static_cast<int>(std::max<std::chrono::seconds::rep>(1, server.patience.count()));
}

bool setRules(OSSL_CMP_CTX& context, const CmpServer& server)
{
    const int seconds = secondsOf(server);
    // Many authorities' certificates allow signing certificates and lists alone. Where only the authority itself may
    // sign, that is no less of a proof; anybody else's certificate must allow signatures (RFC 9483).
    const int ignoresKeyUsage = server.responder.empty() ? 1 : 0;
    return OSSL_CMP_CTX_set_log_cb(&context, logNothing) == 1
        && OSSL_CMP_CTX_set_option(&context, OSSL_CMP_OPT_UNPROTECTED_ERRORS, 0) == 1
        && OSSL_CMP_CTX_set_option(&context, OSSL_CMP_OPT_IGNORE_KEYUSAGE, ignoresKeyUsage) == 1
        && OSSL_CMP_CTX_set_option(&context, OSSL_CMP_OPT_MSG_TIMEOUT, seconds) == 1
        && OSSL_CMP_CTX_set_option(&context, OSSL_CMP_OPT_TOTAL_TIMEOUT, seconds) == 1
        && OSSL_CMP_CTX_set_option(&context, OSSL_CMP_OPT_POPO_METHOD, OSSL_CRMF_POPO_SIGNATURE) == 1
        && OSSL_CMP_CTX_set_option(&context, OSSL_CMP_OPT_DIGEST_ALGNID, NID_sha256) == 1
        // OpenSSL 3.0 would use HMAC with SHA-1.
        && OSSL_CMP_CTX_set_option(&context, OSSL_CMP_OPT_OWF_ALGNID, NID_sha256) == 1
        && OSSL_CMP_CTX_set_option(&context, OSSL_CMP_OPT_MAC_ALGNID, NID_hmacWithSHA256) == 1;
}

/// With one authority, about one certificate.
struct Conversation {
    NamePtr authority;
    CmpTransfer transfer;
    std::unique_ptr<CmpTls> channel; ///< absent: http
    ContextPtr context; ///< uses all of the above, and so dies before them
};
using ConversationPtr = std::unique_ptr<Conversation>;

base::Result<ConversationPtr> converse(const CmpServer& server)
{
    ERR_clear_error();
    const auto address = parseCmpAddress(server.url);
    if (!address)
        return address.error();
    const auto authorities = tls::loadPemCertificates(server.caFile);
    if (!authorities)
        return authorities.error();
    NamePtr responder;
    if (!server.responder.empty()) {
        auto name = parseSubject(server.responder);
        if (!name)
            return name.error();
        responder = *std::move(name);
    }
    auto anchors = anchorsIn(*authorities);
    if (!anchors)
        return anchors.error();
    auto made = std::make_unique<Conversation>();
    if (address->isTls) {
        auto channel = CmpTls::open(*address, server.caFile, secondsOf(server));
        if (!channel)
            return channel.error();
        made->channel = *std::move(channel);
    }
    made->authority.reset(X509_NAME_dup(X509_get_subject_name(authorities->front().get())));
    made->context.reset(OSSL_CMP_CTX_new(nullptr, nullptr));
    if (!made->authority || !made->context || !setRules(*made->context, server) || !setAddress(*made->context, *address)
        || !expectSender(*made->context, server, *authorities->front(), responder.get())
        || OSSL_CMP_CTX_set0_trustedStore(made->context.get(), anchors->get()) != 1) {
        ERR_clear_error();
        return Error{Errc::Internal, "OpenSSL's CMP client cannot be set up"};
    }
    (void)anchors->release();
    transferOver(*made->context, made->transfer);
    if (made->channel)
        made->channel->wrap(*made->context);
    return made;
}

/// OpenSSL signs messages and the proof of possession with one and the same digest. P-384 goes with SHA-384 (NIST SP
/// 800-78-4, table 3-2) where both keys are such.
bool setDigest(OSSL_CMP_CTX& context, const EVP_PKEY& signing, const EVP_PKEY& proving)
{
    const bool isLong = digestFor(signing) == EVP_sha384() && digestFor(proving) == EVP_sha384();
    return OSSL_CMP_CTX_set_option(&context, OSSL_CMP_OPT_DIGEST_ALGNID, isLong ? NID_sha384 : NID_sha256) == 1;
}

/// The present certificate and its key sign what is sent.
bool signWith(OSSL_CMP_CTX& context, X509& certificate, EVP_PKEY& key)
{
    return OSSL_CMP_CTX_set1_cert(&context, &certificate) == 1 && OSSL_CMP_CTX_set1_pkey(&context, &key) == 1;
}

bool protectWith(OSSL_CMP_CTX& context, const InitialSecret& initial)
{
    const auto bytes = [](std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); };
    const std::string_view secret = initial.secret.reveal();
    return OSSL_CMP_CTX_set1_referenceValue(
               &context, bytes(initial.reference), static_cast<int>(initial.reference.size()))
        == 1
        && OSSL_CMP_CTX_set1_secretValue(&context, bytes(secret), static_cast<int>(secret.size())) == 1;
}

bool askFor(OSSL_CMP_CTX& context, EVP_PKEY& key)
{
    if (EVP_PKEY_up_ref(&key) != 1)
        return false;
    if (OSSL_CMP_CTX_set0_newPkey(&context, 1, &key) == 1)
        return true;
    EVP_PKEY_free(&key);
    return false;
}

bool sendAlong(OSSL_CMP_CTX& context, const auth::PivAttestation& attestation)
{
    ExtensionsPtr extensions(sk_X509_EXTENSION_new_null());
    if (!extensions || !addAttestation(*extensions, attestation)
        || OSSL_CMP_CTX_set0_reqExtensions(&context, extensions.get()) != 1)
        return false;
    (void)extensions.release();
    return true;
}

base::Error setupError()
{
    ERR_clear_error();
    return {Errc::Internal, "OpenSSL's CMP client does not take what is to be sent"};
}

base::Result<tls::CertificatePtr> exchange(
    const Conversation& with, int request, const CmpServer& server, const base::Clock& clock)
{
    OSSL_CMP_CTX& context = *with.context;
    Judge judge{server.caFile, clock, std::nullopt};
    OSSL_CMP_CTX_set_certConf_cb(&context, judgeNew);
    OSSL_CMP_CTX_set_certConf_cb_arg(&context, &judge);
    X509* issued = OSSL_CMP_exec_certreq(&context, request, nullptr);
    if (judge.refusal) {
        ERR_clear_error();
        return *judge.refusal;
    }
    if (!issued)
        return cmpError(context, server.url, with.transfer.said);
    ERR_clear_error();
    // The context owns what it returns.
    X509_up_ref(issued);
    return tls::CertificatePtr(issued);
}

int reasonCode(RevocationReason reason)
{
    switch (reason) {
    case RevocationReason::Unspecified:
        return CRL_REASON_UNSPECIFIED;
    case RevocationReason::KeyCompromise:
        return CRL_REASON_KEY_COMPROMISE;
    case RevocationReason::AffiliationChanged:
        return CRL_REASON_AFFILIATION_CHANGED;
    case RevocationReason::Superseded:
        return CRL_REASON_SUPERSEDED;
    case RevocationReason::CessationOfOperation:
        return CRL_REASON_CESSATION_OF_OPERATION;
    }
    return CRL_REASON_NONE;
}

}

base::Result<tls::CertificatePtr> requestInitial(const CmpServer& server, const InitialSecret& initial, EVP_PKEY& key,
    const X509_NAME& subject, const base::Clock& clock, const auth::PivAttestation* attestation)
{
    if (initial.reference.empty() || initial.secret.empty())
        return Error{Errc::InvalidInput, "the first enrolment needs the reference and the secret of the authority"};
    const auto with = converse(server);
    if (!with)
        return with.error();
    OSSL_CMP_CTX& context = *(*with)->context;
    if (server.responder.empty())
        (*with)->transfer.unlessBySecret = (*with)->authority.get();
    if (!protectWith(context, initial) || !askFor(context, key) || !setDigest(context, key, key)
        || OSSL_CMP_CTX_set1_subjectName(&context, &subject) != 1 || (attestation && !sendAlong(context, *attestation)))
        return setupError();
    return exchange(**with, OSSL_CMP_IR, server, clock);
}

base::Result<tls::CertificatePtr> requestFurther(const CmpServer& server, X509& present, EVP_PKEY& presentKey,
    EVP_PKEY& key, const X509_NAME& subject, const base::Clock& clock)
{
    const auto with = converse(server);
    if (!with)
        return with.error();
    OSSL_CMP_CTX& context = *(*with)->context;
    if (!signWith(context, present, presentKey) || !askFor(context, key) || !setDigest(context, presentKey, key)
        || OSSL_CMP_CTX_set1_subjectName(&context, &subject) != 1)
        return setupError();
    return exchange(**with, OSSL_CMP_CR, server, clock);
}

base::Result<tls::CertificatePtr> updateKey(
    const CmpServer& server, X509& present, EVP_PKEY& presentKey, EVP_PKEY& key, const base::Clock& clock)
{
    const auto with = converse(server);
    if (!with)
        return with.error();
    OSSL_CMP_CTX& context = *(*with)->context;
    if (!signWith(context, present, presentKey) || !askFor(context, key) || !setDigest(context, presentKey, key)
        || OSSL_CMP_CTX_set1_oldCert(&context, &present) != 1)
        return setupError();
    return exchange(**with, OSSL_CMP_KUR, server, clock);
}

base::Status requestRevocation(const CmpServer& server, X509& present, EVP_PKEY& presentKey, RevocationReason reason)
{
    const auto with = converse(server);
    if (!with)
        return with.error();
    OSSL_CMP_CTX& context = *(*with)->context;
    if (!signWith(context, present, presentKey) || !setDigest(context, presentKey, presentKey)
        || OSSL_CMP_CTX_set1_oldCert(&context, &present) != 1
        || OSSL_CMP_CTX_set_option(&context, OSSL_CMP_OPT_REVOCATION_REASON, reasonCode(reason)) != 1)
        return setupError();
    if (OSSL_CMP_exec_RR_ses(&context) != 1)
        return cmpError(context, server.url, (*with)->transfer.said);
    ERR_clear_error();
    return base::Ok{};
}

}
