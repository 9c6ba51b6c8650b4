#include "auth/token_driver.h"

#include "auth/pin_state.h"
#include "auth/private_key.h"
#include "auth/token_errors.h"

#include <openssl/x509v3.h>

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

base::Result<std::vector<tls::CertificatePtr>> loadChain(const std::string& file)
{
    if (file.empty())
        return std::vector<tls::CertificatePtr>{};
    return tls::loadPemCertificates(file);
}

}

TokenDriver::TokenDriver(TokenSettings settings, ApproverSettings approvers, const base::Clock& clock, PcscFactory pcsc,
    CardWatch::Listener listener, SignatureWatch::Listener slow)
    : m_settings(std::move(settings))
    , m_clock(clock)
    , m_approvals(std::move(approvers), clock)
    , m_cards(std::move(pcsc), std::move(listener))
    , m_signatures(m_settings.touchAfter, std::move(slow))
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
    const auto found = find(status);
    if (!found) {
        status.problem = found.error();
        return status;
    }
    status.identity = found->candidate.identity;
    if (const auto info = readTokenInfo(*m_module, slotIdOf(found->candidate)); info)
        status.pin = pinStateOf(*found, *info);
    else
        status.problem = info.error();
    if (const auto usable = checkCertificate(found->candidate); !usable)
        status.problem = usable.error();
    else if (status.pin.blocked)
        status.problem = blockedError();
    else if (found->unwatched)
        status.problem = found->unwatched;
    return status;
}

base::Result<std::vector<rfq::TokenIdentity>> TokenDriver::list()
{
    checkSession();
    if (m_session) {
        // A second list of slots would end the session; what was plugged in since sign-in is not seen.
        return identitiesOf(m_session->slots.candidates());
    }
    const auto slots = look();
    if (!slots)
        return slots.error();
    return identitiesOf(slots->candidates());
}

base::Result<Unlocked> TokenDriver::unlock(
    const base::SecretBytes& pin, rfq::LastTry lastTry, SignInNumber signIn, rfq::TokenStatus& status)
{
    m_session.reset();
    status = {};
    const auto refused = [&status](const Error& error) {
        status.problem = error;
        return error;
    };
    auto found = find(status);
    if (!found)
        return refused(found.error());
    Candidate& candidate = found->candidate;
    status.identity = candidate.identity;
    if (auto same = checkSame(candidate.identity); !same)
        return refused(same.error());
    if (auto usable = checkCertificate(candidate); !usable)
        return refused(usable.error());
    if (found->unwatched)
        return refused(*found->unwatched);
    auto chain = loadChain(m_settings.chainFile);
    if (!chain)
        return refused(chain.error());
    if (auto allowed = checkPin(*found, pin.size(), lastTry, status); !allowed)
        return allowed.error();
    // Before the PIN: a card that goes from here on is missed, whenever that is.
    std::optional<CardStay> stay;
    if (found->card) {
        const auto watched = m_cards.watch(found->card->reader);
        if (!watched)
            return refused(watched.error());
        stay = *watched;
    }

    auto login = TokenLogin::open(*m_module, slotIdOf(candidate), pin);
    if (!login)
        return loginRefused(login.error(), *found, status);
    // The flags are history once the token has taken the PIN; some modules keep showing them.
    status.pin = {};
    auto key = TokenKey::find(*m_module, *login, candidate);
    if (!key)
        return refused(key.error());
    {
        const auto timed = m_signatures.begin();
        if (auto proof = key->prove(*candidate.certificate); !proof)
            return refused(proof.error());
    }

    status.signedIn = true;
    m_last = candidate.identity;
    m_choice = rfq::choiceOf(candidate.identity, m_choice ? m_choice->weight : rfq::ChoiceWeight::LastUsed);
    m_session = Session{std::move(found->slots), *std::move(login), *std::move(key), candidate.identity, signIn,
        found->card ? found->card->reader : std::string()};
    return Unlocked{std::move(candidate.certificate), *std::move(chain), stay};
}

