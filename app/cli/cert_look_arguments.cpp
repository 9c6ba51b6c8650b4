#include "app/cli/cert_look_arguments.h"

#include <charconv>
#include <utility>

namespace cli {

namespace {

struct Address {
    std::string host;
    std::uint16_t port = 0;
};

/// HOST:PORT, [IPV6]:PORT.
base::Result<Address> parseAddress(const std::string& text)
{
    const auto colon = text.rfind(':');
    Address address;
    address.host = text.substr(0, colon);
    if (address.host.size() > 2 && address.host.front() == '[' && address.host.back() == ']')
        address.host = address.host.substr(1, address.host.size() - 2);
    const std::string digits = colon == std::string::npos ? std::string() : text.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
    if (address.host.empty() || digits.empty() || error != std::errc() || end != digits.data() + digits.size()
        || address.port == 0)
        return usage("HOST:PORT is expected, not \"" + text + "\"");
    return address;
}

base::Result<CertTrust> readTrust(const Words& words, OptionReader& options)
{
    CertTrust trust;
    if (words.positional.size() == 3)
        trust.file = words.positional[2];
    options.read("--from", parseAddress, [&](Address from) {
        trust.host = std::move(from.host);
        trust.port = from.port;
    });
    options.read("--server-name", [&](const std::string& name) { trust.serverName = name; });
    options.read("--for", parseDuration, [&](std::chrono::milliseconds limit) { trust.limit = limit; });
    options.read("--fingerprint", parseFingerprint, [&](std::string print) { trust.fingerprint = std::move(print); });
    options.read("--out", [&](const std::string& out) { trust.out = out; });
    if (const auto read = options.finish(); !read)
        return read.error();
    if (words.positional.size() > 3 || trust.file.empty() == trust.host.empty())
        return usage("cert trust needs either a FILE with certificates or --from HOST:PORT");
    if (trust.fingerprint.empty() != trust.out.empty())
        return usage(
            "--fingerprint and --out belong together: what is written down is what you name by the fingerprint "
            "that the counterparty told you by another way");
    if (!trust.file.empty() && !trust.serverName.empty())
        return usage("--server-name belongs to --from");
    return trust;
}

}

base::Result<Command> certLookCommand(const Words& words, OptionReader& options)
{
    if (words.positional[1] == "trust") {
        auto trust = readTrust(words, options);
        if (!trust)
            return trust.error();
        return Command(CertLookCommand{*std::move(trust)});
    }
    if (words.positional.size() != 3)
        return usage("cert attestation needs the FILE of a certificate request");
    CertAttestation attestation;
    attestation.file = words.positional[2];
    attestation.rootsFile = options.required("--roots", "the file with the certificates of the cards' makers, PEM");
    if (const auto read = options.finish(); !read)
        return read.error();
    return Command(CertLookCommand{std::move(attestation)});
}

}
