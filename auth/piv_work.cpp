#include "auth/piv_work.h"

#include "auth/pin_state.h"
#include "auth/piv_commands.h"
#include "auth/piv_management.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <utility>

namespace auth {

namespace {

using base::Errc;
using base::Error;

constexpr std::uint8_t Slot = 0x9a;
constexpr std::uint32_t CertificateObject = 0x5fc105;
constexpr std::uint32_t ChuidObject = 0x5fc102;
constexpr std::uint32_t AttestationObject = 0x5fff01; ///< the certificate of a YubiKey's own key F9
constexpr std::size_t LargestCertificate = 8'192;
constexpr std::uint8_t Compressed = 0x01; // a bit of CertInfo (SP 800-73-4, part 1, table 39)

constexpr std::uint8_t Rsa2048 = 0x07;
constexpr std::uint8_t EcP256 = 0x11;
constexpr std::uint8_t EcP384 = 0x14;

std::uint8_t numberOf(PivKeyKind kind)
{
    switch (kind) {
    case PivKeyKind::EcP256:
        return EcP256;
    case PivKeyKind::EcP384:
        return EcP384;
    case PivKeyKind::Rsa2048:
        return Rsa2048;
    }
    return EcP256;
}

/// 0: the card has no such keys.
std::uint8_t algorithmOf(const EVP_PKEY& key)
{
    const int bits = EVP_PKEY_get_bits(&key);
    if (EVP_PKEY_is_a(&key, "EC"))
        return bits == 256 ? EcP256 : bits == 384 ? EcP384 : std::uint8_t{0};
    return EVP_PKEY_is_a(&key, "RSA") && bits == 2048 ? Rsa2048 : std::uint8_t{0};
}

tls::KeyPtr keyFrom(const char* kind, OSSL_PARAM_BLD& parameters)
{
    const std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> built(
        OSSL_PARAM_BLD_to_param(&parameters), OSSL_PARAM_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY* key = nullptr;
    if (built && context && EVP_PKEY_fromdata_init(context.get()) == 1)
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, built.get());
    ERR_clear_error();
    return tls::KeyPtr(key);
}

tls::KeyPtr publicKeyFrom(PivKeyKind kind, PivView parts)
{
    const std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> made(
        OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    if (kind == PivKeyKind::Rsa2048) {
        const PivView modulus = pivValue(parts, 0x81);
        const PivView exponent = pivValue(parts, 0x82);
        using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;
        const Number n(BN_bin2bn(modulus.data(), static_cast<int>(modulus.size()), nullptr), BN_free);
        const Number e(BN_bin2bn(exponent.data(), static_cast<int>(exponent.size()), nullptr), BN_free);
        if (modulus.empty() || exponent.empty()
            || OSSL_PARAM_BLD_push_BN(made.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1
            || OSSL_PARAM_BLD_push_BN(made.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
            return nullptr;
        return keyFrom("RSA", *made);
    }
    const PivView point = pivValue(parts, 0x86);
    const char* group = kind == PivKeyKind::EcP256 ? "P-256" : "P-384";
    if (point.empty() || OSSL_PARAM_BLD_push_utf8_string(made.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, 0) != 1
        || OSSL_PARAM_BLD_push_octet_string(made.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1)
        return nullptr;
    return keyFrom("EC", *made);
}

/// A card that lies about its own key helps nobody, but must not crash anybody either.
tls::CertificatePtr parse(PivView der)
{
    const unsigned char* start = der.data();
    tls::CertificatePtr certificate(
        der.empty() ? nullptr : d2i_X509(nullptr, &start, static_cast<long>(std::min(der.size(), LargestCertificate))));
    ERR_clear_error();
    return certificate;
}

PivBytes objectName(std::uint32_t tag)
{
    const std::array<std::uint8_t, 3> name{
        static_cast<std::uint8_t>(tag >> 16U), static_cast<std::uint8_t>(tag >> 8U), static_cast<std::uint8_t>(tag)};
    PivBytes data;
    appendPivValue(data, 0x5c, name);
    return data;
}

/// Signs with the key in 9a. The card wants EC digests as they are and RSA blocks as long as the modulus.
class PivSigner final : public tls::Signer {
public:
    PivSigner(std::shared_ptr<PivWork> work, std::uint8_t algorithm)
        : m_work(std::move(work))
        , m_algorithm(algorithm)
    {
    }

    base::Result<std::vector<std::uint8_t>> sign(Scheme scheme, std::span<const std::uint8_t> input) override
    {
        constexpr std::size_t modulus = 256;
        constexpr std::size_t leastPadding = 11;
        switch (scheme) {
        case Scheme::Ecdsa: {
            const std::size_t size = m_algorithm == EcP256 ? 32 : 48;
            return m_work->use(m_algorithm, input.first(std::min(size, input.size())));
        }
        case Scheme::RsaRaw:
            return m_work->use(m_algorithm, input);
        case Scheme::RsaPkcs1: {
            if (input.size() + leastPadding > modulus)
                return Error{Errc::Unsupported, "signing: the input is too long for the key"};
            PivBytes block(modulus - input.size(), 0xff);
            block[0] = 0;
            block[1] = 1;
            block.back() = 0;
            block.insert(block.end(), input.begin(), input.end());
            return m_work->use(m_algorithm, block);
        }
        }
        return Error{Errc::Internal, "signing: no such scheme"};
    }

private:
    const std::shared_ptr<PivWork> m_work;
    const std::uint8_t m_algorithm;
};

}

base::Result<std::shared_ptr<PivWork>> PivWork::begin(std::unique_ptr<CardChannel> card, const std::string& id)
{
    if (auto claimed = card->claim(); !claimed)
        return claimed.error();
    auto facts = readPivFacts(*card);
    if (!facts)
        return facts.error();
    if (facts->id() != id)
        return Error{Errc::KeyNotFound, "the card in the reader is not the one that was chosen; nothing was tried"};
    return std::shared_ptr<PivWork>(new PivWork(std::move(card), *std::move(facts)));
}

PivWork::PivWork(std::unique_ptr<CardChannel> card, PivFacts facts)
    : m_card(std::move(card))
    , m_facts(std::move(facts))
    , m_pin(pinStateOf(m_facts.pinTries))
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
    const std::array<char, 5> header{'\x00', '\x20', '\x00', '\x80', static_cast<char>(PivSecretSize)};
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
    const auto tries = response->tries();
    if (!tries)
        return pivStatusError(response->status, "giving the PIN");
    m_pin = pinStateOf(tries);
    if (*tries == 0)
        return Error{Errc::PinBlocked, "the card has blocked its PIN"};
    return Error{Errc::PinWrong, "the card refuses the PIN; tries left: " + std::to_string(*tries)};
}

base::Status PivWork::authorise(const base::SecretBytes& hex)
{
    return authenticateManagement(*m_card, hex);
}

base::Result<PivBytes> PivWork::object(std::uint32_t tag)
{
    auto response = askPiv(*m_card, PivCommand{0xcb, 0x3f, 0xff, objectName(tag)});
    if (!response)
        return response.error();
    if (response->status == PivNotFound)
        return PivBytes{};
    if (response->status != PivDone)
        return pivStatusError(response->status, "reading from the card");
    const PivView value = pivValue(response->data, 0x53);
    return PivBytes(value.begin(), value.end());
}

base::Status PivWork::put(std::uint32_t tag, PivView value)
{
    PivCommand command{0xdb, 0x3f, 0xff, objectName(tag)};
    appendPivValue(command.data, 0x53, value);
    const auto response = askPiv(*m_card, command);
    if (!response)
        return response.error();
    return response->status == PivDone ? base::Status(base::Ok{})
                                       : pivStatusError(response->status, "writing to the card");
}

base::Result<tls::CertificatePtr> PivWork::certificate()
{
    const auto found = object(CertificateObject);
    if (!found)
        return found.error();
    // Taken for an empty slot, it would be written over, and its key with it.
    const PivView information = pivValue(*found, 0x71);
    if (!information.empty() && (information[0] & Compressed) != 0)
        return Error{Errc::Unsupported,
            "the card keeps its certificate in 9a compressed, which this program does not read; write it again "
            "uncompressed with the tool of the card's maker"};
    return parse(pivValue(*found, 0x70));
}

base::Result<tls::KeyPtr> PivWork::publicKey()
{
    // First: what the card says of the key itself holds also where a certificate was put beside another one.
    const auto attested = askPiv(*m_card, PivCommand{0xf9, Slot, 0x00, {}});
    if (!attested)
        return attested.error();
    auto told = attested->status == PivDone ? parse(attested->data) : nullptr;
    if (!told) {
        auto beside = certificate();
        if (!beside)
            return beside.error();
        told = *std::move(beside);
    }
    return tls::KeyPtr(told ? X509_get_pubkey(told.get()) : nullptr);
}

std::optional<PivAttestation> PivWork::attestation()
{
    auto statement = askPiv(*m_card, PivCommand{0xf9, Slot, 0x00, {}});
    if (!statement || statement->status != PivDone)
        return std::nullopt;
    const auto maker = object(AttestationObject);
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
    if (m_facts.guid.empty())
        if (auto numbered = giveNumber(); !numbered)
            return numbered.error();
    const auto response = askPiv(*m_card, PivCommand{0x47, 0x00, Slot, {0xac, 0x03, 0x80, 0x01, numberOf(kind)}});
    if (!response)
        return response.error();
    if (response->status == PivWrongData || response->status == PivWrongParameters)
        return Error{Errc::Unsupported, "the card makes no keys of this kind"};
    if (response->status != PivDone)
        return pivStatusError(response->status, "making the key");
    // The tag has two bytes, 7f49.
    auto key = publicKeyFrom(
        kind, pivValue(PivView(response->data).subspan(std::min<std::size_t>(1, response->data.size())), 0x49));
    if (!key)
        return Error{Errc::TokenFailure, "making the key: the card's answer is none"};
    return key;
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
    if (auto written = put(CertificateObject, value); !written)
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
    const std::uint8_t algorithm = algorithmOf(publicKey);
    if (algorithm == 0)
        return Error{Errc::Unsupported, "the key is none of EC P-256, EC P-384 and RSA 2048"};
    const tls::CertificatePtr shell(X509_new());
    if (!shell || X509_set_pubkey(shell.get(), &publicKey) != 1)
        return Error{Errc::Internal, "out of memory"};
    return tls::delegatingKey(*shell, std::make_shared<PivSigner>(work, algorithm));
}

base::Result<PivBytes> PivWork::use(std::uint8_t algorithm, PivView block)
{
    PivBytes parts;
    appendPivValue(parts, 0x82, {});
    appendPivValue(parts, 0x81, block);
    PivCommand command{0x87, algorithm, Slot, {}};
    appendPivValue(command.data, 0x7c, parts);
    const auto response = askPiv(*m_card, command);
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
