#pragma once

#include "core/rfq/card_manager.h"
#include "core/rfq/key_manager.h"
#include "ui/models/error_text.h"

#include <QString>

#include <optional>

/// Cards and security keys in words.
namespace ui {

/// A line and its tone: empty, "good", "warning" or "alarm".
struct TonedText {
    QString text;
    QString tone;
};

/// "YubiKey YK5, serial 12345678"
[[nodiscard]] QString cardTitle(const rfq::PluggedCard& card);
/// What the PIN can still stand.
[[nodiscard]] TonedText cardPinText(const rfq::PluggedCard& card);
/// What the card serves for in its present state, or what is to be done with it first.
[[nodiscard]] TonedText cardStateText(const rfq::PluggedCard& card, base::UtcTime now);
/// Subject, issuer and end of one certificate.
[[nodiscard]] TonedText certificateText(const rfq::CardCertificate& certificate, base::UtcTime now);

[[nodiscard]] QString keyTitle(const rfq::PluggedKey& key);
[[nodiscard]] TonedText keyPinText(const rfq::PluggedKey& key);

/// An error of the work on a card, where it means something else than on a session.
[[nodiscard]] ErrorText cardErrorText(base::Errc code);
/// What a key said, and what to do.
[[nodiscard]] ErrorText keyFailureText(const rfq::KeyFailure& failure);
/// "2 tries left", or that the next one is the last; empty where the token does not tell.
[[nodiscard]] TonedText triesText(const rfq::PinState& pin);

}
