#pragma once

#include "auth/fido/problem.h"
#include "auth/fido/values.h"

#include <fido.h>
#include <optional>
#include <span>

namespace fido {

/// Flags of authenticator data (WebAuthn, 6.1).
constexpr unsigned char UserPresent = 0x01;
constexpr unsigned char UserVerified = 0x04;

/// What a key has answered, checked for what this workstation can check: for our relying party, a person present and
/// verified, protected as asked, one of the allowed credentials. Failures: NotVerified, Unsupported, WrongKey,
/// BadAnswer.
[[nodiscard]] Outcome<Registration> registrationOf(const fido_cred_t& cred, const EnrolRequest& request);
[[nodiscard]] Outcome<Assertion> assertionOf(const fido_assert_t& inquiry, const AssertRequest& request);

/// The contents of a CBOR byte string that is all of `cbor`.
[[nodiscard]] std::optional<Bytes> byteStringIn(std::span<const unsigned char> cbor);

}
