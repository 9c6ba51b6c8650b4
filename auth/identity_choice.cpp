#include "auth/identity_choice.h"

#include <algorithm>
#include <cctype>

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

IdentityQuery plainly(const IdentityQuery& query)
{
    return {plainHex(query.keyId), plainHex(query.fingerprint)};
}

/// A card's own number tells it; where there is none, what the module calls the token.
bool isOn(const rfq::TokenChoice& choice, const rfq::TokenIdentity& identity)
{
    if (!choice.card.empty() || !identity.card.empty())
        return choice.card == identity.card;
    return choice.tokenSerial == identity.tokenSerial;
}

/// The same certificate in the same place; or else, on a card that has a number, the certificates that it has now.
std::vector<std::size_t> meantBy(const rfq::TokenChoice& choice, std::span<const rfq::TokenIdentity> fitting)
{
    std::vector<std::size_t> same;
    std::vector<std::size_t> renewed;
    for (std::size_t i = 0; i < fitting.size(); ++i) {
        if (!isOn(choice, fitting[i]))
            continue;
        if (fitting[i].fingerprint == choice.fingerprint)
            same.push_back(i);
        else if (!choice.card.empty())
            renewed.push_back(i);
    }
    return same.empty() ? renewed : same;
}

bool counts(const std::optional<rfq::TokenChoice>& choice, const IdentityQuery& query)
{
    const std::string configured = plainHex(query.fingerprint);
    return choice && (configured.empty() || configured == choice->fingerprint);
}

}

base::Result<std::vector<std::size_t>> fittingIdentities(
    std::span<const rfq::TokenIdentity> identities, const IdentityQuery& query)
{
    const IdentityQuery plain = plainly(query);
    std::vector<std::size_t> fitting;
    for (std::size_t i = 0; i < identities.size(); ++i) {
        if ((plain.keyId.empty() || identities[i].keyId == plain.keyId)
            && (plain.fingerprint.empty() || identities[i].fingerprint == plain.fingerprint))
            fitting.push_back(i);
    }
    if (fitting.empty())
        return base::Error{base::Errc::KeyNotFound, "expected " + describe(plain) + ", found " + describe(identities)};
    return fitting;
}

base::Result<std::size_t> chooseIdentity(std::span<const rfq::TokenIdentity> fitting, const IdentityQuery& query,
    const std::optional<rfq::TokenChoice>& choice)
{
    if (isMissing(fitting, query, choice))
        return base::Error{base::Errc::KeyNotFound,
            "the token that was chosen, that of " + choice->name + " (token " + choice->tokenSerial + ", fingerprint "
                + choice->fingerprint + "), is not plugged in, found " + describe(fitting)
                + "; nothing was tried. Plug it in, or choose another one"};
    const auto meant = counts(choice, query) ? meantBy(*choice, fitting) : std::vector<std::size_t>();
    if (meant.size() == 1)
        return meant.front();
    if (meant.empty() && fitting.size() == 1)
        return std::size_t{0};
    const auto& first = fitting[meant.empty() ? 0 : meant.front()];
    const bool alike = std::all_of(fitting.begin(), fitting.end(), [&](const rfq::TokenIdentity& one) {
        return one.fingerprint == first.fingerprint && isOn(rfq::choiceOf(first, rfq::ChoiceWeight::Chosen), one);
    });
    return base::Error{base::Errc::KeyNotFound,
        "expected " + describe(plainly(query)) + ", found " + describe(fitting) + "; several match: "
            + (alike ? "nothing tells these cards apart, so take out all but the one that is meant"
                     : "choose one (in the desk, or with --token), or configure key id and fingerprint")};
}

bool isMissing(std::span<const rfq::TokenIdentity> fitting, const IdentityQuery& query,
    const std::optional<rfq::TokenChoice>& choice)
{
    return counts(choice, query) && choice->weight == rfq::ChoiceWeight::Chosen && meantBy(*choice, fitting).empty();
}

}
