#include "core/pep/enforcement_point.h"

#include <utility>

/// What a workstation proves: the quote of its TPM, and its device certificate, are compared with what was registered
/// with the person's certificate.
namespace pep {

namespace {

constexpr const char* ReplayedWords = "it was sent before on this connection";

}

void EnforcementPoint::judgeDevice(Session& session, Proofs proofs)
{
    judgeQuote(session, proofs);
    judgeCertificate(session, proofs);
}

void EnforcementPoint::judgeQuote(Session& session, Proofs proofs)
{
    DeviceProof& proof = session.device;
    const CertificateRecord* certificate = m_directory.certificate(session.facts.user, session.facts.certificate);
    const ProofStanding before = std::exchange(proof.standing, ProofStanding::Absent);
    proof.why.clear();
    const bool mayChange = proofs == Proofs::KnownAlready;
    if (mayChange && before != ProofStanding::Absent)
        session.decideAt = m_around.clock.steady(); // something was registered: judged in this tick
    if (!certificate || !certificate->reference || !session.statement || !session.statement->quote)
        return;
    stepup::QuoteRefusal refusal;
    const auto nonce = stepup::quoteNonce(*session.statement,
        {.user = session.peer.user, .session = session.peer.session, .channelBinding = session.peer.channelBinding});
    auto verdict = nonce ? stepup::verifyQuote(*session.statement->quote, *certificate->reference, *nonce)
                         : stepup::QuoteRefusal{stepup::QuoteFault::Malformed, nonce.error().detail};
    if (const auto* attest = std::get_if<stepup::TpmAttest>(&verdict)) {
        // A TPM's clock never goes back; a desk asks for a new quote each time it states its context.
        const bool isYounger = !proof.clock || attest->clock > *proof.clock;
        if (isYounger || (mayChange && before == ProofStanding::Good)) {
            proof.clock = attest->clock;
            proof.standing = ProofStanding::Good;
            return;
        }
        refusal = {stepup::QuoteFault::Replayed, ReplayedWords};
    } else {
        refusal = std::get<stepup::QuoteRefusal>(std::move(verdict));
    }
    proof.standing = ProofStanding::Wrong;
    proof.why = refusal.detail;
    if (mayChange && before == ProofStanding::Wrong)
        return; // the alert was raised when it came
    record(EventKind::DeviceQuoteRefused, Severity::Alert, session,
        {{"refusal", stepup::faultName(refusal.fault)}, {"why", refusal.detail}}, newReference());
}

std::optional<std::variant<stepup::KnownDevice, stepup::DeviceRefusal>> EnforcementPoint::deviceIn(
    const Session& session, const stepup::DeviceNames& registered) const
{
    if (!m_devices || !session.statement || !session.statement->certificate)
        return std::nullopt;
    const stepup::DeviceCertificate& sent = *session.statement->certificate;
    const auto nonce = stepup::quoteNonce(*session.statement,
        {.user = session.peer.user, .session = session.peer.session, .channelBinding = session.peer.channelBinding});
    if (!nonce)
        return stepup::DeviceRefusal{stepup::DeviceFault::Malformed, nonce.error().detail};
    if (stepup::sha256(sent.leaf) == session.facts.certificate)
        return stepup::DeviceRefusal{stepup::DeviceFault::Unsuitable,
            "it is the person's own certificate, and says nothing about a workstation"};
    return stepup::verifyDevice(
        sent, *m_devices, {.nonce = *nonce, .registered = registered, .at = m_around.clock.utc()});
}

void EnforcementPoint::judgeCertificate(Session& session, Proofs proofs)
{
    DeviceCertificateProof& proof = session.deviceCertificate;
    const DeviceCertificateProof before = std::exchange(proof, {.sequence = proof.sequence});
    const CertificateRecord* certificate = m_directory.certificate(session.facts.user, session.facts.certificate);
    const bool mayChange = proofs == Proofs::KnownAlready;
    auto verdict = certificate ? deviceIn(session, certificate->deviceNames) : std::nullopt;
    if (verdict && std::holds_alternative<stepup::KnownDevice>(*verdict)) {
        const std::uint64_t sequence = session.statement->certificate->sequence;
        const bool isLater = !proof.sequence || sequence > *proof.sequence;
        // Judged again it is the same one, and no replay; one that was refused as a replay stays one.
        if (isLater || (mayChange && sequence == *proof.sequence && before.why != ReplayedWords)) {
            proof.sequence = sequence;
            proof.standing = ProofStanding::Good;
            proof.device = std::get<stepup::KnownDevice>(*std::move(verdict));
        } else {
            verdict = stepup::DeviceRefusal{stepup::DeviceFault::Replayed, ReplayedWords};
        }
    }
    if (const auto* refusal = verdict ? std::get_if<stepup::DeviceRefusal>(&*verdict) : nullptr) {
        proof.standing = ProofStanding::Wrong;
        proof.why = refusal->detail;
        // The alert was raised when it came, unless it is wrong in another way now.
        if (!mayChange || before.why != proof.why)
            record(EventKind::DeviceCertificateRefused, Severity::Alert, session,
                {{"refusal", stepup::faultName(refusal->fault)}, {"why", refusal->detail}}, newReference());
    }
    if (mayChange && proof != before)
        session.decideAt = m_around.clock.steady();
}

void EnforcementPoint::useDeviceTrust(std::shared_ptr<const stepup::DeviceTrust> devices)
{
    m_devices = std::move(devices);
    for (auto& [id, session] : m_sessions)
        if (session.standing != Standing::Closed)
            judgeCertificate(session, Proofs::KnownAlready);
    tick();
}

}
