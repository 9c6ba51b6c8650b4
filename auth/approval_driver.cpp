#include "auth/approval_driver.h"

#include "auth/pin_state.h"
#include "auth/session_signer.h"
#include "auth/token_login.h"
#include "auth/token_slots.h"
#include "core/tls/hex.h"
#include "core/tls/statement.h"
#include "core/tls/verify.h"

#include <span>
#include <utility>

namespace auth {

namespace {

using base::Errc;
using base::Error;

rfq::Person personOf(const rfq::TokenIdentity& identity)
{
    return {identity.commonName, identity.fingerprint};
}

bool isOneOf(const rfq::Person& person, const rfq::Person& first, const std::optional<SignedIn>& signedIn)
{
    return rfq::isSamePerson(person, first) || (signedIn && rfq::isSamePerson(person, signedIn->person));
}

std::string describe(const std::vector<SeenCertificate>& seen)
{
    std::string text;
    for (const auto& [slot, identity, certificate] : seen)
        text += (text.empty() ? "" : "; ") + identity.subject + " on token " + identity.tokenSerial + ", fingerprint "
            + identity.fingerprint;
    return text.empty() ? "no certificate" : text;
}

/// The one certificate with this fingerprint. Where the token of who is signed in holds a copy of it, that is not
/// meant.
base::Result<const SeenCertificate*> choose(
    const std::vector<SeenCertificate>& seen, const std::string& fingerprint, const std::optional<SignedIn>& signedIn)
{
    const SeenCertificate* elsewhere = nullptr;
    const SeenCertificate* besideTrader = nullptr;
    for (const SeenCertificate& one : seen) {
        if (one.identity.fingerprint != fingerprint)
            continue;
        if (signedIn && one.slot == signedIn->slot) {
            besideTrader = &one;
            continue;
        }
        if (elsewhere)
            return Error{Errc::KeyNotFound,
                "the certificate of " + one.identity.subject + " is on several tokens; take out all but one"};
        elsewhere = &one;
    }
    if (!elsewhere && !besideTrader)
        return Error{
            Errc::KeyNotFound, "the certificate " + fingerprint + " is not plugged in; found " + describe(seen)};
    return elsewhere ? elsewhere : besideTrader;
}

/// Logs in, signs, and is logged out again when it returns.
base::Result<std::string> signOnce(const Pkcs11Module& module, const SeenCertificate& seen,
    const std::string& statement, const base::SecretBytes& pin, rfq::PinState& pinState, const CardTimer& timer)
{
    const auto login = TokenLogin::open(module, seen.slot, pin);
    if (!login) {
        if (const auto info = readTokenInfo(module, seen.slot); info)
            pinState = pinStateOf(*info);
        return loginRefused(login.error(), pinState);
    }
    // The flags are history once the token has taken the PIN; some modules keep showing them.
    pinState = {};
    const auto id = tls::bytesOfHex(seen.identity.keyId);
    auto signer = SessionSigner::find(
        module, *login, id ? std::span<const std::uint8_t>(*id) : std::span<const std::uint8_t>(), pin, timer);
    if (!signer)
        return signer.error();
    return tls::signStatement(*seen.certificate, *signer, statement);
}

}

ApprovalDriver::ApprovalDriver(ApproverSettings settings, const base::Clock& clock)
    : m_settings(std::move(settings))
    , m_clock(clock)
{
}

base::Status ApprovalDriver::checkConfigured() const
{
    if (m_settings.caFile.empty())
        return Error{Errc::Refused,
            "nobody may approve: section [approvers] of the configuration has to name the authority (ca) that issues "
            "the certificates of those who may"};
    return base::Ok{};
}

base::Result<std::vector<rfq::TokenIdentity>> ApprovalDriver::candidates(
    const Pkcs11Module& module, const rfq::Person& first, const std::optional<SignedIn>& signedIn) const
{
    const auto seen = surveyTokens(module);
    if (!seen)
        return seen.error();
    std::vector<rfq::TokenIdentity> found;
    std::string others;
    for (const SeenCertificate& one : *seen) {
        if (isOneOf(personOf(one.identity), first, signedIn))
            continue;
        auto mayApprove = checkPerson(one, first, signedIn);
        if (mayApprove)
            mayApprove = checkCertificate(one);
        if (mayApprove)
            found.push_back(one.identity);
        else if (mayApprove.error().code == Errc::Configuration)
            return mayApprove.error();
        else
            others += (others.empty() ? "" : "; ") + mayApprove.error().detail;
    }
    if (!found.empty())
        return found;
    if (others.empty())
        return Error{Errc::TokenAbsent, "no token of a second person is plugged in"};
    return Error{Errc::Refused, "nobody who may approve is plugged in: " + others};
}

base::Result<rfq::Approval> ApprovalDriver::approve(const Pkcs11Module& module, const ApprovalRequest& request,
    const std::optional<SignedIn>& signedIn, const base::SecretBytes& pin, rfq::PinState& pinState,
    const CardTimer& timer) const
{
    if (request.statement.empty() || request.first.name.empty())
        return Error{Errc::InvalidInput, "an approval needs words to sign and the name of the person who asks for it"};
    const auto seen = surveyTokens(module);
    if (!seen)
        return seen.error();
    const auto chosen = choose(*seen, request.fingerprint, signedIn);
    if (!chosen)
        return chosen.error();
    const SeenCertificate& second = **chosen;
    if (auto other = checkPerson(second, request.first, signedIn); !other)
        return other.error();
    if (auto usable = checkCertificate(second); !usable)
        return usable.error();
    const auto info = readTokenInfo(module, second.slot);
    if (!info)
        return info.error();
    pinState = pinStateOf(*info);
    if (auto allowed = checkPinTry(pin.size(), *info, pinState, request.lastTry); !allowed)
        return allowed.error();

    auto signature = signOnce(module, second, request.statement, pin, pinState, timer);
    if (!signature)
        return signature.error();
    rfq::Approval approval{personOf(second.identity), m_clock.utc(), request.statement, tls::toPem(*second.certificate),
        *std::move(signature)};
    // What cannot be proved later is no approval.
    if (auto proof = verifyApproval(approval, m_settings.caFile); !proof)
        return proof.error();
    return approval;
}

/// A rule for each way in which one person could be both.
base::Status ApprovalDriver::checkPerson(
    const SeenCertificate& seen, const rfq::Person& first, const std::optional<SignedIn>& signedIn) const
{
    const auto& identity = seen.identity;
    if (identity.commonName.empty())
        return Error{Errc::Refused, "the certificate " + identity.fingerprint + " names no person"};
    if (isOneOf(personOf(identity), first, signedIn))
        return Error{Errc::Refused, identity.commonName + " asks and cannot approve: it takes a second person"};
    if (signedIn && seen.slot == signedIn->slot)
        return Error{Errc::Refused,
            "the certificate of " + identity.subject + " is on the token that " + signedIn->person.name
                + " is signed in with; a second person needs a token of their own"};
    if (!m_settings.fingerprints.empty() && !m_settings.fingerprints.contains(identity.fingerprint))
        return Error{Errc::Refused,
            "the certificate of " + identity.subject + " with fingerprint " + identity.fingerprint
                + " is not one of approvers.fingerprints in the configuration"};
    return base::Ok{};
}

base::Status ApprovalDriver::checkCertificate(const SeenCertificate& seen) const
{
    if (!isUsableKey(*seen.certificate))
        return Error{Errc::KeyNotFound,
            "the key of " + seen.identity.subject + " is " + seen.identity.keyAlgorithm
                + "; expected EC P-256, EC P-384 or RSA of at least 2048 bits"};
    const tls::TrustPolicy trust{
        .caFile = m_settings.caFile, .crlFile = m_settings.crlFile, .pins = {}, .serverName = {}};
    return tls::verifyClientCertificate(*seen.certificate, trust, m_clock.utc());
}

}
