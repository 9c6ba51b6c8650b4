#include "auth/cert/piv_certificates.h"

#include "auth/cert/attestation.h"
#include "auth/cert/issued.h"
#include "auth/cert/new_file.h"
#include "auth/cert/request.h"
#include "auth/cert/subject.h"
#include "auth/token_slots.h"
#include "core/tls/statement.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

namespace cert {

namespace {

using auth::PivWork;
using base::Errc;
using base::Error;

constexpr const char* SignatureKeyId = "01"; ///< what PKCS#11 modules call slot 9a

std::string nameOf(X509& certificate)
{
    return tls::subjectOf(certificate) + " (SHA-256 " + tls::fingerprint(certificate) + ')';
}

/// Of a key that the card tells nothing of nobody knows whether somebody needs it: a request may be on its way.
base::Status checkNoOther(const PivOrder& order)
{
    const auto held = order.card->mayHoldKey();
    if (!held)
        return held.error();
    if (*held)
        return Error{Errc::Duplicate,
            "slot 9a holds a key that the card tells nothing of, and is left alone: import the certificate for it, or, "
            "where nobody waits for one, have another key made over it (a tick in the window, --generate --replace of "
            "countersign-cli cert)"};
    return base::Ok{};
}

/// Over whatever is there. The certificate goes after its key: alone it would speak for a key that is no more.
base::Result<tls::KeyPtr> makeKey(const PivOrder& order, auth::PivKeyKind kind)
{
    if (auto authorised = order.card->authorise(order.managementKey); !authorised)
        return authorised.error();
    auto made = order.card->generate(kind);
    if (!made)
        return made.error();
    if (auto cleared = order.card->clearCertificate(); !cleared)
        return cleared.error();
    return made;
}

/// Where a key is to be made: one that has its certificate is in use.
base::Status checkUncertified(const PivOrder& order)
{
    const auto present = order.card->certificate();
    if (!present)
        return present.error();
    if (*present)
        return Error{Errc::Duplicate,
            "slot 9a holds the key of the certificate of " + nameOf(**present)
                + " and is left alone; without --generate that key is gone on with, with --replace another one is made "
                  "over it, and key and certificate are gone for good"};
    return base::Ok{};
}

base::Result<tls::KeyPtr> publicKeyFor(const PivOrder& order, const PivKeyWanted& wanted)
{
    if (order.givesWay == rfq::GivesWay::KeyAndCertificate)
        return makeKey(order, wanted.kind);
    auto there = order.card->publicKey();
    if (!there)
        return there.error();
    if (wanted.source == PivKeyWanted::Source::Made)
        if (auto waiting = checkUncertified(order); !waiting)
            return waiting.error();
    if (*there)
        return there;
    if (wanted.source == PivKeyWanted::Source::There)
        return Error{Errc::KeyNotFound, "slot 9a shows no key; --generate makes one"};
    if (auto free = checkNoOther(order); !free)
        return free.error();
    return makeKey(order, wanted.kind);
}

/// The key that is meant, ready to sign.
base::Result<tls::KeyPtr> readyKey(const PivOrder& order, const PivKeyWanted& wanted)
{
    const auto key = publicKeyFor(order, wanted);
    return key ? PivWork::signingKey(order.card, **key) : base::Result<tls::KeyPtr>(key.error());
}

/// Whether what stands in 9a may give way to `next`, where that is known already: to itself always.
base::Status checkGivesWay(const PivOrder& order, const X509* next)
{
    if (order.givesWay != rfq::GivesWay::Nothing)
        return base::Ok{};
    const auto present = order.card->certificate();
    if (!present)
        return present.error(); // what cannot be read may be somebody's
    if (!*present || order.clock.utc() > tls::notAfterOf(**present) || (next && X509_cmp(next, present->get()) == 0))
        return base::Ok{};
    return Error{Errc::Duplicate,
        "slot 9a holds a valid certificate of " + nameOf(**present)
            + "; another one takes its place where that is confirmed (a tick in the window, --replace of "
              "countersign-cli cert)"};
}

/// The card's word about this key, where it gives one.
std::optional<auth::PivAttestation> wordAbout(const PivOrder& order, const EVP_PKEY& key)
{
    auto said = order.card->attestation();
    return said && isAbout(*said, key) ? std::move(said) : std::nullopt;
}

/// That the key on the card is the certificate's.
base::Status proveKey(const PivOrder& order, X509& certificate)
{
    EVP_PKEY* const publicKey = X509_get0_pubkey(&certificate);
    if (!publicKey)
        return Error{Errc::Unsupported, "the certificate's key cannot be read"};
    const auto key = PivWork::signingKey(order.card, *publicKey);
    if (!key)
        return key.error();
    const auto name = parseSubject("CN=proof");
    if (!name)
        return name.error();
    // A request is signed by the key and checked with the public key that it names.
    const auto proof = makeRequest(**key, **name);
    return proof ? base::Status(base::Ok{}) : base::Status(proof.error());
}

/// What will be gone from 9a once the order is carried out.
Gone standing(const PivOrder& order)
{
    Gone gone;
    auto present = order.card->certificate();
    if (!present)
        gone.unreadable = present.error().code == Errc::Unsupported;
    else if (*present)
        gone.certificates.push_back(*std::move(present));
    if (order.givesWay == rfq::GivesWay::KeyAndCertificate) {
        const auto key = order.card->publicKey();
        gone.key = key ? *key != nullptr : key.error().code == Errc::Unsupported;
    }
    return gone;
}

/// What did not come to its end after a key was made over another one has cost that one all the same.
Error withGone(const PivOrder& order, const Gone& gone, const Error& error)
{
    if (order.givesWay != rfq::GivesWay::KeyAndCertificate || (!gone.key && gone.certificates.empty()))
        return error;
    const std::string whose = gone.certificates.empty() ? "" : " of " + nameOf(*gone.certificates.front());
    return {error.code,
        error.detail + "; the key that stood in slot 9a" + (whose.empty() ? "" : ", and the certificate") + whose
            + (whose.empty() ? " is" : ", are") + " gone for good, and a new key stands there"};
}

base::Result<Placed> place(const PivOrder& order, tls::CertificatePtr certificate, Gone gone)
{
    if (auto authorised = order.card->authorise(order.managementKey); !authorised)
        return authorised.error();
    if (auto stored = order.card->store(*certificate); !stored)
        return stored.error();
    // The same once more takes nothing away.
    std::erase_if(gone.certificates, [&](const auto& one) { return X509_cmp(one.get(), certificate.get()) == 0; });
    KeyPlace where = pivPlace(*X509_get0_pubkey(certificate.get()));
    return Placed{std::move(where), std::move(certificate), std::move(gone)};
}

base::Result<Placed> deliver(
    const PivOrder& order, base::Result<tls::CertificatePtr> issued, const std::string& backup, Gone gone)
{
    if (!issued)
        return withGone(order, gone, issued.error());
    std::ofstream output(backup, std::ios::binary);
    output << tls::toPem(**issued);
    output.close();
    const bool kept = output.good();
    auto placed = place(order, *std::move(issued), std::move(gone));
    if (!placed)
        return Error{placed.error().code,
            placed.error().detail
                + (kept ? "; the certificate is in " + backup + " and can be imported from there" : std::string())};
    return placed;
}

}

KeyPlace pivPlace(EVP_PKEY& publicKey)
{
    KeyPlace place;
    place.keyId = SignatureKeyId;
    const tls::CertificatePtr shell(X509_new());
    if (shell && X509_set_pubkey(shell.get(), &publicKey) == 1)
        place.keyAlgorithm = auth::keyAlgorithmOf(*shell);
    return place;
}

base::Result<Requested> requestOnPiv(const PivOrder& order, const std::string& subject, const PivKeyWanted& wanted)
{
    const auto name = parseSubject(subject);
    if (!name)
        return name.error();
    Gone gone;
    if (order.givesWay == rfq::GivesWay::KeyAndCertificate)
        gone = standing(order);
    const auto key = readyKey(order, wanted);
    if (!key)
        return key.error();
    const auto said = wordAbout(order, **key);
    auto pem = makeRequest(**key, **name, said ? &*said : nullptr);
    if (!pem)
        return withGone(order, gone, pem.error());
    Requested requested;
    requested.pem = *std::move(pem);
    requested.isAttested = said.has_value();
    requested.place = pivPlace(**key);
    requested.gone = std::move(gone);
    return requested;
}

base::Result<Placed> installOnPiv(const PivOrder& order, const std::string& file, const std::string& caFile)
{
    const auto candidates = readCertificates(file);
    if (!candidates)
        return candidates.error();
    const auto there = order.card->publicKey();
    // What stands in the certificate's place and is none, or a kind of key that this program does not use: the
    // signature below decides, and the key stays what it is.
    if (!there && there.error().code != Errc::Unsupported)
        return there.error();
    tls::CertificatePtr chosen;
    if (there && *there) {
        auto certificate = certificateFor(**there, *candidates);
        if (!certificate)
            return certificate.error();
        chosen = *std::move(certificate);
    } else {
        // A card that does not tell its key: the signature below decides. An authority's may come first.
        const auto person = std::find_if(
            candidates->begin(), candidates->end(), [](const tls::CertificatePtr& one) { return !isAuthority(*one); });
        X509* const likely = (person == candidates->end() ? candidates->front() : *person).get();
        X509_up_ref(likely);
        chosen.reset(likely);
    }
    if (auto good = checkIssued(*chosen, caFile, order.clock.utc(), *candidates); !good)
        return good.error();
    if (auto may = checkGivesWay(order, chosen.get()); !may)
        return may.error();
    if (auto proved = proveKey(order, *chosen); !proved)
        return proved.error();
    auto gone = standing(order);
    return place(order, std::move(chosen), std::move(gone));
}

base::Result<Placed> enrolOnPiv(const PivOrder& order, const std::string& subject, const PivKeyWanted& wanted,
    const CmpServer& server, const InitialSecret& initial, const std::string& backup)
{
    const auto name = parseSubject(subject);
    if (!name)
        return name.error();
    if (auto free = checkNew(backup); !free)
        return free.error();
    if (auto may = checkGivesWay(order, nullptr); !may)
        return may.error();
    // Before the authority is asked: a certificate that cannot be put on the card helps nobody.
    if (auto authorised = order.card->authorise(order.managementKey); !authorised)
        return authorised.error();
    auto gone = standing(order);
    const auto key = readyKey(order, wanted);
    if (!key)
        return key.error();
    const auto said = wordAbout(order, **key);
    auto issued = requestInitial(server, initial, **key, **name, order.clock, said ? &*said : nullptr);
    return deliver(order, std::move(issued), backup, std::move(gone));
}

base::Result<Placed> renewOnPiv(const PivOrder& order, const CmpServer& server, const std::string& backup)
{
    const auto present = order.card->certificate();
    if (!present)
        return present.error();
    if (!*present)
        return Error{Errc::KeyNotFound, "slot 9a holds no certificate to renew"};
    if (order.clock.utc() > tls::notAfterOf(**present))
        return Error{
            Errc::CertificateExpired, "the certificate has expired and vouches for nothing any more; enrol anew"};
    if (auto free = checkNew(backup); !free)
        return free.error();
    if (auto authorised = order.card->authorise(order.managementKey); !authorised)
        return authorised.error();
    const auto key = PivWork::signingKey(order.card, *X509_get0_pubkey(present->get()));
    if (!key)
        return key.error();
    auto issued = updateKey(server, **present, **key, **key, order.clock);
    return deliver(order, std::move(issued), backup, standing(order));
}

}
