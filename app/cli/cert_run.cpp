#include "app/cli/cert_run.h"

#include "app/cli/card_work.h"
#include "app/cli/cert_events.h"
#include "app/cli/reporter.h"
#include "app/cli/terminal.h"
#include "auth/cert/certificate_work.h"
#include "auth/cert/tokens.h"
#include "auth/piv_attestation.h"
#include "core/base/clock.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace cli {

using base::Errc;
using base::Error;

namespace {

class CertRun {
public:
    CertRun(const CertCommand& command, Format format, const auth::TokenSettings& settings)
        : m_command(command)
        , m_keyId(command.keyId.empty() ? settings.keyId : command.keyId)
        , m_settings(settings)
        , m_reporter(std::cout, format)
        , m_watch(settings.touchAfter, tellCardWork)
    {
    }

    ExitCode run(const CertList&);
    ExitCode run(const CertRequest& request);
    ExitCode run(const CertImport& import);
    ExitCode run(const CertEnrol& enrol);
    ExitCode run(const CertRenew& renew);
    ExitCode run(const CertRevoke& revoke);

private:
    [[nodiscard]] base::Status loadModule();
    /// Asks for the PIN and gives it to the token.
    [[nodiscard]] base::Result<std::shared_ptr<const cert::UnlockedToken>> unlock();
    ExitCode refuse(const Error& error, const std::string& reason);
    ExitCode end(const std::string& reason);
    ExitCode placed(const char* what, const base::Result<cert::Placed>& result);

