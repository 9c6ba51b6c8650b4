#pragma once

#include "core/base/result.h"
#include "core/rfq/sign_in.h"
#include "ui/models/card_words.h"
#include "ui/models/error_text.h"

#include <QString>

#include <chrono>
#include <cstddef>
#include <optional>

namespace ui {

/// Whether that is the card, with the certificate, that opened the desk.
[[nodiscard]] bool isSameToken(const rfq::TokenIdentity& opened, const rfq::TokenIdentity& seen);

/// Why the desk was closed while somebody was signed in, and how to go on.
struct LostText {
    QString title;
    QString text;
};
/// `sessionsStay`: for how long the sessions are still up; absent: they are closed.
[[nodiscard]] LostText lostTokenText(const std::optional<rfq::TokenIdentity>& opened,
    const std::optional<base::Error>& reason, std::optional<std::chrono::nanoseconds> sessionsStay);

/// Above what can be chosen from.
[[nodiscard]] QString chooseText(std::size_t candidates);
/// What tells one of several that fit from the others, a fact a line; the name stands above it.
[[nodiscard]] TonedText candidateText(const rfq::TokenCandidate& candidate, base::UtcTime now);
/// The card that was chosen is not there.
[[nodiscard]] ErrorText missingTokenText(const rfq::TokenChoice& choice);
/// PC/SC does not answer.
[[nodiscard]] ErrorText noServiceText();
/// Nothing that is plugged in holds a certificate.
[[nodiscard]] ErrorText emptyCardText();
/// A card that takes its time may be waiting to be touched; empty where it does not.
[[nodiscard]] QString workText(rfq::CardWork work);

/// A card is there, and it is not the one that opened the desk. `seen` is absent where it holds no certificate that the
/// desk may use.
[[nodiscard]] ErrorText otherCardText(const rfq::TokenIdentity& opened, const std::optional<rfq::TokenIdentity>& seen);

}
