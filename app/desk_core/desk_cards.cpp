#include "app/desk_core/desk_cards.h"

#include "auth/cert/certificate_work.h"
#include "auth/cert/piv_certificates.h"
#include "auth/cert/tokens.h"
#include "auth/piv_work.h"

#include <memory>
#include <optional>
#include <system_error>
#include <utility>

namespace app {

namespace {

using base::Errc;
using base::Error;
using base::Result;
using rfq::CardKeyKind;

constexpr const char* SignatureKeyId = "01"; ///< of PIV's 9a, and a good name elsewhere

auth::PivKeyKind pivKind(CardKeyKind kind)
{
    switch (kind) {
    case CardKeyKind::EcP256:
        return auth::PivKeyKind::EcP256;
    case CardKeyKind::EcP384:
        return auth::PivKeyKind::EcP384;
    case CardKeyKind::Rsa2048:
        return auth::PivKeyKind::Rsa2048;
    }
    return auth::PivKeyKind::EcP256;
}

cert::KeyKind tokenKind(CardKeyKind kind)
{
    switch (kind) {
    case CardKeyKind::EcP256:
        return cert::KeyKind::EcP256;
    case CardKeyKind::EcP384:
        return cert::KeyKind::EcP384;
    case CardKeyKind::Rsa2048:
        return cert::KeyKind::Rsa2048;
    }
    return cert::KeyKind::EcP256;
}

cert::PivKeyWanted keyWanted(CardKeyKind kind)
{
    return {cert::PivKeyWanted::Source::ThereOrMade, pivKind(kind)};
}

/// What the token's answer says of its PIN, where it gives no number.
rfq::PinState pinAfter(const Error& error)
{
    rfq::PinState pin;
    pin.finalTry = error.code == Errc::PinLastTry;
    pin.blocked = error.code == Errc::PinBlocked;
    return pin;
}

rfq::CardCertificate shownCertificate(X509& certificate)
{
    rfq::CardCertificate made;
    made.identity.fingerprint = tls::fingerprint(certificate);
    made.identity.subject = tls::subjectOf(certificate);
    made.identity.commonName = tls::commonNameOf(certificate);
    made.identity.notBefore = tls::notBeforeOf(certificate);
    made.identity.notAfter = tls::notAfterOf(certificate);
    made.issuer = tls::issuerOf(certificate);
    return made;
}

/// A token that is no PIV card, unlocked, and what may be done with it.
struct TokenOrder {
    const cert::UnlockedToken& token;
    const std::string& keyId;
    const base::Clock& clock;
    cert::Replace replace;
};

/// One piece of work, in the form that a PIV card needs and in the one that other tokens need.
template <typename T>
struct Work {
    std::function<Result<T>(const cert::PivOrder&)> onPiv;
    std::function<Result<T>(const TokenOrder&)> onToken;
};

template <typename T>
Result<T> onPivCard(const Work<T>& work, const rfq::PluggedCard& card, const rfq::CardProof& proof,
    const auth::TokensLent& lent, rfq::PinState& pin)
{
    auto channel = lent.connect(card.reader);
    if (!channel)
        return channel.error();
    const auto begun = auth::PivWork::begin(*std::move(channel), card.id, lent.timer);
    if (!begun)
        return begun.error();
    const auto verified = (*begun)->verifyPin(proof.pin, proof.lastTry);
    pin = (*begun)->pin();
    if (!verified)
        return verified.error();
    return work.onPiv({*begun, proof.managementKey, lent.clock, proof.givesWay});
}

template <typename T>
Result<T> onOtherToken(const Work<T>& work, const rfq::PluggedCard& card, rfq::CardProof& proof,
    const auth::TokensLent& lent, rfq::PinState& pin)
{
    if (proof.givesWay == rfq::GivesWay::KeyAndCertificate)
        return Error{Errc::Unsupported,
            "on a token that is no PIV card no key is made over another one; nothing was tried. IT makes one under "
            "another key id (countersign-cli cert, --key-id)"};
    const auto tokens = cert::Tokens::load(lent.settings, lent.timer);
    if (!tokens)
        return tokens.error();
    const auto token = tokens->unlock(card.serial, std::move(proof.pin), proof.lastTry);
    if (!token) {
        pin = pinAfter(token.error());
        return token.error();
    }
    const std::string& keyId = lent.settings.keyId;
    const std::string usedId = keyId.empty() ? SignatureKeyId : keyId;
    const auto replace =
        proof.givesWay == rfq::GivesWay::Nothing ? cert::Replace::OnlyExpired : cert::Replace::AlsoValid;
    return work.onToken({**token, usedId, lent.clock, replace});
}

/// The key that is there, or else a new one.
template <typename T>
Result<T> withKey(
    const std::string& keyId, CardKeyKind kind, const std::function<Result<T>(const cert::KeyWanted&)>& work)
{
    auto made = work({keyId, tokenKind(kind), {}});
    return made || made.error().code != Errc::Duplicate ? std::move(made) : work({keyId, std::nullopt, {}});
}

Result<tls::CertificatePtr> certificateOf(Result<cert::Placed> placed)
{
    return placed ? Result<tls::CertificatePtr>(std::move(placed->certificate))
                  : Result<tls::CertificatePtr>(placed.error());
}

template <typename T>
void run(auth::TokenService& service, Work<T> work, rfq::PluggedCard card, rfq::CardProof proof,
    std::function<void(Result<T>, rfq::PinState)> done)
{
    // A std::function must be copyable, and neither a secret nor a certificate is.
    struct Course {
        rfq::CardProof proof;
        rfq::PinState pin;
        std::optional<Result<T>> outcome;
    };
    const auto course = std::make_shared<Course>();
    course->proof = std::move(proof);
    service.lend(
        [course, work = std::move(work), card = std::move(card)](const auth::TokensLent& lent) -> base::Status {
            course->outcome = card.isPiv ? onPivCard(work, card, course->proof, lent, course->pin)
                                         : onOtherToken(work, card, course->proof, lent, course->pin);
            course->proof.pin.clear();
            course->proof.managementKey.clear();
            return base::Ok{};
        },
        [course, done = std::move(done)](const base::Status& lent) {
            done(course->outcome ? *std::move(course->outcome) : Result<T>(lent.error()), course->pin);
        });
}

std::function<void(Result<tls::CertificatePtr>, rfq::PinState)> toDescription(rfq::CardManager::Made done)
{
    return [done = std::move(done)](const Result<tls::CertificatePtr>& made, const rfq::PinState& pin) {
        done(made ? Result<rfq::CardCertificate>(shownCertificate(**made)) : Result<rfq::CardCertificate>(made.error()),
            pin);
    };
}

/// Where an issued certificate is kept besides the card; a name that is not taken.
std::string backupFile(const std::filesystem::path& directory, const base::Clock& clock)
{
    std::error_code ignored;
    std::filesystem::create_directories(directory, ignored); // that it failed shows when the file is written
    return (directory / ("issued-" + std::to_string(clock.utc().time_since_epoch().count()) + ".pem")).string();
}

cert::CmpServer serverOf(const EnrolmentConfig& settings)
{
    cert::CmpServer server;
    server.url = settings.cmpServer;
    server.caFile = settings.caFile;
    server.responder = settings.cmpResponder;
    return server;
}

std::function<void(auth::PinChange)> toOutcome(std::function<void(rfq::PinOutcome)> done)
{
    return [done = std::move(done)](const auth::PinChange& change) {
        done({change.result, change.pin, change.pukTriesLeft});
    };
}

}

DeskCards::DeskCards(auth::TokenService& token, EnrolmentConfig settings, std::filesystem::path directory)
    : m_token(token)
    , m_settings(std::move(settings))
    , m_directory(std::move(directory))
{
}

void DeskCards::survey(std::function<void(rfq::CardsSeen)> done)
{
    m_token.survey(std::move(done));
}

base::Subscription DeskCards::onChanged(std::function<void()> callback)
{
    return m_token.onChanged(std::move(callback));
}

void DeskCards::changePin(rfq::PluggedCard card, base::SecretBytes old, base::SecretBytes next, rfq::LastTry lastTry,
    std::function<void(rfq::PinOutcome)> done)
{
    m_token.changePin(std::move(card), std::move(old), std::move(next), lastTry, toOutcome(std::move(done)));
}

void DeskCards::unblockPin(rfq::PluggedCard card, base::SecretBytes puk, base::SecretBytes next, rfq::LastTry lastTry,
    std::function<void(rfq::PinOutcome)> done)
{
    m_token.unblockPin(std::move(card), std::move(puk), std::move(next), lastTry, toOutcome(std::move(done)));
}

void DeskCards::request(rfq::PluggedCard card, rfq::CertificateWish wish, rfq::CardProof proof,
    std::function<void(Result<std::string>, rfq::PinState)> done)
{
    Work<std::string> work;
    work.onPiv = [wish](const cert::PivOrder& order) -> Result<std::string> {
        auto requested = cert::requestOnPiv(order, wish.subject, keyWanted(wish.kind));
        if (!requested)
            return requested.error();
        return std::move(requested->pem);
    };
    work.onToken = [wish](const TokenOrder& order) {
        return withKey<std::string>(order.keyId, wish.kind, [&](const cert::KeyWanted& key) -> Result<std::string> {
            auto requested = cert::request(order.token, key, wish.subject);
            if (!requested)
                return requested.error();
            return std::move(requested->pem);
        });
    };
    run(m_token, std::move(work), std::move(card), std::move(proof), std::move(done));
}

void DeskCards::install(rfq::PluggedCard card, std::string file, rfq::CardProof proof, Made done)
{
    Work<tls::CertificatePtr> work;
    work.onPiv = [file, ca = m_settings.caFile](
                     const cert::PivOrder& order) { return certificateOf(cert::installOnPiv(order, file, ca)); };
    work.onToken = [file, ca = m_settings.caFile](const TokenOrder& order) {
        return certificateOf(
            cert::import(order.token, {order.keyId, std::nullopt, {}}, file, ca, order.replace, order.clock));
    };
    run(m_token, std::move(work), std::move(card), std::move(proof), toDescription(std::move(done)));
}

void DeskCards::enrol(rfq::PluggedCard card, rfq::CertificateWish wish, std::string reference, base::SecretBytes secret,
    rfq::CardProof proof, Made done)
{
    const auto initial = std::make_shared<cert::InitialSecret>();
    initial->reference = std::move(reference);
    initial->secret = std::move(secret);
    Work<tls::CertificatePtr> work;
    work.onPiv = [wish, initial, server = serverOf(m_settings), directory = m_directory](const cert::PivOrder& order) {
        return certificateOf(cert::enrolOnPiv(
            order, wish.subject, keyWanted(wish.kind), server, *initial, backupFile(directory, order.clock)));
    };
    work.onToken = [wish, initial, server = serverOf(m_settings), directory = m_directory](const TokenOrder& order) {
        return withKey<tls::CertificatePtr>(order.keyId, wish.kind, [&](const cert::KeyWanted& key) {
            return certificateOf(cert::enrol(order.token, key, wish.subject, server, *initial,
                {backupFile(directory, order.clock), order.replace}, order.clock));
        });
    };
    run(m_token, std::move(work), std::move(card), std::move(proof), toDescription(std::move(done)));
}

void DeskCards::renew(rfq::PluggedCard card, rfq::CardProof proof, Made done)
{
    Work<tls::CertificatePtr> work;
    work.onPiv = [server = serverOf(m_settings), directory = m_directory](const cert::PivOrder& order) {
        return certificateOf(cert::renewOnPiv(order, server, backupFile(directory, order.clock)));
    };
    work.onToken = [server = serverOf(m_settings), directory = m_directory](const TokenOrder& order) {
        return certificateOf(cert::renew(order.token, order.keyId, std::nullopt, server,
            {backupFile(directory, order.clock), cert::Replace::AlsoValid}, order.clock));
    };
    run(m_token, std::move(work), std::move(card), std::move(proof), toDescription(std::move(done)));
}

}
