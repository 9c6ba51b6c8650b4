#pragma once

#include "core/stepup/challenge_book.h"
#include "core/stepup/client_data.h"
#include "core/stepup/refusal.h"

#include <variant>

/// Checks that an assertion and a registration have in common.
namespace stepup {

enum class Answer { Assertion, Registration };

/// Takes the challenge from the book, and only then judges it: expiry, person, session, connection, purpose.
[[nodiscard]] std::variant<IssuedChallenge, Refusal> takeChallenge(
    ChallengeBook& book, ByteView challenge, const Peer& peer, Answer answer);

/// The client data as this server knows it: its challenge, this connection.
[[nodiscard]] ClientData clientDataOf(const IssuedChallenge& issued, const Peer& peer, const std::string& rpId);

/// rpIdHash, UP, UV, BE, BS, in this order.
[[nodiscard]] MaybeRefusal checkAuthenticator(const AuthenticatorData& data, const std::string& rpId);

}
