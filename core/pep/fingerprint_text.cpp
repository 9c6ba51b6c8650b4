#include "core/pep/fingerprint_text.h"

namespace pep {

namespace {

constexpr std::string_view Digits = "0123456789abcdef";

}

std::string fingerprintText(const stepup::CertificateFingerprint& fingerprint)
{
    std::string text;
    for (const std::uint8_t byte : fingerprint) {
        text += Digits[byte >> 4U];
        text += Digits[byte & 0xfU];
    }
    return text;
}

std::optional<stepup::CertificateFingerprint> fingerprintOf(std::string_view text)
{
    stepup::CertificateFingerprint fingerprint{};
    if (text.size() != 2 * fingerprint.size() || text.find_first_not_of(Digits) != std::string_view::npos)
        return std::nullopt;
    for (std::size_t at = 0; at < fingerprint.size(); ++at)
        fingerprint[at] = static_cast<std::uint8_t>(Digits.find(text[2 * at]) * 16 + Digits.find(text[2 * at + 1]));
    return fingerprint;
}

}
