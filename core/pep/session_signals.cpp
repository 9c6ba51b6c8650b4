#include "core/pep/session_signals.h"

#include <algorithm>
#include <map>
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

/// Beside the registered role: the one that scores more counts.
void addCertificateRole(std::vector<Signal>& signals, const Session& session, const SignalContext& context)
{
    if (!context.privilegedPolicies)
        return;
    const auto& named = session.facts.policies;
    const auto found = std::find_if(
        named.begin(), named.end(), [&](const std::string& oid) { return context.privilegedPolicies->contains(oid); });
    if (found != named.end())
        signals.push_back(userRole(
            zerotrust::UserRole::Privileged, Source::Proven, "the policy " + *found + " of the certificate says so"));
}

void addQuote(std::vector<Signal>& signals, const DeviceProof& proof, const stepup::DeviceReference& reference)
{
    switch (proof.standing) {
    case ProofStanding::Absent:
        return;
    case ProofStanding::Good:
        signals.push_back(yesOrNo(attribute::TpmQuote, true, Source::Proven, "as registered"));
        if (reference.secureBoot)
            signals.push_back(yesOrNo(attribute::SecureBoot, *reference.secureBoot, Source::Proven,
                "register 7 of its TPM is as registered"));
        return;
    case ProofStanding::Wrong:
        signals.push_back(yesOrNo(attribute::TpmQuote, false, Source::Seen, proof.why));
        return;
    }
}

/// Where the key of a device certificate is. Only its authority can have seen that; a desk that says that it is in a
/// token may have made it in a file.
void addDeviceKey(std::vector<Signal>& signals, const stepup::KnownDevice& device)
{
    if (device.isHardware) {
        signals.push_back(
            {attribute::DeviceKey, "hardware", Source::Proven, "the device CA says so in the certificate"});
        return;
    }
    switch (device.place) {
    case stepup::DeviceKeyPlace::Token:
        signals.push_back({attribute::DeviceKey, "token", Source::Reported,
            "the desk says so about itself; nothing proves that the key is in hardware"});
        return;
    case stepup::DeviceKeyPlace::File:
        signals.push_back({attribute::DeviceKey, "file", Source::Reported,
            "the desk says so about itself; whoever copies the file is this workstation"});
        return;
    }
}

void addCertificate(std::vector<Signal>& signals, const DeviceCertificateProof& proof)
{
    switch (proof.standing) {
    case ProofStanding::Absent:
        return;
    case ProofStanding::Good:
        signals.push_back(yesOrNo(attribute::DeviceCertificate, true, Source::Proven, proof.device.name));
        return addDeviceKey(signals, proof.device);
    case ProofStanding::Wrong:
        signals.push_back(yesOrNo(attribute::DeviceCertificate, false, Source::Seen, proof.why));
        return;
    }
}

std::string keyWords(const stepup::KnownDevice& device)
{
    if (device.isHardware)
        return "its authority has seen the key in hardware";
    return device.place == stepup::DeviceKeyPlace::File ? "its key is in a file"
                                                        : "nothing proves that its key is in hardware";
}

/// What the workstation proves of what is asked of it. Managed is what proves all of that, and nothing else: where
/// something is missing, the policy scores what is not known.
struct Proven {
    bool isWrong = false;
    bool isMissing = false;
    std::string words; ///< why it is wrong, or what proves that it is managed; empty: nothing is proven
};

void add(Proven& proven, ProofStanding standing, bool isAskedFor, const std::string& good, const std::string& wrong)
{
    const auto say = [&](const std::string& words) { proven.words += (proven.words.empty() ? "" : "; ") + words; };
    switch (standing) {
    case ProofStanding::Absent:
        proven.isMissing = proven.isMissing || isAskedFor;
        return;
    case ProofStanding::Good:
        if (!proven.isWrong)
            say(good);
        return;
    case ProofStanding::Wrong:
        if (!proven.isWrong)
            proven.words.clear();
        proven.isWrong = true;
        say(wrong);
        return;
    }
}

