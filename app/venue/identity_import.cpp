#include "app/venue/identity_commands.h"
#include "core/store/text_file.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace venue {

namespace {

constexpr const char* Kind = "countersign.key-enrolment";
constexpr std::size_t LargestFile = 1U << 20U;

/// Empty where it is missing or no text.
std::string textOf(const nlohmann::json& json, const char* name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}

base::Result<pep::ImportedKey> readEnrolmentFile(const std::filesystem::path& file)
{
    const auto text = store::readTextFile(file, LargestFile);
    if (!text)
        return text.error();
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    const auto wrong = [&](const std::string& what) {
        return base::Error{base::Errc::InvalidInput, file.string() + ": this is not an enrolment file: " + what};
    };
    if (!json.is_object() || textOf(json, "kind") != Kind)
        return wrong("it is not one that `countersign-cli key enrol` wrote");
    const auto clientData = stepup::bytesOfBase64Url(textOf(json, "clientData"));
    const auto authenticatorData = stepup::bytesOfBase64Url(textOf(json, "authenticatorData"));
    const auto statement = stepup::bytesOfBase64Url(textOf(json, "attestationStatement"));
    if (!clientData || !authenticatorData || !statement)
        return wrong("clientData, authenticatorData or attestationStatement is missing or no base64url");
    pep::ImportedKey key;
    key.rpId = textOf(json, "rpId");
    key.clientData.assign(clientData->begin(), clientData->end());
    key.registration.authenticatorData = *authenticatorData;
    key.registration.format = textOf(json, "format");
    key.registration.statement = *statement;
    return key;
}

}
