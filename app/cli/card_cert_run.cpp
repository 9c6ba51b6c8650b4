#include "app/cli/card_cert_run.h"

#include "app/cli/card_work.h"
#include "app/cli/cert_events.h"
#include "app/cli/reporter.h"
#include "app/cli/run_loop.h"
#include "app/cli/terminal.h"
#include "auth/cert/issued.h"
#include "auth/cert/piv_certificates.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <utility>

namespace cli {

namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr const char* SignatureKeyId = "01"; ///< what PKCS#11 modules call slot 9a

Result<auth::PivKeyKind> pivKind(cert::KeyKind kind)
{
    switch (kind) {
    case cert::KeyKind::EcP256:
        return auth::PivKeyKind::EcP256;
    case cert::KeyKind::EcP384:
        return auth::PivKeyKind::EcP384;
    case cert::KeyKind::Rsa2048:
        return auth::PivKeyKind::Rsa2048;
    case cert::KeyKind::Rsa3072:
        break;
    }
    return Error{Errc::Unsupported, "a PIV card makes no keys of this kind: ec-p256, ec-p384 or rsa-2048"};
}

/// The key that --generate means, or the one that is there.
Result<cert::PivKeyWanted> keyWanted(const std::optional<cert::KeyKind>& generate)
{
    using Source = cert::PivKeyWanted::Source;
    if (!generate)
        return cert::PivKeyWanted{Source::There, {}};
    const auto kind = pivKind(*generate);
    return kind ? Result<cert::PivKeyWanted>(cert::PivKeyWanted{Source::Made, *kind}) : kind.error();
}

/// What --replace means: with --generate, the key as well.
cert::PivOrder withReplace(const cert::PivOrder& order, cert::Replace replace, bool generates)
{
    cert::PivOrder confirmed = order;
    if (replace == cert::Replace::AlsoValid)
        confirmed.givesWay = generates ? rfq::GivesWay::KeyAndCertificate : rfq::GivesWay::Certificate;
    return confirmed;
}

class CardCertRun {
public:
    CardCertRun(const CertCommand& command, Format format, const auth::TokenSettings& settings)
        : m_command(command)
        , m_settings(settings)
        , m_reporter(std::cout, format)
        , m_service(auth::TokenSettings(settings), m_loop)
        , m_workWatch(m_service.onWork(tellCardWork))
    {
    }

    /// The card that the command is about, among those that the configured module shows.
    [[nodiscard]] bool findCard();

    std::optional<ExitCode> run(const CertList&) { return std::nullopt; }
    std::optional<ExitCode> run(const CertRequest& request);
    std::optional<ExitCode> run(const CertImport& import);
    std::optional<ExitCode> run(const CertEnrol& enrol);
    std::optional<ExitCode> run(const CertRenew& renew);
    std::optional<ExitCode> run(const CertRevoke&) { return std::nullopt; }

private:
    template <typename T>
    [[nodiscard]] Result<T> onCard(std::function<Result<T>(const cert::PivOrder&)> work);
    ExitCode refuse(const Error& error, const std::string& reason);
    ExitCode placed(const char* what, Result<cert::Placed> result);

