#pragma once

#include "core/rfq/card_manager.h"
#include "core/rfq/desk.h"
#include "core/rfq/sign_in.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace cli {

/// What the program exits with. Stable: scripts depend on it.
enum class ExitCode {
    Done = 0, ///< traded, or all that was asked for is done
    NoAcceptableQuote = 3,
    Rejected = 4, ///< or never received: not traded
    UnknownOutcome = 5, ///< or an incident, or a fill that differs from what was accepted: a person must act
    NotConnected = 6, ///< sign-in, second person, security key or connection refused
    Usage = 64,
    Configuration = 78,
};

/// One thing that happened, for a machine and for a person. `fields` is one JSON line with its "event" first; numbers
/// that are money are strings there, with the dealer's digits.
struct Event {
    nlohmann::ordered_json fields;
    std::string text;
};

[[nodiscard]] Event sessionEvent(const rfq::SessionChanged& session);
[[nodiscard]] Event accessEvent(const rfq::TokenStatus& status);
[[nodiscard]] Event accessRefusedEvent(const base::Error& error, const rfq::TokenStatus& status);
/// A certificate whose key is on a token.
[[nodiscard]] Event identityEvent(const rfq::TokenIdentity& identity);
/// A card or token that is plugged in, whatever is on it.
[[nodiscard]] Event cardEvent(const rfq::PluggedCard& card);
/// What is plugged in, and whether one could sign in with it.
[[nodiscard]] Event tokenStatusEvent(const rfq::TokenStatus& status);
/// A PIN that was set, by the old one ("change-pin") or by the PUK ("unblock-pin").
[[nodiscard]] Event pinSetEvent(const char* how);
[[nodiscard]] Event pinRefusedEvent(
    const char* how, const base::Error& error, const rfq::PinState& pin, std::optional<int> pukTriesLeft);
[[nodiscard]] Event rfqEvent(const rfq::Rfq& rfq);
/// The newest answer of one dealer, whatever it is.
[[nodiscard]] Event quoteEvent(const rfq::Rfq& rfq, const rfq::DealerLine& line);
[[nodiscard]] Event acceptEvent(const rfq::AcceptanceLine& line);
[[nodiscard]] Event tradeEvent(const rfq::Trade& trade);
[[nodiscard]] Event alarmEvent(const rfq::Notice& notice);
/// Something about this workstation that a person should put right.
[[nodiscard]] Event warningEvent(const base::Error& problem);
[[nodiscard]] Event endEvent(ExitCode code, const std::string& reason);

[[nodiscard]] const char* phaseName(rfq::SessionPhase phase);
/// "BUY 25,000,000 EUR/USD" in words: "You BUY 25,000,000 EUR".
[[nodiscard]] std::string dealInWords(rfq::Side side, const rfq::Decimal& quantity, const std::string& currency);

}