base::Result<std::vector<std::uint8_t>> TokenDriver::sign(
    SignInNumber signIn, tls::Signer::Scheme scheme, std::span<const std::uint8_t> input)
{
    if (!m_session || m_session->number != signIn)
        return Error{Errc::TokenAbsent, "signing: the sign-in that this key belongs to has ended"};
    const auto timed = m_signatures.begin();
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
    auto approval = m_approvals.approve(*m_module, request, signedIn(), pin, pinState, timer());
    // A module that mixes up its tokens has signed the first person out with the second: notice it now.
    checkSession();
    return approval;
}

void TokenDriver::endLost(SignInNumber signIn)
{
    if (!m_session || m_session->number != signIn)
        return;
    m_session.reset();
    m_module.reset();
}

void TokenDriver::close()
{
    m_session.reset();
    m_module.reset();
    m_cards.close();
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

/// OpenSC 0.23 can wait for itself for ever, in C_GetTokenInfo, after the card in a reader was exchanged; and ykcs11
/// never sees a card that was not there when it began to look.
void TokenDriver::refresh()
{
    if (m_cards.haveChanged() && !m_session)
        m_module.reset();
}

base::Result<TokenSlots> TokenDriver::look()
{
    refresh();
    if (auto loaded = loadModule(); !loaded)
        return loaded.error();
    auto slots = TokenSlots::enumerate(*m_module);
    if (slots && slots->tokens().empty())
        return Error{Errc::TokenAbsent, "no token is plugged in, says " + m_module->description()};
    return slots;
}

base::Status TokenDriver::checkSame(const rfq::TokenIdentity& identity) const
{
    if (!m_last
        || (identity.card == m_last->card && identity.tokenSerial == m_last->tokenSerial
            && identity.fingerprint == m_last->fingerprint))
        return base::Ok{};
    return Error{Errc::KeyNotFound,
        "this is not the card that was signed in: that was token " + m_last->tokenSerial + " of " + m_last->subject
            + ", this is token " + identity.tokenSerial + " of " + identity.subject
            + "; nothing was tried. Put the first one back, or sign out to begin anew"};
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
    if ((X509_get_key_usage(candidate.certificate.get()) & KU_DIGITAL_SIGNATURE) == 0)
        return Error{Errc::KeyNotFound,
            "the certificate of " + identity.subject
                + " is not made for signing in: its key may not sign (on PIV cards use slot 9a, key id 01)"};
    return checkKeySize(*m_module, slotIdOf(candidate), *candidate.certificate);
}

base::Status TokenDriver::checkPin(
    const Found& found, std::size_t pinSize, rfq::LastTry lastTry, rfq::TokenStatus& status) const
{
    const auto info = readTokenInfo(*m_module, slotIdOf(found.candidate));
    if (!info) {
        status.problem = info.error();
        return info.error();
    }
    status.pin = pinStateOf(found, *info);
    if (status.pin.blocked)
        status.problem = blockedError();
    return checkPinTry(pinSize, *info, status.pin, lastTry);
}

rfq::PinState TokenDriver::pinStateOf(const Found& found, const CK_TOKEN_INFO& info) const
{
    if (found.card && found.card->piv && found.card->piv->pinTries)
        return auth::pinStateOf(found.card->piv->pinTries);
    return auth::pinStateOf(info);
}

Error TokenDriver::loginRefused(const Error& error, Found& found, rfq::TokenStatus& status)
{
    if (auto seat = seatOf(found.candidate); seat)
        found.card = std::move(seat->card);
    if (const auto info = readTokenInfo(*m_module, slotIdOf(found.candidate)); info)
        status.pin = pinStateOf(found, *info);
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
    // Where the tokens were swapped in one reader, that slot is nobody's any more.
    checkSession();
    return loadModule();
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
    // Modules differ in what they still believe after a removal or a logout by somebody else; a new start is the same
    // for all of them.
    m_session.reset();
    m_module.reset();
    m_loss = error;
}

}
