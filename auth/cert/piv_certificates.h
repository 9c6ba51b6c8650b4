#pragma once

#include "auth/cert/certificate_work.h"
#include "auth/cert/cmp.h"
#include "auth/piv_work.h"
#include "core/rfq/card_manager.h"

#include <memory>
#include <string>

/// Certificates for the key in slot 9a of a PIV card, by the card's own commands: from an empty card on, whatever the
/// PKCS#11 module can do. Before each call the person has given the card the PIN (PivWork::verifyPin()). Of the places
/// that they return only key id and algorithm are told.
namespace cert {

/// What these need besides the card.
struct PivOrder {
    std::shared_ptr<auth::PivWork> card;
    const base::SecretBytes& managementKey; ///< as PivWork::authorise()
    const base::Clock& clock;
    /// KeyAndCertificate: a key is made over the one that is there, and the certificate beside it goes.
    rfq::GivesWay givesWay = rfq::GivesWay::Nothing;
};

/// Which key in 9a a certificate is for, where none gives way.
struct PivKeyWanted {
    /// There: the one that is there. ThereOrMade: or, in an empty slot, one that is made. Made: one that is made in an
    /// empty slot, or one that still waits for its certificate.
    enum class Source { There, ThereOrMade, Made };
    Source source = Source::ThereOrMade;
    auth::PivKeyKind kind = auth::PivKeyKind::EcP256; ///< of one that is made
};

/// Slot 9a with this key in it: key id and algorithm; of which card is not told.
[[nodiscard]] KeyPlace pivPlace(EVP_PKEY& publicKey);

/// A request (PKCS #10, PEM) for the key that is there, or for one that is made now, with the card's word about it
/// where it gives one. Errors: InvalidInput (the subject), Refused
/// (the management key), Duplicate (a key that the card does not tell of, or one that has its certificate where one is
/// to be made), KeyNotFound (none is there), Unsupported, TokenAbsent, TokenFailure.
[[nodiscard]] base::Result<Requested> requestOnPiv(
    const PivOrder& order, const std::string& subject, const PivKeyWanted& wanted);

/// Puts the certificate in the file beside its key, once it is judged (checkIssued()) and the key has proved that it is
/// for it. Errors: those of readCertificates(), certificateFor() and checkIssued(); Duplicate (another one that is
/// valid is there and does not give way), Unsupported (what is there cannot be read, and does not give way), Refused,
/// TokenAbsent, TokenFailure.
[[nodiscard]] base::Result<Placed> installOnPiv(
    const PivOrder& order, const std::string& file, const std::string& caFile);

/// The first certificate, from an authority that speaks CMP; `backup` is the PEM file, not there yet, that it is
/// written to before the card. Errors: those of requestOnPiv() and of cmp.h; Io, Duplicate (the file, or as
/// installOnPiv()).
[[nodiscard]] base::Result<Placed> enrolOnPiv(const PivOrder& order, const std::string& subject,
    const PivKeyWanted& wanted, const CmpServer& server, const InitialSecret& initial, const std::string& backup);

/// The next certificate for the same key. Errors: as before; KeyNotFound and CertificateExpired, where there is none to
/// renew.
[[nodiscard]] base::Result<Placed> renewOnPiv(
    const PivOrder& order, const CmpServer& server, const std::string& backup);

}
