#include "app/enrolment/device_file.h"
#include "app/venue/guard.h"
#include "app/venue/identity_commands.h"
#include "app/venue/key_attestation.h"
#include "core/pep/change_work.h"
#include "core/pep/fingerprint_text.h"
#include "core/stepup/plain_text.h"
#include "core/store/text_file.h"
#include "core/tls/identity.h"

#include <algorithm>
#include <utility>

namespace venue {

using base::Errc;
using base::Error;

namespace {

constexpr std::size_t LargestCertificate = 1U << 16U;

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

/// The names that the workstation's certificate has to have. Absent: nothing was said about them.
base::Result<std::optional<stepup::DeviceNames>> deviceNamesFor(const IdentityOptions& options)
{
    if (!options.deviceCertificate)
        return options.deviceNames;
    const auto pem = store::readTextFile(*options.deviceCertificate, LargestCertificate);
    if (!pem)
        return pem.error();
    auto name = stepup::deviceNameInPem(*pem);
    if (!name)
        return Error{name.error().code, options.deviceCertificate->string() + ": " + name.error().detail};
    return std::optional(stepup::DeviceNames{*std::move(name)});
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
    auto names = deviceNamesFor(options);
    if (!names)
        return names.error();
    if (*names && !(*names)->empty()) {
        record.device = pep::DeviceRecord::Managed;
        record.deviceNames = **std::move(names);
    }
    if (options.attestation) {
        auto attested = attestedBy(*options.attestation, *options.certificate, settings, now);
        if (!attested)
            return attested.error();
        record.attestation = *std::move(attested);
    }
    return record;
}

/// What of an entitlement and of a person was asked for.
void addParts(pep::IdentityChange& change, const IdentityOptions& options, const PepSettings& settings)
{
    change.role = options.role;
    change.enrolFor = options.enrolFor;
    if (options.activities || options.instruments || options.sides || options.maxQuantity || options.dealers)
        change.entitlement = pep::EntitlementParts{.segment = options.segment.value_or(settings.enforcement.segment),
            .activities = options.activities,
            .instruments = options.instruments,
            .sides = options.sides,
            .maxQuantity = options.maxQuantity,
            .dealers = options.dealers};
}

base::Result<stepup::Credential> importedCredential(
    const IdentityOptions& options, const PepSettings& settings, pep::IdentityDatabase& database, base::UtcTime now)
{
    const stepup::UserId name(options.user.value_or(""));
    const auto user = pep::findUser(database, name);
    if (!user)
        return user.error();
    if (!*user)
        return Error{Errc::NotFound, name.text() + " is not registered"};
    const auto certificate = readCertificateFile(options.certificate.value_or(""));
    if (!certificate)
        return certificate.error();
    const auto& certificates = (*user)->certificates;
    const bool isTheirs = std::any_of(certificates.begin(), certificates.end(),
        [&](const auto& record) { return record.fingerprint == certificate->fingerprint; });
    if (!isTheirs)
        return Error{Errc::NotFound, "the certificate is not registered for " + name.text()};
    const auto policy = registrationPolicy(settings);
    if (!policy)
        return policy.error();
    auto key = readEnrolmentFile(options.object);
    if (!key)
        return key.error();
    key->user = name;
    key->certificate = certificate->fingerprint;
    key->name = options.keyName.value_or("security key");
    auto credential = pep::importKey(*policy, *key, now);
    if (!credential)
        return Error{credential.error().code, options.object + ": " + credential.error().detail};
    return credential;
}

Error noFingerprint(const std::string& where = {})
{
    return {Errc::InvalidInput, where + "a fingerprint is 64 lower-case hexadecimal digits"};
}

Error noCredentialId()
{
    return {Errc::InvalidInput, "a credential id is base64url"};
}

/// Of a new certificate. Errors: Configuration, InvalidInput.
base::Result<pep::IdentityChange> withCertificate(
    pep::IdentityChange change, const IdentityOptions& options, const PepSettings& settings, base::UtcTime now)
{
    const auto certificate = certificateFor(options, settings, options.object, now);
    if (!certificate)
        return certificate.error();
    change.certificate = *certificate;
    if (options.replaces) {
        change.replaced = pep::fingerprintOf(*options.replaces);
        if (!change.replaced)
            return noFingerprint("--replaces: ");
    }
    return change;
}

/// What a workstation must prove from now on.
base::Result<pep::IdentityChange> withReference(pep::IdentityChange change, const IdentityOptions& options)
{
    change.user = {};
    change.changedCertificate = pep::fingerprintOf(options.object);
    if (!change.changedCertificate)
        return noFingerprint();
    if (options.deviceKey) {
        auto device = app::readDeviceFile(options.deviceKey->string());
        if (!device)
            return device.error();
        change.reference = std::move(device->reference);
    }
    auto names = deviceNamesFor(options);
    if (!names)
        return names.error();
    change.deviceNames = *std::move(names);
    return change;
}

base::Result<pep::IdentityChange> withName(pep::IdentityChange change, const IdentityOptions& options)
{
    change.user = {};
    change.renamedCredential = stepup::bytesOfBase64Url(options.object);
    if (!change.renamedCredential)
        return noCredentialId();
    // The name is shown to the person who is asked for a touch: the same rule as where they give it themselves.
    change.keyName = options.keyName.value_or("");
    if (const auto plain = stepup::checkPlainText("--name", change.keyName); !plain)
        return plain.error();
    return change;
}

}

base::Result<pep::IdentityChange> requestedChange(
    const IdentityOptions& options, const PepSettings& settings, pep::IdentityDatabase& database, base::UtcTime now)
{
    pep::IdentityChange change;
    change.user = stepup::UserId(options.object);
    switch (options.task) {
    case IdentityTask::AddUser:
        change.kind = pep::ChangeKind::AddUser;
        addParts(change, options, settings);
        return withCertificate(std::move(change), options, settings, now);
    case IdentityTask::ChangeUser:
    case IdentityTask::SetRole:
        change.kind = pep::ChangeKind::ChangeUser;
        addParts(change, options, settings);
        return change;
    case IdentityTask::RevokeUser:
        change.kind = pep::ChangeKind::RevokeUser;
        return change;
    case IdentityTask::LockUser:
        change.kind = pep::ChangeKind::LockUser;
        change.why = options.why;
        return change;
    case IdentityTask::UnlockUser:
        change.kind = pep::ChangeKind::UnlockUser;
        return change;
    case IdentityTask::AddCertificate:
        change.kind = pep::ChangeKind::AddCertificate;
        return withCertificate(std::move(change), options, settings, now);
    case IdentityTask::ChangeCertificate:
        change.kind = pep::ChangeKind::ChangeCertificate;
        return withReference(std::move(change), options);
    case IdentityTask::RenameCredential:
        change.kind = pep::ChangeKind::RenameCredential;
        return withName(std::move(change), options);
    case IdentityTask::RevokeCertificate:
        change.kind = pep::ChangeKind::RevokeCertificate;
        change.user = {};
        change.revokedCertificate = pep::fingerprintOf(options.object);
        if (!change.revokedCertificate)
            return noFingerprint();
        return change;
    case IdentityTask::RevokeCredential:
        change.kind = pep::ChangeKind::RevokeCredential;
        change.user = {};
        change.revokedCredential = stepup::bytesOfBase64Url(options.object);
        if (!change.revokedCredential)
            return noCredentialId();
        return change;
    case IdentityTask::ImportCredential: {
        auto credential = importedCredential(options, settings, database, now);
        if (!credential)
            return credential.error();
        change.kind = pep::ChangeKind::ImportCredential;
        change.user = credential->user;
        change.credential = *std::move(credential);
        return change;
    }
    case IdentityTask::ListUsers:
    case IdentityTask::ListCredentials:
    case IdentityTask::ListRoles:
    case IdentityTask::ListChanges:
    case IdentityTask::ShowChange:
    case IdentityTask::ProposeChange:
    case IdentityTask::ApproveChange:
    case IdentityTask::RejectChange:
        break;
    }
    return Error{Errc::Internal, "this is not a change"};
}

}
