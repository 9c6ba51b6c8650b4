#include "core/stepup/client_data.h"

#include "core/stepup/plain_text.h"

#include <cstdio>

namespace stepup {

namespace {

/// WebAuthn Level 2, 5.8.1.1, CCDToString: only what JSON forbids is escaped, so that there is one spelling.
std::string jsonString(std::string_view text)
{
    std::string json = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
            json += escape;
        } else {
            json += c;
        }
    }
    return json + '"';
}

const char* typeOf(Scope scope)
{
    switch (scope) {
    case Scope::Session:
    case Scope::Ticket:
    case Scope::Acceptance:
    case Scope::Settings:
        return "countersign.stepup.v1";
    case Scope::Enrolment:
        return "countersign.enrol.v1";
    }
    return "";
}

}

base::Result<std::string> clientDataJson(const ClientData& data)
{
    if (!isUtf8(data.rpId) || !isUtf8(data.session))
        return base::Error{
            base::Errc::InvalidInput, "the relying party id or the session of the client data is not UTF-8"};
    std::string json = R"({"type":)" + jsonString(typeOf(data.scope));
    json += R"(,"challenge":)" + jsonString(base64Url(data.challenge));
    json += R"(,"origin":)" + jsonString("countersign://" + data.rpId);
    json += R"(,"scope":)" + jsonString(scopeName(data.scope));
    json += R"(,"action":)" + jsonString(base64Url(data.action));
    json += R"(,"cb":)" + jsonString(base64Url(data.channelBinding));
    json += R"(,"session":)" + jsonString(data.session);
    json += R"(,"seq":)" + std::to_string(data.seq) + "}";
    return json;
}

base::Result<Digest> clientDataHash(const ClientData& data)
{
    const auto json = clientDataJson(data);
    if (!json)
        return json.error();
    return sha256(bytesOf(*json));
}

}
