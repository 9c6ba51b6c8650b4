#include "core/stepup/attestation.h"
#include "core/stepup/cbor.h"
#include "core/stepup/openssl_handles.h"

#include <openssl/pem.h>

namespace stepup {

namespace {

using base::Errc;
using base::Error;

constexpr std::size_t MaxPemSize = 1U << 20;

Error malformedStatement(const char* why)
{
    return {Errc::InvalidInput, std::string("the attestation statement ") + why};
}

CertificateOwner readCertificate(ByteView der)
{
    const unsigned char* at = der.data();
    CertificateOwner certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!certificate || at != der.data() + der.size())
        return {};
    return certificate;
}

base::Status readChain(CborReader& reader, std::vector<CertificateOwner>& chain)
{
    const auto count = reader.text() == "x5c" ? reader.array() : std::nullopt;
    if (!count || *count == 0 || *count > MaxChainSize)
        return malformedStatement("has no x5c of 1 to 4 certificates");
    for (std::size_t left = *count; left > 0; --left) {
        const auto der = reader.byteString();
        if (!der || der->size() > MaxCertificateSize)
            return malformedStatement("has a certificate that is no byte string, or of more than 4,096 bytes");
        auto certificate = readCertificate(*der);
        if (!certificate)
            return malformedStatement("has a certificate that is not exactly one X.509 certificate in DER");
        chain.push_back(std::move(certificate));
    }
    return base::Ok{};
}

}

base::Result<PackedStatement> parsePackedStatement(ByteView bytes)
{
    const ErrorQueueGuard errors;
    if (bytes.size() > MaxStatementSize)
        return malformedStatement("is longer than 16,384 bytes");
    CborReader whole(bytes);
    if (!whole.item() || !whole.atEnd())
        return malformedStatement("is not one item of CTAP2 canonical CBOR, or has bytes after it");
    CborReader reader(bytes);
    const auto members = reader.map();
    if (members != 2U && members != 3U)
        return malformedStatement("is not a map of alg, sig and x5c");
    const auto algorithm = reader.text() == "alg" ? reader.integer() : std::nullopt;
    const auto signature = algorithm && reader.text() == "sig" ? reader.byteString() : std::nullopt;
    if (!signature || signature->empty() || signature->size() > MaxSignatureSize)
        return malformedStatement("has no alg and sig of 1 to 512 bytes");
    PackedStatement statement{
        .algorithm = *algorithm, .signature = {signature->begin(), signature->end()}, .chain = {}};
    if (members == 3U)
        if (auto read = readChain(reader, statement.chain); !read)
            return read.error();
    return statement;
}

base::Result<AttestationRoots> AttestationRoots::fromPem(const std::string& pem)
{
    const ErrorQueueGuard errors;
    if (pem.size() > MaxPemSize)
        return Error{Errc::Configuration, "the attestation roots are more than 1 MiB"};
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> input(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free_all);
    AttestationRoots roots;
    while (input) {
        CertificateOwner certificate(PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr));
        if (!certificate)
            break;
        roots.m_certificates.push_back(std::move(certificate));
    }
    // The end of the text shows as "no start line"; anything else is a certificate that cannot be read.
    if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE)
        return Error{Errc::Configuration, "an attestation root cannot be read: expected certificates in PEM form"};
    if (roots.m_certificates.empty())
        return Error{Errc::Configuration, "no attestation root is configured: no security key could be enrolled"};
    return roots;
}

}
