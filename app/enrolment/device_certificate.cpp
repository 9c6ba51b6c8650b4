#include "app/enrolment/device_certificate.h"

#include <utility>

namespace app {

namespace {

stepup::DeviceKeyPlace placeOf(device::KeyPlace place)
{
    switch (place) {
    case device::KeyPlace::Token:
        return stepup::DeviceKeyPlace::Token;
    case device::KeyPlace::File:
        return stepup::DeviceKeyPlace::File;
    }
    return stepup::DeviceKeyPlace::File;
}

stepup::DeviceSignature schemeOf(device::CertificateScheme scheme)
{
    switch (scheme) {
    case device::CertificateScheme::EcdsaP256:
        return stepup::DeviceSignature::EcdsaP256;
    case device::CertificateScheme::EcdsaP384:
        return stepup::DeviceSignature::EcdsaP384;
    case device::CertificateScheme::RsaPss:
        return stepup::DeviceSignature::RsaPss;
    case device::CertificateScheme::RsaPkcs1:
        return stepup::DeviceSignature::RsaPkcs1;
    }
    return stepup::DeviceSignature::EcdsaP256;
}

}

base::Result<stepup::DeviceCertificate> showCertificate(
    device::CertificateKey& key, const stepup::Digest& nonce, std::uint64_t sequence)
{
    stepup::DeviceCertificate shown;
    shown.nonce = nonce;
    shown.sequence = sequence;
    auto made = key.sign([&](const device::Der& leaf, device::KeyPlace place) {
        shown.leaf = leaf;
        shown.place = placeOf(place);
        return stepup::signedBytes(shown);
    });
    if (!made)
        return made.error();
    shown.issuers = std::move(made->issuers);
    shown.scheme = schemeOf(made->scheme);
    shown.signature = std::move(made->signature);
    if (const auto sound = stepup::checkDeviceCertificate(shown); !sound)
        return sound.error();
    return shown;
}

}
