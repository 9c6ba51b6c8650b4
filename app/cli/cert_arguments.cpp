#include "app/cli/cert_arguments.h"

#include "app/cli/cert_look_arguments.h"

#include <utility>

namespace cli {

namespace {

/// A CKA_ID, with colons or without; lower case and without them afterwards.
base::Result<std::string> parseKeyId(const std::string& given)
{
    std::string plain;
    for (const char c : given) {
        if (c != ':')
            plain += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    if (plain.empty() || plain.size() % 2 != 0 || plain.find_first_not_of("0123456789abcdef") != std::string::npos)
        return usage("a key id of pairs of hexadecimal digits is expected, not \"" + given + "\"");
    return plain;
}

std::string keyId(OptionReader& options, const char* name)
{
    std::string id;
    options.read(name, parseKeyId, [&](std::string value) { id = std::move(value); });
    return id;
}

base::Result<cert::KeyKind> parseKind(const std::string& name)
{
    if (const auto kind = cert::parseKeyKind(name))
        return *kind;
    return usage("ec-p256, ec-p384, rsa-2048 or rsa-3072 is expected, not \"" + name + "\"");
}

std::optional<cert::KeyKind> generate(OptionReader& options)
{
    std::optional<cert::KeyKind> kind;
    options.read("--generate", parseKind, [&](cert::KeyKind value) { kind = value; });
    return kind;
}

base::Result<cert::RevocationReason> parseReason(const std::string& name)
{
    if (const auto reason = cert::parseRevocationReason(name))
        return *reason;
    return usage("key-compromise, affiliation-changed, superseded, cessation-of-operation or unspecified is expected, "
                 "not \""
        + name + "\"");
}

cert::Replace replace(OptionReader& options)
{
    return options.flag("--replace") ? cert::Replace::AlsoValid : cert::Replace::OnlyExpired;
}

CertServer readServer(OptionReader& options)
{
    CertServer server;
    server.url = options.required("--server", "the address of the CMP server, http[s]://host[:port][/path]");
    server.caFile = options.required("--ca", "the file with the certificate of the authority, PEM");
    server.responder = options.text("--responder");
    options.read("--for", parseDuration,
        [&](std::chrono::milliseconds value) { server.patience = std::chrono::ceil<std::chrono::seconds>(value); });
    return server;
}

CertRequest readRequest(OptionReader& options)
{
    CertRequest request;
    request.subject = options.required("--subject", "who the certificate is for, e.g. CN=trader-7,O=Firm");
    request.out = options.required("--out", "the file to write the request to");
    request.generate = generate(options);
    request.publicKeyFile = options.text("--public-key");
    request.replace = replace(options);
    return request;
}

base::Result<CertEnrol> readEnrol(OptionReader& options)
{
    CertEnrol enrol;
    enrol.server = readServer(options);
    enrol.subject = options.required("--subject", "who the certificate is for, e.g. CN=trader-7,O=Firm");
    enrol.out = options.required("--out", "the file to write the certificate to, too");
    options.read("--reference", [&](const std::string& value) { enrol.secret = CertSecret{value, std::nullopt}; });
    if (enrol.secret)
        options.read("--secret-fd", parseDescriptor, [&](int value) { enrol.secret->descriptor = value; });
    enrol.vouchedBy = keyId(options, "--vouched-by");
    enrol.generate = generate(options);
    enrol.publicKeyFile = options.text("--public-key");
    enrol.replace = replace(options);
    if (enrol.secret.has_value() == !enrol.vouchedBy.empty())
        return usage("enrol needs either --reference, which the authority gave with a secret, or --vouched-by, the key "
                     "id of a certificate that you already have");
    return enrol;
}

CertRenew readRenew(OptionReader& options)
{
    CertRenew renew;
    renew.server = readServer(options);
    renew.out = options.required("--out", "the file to write the certificate to, too");
    renew.nextKeyId = keyId(options, "--next-key-id");
    renew.generate = generate(options);
    return renew;
}

CertRevoke readRevoke(OptionReader& options)
{
    CertRevoke revoke;
    revoke.server = readServer(options);
    options.read("--fingerprint", parseFingerprint, [&](std::string value) { revoke.fingerprint = std::move(value); });
    options.read("--reason", parseReason, [&](cert::RevocationReason value) { revoke.reason = value; });
    return revoke;
}

}

base::Result<Command> certCommand(const Words& words, OptionReader& options)
{
    const std::string what = words.positional.size() >= 2 ? words.positional[1] : std::string();
    if (what == "trust" || what == "attestation")
        return certLookCommand(words, options);
    if (words.positional.size() != (what == "import" ? 3U : 2U))
        return usage("cert needs one of list, request, import FILE, enrol, renew, revoke, trust or attestation FILE");
    CertCommand command;
    if (what == "list") {
        command.what = CertList{};
        return Command(std::move(command));
    }
    command.tokenSerial = options.text("--token");
    command.keyId = keyId(options, "--key-id");
    command.pin = readPin(options);
    options.read("--management-key-fd", parseDescriptor, [&](int value) { command.managementKeyDescriptor = value; });
    if (what == "request") {
        command.what = readRequest(options);
    } else if (what == "import") {
        command.what =
            CertImport{words.positional[2], options.text("--ca"), options.text("--public-key"), replace(options)};
    } else if (what == "enrol") {
        auto enrol = readEnrol(options);
        if (!enrol)
            return enrol.error();
        command.what = *std::move(enrol);
    } else if (what == "renew") {
        CertRenew renew = readRenew(options);
        if (renew.generate && renew.nextKeyId.empty())
            return usage("--generate needs --next-key-id, the key id of the new key");
        command.what = std::move(renew);
    } else if (what == "revoke") {
        CertRevoke revoke = readRevoke(options);
        const auto status = options.finish();
        if (status && revoke.fingerprint.empty())
            return usage("--fingerprint is needed: which certificate is to be revoked, as `countersign-cli cert list` "
                         "shows it");
        command.what = std::move(revoke);
    } else {
        return usage("cert needs one of list, request, import FILE, enrol, renew, revoke, trust or attestation FILE");
    }
    if (const auto status = options.finish(); !status)
        return status.error();
    return Command(std::move(command));
}

}
