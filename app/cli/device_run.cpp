#include "app/cli/device_run.h"

#include "app/cli/event_parts.h"
#include "app/cli/reporter.h"
#include "app/enrolment/device_certificate.h"
#include "app/enrolment/device_file.h"
#include "auth/device/posture.h"
#include "core/base/clock.h"
#include "core/stepup/device_names.h"
#include "core/tls/hex.h"

#include <algorithm>

namespace cli {

namespace {

/// As the firmware says it now; register 7 is what proves it later.
std::optional<bool> secureBoot(const std::filesystem::path& root, const stepup::DeviceReference& reference)
{
    if (!reference.pcrs.contains(stepup::SecureBootPcr))
        return std::nullopt;
    for (const auto& item : device::collectPosture(root, {}, base::SystemClock().utc()))
        if (item.name == "secure-boot")
            return item.value == "yes";
    return std::nullopt;
}

Event deviceEvent(const app::DeviceFile& file)
{
    Event event{named("device"), {}};
    const auto json = nlohmann::ordered_json::parse(app::toJson(file));
    for (const char* name : {"host", "attestationKey", "sha256", "secureBoot"})
        if (json.contains(name))
            event.fields[name] = json[name];
    const char* started = "whether Secure Boot is on is not known";
    if (file.reference.secureBoot)
        started = *file.reference.secureBoot ? "Secure Boot is on" : "Secure Boot is off";
    event.text = "Attestation key of this TPM: " + json["attestationKey"].get<std::string>() + "; " + started;
    return event;
}

Event registerEvent(const std::string& number, const std::string& value)
{
    Event event{named("register"), "Register " + number + ": " + value};
    event.fields["register"] = number;
    event.fields["sha256"] = value;
    return event;
}

const char* schemeText(stepup::DeviceSignature scheme)
{
    switch (scheme) {
    case stepup::DeviceSignature::EcdsaP256:
        return "ECDSA P-256";
    case stepup::DeviceSignature::EcdsaP384:
        return "ECDSA P-384";
    case stepup::DeviceSignature::RsaPss:
        return "RSA-PSS";
    case stepup::DeviceSignature::RsaPkcs1:
        return "RSA PKCS #1 v1.5";
    }
    return "";
}

/// The certificate with a signature by its key for a statement that nobody makes. Errors: what stands in the way.
base::Result<Event> certificateEvent(const device::CertificateSettings& settings)
{
    device::CertificateKey key(settings);
    const auto shown = app::showCertificate(key, {}, 0);
    if (!shown)
        return shown.error();
    const auto name = stepup::deviceNameInDer(shown->leaf);
    if (!name)
        return name.error();
    const bool isFile = shown->place == stepup::DeviceKeyPlace::File;
    Event event{named("device-certificate"), {}};
    event.fields["name"] = *name;
    event.fields["sha256"] = tls::hexOf(stepup::sha256(shown->leaf));
    event.fields["key"] = isFile ? "file" : "token";
    event.fields["signature"] = schemeText(shown->scheme);
    event.text = "Device certificate of " + *name + "; its key in a " + (isFile ? "file" : "token") + " signs ("
        + schemeText(shown->scheme) + "). The officer registers it with --device-name " + *name;
    return event;
}

}

ExitCode runDevice(const DeviceCommand& command, Format format, const device::TpmSettings& tpm,
    const device::CertificateSettings& certificate, const std::string& host, const std::filesystem::path& root,
    std::ostream& output)
{
    Reporter reporter(output, format);
    const auto refuse = [&](const base::Error& error, ExitCode code) {
        Event event = endEvent(code, "Nothing can be registered: " + error.detail);
        addError(event.fields, error);
        reporter.report(event);
        return code;
    };
    if (!certificate.certificate.empty()) {
        const auto shown = certificateEvent(certificate);
        if (!shown)
            return refuse({shown.error().code, "the device certificate cannot be shown: " + shown.error().detail},
                ExitCode::NotConnected);
        reporter.report(*shown);
        if (tpm.tcti.empty() && command.out.empty())
            return ExitCode::Done;
    }
    auto identity = device::readTpm(tpm);
    if (!identity)
        return refuse(identity.error(), ExitCode::NotConnected);
    app::DeviceFile file{host, {std::move(identity->key), std::move(identity->pcrs), std::nullopt}};
    file.reference.secureBoot = secureBoot(root, file.reference);
    reporter.report(deviceEvent(file));
    if (format == Format::Text)
        for (const auto& [number, value] : nlohmann::ordered_json::parse(app::toJson(file))["sha256"].items())
            reporter.report(registerEvent(number, value.get<std::string>()));
    if (!command.out.empty()) {
        if (const auto written = app::writeDeviceFile(command.out, file); !written)
            return refuse(written.error(), ExitCode::Usage);
        reporter.report(endEvent(ExitCode::Done,
            "Written to " + command.out
                + "; the officer registers it with --device-key, if this machine is as it should be"));
    }
    return ExitCode::Done;
}

}
