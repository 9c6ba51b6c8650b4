#include "core/pep/entitlement_text.h"
#include "core/pep/fingerprint_text.h"
#include "core/pep/identity_change.h"
#include "core/pep/identity_rows.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace pep {

namespace {

using base::Errc;
using base::Error;
using Lines = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t LargestText = 65'536;

class Writer {
public:
    void line(std::string_view name, const std::string& value)
    {
        m_text.append(name).append("=").append(value).append("\n");
        m_isPlain = m_isPlain && std::none_of(value.begin(), value.end(), [](char c) {
            const auto byte = static_cast<unsigned char>(c);
            return byte < ' ' || byte == 0x7f;
        });
    }
    [[nodiscard]] base::Result<std::string> text() const
    {
        if (!m_isPlain)
            return Error{Errc::InvalidInput, "names and reasons hold no control characters"};
        return m_text;
    }

private:
    std::string m_text;
    bool m_isPlain = true;
};

void write(Writer& out, const EntitlementParts& parts)
{
    out.line("segment", parts.segment);
    if (parts.activities)
        out.line("may", activitiesText(*parts.activities));
    if (parts.instruments)
        out.line("instruments", namesText(*parts.instruments));
    if (parts.sides)
        out.line("sides", sidesText(*parts.sides));
    if (parts.maxQuantity)
        out.line("max", quantitiesText(*parts.maxQuantity));
    if (parts.dealers)
        out.line("dealers", namesText(*parts.dealers));
}

void write(Writer& out, const stepup::Credential& credential)
{
    out.line("credential", stepup::base64Url(credential.id));
    out.line("credential-certificate", fingerprintText(credential.certificate));
    out.line("credential-key", stepup::base64Url(credential.coseKey));
    out.line("algorithm", std::to_string(static_cast<std::int64_t>(credential.algorithm)));
    out.line("model", stepup::base64Url(credential.aaguid));
    out.line("counter", std::to_string(credential.signCount));
    out.line("enrolled", std::to_string(numberOf(credential.enrolledAt)));
    out.line("key-name", credential.name);
}

std::optional<Lines> linesOf(std::string_view text)
{
    Lines lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto equals = text.find('=');
        if (end == std::string_view::npos || equals == std::string_view::npos || equals > end)
            return std::nullopt;
        lines.emplace(text.substr(0, equals), text.substr(equals + 1, end - equals - 1));
        text.remove_prefix(end + 1);
    }
    return lines;
}

/// Values by name. What is missing or malformed becomes a value that is not spelled like the text that was read.
class Reader {
public:
    explicit Reader(Lines lines)
        : m_lines(std::move(lines))
    {
    }
    [[nodiscard]] bool has(std::string_view name) const { return m_lines.contains(name); }
    [[nodiscard]] std::string text(std::string_view name) const
    {
        const auto found = m_lines.find(name);
        return found == m_lines.end() ? std::string() : found->second;
    }
    template <typename Number>
    [[nodiscard]] Number number(std::string_view name) const
    {
        const std::string value = text(name);
        Number number{};
        std::from_chars(value.data(), value.data() + value.size(), number);
        return number;
    }
    [[nodiscard]] stepup::Bytes bytes(std::string_view name) const
    {
        return stepup::bytesOfBase64Url(text(name)).value_or(stepup::Bytes{});
    }
    [[nodiscard]] stepup::CertificateFingerprint fingerprint(std::string_view name) const
    {
        return fingerprintOf(text(name)).value_or(stepup::CertificateFingerprint{});
    }
    [[nodiscard]] std::optional<stepup::DeviceReference> reference(std::string_view name) const
    {
        auto known = stepup::parseReference(text(name));
        return known ? std::optional(*std::move(known)) : std::nullopt;
    }
    [[nodiscard]] stepup::DeviceNames deviceNames(std::string_view name) const
    {
        return stepup::parseDeviceNames(text(name)).value_or(stepup::DeviceNames{});
    }
    /// What `parse` makes of it; absent where there is no such line.
    template <typename Value>
    [[nodiscard]] std::optional<Value> part(std::string_view name, base::Result<Value> (*parse)(std::string_view)) const
    {
        return has(name) ? std::optional(parse(text(name)).value_or(Value{})) : std::nullopt;
    }

private:
    Lines m_lines;
};

EntitlementParts readEntitlement(const Reader& in)
{
    return {.segment = in.text("segment"),
        .activities = in.part("may", parseActivities),
        .instruments = in.has("instruments") ? std::optional(parseNames(in.text("instruments"))) : std::nullopt,
        .sides = in.part("sides", parseSides),
        .maxQuantity = in.part("max", parseQuantities),
        .dealers = in.has("dealers") ? std::optional(parseNames(in.text("dealers"))) : std::nullopt};
}

