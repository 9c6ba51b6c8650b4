#include "core/tls/pins.h"

#include "core/tls/hex.h"
#include "core/tls/openssl_handles.h"

#include <algorithm>
#include <array>

namespace tls {

std::string keyPin(X509& certificate)
{
    unsigned char* der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(&certificate), &der);
    if (size < 0) {
        ERR_clear_error();
        return {};
    }
    std::array<unsigned char, 32> digest{};
    const bool done =
        EVP_Digest(der, static_cast<std::size_t>(size), digest.data(), nullptr, EVP_sha256(), nullptr) == 1;
    OPENSSL_free(der);
    ERR_clear_error();
    return done ? std::string(KeyPinPrefix) + hexOf(digest) : std::string();
}

bool matchesPin(X509& certificate, const std::set<std::string>& pins)
{
    return pins.contains(fingerprint(certificate)) || pins.contains(keyPin(certificate));
}

bool isPin(std::string_view text)
{
    constexpr std::size_t Digits = 64;
    if (text.starts_with(KeyPinPrefix))
        text.remove_prefix(KeyPinPrefix.size());
    return text.size() == Digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}
