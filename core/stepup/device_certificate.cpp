#include "core/stepup/device_certificate.h"

#include "core/stepup/attestation.h"
#include "core/stepup/canonical.h"

#include <algorithm>
#include <utility>

namespace stepup {

namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::string_view ProofHeading = "countersign.device-certificate.v1";
constexpr std::string_view SignedHeading = "countersign.device-signature.v1";

bool isCertificateSize(std::size_t size)
{
    return size > 0 && size <= MaxCertificateSize;
}

}

Bytes signedBytes(const DeviceCertificate& proof)
{
    FieldWriter writer(SignedHeading);
    writer.bytes(1, proof.nonce);
    writer.number(2, proof.sequence, 8);
    writer.number(3, static_cast<std::uint64_t>(proof.place), 1);
    writer.bytes(4, sha256(proof.leaf));
    return std::move(writer).take();
}

Status checkDeviceCertificate(const DeviceCertificate& proof)
{
    const bool sizes = isCertificateSize(proof.leaf.size())
        && std::all_of(proof.issuers.begin(), proof.issuers.end(),
            [](const Bytes& issuer) { return isCertificateSize(issuer.size()); });
    if (!sizes)
        return invalid("a device certificate, and each of its issuers, has 1 to 4096 bytes");
    if (proof.issuers.size() > MaxDeviceIssuers)
        return invalid("a device certificate comes with 3 issuers at most");
    if (proof.signature.empty() || proof.signature.size() > MaxSignatureSize)
        return invalid("the signature of a device has 1 to 512 bytes");
    return base::Ok{};
}

Result<Bytes> deviceCertificateBytes(const DeviceCertificate& proof)
{
    if (auto sound = checkDeviceCertificate(proof); !sound)
        return sound.error();
    FieldWriter writer(ProofHeading);
    writer.bytes(1, proof.leaf);
    std::vector<std::string> issuers;
    for (const Bytes& issuer : proof.issuers)
        issuers.emplace_back(issuer.begin(), issuer.end());
    writer.texts(2, issuers);
    writer.bytes(3, proof.nonce);
    writer.number(4, proof.sequence, 8);
    writer.number(5, static_cast<std::uint64_t>(proof.place), 1);
    writer.number(6, static_cast<std::uint64_t>(proof.scheme), 1);
    writer.bytes(7, proof.signature);
    return std::move(writer).take();
}

Result<DeviceCertificate> parseDeviceCertificate(ByteView bytes)
{
    FieldReader reader(bytes, ProofHeading);
    DeviceCertificate proof;
    const ByteView leaf = reader.bytes(1);
    proof.leaf.assign(leaf.begin(), leaf.end());
    for (const std::string& issuer : reader.texts(2))
        proof.issuers.emplace_back(issuer.begin(), issuer.end());
    const ByteView nonce = reader.bytesOfSize(3, proof.nonce.size());
    std::copy(nonce.begin(), nonce.end(), proof.nonce.begin());
    proof.sequence = reader.number(4, 8);
    const std::uint64_t place = reader.number(5, 1);
    const std::uint64_t scheme = reader.number(6, 1);
    const ByteView signature = reader.bytes(7);
    proof.signature.assign(signature.begin(), signature.end());
    if (!reader.complete() || place < 1 || place > 2 || scheme < 1 || scheme > 4)
        return invalid("the device certificate is malformed");
    proof.place = static_cast<DeviceKeyPlace>(place);
    proof.scheme = static_cast<DeviceSignature>(scheme);
    if (auto sound = checkDeviceCertificate(proof); !sound)
        return sound.error();
    return proof;
}

}
