#include "auth/cert/certificate_work.h"

#include "auth/cert/attestation.h"
#include "auth/cert/issued.h"
#include "auth/cert/new_file.h"
#include "auth/cert/request.h"
#include "auth/cert/subject.h"
#include "auth/cert/unlocked_token.h"
#include "core/tls/hex.h"
#include "core/tls/statement.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

namespace cert {

namespace {

using base::Errc;
using base::Error;

/// A key that is there and can sign.
struct ReadyKey {
    Bytes id;
    KeyPlace place;
    tls::KeyPtr key;
};

/// A certificate of the person's and its key.
struct Present {
    ReadyKey key;
    tls::CertificatePtr certificate;
};

base::Result<ReadyKey> ready(const UnlockedToken& token, const KeyWanted& wanted)
{
    if (wanted.generate && wanted.keyId.empty())
        return Error{Errc::InvalidInput, "a new key needs a key id: --key-id, or key_id in [token]"};
    auto id = token.chooseKey(wanted.keyId);
    if (!id)
        return id.error();
    if (wanted.generate)
        if (auto made = token.generate(*wanted.generate, *id); !made)
            return made.error();
    const auto publicKey = wanted.publicKeyFile.empty() ? token.publicKey(*id) : readPublicKey(wanted.publicKeyFile);
    if (!publicKey)
        return publicKey.error();
    auto key = token.signingKey(*id, **publicKey);
    if (!key)
        return key.error();
    KeyPlace place = token.placeOf(*id, **publicKey);
    return ReadyKey{*std::move(id), std::move(place), *std::move(key)};
}

/// The newest certificate beside the key; with this fingerprint, where one is given.
base::Result<Present> present(const UnlockedToken& token, const std::string& keyId, const std::string& fingerprint)
{
    auto key = ready(token, {keyId, std::nullopt, {}});
    if (!key)
        return key.error();
    auto certificates = token.certificates(key->id);
    if (!certificates)
        return certificates.error();
    std::erase_if(
        *certificates, [&](const auto& one) { return !fingerprint.empty() && tls::fingerprint(*one) != fingerprint; });
    if (certificates->empty())
        return Error{Errc::KeyNotFound,
            "beside the key with key id " + key->place.keyId + " there is no "
                + (fingerprint.empty() ? "certificate" : "certificate with fingerprint " + fingerprint)};
    const auto newest = std::max_element(certificates->begin(), certificates->end(),
        [](const auto& a, const auto& b) { return tls::notAfterOf(*a) < tls::notAfterOf(*b); });
    const EVP_PKEY* publicKey = X509_get0_pubkey(newest->get());
    if (!publicKey || EVP_PKEY_eq(publicKey, key->key.get()) != 1)
        return Error{Errc::KeyNotFound,
            "the certificate of " + tls::subjectOf(**newest) + " is for another key than the one it stands beside"};
    return Present{*std::move(key), std::move(*newest)};
}

base::Status checkStillValid(const Present& present, base::UtcTime now)
{
    if (now <= tls::notAfterOf(*present.certificate))
        return base::Ok{};
    return Error{Errc::CertificateExpired,
        "the certificate of " + tls::subjectOf(*present.certificate)
            + " has expired and vouches for nothing any more; enrol anew with a reference and a secret"};
}

base::Status write(const std::string& file, const std::string& content)
{
    std::ofstream output(file, std::ios::binary);
    output << content;
    output.close();
    if (!output)
        return Error{Errc::Io, file + " cannot be written"};
    return base::Ok{};
}

/// Whatever would keep the certificate from its place must be known before the authority is asked for one.
base::Status checkReady(
    const UnlockedToken& token, const ReadyKey& key, const Delivery& delivery, const base::Clock& clock)
{
    if (auto free = checkNew(delivery.file); !free)
        return free;
    return token.checkRoom(key.id, nullptr, delivery.replace, clock.utc());
}

base::Result<Placed> deliver(const UnlockedToken& token, ReadyKey key, base::Result<tls::CertificatePtr> issued,
    const Delivery& delivery, const base::Clock& clock)
{
    if (!issued)
        return issued.error();
    tls::CertificatePtr certificate = *std::move(issued);
    const auto written = write(delivery.file, tls::toPem(*certificate));
    auto stored = token.store(*certificate, key.id, delivery.replace, clock.utc());
    if (!stored)
        return Error{stored.error().code,
            stored.error().detail
                + (written ? "; the certificate is in " + delivery.file
                            + ", `countersign-cli cert import` goes on from there"
                           : "; and " + written.error().detail)};
    if (!written)
        return Error{written.error().code, written.error().detail + "; the certificate is on the token"};
    return Placed{std::move(key.place), std::move(certificate), {*std::move(stored), false, false}};
}

}

base::Result<Requested> request(const UnlockedToken& token, const KeyWanted& wanted, const std::string& subject,
    const std::vector<auth::PivAttestation>& attestations)
{
    const auto name = parseSubject(subject);
    if (!name)
        return name.error();
    auto key = ready(token, wanted);
    if (!key)
        return key.error();
    // Several cards may be plugged in: the key tells which one is meant.
    const auto found = std::find_if(attestations.begin(), attestations.end(),
        [&](const auth::PivAttestation& attestation) { return isAbout(attestation, *key->key); });
    const auth::PivAttestation* attestation = found == attestations.end() ? nullptr : &*found;
    auto pem = makeRequest(*key->key, **name, attestation);
    if (!pem)
        return pem.error();
    return Requested{std::move(key->place), *std::move(pem), attestation != nullptr, {}};
}

base::Result<Placed> import(const UnlockedToken& token, const KeyWanted& wanted, const std::string& certificateFile,
    const std::string& caFile, Replace replace, const base::Clock& clock)
{
    const auto candidates = readCertificates(certificateFile);
    if (!candidates)
        return candidates.error();
    auto key = ready(token, wanted);
    if (!key)
        return key.error();
    auto certificate = certificateFor(*key->key, *candidates);
    if (!certificate)
        return certificate.error();
    if (auto good = checkIssued(**certificate, caFile, clock.utc(), *candidates); !good)
        return good.error();
    auto stored = token.store(**certificate, key->id, replace, clock.utc());
    if (!stored)
        return stored.error();
    return Placed{std::move(key->place), *std::move(certificate), {*std::move(stored), false, false}};
}

base::Result<Placed> enrol(const UnlockedToken& token, const KeyWanted& wanted, const std::string& subject,
    const CmpServer& server, const InitialSecret& initial, const Delivery& delivery, const base::Clock& clock)
{
    const auto name = parseSubject(subject);
    if (!name)
        return name.error();
    if (auto free = checkNew(delivery.file); !free)
        return free.error();
    auto key = ready(token, wanted);
    if (!key)
        return key.error();
    if (auto room = checkReady(token, *key, delivery, clock); !room)
        return room.error();
    auto issued = requestInitial(server, initial, *key->key, **name, clock);
    return deliver(token, *std::move(key), std::move(issued), delivery, clock);
}

base::Result<Placed> enrolFurther(const UnlockedToken& token, const KeyWanted& wanted, const std::string& subject,
    const CmpServer& server, const std::string& presentKeyId, const Delivery& delivery, const base::Clock& clock)
{
    const auto name = parseSubject(subject);
    if (!name)
        return name.error();
    const auto voucher = present(token, presentKeyId, {});
    if (!voucher)
        return voucher.error();
    if (auto valid = checkStillValid(*voucher, clock.utc()); !valid)
        return valid.error();
    if (auto free = checkNew(delivery.file); !free)
        return free.error();
    auto key = ready(token, wanted);
    if (!key)
        return key.error();
    if (auto room = checkReady(token, *key, delivery, clock); !room)
        return room.error();
    auto issued = requestFurther(server, *voucher->certificate, *voucher->key.key, *key->key, **name, clock);
    return deliver(token, *std::move(key), std::move(issued), delivery, clock);
}

base::Result<Placed> renew(const UnlockedToken& token, const std::string& presentKeyId,
    const std::optional<KeyWanted>& next, const CmpServer& server, const Delivery& delivery, const base::Clock& clock)
{
    auto now = present(token, presentKeyId, {});
    if (!now)
        return now.error();
    if (auto valid = checkStillValid(*now, clock.utc()); !valid)
        return valid.error();
    if (auto free = checkNew(delivery.file); !free)
        return free.error();
    Delivery arranged = delivery;
    // To take the place of the present certificate is what renewal is for.
    if (!next)
        arranged.replace = Replace::AlsoValid;
    auto key = ready(token, next.value_or(KeyWanted{tls::hexOf(now->key.id), std::nullopt, {}}));
    if (!key)
        return key.error();
    if (auto room = checkReady(token, *key, arranged, clock); !room)
        return room.error();
    auto issued = updateKey(server, *now->certificate, *now->key.key, *key->key, clock);
    return deliver(token, *std::move(key), std::move(issued), arranged, clock);
}

base::Result<Placed> revoke(const UnlockedToken& token, const std::string& keyId, const std::string& fingerprint,
    const CmpServer& server, RevocationReason reason)
{
    auto found = present(token, keyId, fingerprint);
    if (!found)
        return found.error();
    if (auto done = requestRevocation(server, *found->certificate, *found->key.key, reason); !done)
        return done.error();
    return Placed{std::move(found->key.place), std::move(found->certificate), {}};
}

}
