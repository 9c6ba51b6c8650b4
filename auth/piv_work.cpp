#include "auth/piv_work.h"

#include "auth/pin_state.h"
#include "auth/piv_certificate.h"
#include "auth/piv_commands.h"
#include "auth/piv_management.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <utility>

namespace auth {

namespace {

using base::Errc;
using base::Error;

constexpr std::uint8_t Slot = 0x9a;
constexpr std::uint32_t ChuidObject = 0x5fc102;
constexpr std::uint32_t AttestationObject = 0x5fff01; ///< the certificate of a YubiKey's own key F9

Error leftAlone(const std::string& why)
{
    return {Errc::Unsupported,
        "slot 9a is left alone: " + why
            + ". Put its certificate on the card again (in the window, or countersign-cli cert import --replace), or "
              "empty "
              "the slot with the tool of the card's maker"};
}

/// Signs with the key in 9a. The card wants EC digests as they are and RSA blocks as long as the modulus.
class PivSigner final : public tls::Signer {
public:
    PivSigner(std::shared_ptr<PivWork> work, PivKeyKind kind)
        : m_work(std::move(work))
        , m_kind(kind)
    {
    }

    base::Result<std::vector<std::uint8_t>> sign(Scheme scheme, std::span<const std::uint8_t> input) override
    {
        const std::uint8_t algorithm = pivNumberOf(m_kind);
        switch (scheme) {
        case Scheme::Ecdsa:
            return m_work->use(algorithm, pivDigestBlock(m_kind, input));
        case Scheme::RsaRaw:
            return m_work->use(algorithm, input);
        case Scheme::RsaPkcs1: {
            const auto block = pivPkcs1Block(input);
            if (!block)
                return Error{Errc::Unsupported, "signing: the input is too long for the key"};
            return m_work->use(algorithm, *block);
        }
        }
        return Error{Errc::Internal, "signing: no such scheme"};
    }

private:
    const std::shared_ptr<PivWork> m_work;
    const PivKeyKind m_kind;
};

}

base::Result<std::shared_ptr<PivWork>> PivWork::begin(
    std::unique_ptr<CardChannel> card, const std::string& id, CardTimer timer)
{
    if (auto claimed = card->claim(); !claimed)
        return claimed.error();
    auto facts = readPivFacts(*card);
    if (!facts)
        return facts.error();
    if (facts->id() != id)
        return Error{Errc::KeyNotFound, "the card in the reader is not the one that was chosen; nothing was tried"};
    return std::shared_ptr<PivWork>(new PivWork(std::move(card), *std::move(facts), std::move(timer)));
}

PivWork::PivWork(std::unique_ptr<CardChannel> card, PivFacts facts, CardTimer timer)
    : m_card(std::move(card))
    , m_facts(std::move(facts))
    , m_pin(pinStateOf(m_facts.pinTries))
    , m_timer(std::move(timer))
{
}

base::Status PivWork::verifyPin(const base::SecretBytes& pin, rfq::LastTry lastTry)
{
    if (auto fits = checkPivSecret(pin, "PIN"); !fits)
        return fits;
    if (m_pin.blocked)
        return Error{Errc::PinBlocked, "the card has blocked its PIN"};
    if (m_pin.finalTry && lastTry == rfq::LastTry::NotConfirmed)
        return Error{Errc::PinLastTry, "one try is left and it was not confirmed; nothing was tried"};
    base::SecretBytes command;
    const std::array<char, 5> header{
        '\x00', '\x20', '\x00', static_cast<char>(m_facts.pin), static_cast<char>(PivSecretSize)};
    if (!command.append(header) || !appendPivSecret(command, pin))
        return Error{Errc::Internal, "a card command that does not fit"};
    const std::string_view bytes = command.reveal();
    const auto response = askPiv(*m_card, PivView(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
    if (!response)
        return response.error();
    if (response->status == PivDone) {
        m_pin = {};
        return base::Ok{};
    }
    if (!response->isRefused())
        return pivStatusError(response->status, "giving the PIN");
    const auto tries = response->tries();
    m_pin = pinStateOf(tries);
    if (tries == 0)
        return Error{Errc::PinBlocked, "the card has blocked its PIN"};
    return Error{Errc::PinWrong, "the card refuses the PIN" + triesText(tries)};
}

base::Status PivWork::authorise(const base::SecretBytes& hex)
{
    const auto lasting = timing(m_timer); // a management key may have a touch policy
    return authenticateManagement(*m_card, hex);
}

base::Status PivWork::put(std::uint32_t tag, PivView value)
{
    PivCommand command{0xdb, 0x3f, 0xff, pivObjectName(tag)};
    appendPivValue(command.data, 0x53, value);
    const auto response = askPiv(*m_card, command);
    if (!response)
        return response.error();
    return response->status == PivDone ? base::Status(base::Ok{})
                                       : pivStatusError(response->status, "writing to the card");
}

base::Result<tls::CertificatePtr> PivWork::certificate()
{
    auto read = readPivCertificate(*m_card);
    if (!read)
        return read.error();
    // Taken for an empty slot, it would be written over, and its key with it.
    if (!read->flaw.empty())
        return leftAlone("what stands there as its certificate is none: " + read->flaw);
    return std::move(read->certificate);
}

/// YubiKeys from 5.3 on tell of every key, of imported ones too. Absent: the card knows no such command.
base::Result<std::optional<PivWork::KeyTold>> PivWork::metadata()
{
    const auto told = askPiv(*m_card, PivCommand{0xf7, 0x00, Slot, {}});
    if (!told)
        return told.error();
    if (told->status == PivNoSuchKey)
        return std::optional(KeyTold{});
    if (told->status != PivDone)
        return std::optional<KeyTold>();
    const PivView number = pivValue(told->data, 0x01);
    const auto kind = number.empty() ? std::nullopt : pivKindOf(number[0]);
    return std::optional(KeyTold{true, kind ? pivPublicKey(*kind, pivValue(told->data, 0x04)) : nullptr});
}

base::Result<tls::KeyPtr> PivWork::publicKey()
{
    // First: what the card says of the key itself holds also where a certificate was put beside another one.
    const auto attested = askPiv(*m_card, PivCommand{0xf9, Slot, 0x00, {}});
    if (!attested)
        return attested.error();
    auto told = attested->status == PivDone ? pivCertificateOf(attested->data) : nullptr;
    if (!told) {
        auto described = metadata();
        if (!described)
            return described.error();
        if (*described && (*described)->publicKey)
            return std::move((*described)->publicKey);
        if (*described && (*described)->isThere)
            return leftAlone("it holds a key that is none of EC P-256, EC P-384 and RSA 2048");
        auto beside = certificate();
        if (!beside)
            return beside.error();
        told = *std::move(beside);
    }
    return tls::KeyPtr(told ? X509_get_pubkey(told.get()) : nullptr);
}

base::Result<bool> PivWork::mayHoldKey()
{
    const auto described = metadata();
    if (!described)
        return described.error();
    if (*described)
        return (*described)->isThere;
    // A card that tells nothing: whether it signs. With a block that means nothing to anybody.
    for (const PivKeyKind kind : {PivKeyKind::EcP256, PivKeyKind::EcP384, PivKeyKind::Rsa2048}) {
        PivBytes random(pivBlockSize(PivKeyKind::EcP256));
        if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1)
            return Error{Errc::Internal, "no random bytes"};
        const PivBytes block =
            kind == PivKeyKind::Rsa2048 ? pivPkcs1Block(random).value_or(PivBytes()) : pivDigestBlock(kind, random);
        const auto answer = authenticate(pivNumberOf(kind), block);
        if (!answer)
            return answer.error();
        // Not allowed though the PIN was given: it waits for a touch, or wants the PIN each time.
        if (answer->status == PivDone || answer->status == PivNotAllowed)
            return true;
    }
    return false;
}

std::optional<PivAttestation> PivWork::attestation()
{
    auto statement = askPiv(*m_card, PivCommand{0xf9, Slot, 0x00, {}});
    if (!statement || statement->status != PivDone)
        return std::nullopt;
    const auto maker = readPivObject(*m_card, AttestationObject);
    const PivView device = maker ? pivValue(*maker, 0x70) : PivView();
    if (device.empty())
        return std::nullopt;
    return PivAttestation{std::move(statement->data), {device.begin(), device.end()}};
}

base::Status PivWork::giveNumber()
{
    constexpr std::size_t guidSize = 16;
    // A card number (FASC-N) that says "issued by nobody in particular", as non-federal cards have it.
    constexpr std::array<std::uint8_t, 25> number{0xd4, 0xe7, 0x39, 0xda, 0x73, 0x9c, 0xed, 0x39, 0xce, 0x73, 0x9d,
        0x83, 0x68, 0x58, 0x21, 0x08, 0x42, 0x10, 0x84, 0x21, 0xc8, 0x42, 0x10, 0xc3, 0xeb};
    constexpr std::array<std::uint8_t, 8> expiry{'2', '0', '9', '9', '0', '1', '0', '1'};
    std::array<std::uint8_t, guidSize> guid{};
    if (RAND_bytes(guid.data(), guidSize) != 1)
        return Error{Errc::Internal, "no random bytes"};
    PivBytes chuid;
    appendPivValue(chuid, 0x30, number);
    appendPivValue(chuid, 0x34, guid);
    appendPivValue(chuid, 0x35, expiry);
    appendPivValue(chuid, 0x3e, {});
    appendPivValue(chuid, 0xfe, {});
    return put(ChuidObject, chuid);
}

base::Result<tls::KeyPtr> PivWork::generate(PivKeyKind kind)
{
    // One that this program cannot read may mean something to others.
    const auto chuid = readPivObject(*m_card, ChuidObject);
    if (!chuid)
        return chuid.error();
    if (chuid->empty())
        if (auto numbered = giveNumber(); !numbered)
            return numbered.error();
    const auto lasting = timing(m_timer);
    const auto response = askPiv(*m_card, PivCommand{0x47, 0x00, Slot, {0xac, 0x03, 0x80, 0x01, pivNumberOf(kind)}});
    if (!response)
        return response.error();
    if (response->status == PivWrongData || response->status == PivWrongParameters)
        return Error{Errc::Unsupported, "the card makes no keys of this kind"};
    if (response->status != PivDone)
        return pivStatusError(response->status, "making the key");
    // The tag has two bytes, 7f49.
    auto key = pivPublicKey(
        kind, pivValue(PivView(response->data).subspan(std::min<std::size_t>(1, response->data.size())), 0x49));
    if (!key)
        return Error{Errc::TokenFailure, "making the key: the card's answer is none"};
    return key;
}

base::Status PivWork::clearCertificate()
{
    const auto present = readPivObject(*m_card, PivCertificateObject);
    if (!present)
        return present.error();
    return present->empty() ? base::Status(base::Ok{}) : put(PivCertificateObject, {});
}

base::Status PivWork::store(X509& certificate)
{
    unsigned char* der = nullptr;
    const int size = i2d_X509(&certificate, &der);
    if (size <= 0)
        return Error{Errc::Internal, "the certificate cannot be written"};
    PivBytes value;
    appendPivValue(value, 0x70, PivView(der, static_cast<std::size_t>(size)));
    OPENSSL_free(der);
    appendPivValue(value, 0x71, PivBytes{0}); // not compressed
    appendPivValue(value, 0xfe, {});
    if (auto written = put(PivCertificateObject, value); !written)
        return written;
    const auto read = this->certificate();
    if (!read)
        return read.error();
    if (!*read || X509_cmp(read->get(), &certificate) != 0)
        return Error{Errc::TokenFailure, "the card has not kept the certificate as it was written"};
    return base::Ok{};
}

base::Result<tls::KeyPtr> PivWork::signingKey(const std::shared_ptr<PivWork>& work, EVP_PKEY& publicKey)
{
    const auto kind = pivKindOf(publicKey);
    if (!kind)
        return Error{Errc::Unsupported, "the key is none of EC P-256, EC P-384 and RSA 2048"};
    const tls::CertificatePtr shell(X509_new());
    if (!shell || X509_set_pubkey(shell.get(), &publicKey) != 1)
        return Error{Errc::Internal, "out of memory"};
    return tls::delegatingKey(*shell, std::make_shared<PivSigner>(work, *kind));
}

base::Result<PivResponse> PivWork::authenticate(std::uint8_t algorithm, PivView block)
{
    PivBytes parts;
    appendPivValue(parts, 0x82, {});
    appendPivValue(parts, 0x81, block);
    PivCommand command{0x87, algorithm, Slot, {}};
    appendPivValue(command.data, 0x7c, parts);
    const auto lasting = timing(m_timer);
    return askPiv(*m_card, command);
}

base::Result<PivBytes> PivWork::use(std::uint8_t algorithm, PivView block)
{
    const auto response = authenticate(algorithm, block);
    if (!response)
        return response.error();
    if (response->status == PivNotAllowed)
        return Error{
            Errc::TokenFailure, "signing: the card does not allow it: no PIN, no touch in time, or no key in 9a"};
    if (response->status != PivDone)
        return pivStatusError(response->status, "signing");
    const PivView signature = pivValue(pivValue(response->data, 0x7c), 0x82);
    return PivBytes(signature.begin(), signature.end());
}

}
