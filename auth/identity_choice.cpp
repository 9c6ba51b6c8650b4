#include "auth/identity_choice.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace auth {

namespace {

/// Lower case, without the colons and blanks that people and tools put between bytes.
std::string plainHex(const std::string& text)
{
    std::string plain;
    for (const char c : text) {
        if (c != ':' && c != ' ')
            plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return plain;
}

std::string describe(std::span<const rfq::TokenIdentity> identities)
{
    std::string text;
    for (const auto& identity : identities) {
        text += text.empty() ? "" : "; ";
        text += "key id " + identity.keyId + ", fingerprint " + identity.fingerprint + ", " + identity.subject
            + " on token " + identity.tokenSerial;
    }
    return text.empty() ? "no certificate" : text;
}

std::string describe(const IdentityQuery& query)
{
    std::string text = query.keyId.empty() ? "" : "key id " + query.keyId;
    if (!query.fingerprint.empty())
        text += (text.empty() ? "fingerprint " : " and fingerprint ") + query.fingerprint;
    return text.empty() ? "a single certificate" : text;
}

}

base::Result<std::size_t> chooseIdentity(std::span<const rfq::TokenIdentity> identities, const IdentityQuery& query)
{
    const IdentityQuery plain{plainHex(query.keyId), plainHex(query.fingerprint)};
    const auto matches = [&](const rfq::TokenIdentity& identity) {
        return (plain.keyId.empty() || identity.keyId == plain.keyId)
            && (plain.fingerprint.empty() || identity.fingerprint == plain.fingerprint);
    };
    const auto count = std::count_if(identities.begin(), identities.end(), matches);
    if (count == 1)
        return static_cast<std::size_t>(
            std::find_if(identities.begin(), identities.end(), matches) - identities.begin());
    const std::string hint = count > 1 ? "; several match: configure key id and fingerprint" : "";
    return base::Error{
        base::Errc::KeyNotFound, "expected " + describe(plain) + ", found " + describe(identities) + hint};
}

}
