#include "app/venue/identity_commands.h"
#include "core/fix/fix_time.h"
#include "core/pep/entitlement_text.h"
#include "core/pep/fingerprint_text.h"
#include "core/pep/identity_rows.h"

#include <nlohmann/json.hpp>

namespace venue {

using nlohmann::ordered_json;

namespace {

std::string timeText(const std::optional<base::UtcTime>& at)
{
    if (!at)
        return {};
    return fix::formatUtcTimestamp(*at);
}

const char* proofOf(const pep::CertificateRecord& certificate)
{
    if (certificate.reference)
        return certificate.deviceNames.empty() ? "tpm" : "tpm,certificate";
    return certificate.deviceNames.empty() ? "none" : "certificate";
}

}

std::string described(const pep::UserRecord& user)
{
    ordered_json line{{"user", user.user.text()}, {"role", zerotrust::roleName(user.role)},
        {"revoked", timeText(user.revokedAt)}, {"locked", user.lockedWhy}, {"enrolUntil", timeText(user.enrolUntil)},
        {"certificates", ordered_json::array()}, {"entitlements", ordered_json::array()}};
    for (const auto& certificate : user.certificates)
        line["certificates"].push_back({{"fingerprint", pep::fingerprintText(certificate.fingerprint)},
            {"key", pep::nameOf(certificate.key)}, {"device", pep::nameOf(certificate.device)},
            {"proof", proofOf(certificate)}, {"deviceNames", stepup::deviceNamesText(certificate.deviceNames)},
            {"attestation", certificate.attestation}, {"revoked", timeText(certificate.revokedAt)},
            {"locked", certificate.lockedWhy}});
    for (const auto& [holder, entitlement] : user.entitlements)
        line["entitlements"].push_back({{"segment", holder.segment},
            {"may", pep::activitiesText(entitlement.activities)},
            {"instruments", pep::namesText(entitlement.instruments)}, {"sides", pep::sidesText(entitlement.sides)},
            {"max", pep::quantitiesText(entitlement.maxQuantity)}, {"dealers", pep::namesText(entitlement.dealers)}});
    return line.dump();
}

std::string described(zerotrust::UserRole role, const std::vector<pep::UserRecord>& users)
{
    ordered_json line{{"role", zerotrust::roleName(role)}, {"users", ordered_json::array()}};
    for (const auto& user : users)
        if (user.role == role && !user.revokedAt)
            line["users"].push_back(user.user.text());
    return line.dump();
}

std::string described(const stepup::Credential& credential)
{
    const ordered_json line{{"credential", stepup::base64Url(credential.id)}, {"user", credential.user.text()},
        {"name", credential.name}, {"certificate", pep::fingerprintText(credential.certificate)},
        {"algorithm", stepup::algorithmName(credential.algorithm)}, {"counter", credential.signCount},
        {"enrolled", timeText(credential.enrolledAt)}, {"revoked", timeText(credential.revokedAt)}};
    return line.dump();
}

}
