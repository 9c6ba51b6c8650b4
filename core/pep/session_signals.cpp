#include "core/pep/session_signals.h"

#include <utility>

namespace pep {

namespace {

using zerotrust::Signal;
using zerotrust::Source;

Signal authentication(const Session& session, const SignalContext& context)
{
    using zerotrust::Authentication;
    if (session.touch)
        return authenticationBy(
            Authentication::HardwareToken, Source::Proven, "a security key was touched on this connection");
    if (!context.certificate)
        return authenticationBy(Authentication::Password, Source::Seen, "the certificate is not registered");
    const CertificateRecord& certificate = *context.certificate;
    if (isOnCard(certificate, context.hardwareKey))
        return authenticationBy(Authentication::HardwareToken, Source::Proven,
            certificate.attestation.empty() ? "certificate registered with its key in hardware"
                                            : "attested by the card's maker: " + certificate.attestation);
    return authenticationBy(Authentication::SoftwareToken, Source::Proven,
        certificate.key == KeyHome::Hardware ? "certificate registered with its key in hardware, and nothing attests it"
                                             : "certificate with its key in software");
}

void addDevice(std::vector<Signal>& signals, const SignalContext& context)
{
    using zerotrust::DeviceHealth;
    if (!context.certificate)
        return;
    switch (context.certificate->device) {
    case DeviceRecord::Managed:
        signals.push_back(
            deviceHealth(DeviceHealth::ManagedCompliant, Source::Proven, "certificate of a managed workstation"));
        return;
    case DeviceRecord::Unmanaged:
        signals.push_back(
            deviceHealth(DeviceHealth::Unmanaged, Source::Proven, "certificate of a workstation that is not managed"));
        return;
    case DeviceRecord::Unknown:
        return; // the policy scores what is not known
    }
}

void addAddress(std::vector<Signal>& signals, const Session& session)
{
    const auto address = zerotrust::IpAddress::parse(session.host);
    if (address)
        signals.push_back(networkAddress(*address, Source::Seen, "the address of the connection"));
}

void addVerification(std::vector<Signal>& signals, const Session& session, const SignalContext& context)
{
    if (!session.verifiedAt)
        return;
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(context.now - *session.verifiedAt);
    signals.push_back(verificationAge(age, Source::Seen, "since PIN and touch, or card and PIN"));
}

}

bool isOnCard(const CertificateRecord& certificate, HardwareProof needed)
{
    if (certificate.key != KeyHome::Hardware)
        return false;
    switch (needed) {
    case HardwareProof::Attested:
        return !certificate.attestation.empty();
    case HardwareProof::Registered:
        return true;
    }
    return false;
}

std::vector<Signal> sessionSignals(const Session& session, const SignalContext& context)
{
    std::vector<Signal> signals;
    if (context.user)
        signals.push_back(userRole(context.user->role, Source::Seen, "as registered"));
    signals.push_back(authentication(session, context));
    addDevice(signals, context);
    addAddress(signals, session);
    addVerification(signals, session, context);
    signals.push_back(
        timeOfWeek(zerotrust::weekTimeOf(context.utc, context.zone), Source::Seen, "the clock of the server"));
    signals.push_back(
        yesOrNo(attribute::AddressChanged, session.addressChanged, Source::Seen, "compared with the last connection"));
    signals.push_back(
        yesOrNo(attribute::ManyRefusals, context.manyRefusals, Source::Seen, "messages refused within a minute"));
    if (session.statement)
        for (const auto& item : session.statement->posture)
            signals.push_back(
                {item.name, zerotrust::parseValue(item.value), Source::Reported, "the desk says so about itself"});
    return signals;
}

std::vector<Signal> actionSignals(const ClientAction& action)
{
    std::vector<Signal> signals;
    if (action.intent == Intent::Deal)
        signals.push_back(transactionSize(action.quantity, action.currency, Source::Seen, "as on the wire"));
    return signals;
}

}
