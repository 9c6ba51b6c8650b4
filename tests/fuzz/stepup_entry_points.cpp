#include "core/stepup/action.h"
#include "core/stepup/attestation.h"
#include "core/stepup/authenticator_data.h"
#include "core/stepup/cbor.h"
#include "core/stepup/client_data.h"
#include "core/stepup/cose_key.h"
#include "core/stepup/device_quote.h"
#include "core/stepup/device_trust.h"
#include "core/stepup/dialect.h"
#include "core/stepup/grant.h"
#include "core/stepup/plain_text.h"
#include "tests/fuzz/entry_points.h"
#include "tests/fuzz/promise.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace fuzz {

namespace {

bool isOneItem(stepup::ByteView bytes)
{
    stepup::CborReader reader(bytes);
    return reader.item() && reader.atEnd();
}

bool isOneUtf8Line(const std::string& line)
{
    return stepup::isUtf8(line)
        && std::none_of(line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

/// The text between two marks of a JSON text, unescaped; the marks are ours and cannot be inside.
std::string unescaped(std::string_view json)
{
    std::string text;
    for (std::size_t at = 0; at < json.size(); ++at) {
        if (json[at] != '\\') {
            text += json[at];
        } else if (json[at + 1] == 'u') {
            text += static_cast<char>(std::strtol(std::string(json.substr(at + 2, 4)).c_str(), nullptr, 16));
            at += 5;
        } else {
            text += json[++at];
        }
    }
    return text;
}

}

void authenticatorData(std::string_view bytes)
{
    const auto view = stepup::bytesOf(bytes);
    const auto data = stepup::parseAuthenticatorData(view);
    if (!data)
        return;
    require(view.size() >= 37 && view.size() <= stepup::MaxAuthenticatorDataSize, "authenticator data has its size");
    require(data->attested.has_value() == ((view[32] & 0x40U) != 0), "the attested credential is there as flagged");
    require((view.size() == 37) == ((view[32] & 0xc0U) == 0), "there is more than the head where a flag says so");
    if (!data->attested)
        return;
    require(data->attested->id.size() >= stepup::MinCredentialIdSize, "a credential id has 16 bytes at least");
    require(isOneItem(data->attested->coseKey), "a credential's key is one CBOR item");
    (void)stepup::parseCoseKey(data->attested->coseKey);
}

void attestation(std::string_view bytes)
{
    const auto view = stepup::bytesOf(bytes);
    const auto statement = stepup::parsePackedStatement(view);
    if (statement) {
        require(isOneItem(view), "a statement is one CBOR item");
        require(statement->chain.size() <= stepup::MaxChainSize, "a chain has so many certificates at most");
        require(!statement->signature.empty(), "a statement has a signature");
    }
    const auto refusal = stepup::checkAttestation(
        "packed", view, view, stepup::Digest{}, stepup::Aaguid{}, stepup::AttestationRoots(), base::UtcTime());
    require(refusal.has_value(), "without a pinned root nothing is attested");
}

void coseKey(std::string_view bytes)
{
    const auto view = stepup::bytesOf(bytes);
    const auto key = stepup::parseCoseKey(view);
    if (!key)
        return;
    require(isOneItem(view), "a public key is one CBOR item");
    require(stepup::fits(*key->key, key->algorithm), "a public key fits its algorithm");
    require(!stepup::verifySignature(*key->key, key->algorithm, view, view), "a key does not sign itself");
}

void action(std::string_view bytes)
{
    const auto view = stepup::bytesOf(bytes);
    const auto read = stepup::parseAction(view);
    if (!read)
        return;
    const auto written = stepup::canonicalBytes(*read);
    require(written && std::equal(written->begin(), written->end(), view.begin(), view.end()),
        "an action has one spelling");
    const auto lines = stepup::displayLines(*read);
    require(lines && !lines->empty() && std::all_of(lines->begin(), lines->end(), isOneUtf8Line),
        "an action can be shown, each line as one");
}

void grant(std::string_view bytes)
{
    const auto view = stepup::bytesOf(bytes);
    const auto read = stepup::parseGrantBytes(view);
    if (!read)
        return;
    const auto written = stepup::grantBytes(*read);
    require(
        written && std::equal(written->begin(), written->end(), view.begin(), view.end()), "a grant has one spelling");
}

void clientData(std::string_view bytes)
{
    stepup::ClientData data;
    data.rpId = "stepup.desk.example";
    data.session = bytes;
    const auto json = stepup::clientDataJson(data);
    require(json.has_value() == stepup::isUtf8(bytes), "there is client data for UTF-8 and for nothing else");
    if (json) {
        require(std::none_of(json->begin(), json->end(), [](unsigned char c) { return c < 0x20; }),
            "client data holds no control character");
        const auto from = json->find("\"session\":\"") + 11;
        const auto to = json->rfind("\",\"seq\":0}");
        require(to != std::string::npos && unescaped(std::string_view(*json).substr(from, to - from)) == bytes,
            "a session survives being quoted");
    }
    if (const auto decoded = stepup::bytesOfBase64Url(bytes))
        require(stepup::base64Url(*decoded) == bytes, "base64url has one spelling");
}

void deviceQuote(std::string_view bytes)
{
    const auto view = stepup::bytesOf(bytes);
    if (const auto attest = stepup::parseTpmAttest(view)) {
        require(view.size() <= stepup::MaxAttestSize, "what a TPM signs has its size");
        require(!attest->pcrs.empty() && attest->pcrs.back() < stepup::PcrCount
                && std::is_sorted(attest->pcrs.begin(), attest->pcrs.end()),
            "registers are those of a PC, rising");
        require(!stepup::parseTpmAttest(view.first(view.size() - 1)), "one that is cut off is none");
    }
    if (const auto quote = stepup::parseQuote(view)) {
        const auto written = stepup::quoteBytes(*quote);
        require(written && std::equal(written->begin(), written->end(), view.begin(), view.end()),
            "a quote has one spelling");
        stepup::DeviceReference nobody;
        require(std::holds_alternative<stepup::QuoteRefusal>(stepup::verifyQuote(*quote, nobody, {})),
            "nothing is proven where nothing is registered");
    }
    const std::string text = stepup::base64Url(view);
    if (const auto reference = stepup::parseReference(text)) {
        const auto written = stepup::referenceText(*reference);
        require(written && *written == text, "a registered device has one spelling");
    }
}

void deviceCertificate(std::string_view bytes)
{
    const auto view = stepup::bytesOf(bytes);
    if (const auto proof = stepup::parseDeviceCertificate(view)) {
        const auto written = stepup::deviceCertificateBytes(*proof);
        require(written && std::equal(written->begin(), written->end(), view.begin(), view.end()),
            "a device certificate has one spelling");
        require(std::holds_alternative<stepup::DeviceRefusal>(stepup::verifyDevice(*proof, stepup::DeviceTrust(), {})),
            "nobody is believed where nobody is trusted");
    }
    if (const auto name = stepup::deviceNameInDer(view))
        require(static_cast<bool>(stepup::checkDeviceName(*name)), "a certificate gives sound names only");
    if (const auto names = stepup::parseDeviceNames(bytes)) {
        const auto again = stepup::parseDeviceNames(stepup::deviceNamesText(*names));
        require(again && *again == *names, "names survive being written");
    }
}

void stepUpDialect(std::string_view bytes)
{
    // The corpus holds the payload before base64url, so that a mutation changes a field and not its wrapping.
    const std::string text = stepup::base64Url(stepup::bytesOf(bytes));
    if (const auto payload = stepup::parseDeskPayload(text)) {
        const auto written = stepup::payloadText(*payload);
        require(written && *written == text, "a desk's payload has one spelling");
    }
    if (const auto notice = stepup::parseNotice(text)) {
        const auto written = stepup::payloadText(*notice);
        require(written && *written == text, "a notice has one spelling");
    }
    (void)stepup::parseDeskPayload(bytes);
    (void)stepup::parseNotice(bytes);
}

}
