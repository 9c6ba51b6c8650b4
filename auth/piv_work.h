#pragma once

#include "auth/pcsc.h"
#include "auth/piv_attestation.h"
#include "auth/piv_card.h"
#include "auth/piv_commands.h"
#include "auth/piv_keys.h"
#include "auth/signature_watch.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/rfq/sign_in.h"
#include "core/tls/identity.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace auth {

/// Work on slot 9a of one PIV card by the card's own commands: what PKCS#11 leaves to the maker's tool, since it has no
/// place for the management key, and what OpenSC cannot do before the slot holds a certificate. The card is ours alone
/// for as long as this lives. Token thread only; every call blocks for as long as the card takes.
class PivWork {
public:
    /// Claims the card and looks whether it is the one that is meant: `id` is PivFacts::id(), empty for a card that
    /// cannot be told from others. Errors: KeyNotFound (another card; nothing was tried), Unsupported (no PIV card),
    /// TokenAbsent, TokenFailure.
    [[nodiscard]] static base::Result<std::shared_ptr<PivWork>> begin(
        std::unique_ptr<CardChannel> card, const std::string& id, CardTimer timer = {});

    /// Errors: InvalidInput and PinLastTry (nothing was tried), PinWrong, PinBlocked, TokenAbsent, TokenFailure.
    [[nodiscard]] base::Status verifyPin(const base::SecretBytes& pin, rfq::LastTry lastTry);
    /// The tries left, as the card told last.
    [[nodiscard]] const rfq::PinState& pin() const { return m_pin; }
    /// `hex`: the management key, 48, 32 or 64 hexadecimal digits by its kind; empty: the one that the card keeps
    /// behind its PIN, where it does, or else the factory's, which everybody knows. Errors: InvalidInput (nothing was
    /// tried), Refused (it is not the card's), Unsupported, TokenAbsent, TokenFailure.
    [[nodiscard]] base::Status authorise(const base::SecretBytes& hex);

    /// The public key of the key pair in 9a, as far as the card tells: by attestation, by GET METADATA, or by the
    /// certificate beside it. Null: there is none, or it does not tell: see mayHoldKey(). Errors: TokenAbsent,
    /// TokenFailure; Unsupported (a key that this program does not use, and those of certificate()).
    [[nodiscard]] base::Result<tls::KeyPtr> publicKey();
    /// Whether 9a holds a key, or the card does not let us know that it holds none, where publicKey() tells of none.
    /// After verifyPin(). Errors: TokenAbsent, TokenFailure.
    [[nodiscard]] base::Result<bool> mayHoldKey();
    /// The card's word about the key in 9a; absent: it gives none. Errors are told by whatever comes next.
    [[nodiscard]] std::optional<PivAttestation> attestation();
    /// The certificate in 9a; null where there is none. Errors: Unsupported (what stands there cannot be read),
    /// TokenAbsent, TokenFailure.
    [[nodiscard]] base::Result<tls::CertificatePtr> certificate();
    /// Makes a key pair in 9a, over whatever is there: ask publicKey() and mayHoldKey() before. The certificate of the
    /// key before stays, see clearCertificate(). After authorise(). A card without a number of its own (CHUID) gets one
    /// first. Errors: Unsupported, TokenAbsent, TokenFailure.
    [[nodiscard]] base::Result<tls::KeyPtr> generate(PivKeyKind kind);
    /// Takes away whatever stands in 9a's certificate's place. After authorise().
    [[nodiscard]] base::Status clearCertificate();
    /// Writes the certificate beside the key in 9a and reads it again. After authorise().
    [[nodiscard]] base::Status store(X509& certificate);

    /// A key that signs with 9a, by its public half. It keeps the card for as long as it lives.
    [[nodiscard]] static base::Result<tls::KeyPtr> signingKey(
        const std::shared_ptr<PivWork>& work, EVP_PKEY& publicKey);
    /// One operation with the private key in 9a; `algorithm` is PIV's number, `block` as the card wants it.
    [[nodiscard]] base::Result<std::vector<std::uint8_t>> use(
        std::uint8_t algorithm, std::span<const std::uint8_t> block);

private:
    PivWork(std::unique_ptr<CardChannel> card, PivFacts facts, CardTimer timer);
    [[nodiscard]] base::Status put(std::uint32_t tag, std::span<const std::uint8_t> value);
    [[nodiscard]] base::Status giveNumber();
    struct KeyTold {
        bool isThere = false;
        tls::KeyPtr publicKey; ///< null: of a kind that this program does not use
    };
    [[nodiscard]] base::Result<std::optional<KeyTold>> metadata();
    [[nodiscard]] base::Result<PivResponse> authenticate(std::uint8_t algorithm, std::span<const std::uint8_t> block);

    std::unique_ptr<CardChannel> m_card;
    PivFacts m_facts;
    rfq::PinState m_pin;
    const CardTimer m_timer;
};

}
