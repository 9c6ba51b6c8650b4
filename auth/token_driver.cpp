#include "auth/token_driver.h"

#include "auth/identity_choice.h"
#include "auth/pin_state.h"

#include <chrono>
#include <cstdio>
#include <utility>

namespace auth {

namespace {

using base::Errc;
using base::Error;

std::string dayText(base::UtcTime time)
{
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
    char text[32] = {};
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
        static_cast<unsigned>(day.day()));
    return text;
}

std::vector<rfq::TokenIdentity> identitiesOf(const std::vector<Candidate>& candidates)
{
    std::vector<rfq::TokenIdentity> identities;
    identities.reserve(candidates.size());
    for (const auto& candidate : candidates)
        identities.push_back(candidate.identity);
    return identities;
}

CK_SLOT_ID slotIdOf(const Candidate& candidate)
{
    return PKCS11_get_slotid_from_slot(candidate.slot);
}

base::Result<std::vector<tls::CertificatePtr>> loadChain(const std::string& file)
{
    if (file.empty())
        return std::vector<tls::CertificatePtr>{};
    return tls::loadPemCertificates(file);
}

}

TokenDriver::TokenDriver(TokenSettings settings, ApproverSettings approvers, const base::Clock& clock)
    : m_settings(std::move(settings))
    , m_clock(clock)
    , m_approvals(std::move(approvers), clock)
{
}

rfq::TokenStatus TokenDriver::inspect()
{
    rfq::TokenStatus status;
    checkSession();
    if (m_session) {
        status.identity = m_session->identity;
        status.signedIn = true;
        return status;
    }
    const auto found = find();
    if (!found) {
        status.problem = found.error();
        return status;
    }
    status.identity = found->candidate.identity;
    if (const auto info = readTokenInfo(*m_module, slotIdOf(found->candidate)); info)
        status.pin = pinStateOf(*info);
    else
        status.problem = info.error();
    if (const auto usable = checkCertificate(found->candidate); !usable)
        status.problem = usable.error();
    else if (status.pin.blocked)
        status.problem = blockedError();
    return status;
}

base::Result<std::vector<rfq::TokenIdentity>> TokenDriver::list()
{
    checkSession();
    if (m_session) {
        // A second list of slots would end the session; what was plugged in since sign-in is not seen.
        const auto candidates = m_session->slots.candidates();
        if (!candidates)
            return candidates.error();
        return identitiesOf(*candidates);
    }
    const auto slots = look();
    if (!slots)
        return slots.error();
    const auto candidates = slots->candidates();
    if (!candidates)
        return candidates.error();
    return identitiesOf(*candidates);
}

base::Result<Unlocked> TokenDriver::unlock(
    const base::SecretBytes& pin, rfq::LastTry lastTry, SignInNumber signIn, rfq::TokenStatus& status)
{
    signOut();
    status = {};
    const auto refused = [&status](const Error& error) {
        status.problem = error;
        return error;
    };
    auto found = find();
    if (!found)
        return refused(found.error());
    Candidate& candidate = found->candidate;
    status.identity = candidate.identity;
    if (auto usable = checkCertificate(candidate); !usable)
        return refused(usable.error());
    auto chain = loadChain(m_settings.chainFile);
    if (!chain)
        return refused(chain.error());
    if (auto allowed = checkPin(candidate, pin.size(), lastTry, status); !allowed)
        return allowed.error();

    auto login = TokenLogin::open(*m_module, slotIdOf(candidate), pin);
    if (!login)
        return loginRefused(login.error(), candidate, status);
    // The flags are history once the token has taken the PIN; some modules keep showing them.
    status.pin = {};
    auto key = TokenKey::find(*m_module, *login, candidate);
    if (!key)
        return refused(key.error());
    if (auto proof = key->prove(*candidate.certificate); !proof)
        return refused(proof.error());

    status.signedIn = true;
    m_session = Session{std::move(found->slots), *std::move(login), *std::move(key), candidate.identity, signIn};
    return Unlocked{std::move(candidate.certificate), *std::move(chain)};
}

base::Result<std::vector<std::uint8_t>> TokenDriver::sign(
    SignInNumber signIn, tls::Signer::Scheme scheme, std::span<const std::uint8_t> input)
{
    if (!m_session || m_session->number != signIn)
        return Error{Errc::TokenAbsent, "signing: the sign-in that this key belongs to has ended"};
    auto signature = m_session->key.sign(scheme, input);
    if (!signature && signature.error().code == Errc::TokenAbsent)
        lose(signature.error());
    return signature;
}

