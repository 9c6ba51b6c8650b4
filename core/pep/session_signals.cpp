#include "core/pep/session_signals.h"

#include <algorithm>
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

/// Of a workstation that is registered with its TPM: managed is what it proves itself, and nothing else. Without a
/// quote the policy scores what is not known.
void addProof(std::vector<Signal>& signals, const DeviceProof& proof, const stepup::DeviceReference& reference)
{
    using zerotrust::DeviceHealth;
    switch (proof.standing) {
    case QuoteStanding::Absent:
        return;
    case QuoteStanding::Good:
        signals.push_back(
            deviceHealth(DeviceHealth::ManagedCompliant, Source::Proven, "its TPM proves that it is as registered"));
        signals.push_back(yesOrNo(attribute::TpmQuote, true, Source::Proven, "as registered"));
        if (reference.secureBoot)
            signals.push_back(yesOrNo(attribute::SecureBoot, *reference.secureBoot, Source::Proven,
                "register 7 of its TPM is as registered"));
        return;
    case QuoteStanding::Wrong:
        signals.push_back(
            deviceHealth(DeviceHealth::Unmanaged, Source::Seen, "the quote of its TPM is refused: " + proof.why));
        signals.push_back(yesOrNo(attribute::TpmQuote, false, Source::Seen, proof.why));
        return;
    }
}

void addDevice(std::vector<Signal>& signals, const Session& session, const SignalContext& context)
{
    using zerotrust::DeviceHealth;
    if (!context.certificate)
        return;
    if (context.certificate->reference && context.certificate->device == DeviceRecord::Managed)
        return addProof(signals, session.device, *context.certificate->reference);
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

/// Said once more by the desk, what is proven would count as reported too, and the worse of the two counts.
void addPosture(std::vector<Signal>& signals, const Session& session)
{
    if (!session.statement)
        return;
    for (const auto& item : session.statement->posture) {
        Signal reported{
            item.name, zerotrust::parseValue(item.value), Source::Reported, "the desk says so about itself"};
        const bool isProven = std::any_of(signals.begin(), signals.end(), [&](const Signal& known) {
            return known.source == Source::Proven && known.attribute == reported.attribute
                && known.value == reported.value;
        });
        if (!isProven)
            signals.push_back(std::move(reported));
    }
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
    addDevice(signals, session, context);
    addAddress(signals, session);
    addVerification(signals, session, context);
    signals.push_back(
        timeOfWeek(zerotrust::weekTimeOf(context.utc, context.zone), Source::Seen, "the clock of the server"));
    signals.push_back(
        yesOrNo(attribute::AddressChanged, session.addressChanged, Source::Seen, "compared with the last connection"));
    signals.push_back(
        yesOrNo(attribute::ManyRefusals, context.manyRefusals, Source::Seen, "messages refused within a minute"));
    addPosture(signals, session);
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
