#include "app/enrolment/key_file.h"

#include "auth/fido/local_check.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

namespace app {

using base::Errc;
using base::Error;
using nlohmann::ordered_json;

namespace {

constexpr std::string_view Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr const char* Kind = "countersign.key-enrolment";
constexpr int Version = 1;
constexpr std::uintmax_t LargestFile = 1U << 20U;

constexpr std::pair<fido::Algorithm, int> CoseAlgorithms[] = {
    {fido::Algorithm::Es256, -7},
    {fido::Algorithm::Es384, -35},
};

Error wrong(const std::string& member)
{
    return {Errc::InvalidInput, "this is not an enrolment file: member \"" + member + "\" is missing or wrong"};
}

/// Reads members and remembers the first that is wrong.
class Members {
public:
    explicit Members(const ordered_json& json)
        : m_json(json)
    {
    }

    std::string text(const char* name)
    {
        const auto found = m_json.find(name);
        if (found != m_json.end() && found->is_string() && !found->get_ref<const std::string&>().empty())
            return found->get<std::string>();
        fail(name);
        return {};
    }
    fido::Bytes bytes(const char* name)
    {
        auto decoded = fromBase64Url(text(name));
        if (decoded && !decoded->empty())
            return *std::move(decoded);
        fail(name);
        return {};
    }
    int number(const char* name)
    {
        const auto found = m_json.find(name);
        if (found != m_json.end() && found->is_number_integer())
            return found->get<int>();
        fail(name);
        return 0;
    }
    void fail(const char* name)
    {
        if (m_wrong.empty())
            m_wrong = name;
    }
    [[nodiscard]] const std::string& wrongMember() const { return m_wrong; }

private:
    const ordered_json& m_json;
    std::string m_wrong;
};

}

std::string toBase64Url(const fido::Bytes& bytes)
{
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        unsigned group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = group << 8U | (j < count ? bytes[i + j] : 0U);
        for (std::size_t j = 0; j <= count; ++j)
            text += Alphabet[group >> (18U - 6U * j) & 0x3FU];
    }
    return text;
}

base::Result<fido::Bytes> fromBase64Url(std::string_view text)
{
    fido::Bytes bytes;
    unsigned group = 0;
    unsigned bits = 0;
    for (const char c : text) {
        const auto value = Alphabet.find(c);
        if (value == std::string_view::npos)
            return Error{Errc::InvalidInput, "this is not base64url without padding"};
        group = group << 6U | static_cast<unsigned>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<unsigned char>(group >> bits));
            group &= (1U << bits) - 1;
        }
    }
    if (bits >= 6 || group != 0)
        return Error{Errc::InvalidInput, "this is not base64url: it ends in the middle of a byte"};
    return bytes;
}

std::string enrolmentClientData(const std::string& rpId, const fido::Bytes& challenge)
{
    ordered_json data;
    data["type"] = "countersign.key-enrolment.v1";
    data["challenge"] = toBase64Url(challenge);
    data["origin"] = "countersign://" + rpId;
    return data.dump();
}

std::string toJson(const KeyEnrolment& enrolment)
{
    const fido::Registration& registration = enrolment.registration;
    ordered_json json;
    json["kind"] = Kind;
    json["version"] = Version;
    json["rpId"] = enrolment.rpId;
    json["user"] = enrolment.user;
    json["userId"] = toBase64Url(enrolment.userId);
    json["credentialId"] = toBase64Url(registration.credentialId);
    for (const auto& [algorithm, number] : CoseAlgorithms) {
        if (algorithm == registration.algorithm)
            json["algorithm"] = number;
    }
    json["publicKey"] = toBase64Url(publicKeyOf(registration));
    json["clientData"] = toBase64Url(fido::Bytes(enrolment.clientData.begin(), enrolment.clientData.end()));
    json["authenticatorData"] = toBase64Url(registration.authenticatorData);
    json["format"] = registration.format;
    json["attestationStatement"] = toBase64Url(registration.attestationStatement);
    json["attestationObject"] = toBase64Url(attestationObject(registration));
    return json.dump(2) + '\n';
}

base::Result<KeyEnrolment> parseEnrolment(const std::string& text)
{
    const auto json = ordered_json::parse(text, nullptr, false);
    if (!json.is_object())
        return Error{Errc::InvalidInput, "this is not an enrolment file: it is no JSON object"};
    Members members(json);
    if (members.text("kind") != Kind)
        members.fail("kind");
    if (members.number("version") != Version)
        members.fail("version");
    KeyEnrolment enrolment;
    enrolment.rpId = members.text("rpId");
    enrolment.user = members.text("user");
    enrolment.userId = members.bytes("userId");
    const auto clientData = members.bytes("clientData");
    enrolment.clientData.assign(clientData.begin(), clientData.end());
    fido::Registration& registration = enrolment.registration;
    registration.credentialId = members.bytes("credentialId");
    registration.authenticatorData = members.bytes("authenticatorData");
    registration.format = members.text("format");
    registration.attestationStatement = members.bytes("attestationStatement");
    const int number = members.number("algorithm");
    bool known = false;
    for (const auto& [algorithm, cose] : CoseAlgorithms) {
        if (cose == number) {
            registration.algorithm = algorithm;
            known = true;
        }
    }
    if (!known)
        members.fail("algorithm");
    if (!members.wrongMember().empty())
        return wrong(members.wrongMember());
    return enrolment;
}

base::Result<KeyEnrolment> readEnrolment(const std::string& path)
{
    std::error_code problem;
    const auto size = std::filesystem::file_size(path, problem);
    if (problem)
        return Error{Errc::Io, path + ": " + problem.message()};
    if (size > LargestFile)
        return Error{Errc::InvalidInput, path + ": this is not an enrolment file: it is too large"};
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file.good() && !file.eof())
        return Error{Errc::Io, path + ": it cannot be read"};
    auto enrolment = parseEnrolment(text);
    if (!enrolment)
        return Error{enrolment.error().code, path + ": " + enrolment.error().detail};
    return enrolment;
}

base::Status writeEnrolment(const std::string& path, const KeyEnrolment& enrolment)
{
    std::error_code problem;
    if (std::filesystem::exists(path, problem))
        return Error{Errc::Io, path + ": there is a file of that name"};
    std::ofstream file(path, std::ios::binary);
    file << toJson(enrolment);
    file.close();
    if (!file)
        return Error{Errc::Io, path + ": it cannot be written"};
    return base::Ok{};
}

}
