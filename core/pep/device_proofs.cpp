#include "core/pep/enforcement_point.h"

#include <utility>

/// What the TPM of a workstation proves: its quote is compared with what was registered with the certificate.
namespace pep {

void EnforcementPoint::judgeDevice(Session& session, Quote quote)
{
    DeviceProof& proof = session.device;
    const CertificateRecord* certificate = m_directory.certificate(session.facts.user, session.facts.certificate);
    const QuoteStanding before = std::exchange(proof.standing, QuoteStanding::Absent);
    proof.why.clear();
    const bool mayChange = quote == Quote::KnownAlready;
    if (mayChange && before != QuoteStanding::Absent)
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
        if (isYounger || (mayChange && before == QuoteStanding::Good)) {
            proof.clock = attest->clock;
            proof.standing = QuoteStanding::Good;
            return;
        }
        refusal = {stepup::QuoteFault::Replayed, "it was sent before on this connection"};
    } else {
        refusal = std::get<stepup::QuoteRefusal>(std::move(verdict));
    }
    proof.standing = QuoteStanding::Wrong;
    proof.why = refusal.detail;
    if (mayChange && before == QuoteStanding::Wrong)
        return; // the alert was raised when it came
    record(EventKind::DeviceQuoteRefused, Severity::Alert, session,
        {{"refusal", stepup::faultName(refusal.fault)}, {"why", refusal.detail}}, newReference());
}

}