base::Result<std::vector<rfq::TokenIdentity>> TokenDriver::candidates(const rfq::Person& first)
{
    if (auto ready = prepareApproval(); !ready)
        return ready.error();
    return m_approvals.candidates(*m_module, first, signedIn());
}

base::Result<rfq::Approval> TokenDriver::approve(
    const ApprovalRequest& request, const base::SecretBytes& pin, rfq::PinState& pinState)
{
    if (auto ready = prepareApproval(); !ready)
        return ready.error();
    auto approval = m_approvals.approve(*m_module, request, signedIn(), pin, pinState);
    // A module that mixes up its tokens has signed the first person out with the second: notice it now.
    checkSession();
    return approval;
}

void TokenDriver::signOut()
{
    m_session.reset();
}

void TokenDriver::close()
{
    m_session.reset();
    m_module.reset();
}

std::optional<Error> TokenDriver::takeLoss()
{
    return std::exchange(m_loss, std::nullopt);
}

base::Status TokenDriver::loadModule()
{
    if (m_module)
        return base::Ok{};
    auto module = Pkcs11Module::load(m_settings.module, m_settings.allowedModules);
    if (!module)
        return module.error();
    m_module = *std::move(module);
    return base::Ok{};
}

base::Result<TokenSlots> TokenDriver::look()
{
    if (auto loaded = loadModule(); !loaded)
        return loaded.error();
    auto slots = TokenSlots::enumerate(*m_module);
    if (slots && slots->tokens().empty())
        return Error{Errc::TokenAbsent, "no token is plugged in, says " + m_module->description()};
    return slots;
}

base::Result<TokenDriver::Found> TokenDriver::find()
{
    auto slots = look();
    if (!slots)
        return slots.error();
    auto candidates = slots->candidates();
    if (!candidates)
        return candidates.error();
    const auto chosen = chooseIdentity(identitiesOf(*candidates), {m_settings.keyId, m_settings.fingerprint});
    if (!chosen)
        return chosen.error();
    return Found{*std::move(slots), std::move((*candidates)[*chosen])};
}

base::Status TokenDriver::checkCertificate(const Candidate& candidate) const
{
    const auto& identity = candidate.identity;
    const base::UtcTime now = m_clock.utc();
    if (now < identity.notBefore || now > identity.notAfter)
        return Error{Errc::CertificateExpired,
            "the certificate of " + identity.subject + " is valid from " + dayText(identity.notBefore) + " to "
                + dayText(identity.notAfter)};
    if (!isUsableKey(*candidate.certificate))
        return Error{Errc::KeyNotFound,
            "the key is " + identity.keyAlgorithm + "; expected EC P-256, EC P-384 or RSA of at least 2048 bits"};
    return base::Ok{};
}

base::Status TokenDriver::checkPin(
    const Candidate& candidate, std::size_t pinSize, rfq::LastTry lastTry, rfq::TokenStatus& status) const
{
    const auto info = readTokenInfo(*m_module, slotIdOf(candidate));
    if (!info) {
        status.problem = info.error();
        return info.error();
    }
    status.pin = pinStateOf(*info);
    if (status.pin.blocked)
        status.problem = blockedError();
    return checkPinTry(pinSize, *info, lastTry);
}

Error TokenDriver::loginRefused(const Error& error, const Candidate& candidate, rfq::TokenStatus& status) const
{
    if (const auto info = readTokenInfo(*m_module, slotIdOf(candidate)); info)
        status.pin = pinStateOf(*info);
    const Error refused = auth::loginRefused(error, status.pin);
    if (refused.code == Errc::PinBlocked)
        status.problem = Error{Errc::PinBlocked, "the token has blocked its PIN"};
    // A mistyped PIN is no trouble of the token's: the next try may be right.
    else if (refused.code != Errc::PinWrong && refused.code != Errc::InvalidInput)
        status.problem = refused;
    return refused;
}

base::Status TokenDriver::prepareApproval()
{
    if (auto configured = m_approvals.checkConfigured(); !configured)
        return configured;
    if (auto loaded = loadModule(); !loaded)
        return loaded;
    // Where the tokens were swapped in one reader, that slot is nobody's any more.
    checkSession();
    return base::Ok{};
}

std::optional<SignedIn> TokenDriver::signedIn() const
{
    if (!m_session)
        return std::nullopt;
    const auto& identity = m_session->identity;
    return SignedIn{{identity.commonName, identity.fingerprint}, m_session->login.slot()};
}

void TokenDriver::checkSession()
{
    if (!m_session)
        return;
    if (const auto alive = m_session->login.check(); !alive)
        lose(alive.error());
}

void TokenDriver::lose(const Error& error)
{
    m_session.reset();
    m_loss = error;
}

}