    const CertCommand& m_command;
    const std::string m_keyId;
    const auth::TokenSettings& m_settings;
    Reporter m_reporter;
    base::SystemClock m_clock;
    auth::SignatureWatch m_watch;
    std::optional<cert::Tokens> m_tokens;
};

cert::CmpServer serverOf(const CertServer& given)
{
    return {given.url, given.caFile, given.responder, given.patience};
}

/// Was something that was given wrong, rather than refused by a token or an authority?
base::Result<cert::InitialSecret> readSecret(const CertSecret& source)
{
    auto secret = source.descriptor ? readPin(*source.descriptor)
                                    : askPin("Secret of the authority for " + source.reference + ": ");
    if (!secret)
        return secret.error();
    return cert::InitialSecret{source.reference, *std::move(secret)};
}

base::Status CertRun::loadModule()
{
    auto tokens = cert::Tokens::load(m_settings, [this] { return m_watch.begin(); });
    if (!tokens)
        return tokens.error();
    m_tokens.emplace(*std::move(tokens));
    return base::Ok{};
}

base::Result<std::shared_ptr<const cert::UnlockedToken>> CertRun::unlock()
{
    if (auto loaded = loadModule(); !loaded)
        return loaded.error();
    auto pin = m_command.pin.descriptor ? readPin(*m_command.pin.descriptor) : askPin("PIN of the token: ");
    if (!pin)
        return pin.error();
    return m_tokens->unlock(m_command.tokenSerial, *std::move(pin),
        m_command.pin.lastTryConfirmed ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed);
}

ExitCode CertRun::refuse(const Error& error, const std::string& reason)
{
    return refuseCertificate(m_reporter, error, reason);
}

ExitCode CertRun::end(const std::string& reason)
{
    m_reporter.report(endEvent(ExitCode::Done, reason));
    return ExitCode::Done;
}

ExitCode CertRun::placed(const char* what, const base::Result<cert::Placed>& result)
{
    if (!result)
        return refuse(result.error(), std::string("No certificate was ") + what);
    m_reporter.report(certificatePlacedEvent(what, *result));
    const std::string fingerprint = tls::fingerprint(*result->certificate);
    const bool configured = m_settings.fingerprint.empty() || m_settings.fingerprint == fingerprint;
    if (configured && (m_settings.keyId.empty() || m_settings.keyId == result->place.keyId))
        return end("The certificate is in its place");
    return end("The certificate is in its place; the configuration's section [token] names another one: set key_id = \""
        + result->place.keyId + "\" and fingerprint = \"" + fingerprint + '"');
}

ExitCode CertRun::run(const CertList&)
{
    if (auto loaded = loadModule(); !loaded)
        return refuse(loaded.error(), "The certificates could not be listed");
    const auto seen = m_tokens->certificates();
    if (!seen)
        return refuse(seen.error(), "The certificates could not be listed");
    for (const rfq::TokenIdentity& identity : *seen)
        m_reporter.report(certificateEvent(identity, m_clock.utc()));
    if (seen->empty())
        std::cerr << "No token holds a certificate." << std::endl;
    return ExitCode::Done;
}

ExitCode CertRun::run(const CertRequest& request)
{
    const std::string nothing = "Nothing was requested";
    if (std::error_code problem; std::filesystem::exists(request.out, problem))
        return refuse({Errc::Duplicate, request.out + " exists and is left alone"}, nothing);
    if (request.replace == cert::Replace::AlsoValid)
        return refuse({Errc::InvalidInput,
                          "--replace makes a key over another one in slot 9a of a PIV card; on this token a key is "
                          "never overwritten: delete it with the tool of the token's maker"},
            nothing);
    // Before the PIN: asking the card selects its application anew.
    std::vector<auth::PivAttestation> attestations;
    if (const auto slot = auth::pivSlotOf(m_keyId); slot && !request.generate)
        attestations = auth::readAttestations(*auth::systemPcsc(), *slot);
    const auto token = unlock();
    if (!token)
        return refuse(token.error(), nothing);
    const auto requested =
        cert::request(**token, {m_keyId, request.generate, request.publicKeyFile}, request.subject, attestations);
    if (!requested)
        return refuse(requested.error(), nothing);
    std::ofstream output(request.out, std::ios::binary);
    output << requested->pem;
    output.close();
    if (!output)
        return refuse({Errc::Io, request.out + " cannot be written"}, nothing);
    m_reporter.report(certificateRequestEvent(*requested, request.out));
    return end("Give the file to the authority, and what it sends back to `countersign-cli cert import`");
}

ExitCode CertRun::run(const CertImport& import)
{
    const auto token = unlock();
    if (!token)
        return refuse(token.error(), "No certificate was imported");
    return placed("imported",
        cert::import(**token, {m_keyId, std::nullopt, import.publicKeyFile}, import.file, import.caFile, import.replace,
            m_clock));
}

ExitCode CertRun::run(const CertEnrol& enrol)
{
    const auto token = unlock();
    if (!token)
        return refuse(token.error(), "No certificate was enrolled");
    const cert::KeyWanted key{m_keyId, enrol.generate, enrol.publicKeyFile};
    const cert::Delivery delivery{enrol.out, enrol.replace};
    const auto server = serverOf(enrol.server);
    if (!enrol.secret)
        return placed(
            "enrolled", cert::enrolFurther(**token, key, enrol.subject, server, enrol.vouchedBy, delivery, m_clock));
    const auto initial = readSecret(*enrol.secret);
    if (!initial)
        return refuse(initial.error(), "No certificate was enrolled");
    return placed("enrolled", cert::enrol(**token, key, enrol.subject, server, *initial, delivery, m_clock));
}

ExitCode CertRun::run(const CertRenew& renew)
{
    const auto token = unlock();
    if (!token)
        return refuse(token.error(), "No certificate was renewed");
    std::optional<cert::KeyWanted> next;
    if (!renew.nextKeyId.empty())
        next = cert::KeyWanted{renew.nextKeyId, renew.generate, {}};
    return placed("renewed",
        cert::renew(**token, m_keyId, next, serverOf(renew.server), {renew.out, cert::Replace::OnlyExpired}, m_clock));
}

ExitCode CertRun::run(const CertRevoke& revoke)
{
    const auto token = unlock();
    if (!token)
        return refuse(token.error(), "No certificate was revoked");
    const auto revoked = cert::revoke(**token, m_keyId, revoke.fingerprint, serverOf(revoke.server), revoke.reason);
    if (!revoked)
        return refuse(revoked.error(), "No certificate was revoked");
    m_reporter.report(certificateRevokedEvent(*revoked));
    return end("Revoked");
}

}

ExitCode runCert(const CertCommand& command, Format format, const auth::TokenSettings& settings)
{
    CertRun run(command, format, settings);
    return std::visit([&](const auto& what) { return run.run(what); }, command.what);
}

}
