#pragma once

#include "core/base/result.h"
#include "core/fix/wire_message.h"

#include <cstdint>
#include <string>

/// UserRequest(BE) and UserResponse(BF), as the step-up dialect uses them (docs/step-up-dialect.md).
namespace fix {

/// UserRequestType(924), the values of the dialect.
enum class UserRequestType : std::uint8_t {
    LogOn = 1, ///< here I am, or here is my answer
    LogOff = 2, ///< I leave, or my token is gone
    Status = 4, ///< what is my status?
};

/// UserStatus(926). Two values of FIX 4.4, used for what they come closest to, and FIX's 6.
enum class UserStatus : std::uint8_t {
    Allowed = 1, ///< logged in
    StepUpNeeded = 2, ///< not logged in
    NotRecognised = 3,
    Refused = 6, ///< other
};

struct UserRequest {
    std::string id; ///< UserRequestID(923)
    UserRequestType type = UserRequestType::LogOn;
    std::string username; ///< Username(553): common name of the person's certificate
    std::string payload; ///< RawData(96), text; empty: none

    friend bool operator==(const UserRequest&, const UserRequest&) = default;
};

struct UserResponse {
    std::string id; ///< that of the request, or one of the sender's own
    std::string username;
    UserStatus status = UserStatus::Refused;
    std::string text; ///< UserStatusText(927): one English sentence
    std::string payload; ///< RawData(96), text; empty: none

    friend bool operator==(const UserResponse&, const UserResponse&) = default;
};

[[nodiscard]] WireMessage encode(const UserRequest& request);
[[nodiscard]] WireMessage encode(const UserResponse& response);

/// Whether RawDataLength(95) is that of RawData(96) is checked too. Errors: InvalidInput, with the field that is
/// missing or not one of the dialect.
[[nodiscard]] base::Result<UserRequest> decodeUserRequest(const WireMessage& message);
/// Errors: InvalidInput, as above.
[[nodiscard]] base::Result<UserResponse> decodeUserResponse(const WireMessage& message);

}