Proven provenOf(const Session& session, const CertificateRecord& certificate)
{
    Proven proven;
    if (certificate.reference)
        add(proven, session.device.standing, true, "its TPM proves that it is as registered",
            "the quote of its TPM is refused: " + session.device.why);
    const DeviceCertificateProof& own = session.deviceCertificate;
    add(proven, own.standing, !certificate.deviceNames.empty(),
        "device certificate of " + own.device.name + "; " + keyWords(own.device),
        "its device certificate is refused: " + own.why);
    return proven;
}

void addDevice(std::vector<Signal>& signals, const Session& session, const SignalContext& context)
{
    using zerotrust::DeviceHealth;
    if (!context.certificate)
        return;
    const CertificateRecord& certificate = *context.certificate;
    if (certificate.device == DeviceRecord::Unmanaged) {
        signals.push_back(
            deviceHealth(DeviceHealth::Unmanaged, Source::Proven, "certificate of a workstation that is not managed"));
        return;
    }
    const Proven proven = provenOf(session, certificate);
    if (proven.isWrong)
        signals.push_back(deviceHealth(DeviceHealth::Unmanaged, Source::Seen, proven.words));
    else if (!proven.isMissing && !proven.words.empty())
        signals.push_back(deviceHealth(DeviceHealth::ManagedCompliant, Source::Proven, proven.words));
    else if (!proven.isMissing && certificate.device == DeviceRecord::Managed)
        signals.push_back(
            deviceHealth(DeviceHealth::ManagedCompliant, Source::Proven, "certificate of a managed workstation"));
    if (certificate.reference)
        addQuote(signals, session.device, *certificate.reference);
    addCertificate(signals, session.deviceCertificate);
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
    signals.push_back(
        verificationAge(age, Source::Seen, "since PIN and touch, or a card that asks for its PIN each time"));
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

bool asksEachTime(const CertificateRecord& certificate, HardwareProof needed)
{
    // Words of a card's maker, as key_attestation.cpp of the venue writes them; with a fingerprint instead of a PIN,
    // too.
    const std::string words = ' ' + certificate.attestation + ' ';
    return isOnCard(certificate, needed)
        && (words.find(" pin=always ") != std::string::npos || words.find(" pin=match-always ") != std::string::npos);
}

std::vector<Signal> sessionSignals(const Session& session, const SignalContext& context)
{
    std::vector<Signal> signals;
    if (context.user)
        signals.push_back(userRole(context.user->role, Source::Seen, "as registered"));
    addCertificateRole(signals, session, context);
    signals.push_back(authentication(session, context));
    addDevice(signals, session, context);
    addAddress(signals, session);
    addVerification(signals, session, context);
    signals.push_back(
        timeOfWeek(zerotrust::weekTimeOf(context.utc, context.zone), Source::Seen, "the clock of the server"));
    signals.push_back(yesOrNo(attribute::AddressChanged, session.addressChanged, Source::Seen,
        "compared with where the person was let in last"));
    signals.push_back(
        yesOrNo(attribute::ManyRefusals, context.manyRefusals, Source::Seen, "messages refused within a minute"));
    addPosture(signals, session);
    return signals;
}

bool saysOtherwise(const stepup::ContextStatement& before, const stepup::ContextStatement& now)
{
    const auto words = [](const stepup::ContextStatement& statement) {
        std::map<std::string, std::string> found;
        for (const auto& item : statement.posture)
            if (std::holds_alternative<std::string>(zerotrust::parseValue(item.value)))
                found.emplace(item.name, item.value);
        return found;
    };
    return words(before) != words(now);
}

bool isRecordable(const stepup::ContextStatement& statement)
{
    // The rest of a record is for what is seen and proven.
    constexpr std::size_t LongestStatement = 1'400; ///< bytes of signalsText()
    zerotrust::Signals reported;
    for (const auto& item : statement.posture)
        reported.all.push_back({item.name, zerotrust::parseValue(item.value), Source::Reported, {}});
    return zerotrust::signalsText(reported, zerotrust::Sizes::Keep).size() <= LongestStatement;
}

std::vector<Signal> actionSignals(const ClientAction& action)
{
    std::vector<Signal> signals;
    if (action.intent == Intent::Deal)
        signals.push_back(
            transactionSize(action.quantity, std::string(action.currency), Source::Seen, "as on the wire"));
    return signals;
}

}
