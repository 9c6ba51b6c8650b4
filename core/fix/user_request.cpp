#include "core/fix/user_request.h"

#include "core/fix/dialect.h"
#include "core/fix/field_reader.h"
#include "core/fix/tags.h"

#include <array>

namespace fix {

namespace {

void addPayload(WireMessage& message, const std::string& payload)
{
    if (payload.empty())
        return;
    message.add(tag::RawDataLength, std::to_string(payload.size()));
    message.add(tag::RawData, payload);
}

std::string payloadOf(FieldReader& reader)
{
    std::string payload = reader.text(tag::RawData);
    const std::string length = reader.text(tag::RawDataLength);
    if (payload.empty() && length.empty())
        return payload;
    if (length != std::to_string(payload.size()))
        reader.fail(tag::RawDataLength, "is not the length of RawData(96)");
    return payload;
}

template <typename Code, std::size_t N>
Code codeIn(FieldReader& reader, int tag, const std::array<Code, N>& codes)
{
    const std::string text = reader.required(tag);
    for (const Code code : codes)
        if (text == std::to_string(static_cast<int>(code)))
            return code;
    reader.fail(tag, "is not a value of the step-up dialect");
    return codes.front();
}

}

WireMessage encode(const UserRequest& request)
{
    WireMessage message;
    message.type = msg::UserRequest;
    message.add(tag::UserRequestId, request.id);
    message.add(tag::UserRequestType, std::to_string(static_cast<int>(request.type)));
    message.add(tag::Username, request.username);
    addPayload(message, request.payload);
    return message;
}

WireMessage encode(const UserResponse& response)
{
    WireMessage message;
    message.type = msg::UserResponse;
    message.add(tag::UserRequestId, response.id);
    message.add(tag::Username, response.username);
    message.add(tag::UserStatus, std::to_string(static_cast<int>(response.status)));
    if (!response.text.empty())
        message.add(tag::UserStatusText, response.text);
    addPayload(message, response.payload);
    return message;
}

base::Result<UserRequest> decodeUserRequest(const WireMessage& message)
{
    static constexpr std::array Types{UserRequestType::LogOn, UserRequestType::LogOff, UserRequestType::Status};
    FieldReader reader(message);
    UserRequest request;
    request.id = reader.required(tag::UserRequestId);
    request.type = codeIn(reader, tag::UserRequestType, Types);
    request.username = reader.required(tag::Username);
    request.payload = payloadOf(reader);
    if (reader.error())
        return *reader.error();
    return request;
}

base::Result<UserResponse> decodeUserResponse(const WireMessage& message)
{
    static constexpr std::array Statuses{
        UserStatus::Allowed, UserStatus::StepUpNeeded, UserStatus::NotRecognised, UserStatus::Refused};
    FieldReader reader(message);
    UserResponse response;
    response.id = reader.required(tag::UserRequestId);
    response.username = reader.required(tag::Username);
    response.status = codeIn(reader, tag::UserStatus, Statuses);
    response.text = reader.text(tag::UserStatusText);
    response.payload = payloadOf(reader);
    if (reader.error())
        return *reader.error();
    return response;
}

}