stepup::Credential readCredential(const Reader& in)
{
    const stepup::Bytes model = in.bytes("model");
    stepup::Credential credential{.id = in.bytes("credential"),
        .coseKey = in.bytes("credential-key"),
        .algorithm = stepup::algorithmOf(in.number<std::int64_t>("algorithm")).value_or(stepup::Algorithm::Es256),
        .aaguid = {},
        .signCount = in.number<std::uint32_t>("counter"),
        .user = stepup::UserId(in.text("user")),
        .certificate = in.fingerprint("credential-certificate"),
        .name = in.text("key-name"),
        .enrolledAt = base::UtcTime(std::chrono::microseconds(in.number<std::int64_t>("enrolled"))),
        .revokedAt = std::nullopt};
    if (model.size() == credential.aaguid.size())
        std::copy(model.begin(), model.end(), credential.aaguid.begin());
    return credential;
}

IdentityChange read(const Reader& in)
{
    IdentityChange change;
    change.kind = changeKindOf(in.text("change")).value_or(ChangeKind::ChangeUser);
    change.user = stepup::UserId(in.text("user"));
    change.role = userRoleOf(in.text("role"));
    if (in.has("certificate"))
        change.certificate = CertificateRecord{.fingerprint = in.fingerprint("certificate"),
            .key = keyHomeOf(in.text("key")).value_or(KeyHome::Software),
            .device = deviceRecordOf(in.text("device")).value_or(DeviceRecord::Unknown),
            .reference = in.reference("device-reference"),
            .deviceNames = in.deviceNames("device-names"),
            .attestation = in.text("attestation")};
    if (in.has("replaces"))
        change.replaced = in.fingerprint("replaces");
    if (in.has("enrol-hours"))
        change.enrolFor = std::chrono::hours(in.number<int>("enrol-hours"));
    if (in.has("segment"))
        change.entitlement = readEntitlement(in);
    if (in.has("credential"))
        change.credential = readCredential(in);
    if (in.has("changed-certificate"))
        change.changedCertificate = in.fingerprint("changed-certificate");
    change.reference = in.reference("new-reference");
    if (in.has("new-device-names"))
        change.deviceNames = in.deviceNames("new-device-names");
    if (in.has("revoked-certificate"))
        change.revokedCertificate = in.fingerprint("revoked-certificate");
    if (in.has("revoked-credential"))
        change.revokedCredential = in.bytes("revoked-credential");
    if (in.has("renamed-credential"))
        change.renamedCredential = in.bytes("renamed-credential");
    change.keyName = in.text("new-name");
    change.why = in.text("why");
    return change;
}

}

base::Result<std::string> changeText(const IdentityChange& change)
{
    Writer out;
    out.line("change", nameOf(change.kind));
    if (!change.user.text().empty())
        out.line("user", change.user.text());
    if (change.role)
        out.line("role", zerotrust::roleName(*change.role));
    if (change.certificate) {
        out.line("certificate", fingerprintText(change.certificate->fingerprint));
        out.line("key", nameOf(change.certificate->key));
        out.line("device", nameOf(change.certificate->device));
        if (!change.certificate->attestation.empty())
            out.line("attestation", change.certificate->attestation);
        if (change.certificate->reference)
            out.line("device-reference", stepup::referenceText(*change.certificate->reference).value_or(""));
        if (!change.certificate->deviceNames.empty())
            out.line("device-names", stepup::deviceNamesText(change.certificate->deviceNames));
    }
    if (change.replaced)
        out.line("replaces", fingerprintText(*change.replaced));
    if (change.enrolFor)
        out.line("enrol-hours", std::to_string(change.enrolFor->count()));
    if (change.entitlement)
        write(out, *change.entitlement);
    if (change.credential)
        write(out, *change.credential);
    if (change.changedCertificate)
        out.line("changed-certificate", fingerprintText(*change.changedCertificate));
    if (change.reference)
        out.line("new-reference", stepup::referenceText(*change.reference).value_or(""));
    if (change.deviceNames)
        out.line("new-device-names", stepup::deviceNamesText(*change.deviceNames));
    if (change.revokedCertificate)
        out.line("revoked-certificate", fingerprintText(*change.revokedCertificate));
    if (change.revokedCredential)
        out.line("revoked-credential", stepup::base64Url(*change.revokedCredential));
    if (change.renamedCredential)
        out.line("renamed-credential", stepup::base64Url(*change.renamedCredential));
    if (!change.keyName.empty())
        out.line("new-name", change.keyName);
    if (!change.why.empty())
        out.line("why", change.why);
    return out.text();
}

base::Result<IdentityChange> parseChange(std::string_view text)
{
    const Error malformed{Errc::InvalidInput, "this is not a change of the identity store in its one spelling"};
    const auto lines = text.size() <= LargestText ? linesOf(text) : std::nullopt;
    if (!lines)
        return malformed;
    IdentityChange change = read(Reader(*lines));
    const auto spelled = changeText(change);
    if (!spelled || *spelled != text)
        return malformed;
    return change;
}

}
