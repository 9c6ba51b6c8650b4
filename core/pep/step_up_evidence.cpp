#include "core/pep/step_up_evidence.h"

#include "core/pep/entitlement_text.h"
#include "core/pep/fingerprint_text.h"

#include <variant>

namespace pep {

std::vector<EventField> challengeFields(const stepup::Challenge& challenge)
{
    return {{"scope", stepup::scopeName(challenge.scope)}, {"action-digest", fingerprintText(challenge.action)}};
}

std::vector<EventField> evidenceOf(const stepup::Approval& approval, const stepup::Credential& credential)
{
    return {{"scope", stepup::scopeName(approval.scope)}, {"action-digest", fingerprintText(approval.actionDigest)},
        {"client-data", approval.clientDataJson}, {"authenticator-data", stepup::base64Url(approval.authenticatorData)},
        {"signature", stepup::base64Url(approval.signature)}, {"credential", stepup::base64Url(approval.credential)},
        {"model", stepup::base64Url(credential.aaguid)}};
}

std::vector<EventField> ticketFields(const stepup::Approval& approval)
{
    const auto& ticket = std::get<stepup::ArmTicket>(approval.action);
    return {{"instrument", ticket.instrument}, {"dealer", namesText({ticket.dealers.begin(), ticket.dealers.end()})},
        {"action-digest", fingerprintText(approval.actionDigest)}};
}

}
