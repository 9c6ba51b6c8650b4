#include "core/stepup/attestation.h"

#include "core/stepup/attestation_certificate.h"

namespace stepup {

namespace {

using Code = VerifyRefusal;

MaybeRefusal checkFormat(const std::string& format)
{
    if (format == "packed")
        return std::nullopt;
    if (format == "none")
        return Refusal{Code::AttestationNone,
            "the security key gave no attestation: nothing says that the credential lives in hardware"};
    return Refusal{Code::AttestationFormat, "the attestation is not of the format \"packed\""};
}

MaybeRefusal checkSignature(
    const PackedStatement& statement, Algorithm algorithm, ByteView authenticatorData, const Digest& clientDataHash)
{
    Bytes message(authenticatorData.begin(), authenticatorData.end());
    append(message, clientDataHash);
    EVP_PKEY* key = X509_get0_pubkey(statement.chain.front().get());
    if (key && verifySignature(*key, algorithm, message, statement.signature))
        return std::nullopt;
    return Refusal{Code::AttestationSignatureWrong,
        "the attestation does not sign this credential for this challenge, action and connection"};
}

}

MaybeRefusal checkAttestation(const std::string& format, ByteView statementBytes, ByteView authenticatorData,
    const Digest& clientDataHash, const Aaguid& aaguid, const AttestationRoots& roots, base::UtcTime at)
{
    if (auto refusal = checkFormat(format))
        return refusal;
    const auto statement = parsePackedStatement(statementBytes);
    if (!statement)
        return Refusal{Code::AttestationMalformed, statement.error().detail};
    if (statement->chain.empty())
        return Refusal{Code::AttestationSelf, "the credential attests itself: nothing says that it lives in hardware"};
    X509& leaf = *statement->chain.front();
    const auto algorithm = algorithmOf(statement->algorithm);
    if (!algorithm || !hasKeyOf(leaf, *algorithm))
        return Refusal{Code::AttestationAlgorithm,
            "the attestation is not by ES256, ES384, EdDSA or RS256, or not by that of its certificate's key"};
    if (auto refusal = checkLeaf(leaf))
        return refusal;
    if (auto refusal = checkOrder(statement->chain))
        return refusal;
    if (auto refusal = checkChain(statement->chain, roots, at))
        return refusal;
    if (auto refusal = checkModel(leaf, aaguid))
        return refusal;
    return checkSignature(*statement, *algorithm, authenticatorData, clientDataHash);
}

}
