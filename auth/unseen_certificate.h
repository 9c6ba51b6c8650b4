#pragma once

#include "auth/card_access.h"
#include "core/rfq/card_manager.h"
#include "core/rfq/sign_in.h"

#include <optional>
#include <span>
#include <string>

namespace auth {

/// What stands in slot 9a of the cards in the readers and is not among `shown`, what a PKCS#11 module shows, and what
/// to do about it; `module` says which one. Empty: nothing. Modules leave out what they do not understand and say
/// nothing: without this, a card with a certificate looks like one without. Asks the cards themselves, without a PIN:
/// not while somebody is signed in. Token thread only.
[[nodiscard]] std::string unseenCertificates(
    const CardAccess& cards, std::span<const rfq::TokenIdentity> shown, const std::string& module);
/// The same of the one card in that reader.
struct Unseen {
    rfq::UnseenCertificate why;
    std::string text;
};
[[nodiscard]] std::optional<Unseen> unseenCertificate(const CardAccess& cards, const std::string& reader,
    std::span<const rfq::TokenIdentity> shown, const std::string& module);

}
