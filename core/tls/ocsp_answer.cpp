#include "core/tls/ocsp_answer.h"

#include "core/tls/asn1_time.h"
#include "core/tls/identity.h"
#include "core/tls/openssl_handles.h"

#include <string>

namespace tls {

namespace {

using base::Errc;
using base::Error;
using namespace std::chrono_literals;

/// How far the clocks of authority and desk may differ.
constexpr auto ClockTolerance = 5min;

Error unknown(const OcspQuestion& question, const std::string& why)
{
    return {Errc::RevocationUnknown,
        "the certificate of " + subjectOf(question.certificate) + " cannot be checked for revocation: the OCSP answer "
            + why};
}

bool isSignedWithWeakDigest(const OCSP_BASICRESP& answer)
{
    int digest = NID_undef;
    const X509_ALGOR* algorithm = OCSP_resp_get0_tbs_sigalg(&answer);
    if (OBJ_find_sigid_algs(OBJ_obj2nid(algorithm->algorithm), &digest, nullptr) != 1)
        return true;
    return digest == NID_sha1 || digest == NID_md5;
}

/// The part of the answer that is about this certificate: by serial number and by hashes of its issuer's name and key,
/// made with whatever digest the answer uses.
OCSP_SINGLERESP* findAbout(OCSP_BASICRESP& answer, const OcspQuestion& question, X509& issuer)
{
    for (int i = 0; i < OCSP_resp_count(&answer); ++i) {
        OCSP_SINGLERESP* single = OCSP_resp_get0(&answer, i);
        const OCSP_CERTID* id = OCSP_SINGLERESP_get0_id(single);
        ASN1_OBJECT* digest = nullptr;
        OCSP_id_get0_info(nullptr, &digest, nullptr, nullptr, const_cast<OCSP_CERTID*>(id));
        const EVP_MD* method = EVP_get_digestbyobj(digest);
        if (!method)
            continue;
        const OcspIdPtr ours(OCSP_cert_to_id(method, &question.certificate, &issuer));
        if (ours && OCSP_id_cmp(ours.get(), id) == 0)
            return single;
    }
    return nullptr;
}

base::Status judgeStatus(OCSP_SINGLERESP& about, const OcspQuestion& question)
{
    int reason = OCSP_REVOKED_STATUS_NOSTATUS;
    ASN1_GENERALIZEDTIME* revokedAt = nullptr;
    ASN1_GENERALIZEDTIME* from = nullptr;
    ASN1_GENERALIZEDTIME* until = nullptr;
    const int status = OCSP_single_get0_status(&about, &reason, &revokedAt, &from, &until);
    if (!from || !until)
        return unknown(question, "does not say until when it holds");
    if (utcOf(from) > question.at + ClockTolerance)
        return unknown(question, "is not valid before " + timeText(utcOf(from)));
    if (utcOf(until) + ClockTolerance < question.at)
        return unknown(question, "is out of date since " + timeText(utcOf(until)));
    switch (status) {
    case V_OCSP_CERTSTATUS_GOOD:
        return base::Ok{};
    case V_OCSP_CERTSTATUS_REVOKED:
        return Error{Errc::CertificateRevoked,
            "the certificate of " + subjectOf(question.certificate) + " was revoked by its issuer "
                + issuerOf(question.certificate) + (revokedAt ? " on " + timeText(utcOf(revokedAt)) : "")
                + (reason == OCSP_REVOKED_STATUS_NOSTATUS ? "" : std::string(": ") + OCSP_crl_reason_str(reason))};
    default:
        return unknown(question, "says that its issuer does not know it");
    }
}

}

base::Status judgeAnswer(std::span<const std::uint8_t> der, const OcspQuestion& question)
{
    const unsigned char* at = der.data();
    const OcspAnswerPtr answer(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size())));
    if (!answer || at != der.data() + der.size())
        return unknown(question, "is damaged");
    if (const int status = OCSP_response_status(answer.get()); status != OCSP_RESPONSE_STATUS_SUCCESSFUL)
        return unknown(question, std::string("is none: ") + OCSP_response_status_str(status));
    const OcspBasicPtr basic(OCSP_response_get1_basic(answer.get()));
    if (!basic)
        return unknown(question, "is of an unknown kind");
    X509* leaf = sk_X509_value(&question.chain, 0);
    X509* issuer = sk_X509_num(&question.chain) > 1 ? sk_X509_value(&question.chain, 1) : leaf;
    if (X509_check_issued(issuer, &question.certificate) != X509_V_OK)
        return unknown(question, "cannot be judged: the certificate is trusted by itself, its issuer is not");
    if (isSignedWithWeakDigest(*basic))
        return unknown(question, "is signed with a digest that is not safe");
    // The trusted certificates need not be roots.
    if (OCSP_basic_verify(basic.get(), &question.chain, &question.anchors, OCSP_PARTIAL_CHAIN) != 1)
        return unknown(question, "was not signed by the certificate's issuer, or by whom it has named for that");
    OCSP_SINGLERESP* about = findAbout(*basic, question, *issuer);
    if (!about)
        return unknown(question, "is about another certificate");
    return judgeStatus(*about, question);
}

}
