#include "auth/cert/cmp_errors.h"

#include "core/tls/signer_error.h"

#include <openssl/bioerr.h>
#include <openssl/err.h>
#include <openssl/httperr.h>
#include <openssl/sslerr.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace cert {

namespace {

using base::Errc;
using base::Error;

/// Reasons of OpenSSL that mean: what has come is not proved to be the authority's.
constexpr std::array<int, 14> NotProved{CMP_R_ERROR_VALIDATING_PROTECTION, CMP_R_ERROR_VALIDATING_SIGNATURE,
    CMP_R_NO_SUITABLE_SENDER_CERT, CMP_R_WRONG_PBM_VALUE, CMP_R_MISSING_PROTECTION, CMP_R_MISSING_TRUST_ANCHOR,
    CMP_R_SRVCERT_DOES_NOT_VALIDATE_MSG, CMP_R_UNKNOWN_ALGORITHM_ID, CMP_R_UNSUPPORTED_PROTECTION_ALG_DHBASEDMAC,
    CMP_R_RECIPNONCE_UNMATCHED, CMP_R_TRANSACTIONID_UNMATCHED, CMP_R_SENDER_GENERALNAME_TYPE_NOT_SUPPORTED,
    CMP_R_MISSING_KEY_USAGE_DIGITALSIGNATURE, CMP_R_MISSING_PBM_SECRET};
constexpr std::array<int, 1> TimeOver{CMP_R_TOTAL_TIMEOUT};

/// What the error queue holds, from the oldest entry on.
struct Queue {
    std::optional<Error> ofSigner;
    std::vector<int> cmpReasons;
    std::vector<unsigned long> all;
    std::string text;
};

Queue takeQueue()
{
    Queue queue;
    const char* data = nullptr;
    int flags = 0;
    while (const auto code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
        if (!queue.ofSigner)
            queue.ofSigner = tls::signerErrorOf(code, data, flags);
        if (ERR_GET_LIB(code) == ERR_LIB_CMP)
            queue.cmpReasons.push_back(ERR_GET_REASON(code));
        queue.all.push_back(code);
        const char* reason = ERR_reason_error_string(code);
        queue.text += (queue.text.empty() ? "" : "; ") + std::string(reason ? reason : "error");
        if (data && (flags & ERR_TXT_STRING) != 0 && *data != '\0')
            queue.text += std::string(" (") + data + ')';
    }
    return queue;
}

template <std::size_t N>
bool holdsAny(const Queue& queue, const std::array<int, N>& reasons)
{
    return std::any_of(queue.cmpReasons.begin(), queue.cmpReasons.end(),
        [&](int reason) { return std::find(reasons.begin(), reasons.end(), reason) != reasons.end(); });
}

bool holds(const Queue& queue, int library, std::initializer_list<int> reasons)
{
    return std::any_of(queue.all.begin(), queue.all.end(), [&](unsigned long code) {
        return ERR_GET_LIB(code) == library
            && std::find(reasons.begin(), reasons.end(), ERR_GET_REASON(code)) != reasons.end();
    });
}

bool isOfTransport(unsigned long code)
{
    const int library = ERR_GET_LIB(code);
    return library == ERR_LIB_HTTP || library == ERR_LIB_BIO || library == ERR_LIB_SSL || ERR_SYSTEM_ERROR(code);
}

Error notProved(const std::string& server, const std::optional<CmpRefusal>& said, const std::string& text)
{
    if (said)
        return {Errc::CertificateUntrusted,
            server
                + " says no, and nothing proves that it is the authority that --ca names (many do not protect a no): "
                + refusalText(*said) + "; it was not believed: " + text};
    return {Errc::CertificateUntrusted,
        "the answer of " + server
            + " is not proved to come from the authority that --ca names, or the reference and secret are not the ones "
              "it knows: "
            + text};
}

/// Of what is no CMP server, or none that can be talked to, at this address.
std::optional<Error> wrongAddress(const Queue& queue, const std::string& server)
{
    if (holds(queue, ERR_LIB_SSL, {SSL_R_CERTIFICATE_VERIFY_FAILED}))
        return Error{Errc::CertificateUntrusted,
            "the TLS certificate of " + server
                + " is not one for that name, or leads neither to an authority of this system nor to one of --ca: "
                + queue.text};
    if (holds(queue, ERR_LIB_HTTP, {HTTP_R_REDIRECTION_NOT_ENABLED, HTTP_R_TOO_MANY_REDIRECTIONS}))
        return Error{Errc::ConnectionLost,
            server + " names another address, which is not followed; if that is right, give that one: " + queue.text};
    if (holds(queue, ERR_LIB_HTTP,
            {HTTP_R_RECEIVED_ERROR, HTTP_R_STATUS_CODE_UNSUPPORTED, HTTP_R_UNEXPECTED_CONTENT_TYPE,
                HTTP_R_MISSING_CONTENT_TYPE, HTTP_R_MISSING_ASN1_ENCODING, HTTP_R_RESPONSE_PARSE_ERROR}))
        return Error{Errc::ConnectionLost,
            "what answers at " + server
                + " does not speak CMP, or not under this path (for many authorities it names the profile): "
                + queue.text};
    return std::nullopt;
}

}

Error cmpError(const OSSL_CMP_CTX& context, const std::string& server, const std::optional<CmpRefusal>& said)
{
    const Queue queue = takeQueue();
    if (queue.ofSigner)
        return *queue.ofSigner;
    // OpenSSL says nothing at all where the name of the sender is not the one that is expected.
    const bool ofSomebodyElse = queue.all.empty() && OSSL_CMP_CTX_get_status(&context) != OSSL_CMP_PKISTATUS_rejection;
    if (ofSomebodyElse)
        return {Errc::CertificateUntrusted,
            "the answer of " + server
                + " is sent by somebody else than the authority that --ca names first; where another one answers for "
                  "it, --responder names that one"};
    if (holdsAny(queue, NotProved))
        return notProved(server, said, queue.text);
    if (OSSL_CMP_CTX_get_status(&context) == OSSL_CMP_PKISTATUS_rejection)
        return {Errc::Rejected, "the authority at " + server + " refuses: " + refusalText(refusalOf(context))};
    const bool isLate =
        holdsAny(queue, TimeOver) || holds(queue, ERR_LIB_BIO, {BIO_R_CONNECT_TIMEOUT, BIO_R_TRANSFER_TIMEOUT});
    if (isLate && OSSL_CMP_CTX_get_status(&context) == OSSL_CMP_PKISTATUS_waiting)
        return {Errc::Timeout,
            "the authority at " + server
                + " has the request and has not decided: somebody there may have to approve it. Nothing was issued "
                  "yet; "
                  "ask them, and then ask again with more patience (--for of countersign-cli): "
                + queue.text};
    if (auto wrong = wrongAddress(queue, server))
        return *std::move(wrong);
    if (isLate)
        return {Errc::Timeout, "no answer of " + server + " in time: " + queue.text};
    if (holds(queue, ERR_LIB_BIO, {BIO_R_CONNECT_ERROR, BIO_R_NBIO_CONNECT_ERROR, BIO_R_LOOKUP_RETURNED_NOTHING}))
        return {Errc::ConnectionRefused, server + " cannot be reached: " + queue.text};
    if (std::any_of(queue.all.begin(), queue.all.end(), isOfTransport))
        return {Errc::ConnectionLost, "talking to " + server + " failed: " + queue.text};
    return {Errc::ProtocolViolation, "the exchange with " + server + " failed: " + queue.text};
}

}
