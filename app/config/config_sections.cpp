#include "app/config/config_sections.h"

#include "app/config/instrument_catalogue.h"
#include "core/rfq/amount.h"
#include "core/tls/pins.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

namespace app {

namespace {

using namespace std::chrono_literals;
using store::TomlTable;
using store::TomlValue;

constexpr std::array<std::pair<std::string_view, ThemeChoice>, 2> Themes{
    {{"dark", ThemeChoice::Dark}, {"light", ThemeChoice::Light}}};

bool isCurrency(std::string_view text)
{
    return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool isPair(const std::string& symbol)
{
    return symbol.size() == 7 && symbol[3] == '/' && isCurrency(symbol.substr(0, 3)) && isCurrency(symbol.substr(4))
        && symbol.substr(0, 3) != symbol.substr(4);
}

rfq::Instrument readInstrument(const TomlTable& table)
{
    const TomlValue symbol = table.required("symbol");
    rfq::Instrument instrument;
    instrument.symbol = symbol.text().value_or("EUR/USD");
    if (!isPair(instrument.symbol))
        symbol.refuse("a currency pair such as \"EUR/USD\"");
    instrument.pipDecimals = static_cast<int>(table.required("pip_decimals").integer(0, 8).value_or(4));
    instrument.priceDecimals = static_cast<int>(table.required("price_decimals").integer(0, 10).value_or(5));
    instrument.spotDays = static_cast<int>(table.optional("spot_days").integer(0, 5).value_or(2));
    return instrument;
}

constexpr std::size_t FingerprintDigits = 64;

/// "AA:BB" and "aabb" are the same fingerprint; ours are lower case without colons.
std::string plainHex(std::string text)
{
    std::erase(text, ':');
    std::ranges::transform(
        text, text.begin(), [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::string readModule(const TomlTable& token, const std::set<std::string>& allowed)
{
    const TomlValue value = token.required("module");
    const std::string module = value.text().value_or("");
    if (module.empty())
        return module;
    if (!std::filesystem::path(module).is_absolute())
        value.refuse("the absolute path of a PKCS#11 module");
    else if (!allowed.contains(module))
        value.refuse("one of token.allowed_modules");
    return module;
}

std::set<std::string> readAllowedModules(const TomlTable& token)
{
    const TomlValue value = token.required("allowed_modules");
    const std::vector<std::string> modules = value.texts().value_or(std::vector<std::string>());
    const auto isAbsolute = [](const std::string& module) { return std::filesystem::path(module).is_absolute(); };
    if (!std::ranges::all_of(modules, isAbsolute))
        value.refuse("absolute paths of PKCS#11 modules");
    return {modules.begin(), modules.end()};
}

}

bool isHex(const std::string& text)
{
    return text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::optional<std::set<std::string>> readFingerprints(const TomlValue& value)
{
    const auto texts = value.texts();
    if (!texts)
        return std::nullopt;
    std::set<std::string> read;
    for (const std::string& text : *texts) {
        const std::string fingerprint = plainHex(text);
        if (fingerprint.size() != FingerprintDigits || !isHex(fingerprint))
            value.refuse("SHA-256 fingerprints of 64 hexadecimal digits each, not '" + text + "'");
        read.insert(fingerprint);
    }
    return read;
}

std::optional<std::set<std::string>> readPins(const TomlValue& value)
{
    const auto texts = value.texts();
    if (!texts)
        return std::nullopt;
    std::set<std::string> read;
    for (const std::string& text : *texts) {
        const bool ofKey = text.starts_with(tls::KeyPinPrefix);
        const std::string digits = plainHex(ofKey ? text.substr(tls::KeyPinPrefix.size()) : text);
        const std::string pin = (ofKey ? std::string(tls::KeyPinPrefix) : std::string()) + digits;
        if (!tls::isPin(pin))
            value.refuse(
                "SHA-256 fingerprints of 64 hexadecimal digits each, those of a public key after \"spki:\", not '"
                + text + "'");
        read.insert(pin);
    }
    return read;
}

bool isIdentifier(const std::string& text)
{
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

std::string readIdentifier(const TomlValue& value)
{
    std::string text = value.text().value_or("");
    if (!isIdentifier(text))
        value.refuse("ASCII letters, digits and signs without spaces");
    return text;
}

std::string readableFile(const TomlValue& value)
{
    const std::string file = value.path().value_or("").string();
    std::error_code failure;
    if (!file.empty() && (!std::filesystem::is_regular_file(file, failure) || !std::ifstream(file)))
        value.refuse("a file that can be read (looked for " + file + ")");
    return file;
}

std::vector<rfq::Instrument> readInstruments(const TomlTable& root)
{
    std::vector<rfq::Instrument> instruments;
    std::set<std::string> symbols;
    for (const TomlTable& table : root.tables("instrument")) {
        instruments.push_back(readInstrument(table));
        if (!symbols.insert(instruments.back().symbol).second)
            table.required("symbol").refuse("each symbol once");
    }
    return instruments.empty() ? config::instrumentCatalogue() : instruments;
}

rfq::Limits readLimits(const TomlTable& limits)
{
    rfq::Limits read;
    read.maxOpenRequests =
        static_cast<std::size_t>(limits.optional("max_open_requests").integer(1, 1'000).value_or(20));
    const TomlTable quantities = limits.table("max_quantity");
    if (quantities.keys().empty())
        limits.required("max_quantity").refuse("a table with the largest amount of each currency that may be dealt");
    for (const std::string& currency : quantities.keys()) {
        const TomlValue value = quantities.required(currency);
        const auto amount = rfq::parseAmount(value.text().value_or(""));
        if (!isCurrency(currency))
            value.refuse("a currency code of three capital letters as the key");
        else if (!amount)
            value.refuse("an amount such as \"25m\"");
        else
            read.maxQuantity[currency] = *amount;
    }
    return read;
}

auth::TokenSettings readToken(const TomlTable& token)
{
    auth::TokenSettings read;
    read.allowedModules = readAllowedModules(token);
    read.module = readModule(token, read.allowedModules);
    const TomlValue keyId = token.optional("key_id");
    read.keyId = plainHex(keyId.text().value_or(""));
    if (!isHex(read.keyId) || read.keyId.size() % 2 != 0)
        keyId.refuse("a CKA_ID: pairs of hexadecimal digits");
    const TomlValue fingerprint = token.optional("fingerprint");
    read.fingerprint = plainHex(fingerprint.text().value_or(""));
    if (fingerprint.present() && (read.fingerprint.size() != FingerprintDigits || !isHex(read.fingerprint)))
        fingerprint.refuse("a SHA-256 fingerprint: 64 hexadecimal digits");
    if (!keyId.present() && !fingerprint.present())
        token.required("key_id").refuse("key_id, fingerprint or both: a token is never chosen by its label");
    if (const TomlValue chain = token.optional("chain"); chain.present())
        read.chainFile = readableFile(chain);
    return read;
}

auth::ApproverSettings readApprovers(const TomlTable& approvers)
{
    auth::ApproverSettings read;
    if (!approvers.present())
        return read;
    read.caFile = readableFile(approvers.required("ca"));
    if (const TomlValue crl = approvers.optional("crl"); crl.present())
        read.crlFile = readableFile(crl);
    const TomlValue fingerprints = approvers.optional("fingerprints");
    const auto listed = readFingerprints(fingerprints);
    // An empty list looks like nobody and would mean everybody.
    if (listed && listed->empty())
        fingerprints.refuse(
            "at least one fingerprint; without this key everybody with a certificate of ca may approve");
    read.fingerprints = listed.value_or(std::set<std::string>());
    return read;
}

EnrolmentConfig readEnrolment(const TomlTable& enrolment)
{
    EnrolmentConfig read;
    if (const TomlValue ca = enrolment.optional("ca"); ca.present())
        read.caFile = readableFile(ca);
    const TomlValue server = enrolment.optional("cmp_server");
    read.cmpServer = server.text().value_or("");
    if (!read.cmpServer.empty() && !read.cmpServer.starts_with("http://") && !read.cmpServer.starts_with("https://"))
        server.refuse("an address that begins with http:// or https://");
    else if (!read.cmpServer.empty() && read.caFile.empty())
        enrolment.required("ca").refuse("the authority's certificate, to judge what cmp_server answers");
    read.cmpResponder = enrolment.optional("cmp_responder").text().value_or("");
    read.relyingParty = readIdentifier(enrolment.optional("relying_party"));
    return read;
}

fido::KeySettings readSecurityKeys(const TomlTable& section)
{
    const TomlValue readers = section.optional("readers");
    fido::KeySettings read{readers.texts().value_or(std::vector<std::string>())};
    const auto isWord = [](const std::string& word) { return word.find_first_not_of(' ') != std::string::npos; };
    if (!std::ranges::all_of(read.readers, isWord))
        readers.refuse("words in the names of PC/SC readers, none of them empty: that would name the one in which the "
                       "trading token lies, too");
    return read;
}

DeskWindowConfig readWindow(const TomlTable& window)
{
    DeskWindowConfig read;
    read.theme = window.optional("theme").choice<ThemeChoice>(Themes).value_or(read.theme);
    read.language = window.optional("language").text().value_or("");
    read.idleLock = window.optional("idle_lock").duration(10s, 12h).value_or(read.idleLock);
    return read;
}

}
