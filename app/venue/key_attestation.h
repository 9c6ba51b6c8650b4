#pragma once

#include "app/venue/pep_settings.h"
#include "core/base/clock.h"
#include "core/base/result.h"

#include <filesystem>
#include <string>

namespace venue {

/// What the maker of a PIV card vouches for about the key of this certificate (PEM): that it was made in the card, and
/// that the card asks for its PIN. `request` is the certificate request that carries the card's word. The text is what
/// pep::CertificateRecord::attestation holds. Errors: Configuration (no makers are configured), those of
/// cert::checkAttestation(), KeyNotFound (attested is another key), Refused (the card asks for no PIN).
[[nodiscard]] base::Result<std::string> attestedBy(const std::filesystem::path& request,
    const std::filesystem::path& certificate, const PepSettings& settings, base::UtcTime now);

}
