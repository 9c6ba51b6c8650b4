#include "tests/support/ocsp_answers.h"

#include "tests/support/require.h"
#include "tests/support/test_pki.h"

#include <openssl/ocsp.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>

namespace support {

namespace {

const EVP_MD* methodOf(AnswerOptions::Digest digest)
{
    return digest == AnswerOptions::Digest::Sha1 ? EVP_sha1() : EVP_sha256();
}

int numberOf(AnswerOptions::Status status)
{
    switch (status) {
    case AnswerOptions::Status::Good:
        return V_OCSP_CERTSTATUS_GOOD;
    case AnswerOptions::Status::Revoked:
        return V_OCSP_CERTSTATUS_REVOKED;
    case AnswerOptions::Status::Unknown:
        return V_OCSP_CERTSTATUS_UNKNOWN;
    }
    return V_OCSP_CERTSTATUS_UNKNOWN;
}

using TimePtr = std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)>;

TimePtr fromNow(std::chrono::seconds offset)
{
    return {X509_gmtime_adj(nullptr, offset.count()), ASN1_TIME_free};
}

/// Its number as `openssl ca` keeps it in its index.
std::string serialText(X509& certificate)
{
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(
        ASN1_INTEGER_to_BN(X509_get0_serialNumber(&certificate), nullptr), BN_free);
    char* hex = BN_bn2hex(number.get());
    std::string text = hex;
    OPENSSL_free(hex);
    return text;
}

}

std::string ocspAnswer(const tls::Identity& signer, X509& issuer, X509& subject, const AnswerOptions& options)
{
    const std::unique_ptr<OCSP_BASICRESP, decltype(&OCSP_BASICRESP_free)> basic(
        OCSP_BASICRESP_new(), OCSP_BASICRESP_free);
    OCSP_CERTID* id = OCSP_cert_to_id(methodOf(options.idDigest), &subject, &issuer);
    const auto from = fromNow(options.from);
    const auto until = fromNow(options.until);
    const bool isRevoked = options.status == AnswerOptions::Status::Revoked;
    require(OCSP_basic_add1_status(basic.get(), id, numberOf(options.status),
                isRevoked ? OCSP_REVOKED_STATUS_KEYCOMPROMISE : OCSP_REVOKED_STATUS_NOSTATUS,
                isRevoked ? from.get() : nullptr, from.get(), options.until.count() == 0 ? nullptr : until.get())
            != nullptr,
        "status");
    OCSP_CERTID_free(id);
    require(OCSP_basic_sign(
                basic.get(), signer.certificate.get(), signer.key.get(), methodOf(options.signatureDigest), nullptr, 0)
            == 1,
        "signing");
    const std::unique_ptr<OCSP_RESPONSE, decltype(&OCSP_RESPONSE_free)> answer(
        OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()), OCSP_RESPONSE_free);
    unsigned char* der = nullptr;
    const int size = i2d_OCSP_RESPONSE(answer.get(), &der);
    require(size > 0, "writing");
    std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return bytes;
}

std::string ocspAnswerOfOpenssl(const tls::Identity& issuer, X509& subject, bool revoked)
{
    const TemporaryDirectory files;
    const auto ca = files.write("ca.pem", pemOf(*issuer.certificate));
    const auto key = files.write("ca.key", pemOf(*issuer.key));
    const auto leaf = files.write("leaf.pem", pemOf(subject));
    const std::string line = std::string(revoked ? "R" : "V") + "\t400101000000Z\t"
        + (revoked ? "260101000000Z,keyCompromise" : "") + "\t" + serialText(subject) + "\tunknown\t/CN=leaf\n";
    const auto index = files.write("index.txt", line);
    const auto out = files.path() / "answer.der";
    const std::string command = "openssl ocsp -index " + index.string() + " -CA " + ca.string() + " -rsigner "
        + ca.string() + " -rkey " + key.string() + " -issuer " + ca.string() + " -cert " + leaf.string()
        + " -ndays 1 -respout " + out.string() + " >/dev/null 2>&1";
    require(std::system(command.c_str()) == 0, command.c_str());
    std::ifstream input(out, std::ios::binary);
    return {std::istreambuf_iterator<char>(input), std::istreambuf_iterator<char>()};
}

}