    const CertCommand& m_command;
    const auth::TokenSettings& m_settings;
    Reporter m_reporter;
    RunLoop m_loop;
    auth::TokenService m_service;
    const base::Subscription m_workWatch;
    rfq::PluggedCard m_card;
};

bool CardCertRun::findCard()
{
    std::optional<rfq::CardsSeen> seen;
    m_service.survey([&](rfq::CardsSeen found) { seen = std::move(found); });
    while (!seen)
        m_loop.runSome(std::chrono::milliseconds(100));
    std::vector<rfq::PluggedCard> meant;
    for (const rfq::PluggedCard& card : seen->cards) {
        const std::string& wanted = m_command.tokenSerial;
        if (wanted.empty() || wanted == card.serial || wanted == card.id)
            meant.push_back(card);
    }
    // Several: the module's own rules say which one, or that --token is needed.
    if (meant.size() != 1 || !meant.front().isPiv || meant.front().label.empty())
        return false;
    m_card = meant.front();
    return true;
}

template <typename T>
Result<T> CardCertRun::onCard(std::function<Result<T>(const cert::PivOrder&)> work)
{
    auto pin = m_command.pin.descriptor ? readPin(*m_command.pin.descriptor) : askPin("PIN of the card: ");
    if (!pin)
        return pin.error();
    auto managementKey = m_command.managementKeyDescriptor ? readPin(*m_command.managementKeyDescriptor)
                                                           : Result<base::SecretBytes>(base::SecretBytes());
    if (!managementKey)
        return managementKey.error();
    const auto lastTry = m_command.pin.lastTryConfirmed ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed;
    std::optional<Result<T>> outcome;
    std::optional<Status> over;
    m_service.lend(
        [&](const auth::TokensLent& lent) -> Status {
            auto channel = lent.connect(m_card.reader);
            if (!channel)
                return channel.error();
            const auto card = auth::PivWork::begin(*std::move(channel), m_card.id, lent.timer);
            if (!card)
                return card.error();
            if (const auto verified = (*card)->verifyPin(*pin, lastTry); !verified)
                return verified;
            outcome.emplace(work({*card, *managementKey, lent.clock}));
            return base::Ok{};
        },
        [&](Status lent) { over = std::move(lent); });
    while (!over)
        m_loop.runSome(std::chrono::milliseconds(100));
    return outcome ? *std::move(outcome) : Result<T>(over->error());
}

ExitCode CardCertRun::refuse(const Error& error, const std::string& reason)
{
    return refuseCertificate(m_reporter, error, reason);
}

ExitCode CardCertRun::placed(const char* what, Result<cert::Placed> result)
{
    if (!result)
        return refuse(result.error(), std::string("No certificate was ") + what);
    const std::string fingerprint = tls::fingerprint(*result->certificate);
    result->place.tokenSerial = m_card.serial;
    result->place.tokenLabel = m_card.label;
    m_reporter.report(certificatePlacedEvent(what, *result));
    const bool configured = m_settings.fingerprint.empty() || m_settings.fingerprint == fingerprint;
    m_reporter.report(endEvent(ExitCode::Done,
        configured ? std::string("The certificate is in its place")
                   : "The certificate is in its place; the configuration's section [token] names another one: set "
                     "fingerprint = \""
                + fingerprint + '"'));
    return ExitCode::Done;
}

std::optional<ExitCode> CardCertRun::run(const CertRequest& request)
{
    const std::string nothing = "Nothing was requested";
    if (std::error_code problem; std::filesystem::exists(request.out, problem))
        return refuse({Errc::Duplicate, request.out + " exists and is left alone"}, nothing);
    auto requested = onCard<cert::Requested>([&](const cert::PivOrder& order) -> Result<cert::Requested> {
        const auto wanted = keyWanted(request.generate);
        if (!wanted)
            return wanted.error();
        return cert::requestOnPiv(
            withReplace(order, request.replace, request.generate.has_value()), request.subject, *wanted);
    });
    if (!requested)
        return refuse(requested.error(), nothing);
    std::ofstream output(request.out, std::ios::binary);
    output << requested->pem;
    output.close();
    if (!output)
        return refuse({Errc::Io, request.out + " cannot be written"}, nothing);
    requested->place.tokenSerial = m_card.serial;
    requested->place.tokenLabel = m_card.label;
    m_reporter.report(certificateRequestEvent(*requested, request.out));
    m_reporter.report(endEvent(
        ExitCode::Done, "Give the file to the authority, and what it sends back to `countersign-cli cert import`"));
    return ExitCode::Done;
}

std::optional<ExitCode> CardCertRun::run(const CertImport& import)
{
    // Before the PIN is asked for.
    if (const auto next = cert::readCertificates(import.file); !next)
        return refuse(next.error(), "No certificate was imported");
    return placed("imported", onCard<cert::Placed>([&](const cert::PivOrder& order) {
        return cert::installOnPiv(withReplace(order, import.replace, false), import.file, import.caFile);
    }));
}

std::optional<ExitCode> CardCertRun::run(const CertEnrol& enrol)
{
    if (!enrol.secret)
        return std::nullopt; // vouched for by another key on the token: the module's
    auto secret = enrol.secret->descriptor ? readPin(*enrol.secret->descriptor)
                                           : askPin("Secret of the authority for " + enrol.secret->reference + ": ");
    if (!secret)
        return refuse(secret.error(), "No certificate was enrolled");
    cert::InitialSecret initial{enrol.secret->reference, *std::move(secret)};
    const cert::CmpServer server{enrol.server.url, enrol.server.caFile, enrol.server.responder, enrol.server.patience};
    return placed("enrolled", onCard<cert::Placed>([&](const cert::PivOrder& order) -> Result<cert::Placed> {
        const auto wanted = keyWanted(enrol.generate);
        if (!wanted)
            return wanted.error();
        return cert::enrolOnPiv(withReplace(order, enrol.replace, enrol.generate.has_value()), enrol.subject, *wanted,
            server, initial, enrol.out);
    }));
}

std::optional<ExitCode> CardCertRun::run(const CertRenew& renew)
{
    if (!renew.nextKeyId.empty())
        return std::nullopt; // into another slot: the module's
    const cert::CmpServer server{renew.server.url, renew.server.caFile, renew.server.responder, renew.server.patience};
    return placed("renewed",
        onCard<cert::Placed>([&](const cert::PivOrder& order) { return cert::renewOnPiv(order, server, renew.out); }));
}

}

std::optional<ExitCode> runCertOnCard(const CertCommand& command, Format format, const auth::TokenSettings& settings)
{
    const std::string& keyId = command.keyId.empty() ? settings.keyId : command.keyId;
    if (std::holds_alternative<CertList>(command.what) || std::holds_alternative<CertRevoke>(command.what)
        || !(keyId.empty() || keyId == SignatureKeyId))
        return std::nullopt;
    CardCertRun run(command, format, settings);
    if (!run.findCard())
        return std::nullopt;
    return std::visit([&](const auto& what) { return run.run(what); }, command.what);
}

}
