#include "app/venue/identity_commands.h"

#include "app/enrolment/device_file.h"
#include "app/venue/guard.h"
#include "app/venue/key_attestation.h"
#include "core/fix/fix_time.h"
#include "core/pep/entitlement_text.h"
#include "core/pep/fingerprint_text.h"
#include "core/pep/identity_database.h"
#include "core/pep/identity_rows.h"
#include "core/stepup/plain_text.h"
#include "core/tls/identity.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <utility>

namespace venue {

using base::Errc;
using base::Error;
using base::Status;
using nlohmann::ordered_json;

namespace {

struct CertificateFile {
    stepup::CertificateFingerprint fingerprint{};
    std::string commonName;
};

base::Result<CertificateFile> readCertificateFile(const std::filesystem::path& file)
{
    const auto certificates = tls::loadPemCertificates(file.string());
    if (!certificates)
        return certificates.error();
    X509& leaf = *certificates->front();
    const auto fingerprint = pep::fingerprintOf(tls::fingerprint(leaf));
    if (!fingerprint)
        return Error{Errc::Internal, file.string() + ": its fingerprint cannot be read"};
    return CertificateFile{*fingerprint, tls::commonNameOf(leaf)};
}

/// The certificate names whom it speaks for; one for somebody else would never be used.
base::Result<pep::CertificateRecord> certificateFor(
    const IdentityOptions& options, const PepSettings& settings, const std::string& user, base::UtcTime now)
{
    const auto file = readCertificateFile(options.certificate.value_or(""));
    if (!file)
        return file.error();
    if (file->commonName != user)
        return Error{Errc::InvalidInput,
            options.certificate->string() + ": its common name is '" + file->commonName + "', not '" + user + "'"};
    pep::CertificateRecord record;
    record.fingerprint = file->fingerprint;
    record.key = options.key.value_or(pep::KeyHome::Software);
    record.device = options.device.value_or(pep::DeviceRecord::Unknown);
    if (options.deviceKey) {
        auto device = app::readDeviceFile(options.deviceKey->string());
        if (!device)
            return device.error();
        record.device = pep::DeviceRecord::Managed;
        record.reference = std::move(device->reference);
    }
    if (options.attestation) {
        auto attested = attestedBy(*options.attestation, *options.certificate, settings, now);
        if (!attested)
            return attested.error();
        record.attestation = *std::move(attested);
    }
    return record;
}

void applyTo(pep::UserRecord& user, const IdentityOptions& options, const PepSettings& settings, base::UtcTime now)
{
    user.role = options.role.value_or(user.role);
    if (options.enrolFor)
        user.enrolUntil = options.enrolFor->count() > 0 ? std::optional(now + *options.enrolFor) : std::nullopt;
    const bool changes =
        options.activities || options.instruments || options.sides || options.maxQuantity || options.dealers;
    if (!changes)
        return;
    auto& entitlement = user.entitlements[{user.user.text(), options.segment.value_or(settings.enforcement.segment)}];
    entitlement.activities = options.activities.value_or(entitlement.activities);
    entitlement.instruments = options.instruments.value_or(entitlement.instruments);
    entitlement.sides = options.sides.value_or(entitlement.sides);
    entitlement.maxQuantity = options.maxQuantity.value_or(entitlement.maxQuantity);
    entitlement.dealers = options.dealers.value_or(entitlement.dealers);
}

std::string timeText(const std::optional<base::UtcTime>& at)
{
    if (!at)
        return {};
    return fix::formatUtcTimestamp(*at);
}

ordered_json described(const pep::UserRecord& user)
{
    ordered_json line{{"user", user.user.text()}, {"role", pep::nameOf(user.role)},
        {"revoked", timeText(user.revokedAt)}, {"locked", user.lockedWhy}, {"enrolUntil", timeText(user.enrolUntil)},
        {"certificates", ordered_json::array()}, {"entitlements", ordered_json::array()}};
    for (const auto& certificate : user.certificates)
        line["certificates"].push_back(
            {{"fingerprint", pep::fingerprintText(certificate.fingerprint)}, {"key", pep::nameOf(certificate.key)},
                {"device", pep::nameOf(certificate.device)}, {"proof", certificate.reference ? "tpm" : "none"},
                {"attestation", certificate.attestation}, {"revoked", timeText(certificate.revokedAt)},
                {"locked", certificate.lockedWhy}});
    for (const auto& [holder, entitlement] : user.entitlements)
        line["entitlements"].push_back({{"segment", holder.segment},
            {"may", pep::activitiesText(entitlement.activities)},
            {"instruments", pep::namesText(entitlement.instruments)}, {"sides", pep::sidesText(entitlement.sides)},
            {"max", pep::quantitiesText(entitlement.maxQuantity)}, {"dealers", pep::namesText(entitlement.dealers)}});
    return line;
}

ordered_json described(const stepup::Credential& credential)
{
    return {{"credential", stepup::base64Url(credential.id)}, {"user", credential.user.text()},
        {"name", credential.name}, {"certificate", pep::fingerprintText(credential.certificate)},
        {"algorithm", stepup::algorithmName(credential.algorithm)}, {"counter", credential.signCount},
        {"enrolled", timeText(credential.enrolledAt)}, {"revoked", timeText(credential.revokedAt)}};
}

Status list(pep::IdentityDatabase& database, IdentityTask task, std::ostream& out)
{
    const auto identities = database.load();
    if (!identities)
        return identities.error();
    if (task == IdentityTask::ListUsers)
        for (const auto& user : identities->users)
            out << described(user).dump() << '\n';
    else
        for (const auto& credential : identities->credentials)
            out << described(credential).dump() << '\n';
    return base::Ok{};
}

base::Result<pep::UserRecord> findUser(pep::IdentityDatabase& database, const std::string& name)
{
    auto identities = database.load();
    if (!identities)
        return identities.error();
    const auto found = std::find_if(identities->users.begin(), identities->users.end(),
        [&](const pep::UserRecord& user) { return user.user.text() == name; });
    if (found == identities->users.end())
        return Error{Errc::NotFound, name + " is not registered"};
    return std::move(*found);
}

Status importCredential(pep::IdentityDatabase& database, const IdentityOptions& options, const PepSettings& settings,
    base::UtcTime now, std::ostream& out)
{
    const auto user = findUser(database, options.user.value_or(""));
    if (!user)
        return user.error();
    const auto certificate = readCertificateFile(options.certificate.value_or(""));
    if (!certificate)
        return certificate.error();
    const bool isTheirs = std::any_of(user->certificates.begin(), user->certificates.end(),
        [&](const auto& record) { return record.fingerprint == certificate->fingerprint; });
    if (!isTheirs)
        return Error{Errc::NotFound, "the certificate is not registered for " + user->user.text()};
    const auto policy = registrationPolicy(settings);
    if (!policy)
        return policy.error();
    auto key = readEnrolmentFile(options.object);
    if (!key)
        return key.error();
    key->user = user->user;
    key->certificate = certificate->fingerprint;
    key->name = options.keyName.value_or("security key");
    const auto credential = pep::importKey(*policy, *key, now);
    if (!credential)
        return Error{credential.error().code, options.object + ": " + credential.error().detail};
    if (const Status added = database.add(*credential); !added)
        return added;
    out << described(*credential).dump() << '\n';
    return base::Ok{};
}

Status renameCredential(pep::IdentityDatabase& database, const IdentityOptions& options)
{
    const auto id = stepup::bytesOfBase64Url(options.object);
    if (!id)
        return Error{Errc::InvalidInput, "a credential id is base64url"};
    // The name is shown to the person who is asked for a touch: the same rule as where they give it themselves.
    if (const Status plain = stepup::checkPlainText("--name", *options.keyName); !plain)
        return plain;
    return database.rename(*id, *options.keyName);
}

Status addCertificate(
    pep::IdentityDatabase& database, const IdentityOptions& options, const PepSettings& settings, base::UtcTime now)
{
    const stepup::UserId user(options.object);
    const auto certificate = certificateFor(options, settings, options.object, now);
    if (!certificate)
        return certificate.error();
    const auto before = options.replaces ? pep::fingerprintOf(*options.replaces) : std::nullopt;
    if (options.replaces && !before)
        return Error{Errc::InvalidInput, "--replaces: a fingerprint is 64 lower-case hexadecimal digits"};
    const Status added = database.add(user, *certificate);
    return added && before ? database.rebind(user, *before, certificate->fingerprint) : added;
}

Status addUser(
    pep::IdentityDatabase& database, const IdentityOptions& options, const PepSettings& settings, base::UtcTime now)
{
    const auto certificate = certificateFor(options, settings, options.object, now);
    if (!certificate)
        return certificate.error();
    pep::UserRecord user;
    user.user = stepup::UserId(options.object);
    user.certificates = {*certificate};
    applyTo(user, options, settings, now);
    return database.add(user);
}

Status changeUser(
    pep::IdentityDatabase& database, const IdentityOptions& options, const PepSettings& settings, base::UtcTime now)
{
    auto user = findUser(database, options.object);
    if (!user)
        return user.error();
    applyTo(*user, options, settings, now);
    return database.change(*user);
}

Status change(
    pep::IdentityDatabase& database, const IdentityOptions& options, const PepSettings& settings, base::UtcTime now)
{
    const stepup::UserId user(options.object);
    switch (options.task) {
    case IdentityTask::AddUser:
        return addUser(database, options, settings, now);
    case IdentityTask::ChangeUser:
        return changeUser(database, options, settings, now);
    case IdentityTask::RevokeUser:
        return database.revoke(user, now);
    case IdentityTask::UnlockUser:
        return database.unlock(user);
    case IdentityTask::AddCertificate:
        return addCertificate(database, options, settings, now);
    case IdentityTask::RevokeCertificate: {
        const auto fingerprint = pep::fingerprintOf(options.object);
        return fingerprint ? database.revoke(*fingerprint, now)
                           : Status(Error{Errc::InvalidInput, "a fingerprint is 64 lower-case hexadecimal digits"});
    }
    case IdentityTask::ChangeCertificate: {
        const auto fingerprint = pep::fingerprintOf(options.object);
        if (!fingerprint)
            return Error{Errc::InvalidInput, "a fingerprint is 64 lower-case hexadecimal digits"};
        const auto device = app::readDeviceFile(options.deviceKey.value_or("").string());
        return device ? database.change(*fingerprint, device->reference) : Status(device.error());
    }
    case IdentityTask::RevokeCredential: {
        const auto id = stepup::bytesOfBase64Url(options.object);
        return id ? database.revoke(*id, now) : Status(Error{Errc::InvalidInput, "a credential id is base64url"});
    }
    case IdentityTask::RenameCredential:
        return renameCredential(database, options);
    case IdentityTask::ListUsers:
    case IdentityTask::ListCredentials:
    case IdentityTask::ImportCredential:
        break;
    }
    return Error{Errc::Internal, "this is not a change"};
}

}

Status runIdentityCommand(
    const IdentityOptions& options, const PepSettings& settings, const base::Clock& clock, std::ostream& out)
{
    auto database = pep::IdentityDatabase::open(settings.identities);
    if (!database)
        return database.error();
    switch (options.task) {
    case IdentityTask::ListUsers:
    case IdentityTask::ListCredentials:
        return list(**database, options.task, out);
    case IdentityTask::ImportCredential:
        return importCredential(**database, options, settings, clock.utc(), out);
    case IdentityTask::AddUser:
    case IdentityTask::ChangeUser:
    case IdentityTask::RevokeUser:
    case IdentityTask::UnlockUser:
    case IdentityTask::AddCertificate:
    case IdentityTask::RevokeCertificate:
    case IdentityTask::ChangeCertificate:
    case IdentityTask::RevokeCredential:
    case IdentityTask::RenameCredential:
        return change(**database, options, settings, clock.utc());
    }
    return Error{Errc::Internal, "there is no such command"};
}

}
