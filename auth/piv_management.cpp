#include "auth/piv_management.h"

#include "auth/piv_commands.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <memory>
#include <string_view>

namespace auth {

namespace {

using base::Errc;
using base::Error;

constexpr std::size_t KeySize = 24;
constexpr std::string_view FactoryKey = "010203040506070801020304050607080102030405060708";
constexpr std::uint8_t ManagementSlot = 0x9b;
constexpr std::uint8_t Authenticate = 0x87;
constexpr std::uint8_t Dynamic = 0x7c;
constexpr std::uint8_t Witness = 0x80;
constexpr std::uint8_t Challenge = 0x81;
constexpr std::uint8_t Answer = 0x82;
constexpr const char* Doing = "proving the management key";

/// What the key is used with, and PIV's number for it (SP 800-78-4).
struct Cipher {
    std::uint8_t number;
    const EVP_CIPHER* (*cipher)();
    std::size_t block;
};
constexpr std::array<Cipher, 2> Ciphers{{{0x03, EVP_des_ede3_ecb, 8}, {0x0a, EVP_aes_192_ecb, 16}}};

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

base::Status decode(std::string_view hex, base::SecretBytes& key)
{
    const Error unfit{Errc::InvalidInput, "the management key has 48 hexadecimal digits; nothing was tried"};
    if (hex.size() != 2 * KeySize)
        return unfit;
    for (std::size_t i = 0; i < KeySize; ++i) {
        const int high = digitOf(hex[2 * i]);
        const int low = digitOf(hex[2 * i + 1]);
        const std::array<char, 1> byte{static_cast<char>(high * 16 + low)};
        if (high < 0 || low < 0 || !key.append(byte))
            return unfit;
    }
    return base::Ok{};
}

enum class Direction { Decrypt, Encrypt };

PivBytes transform(const Cipher& cipher, const base::SecretBytes& key, PivView block, Direction direction)
{
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const auto* bytes = reinterpret_cast<const unsigned char*>(key.reveal().data());
    PivBytes out(block.size() + cipher.block);
    int size = 0;
    const bool done = context
        && EVP_CipherInit_ex(context.get(), cipher.cipher(), nullptr, bytes, nullptr, direction == Direction::Encrypt)
            == 1
        && EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1
        && EVP_CipherUpdate(context.get(), out.data(), &size, block.data(), static_cast<int>(block.size())) == 1;
    ERR_clear_error();
    out.resize(done ? static_cast<std::size_t>(size) : 0);
    return out;
}

base::Result<PivResponse> authenticate(CardChannel& card, const Cipher& cipher, const PivBytes& parts)
{
    PivCommand command{Authenticate, cipher.number, ManagementSlot, {}};
    appendPivValue(command.data, Dynamic, parts);
    return askPiv(card, command);
}

base::Status prove(CardChannel& card, const Cipher& cipher, const base::SecretBytes& key, PivView sealedWitness)
{
    const PivBytes witness = transform(cipher, key, sealedWitness, Direction::Decrypt);
    PivBytes challenge(cipher.block);
    if (witness.size() != cipher.block || RAND_bytes(challenge.data(), static_cast<int>(challenge.size())) != 1)
        return Error{Errc::TokenFailure, std::string(Doing) + ": the card's challenge cannot be used"};
    PivBytes parts;
    appendPivValue(parts, Witness, witness);
    appendPivValue(parts, Challenge, challenge);
    const auto response = authenticate(card, cipher, parts);
    if (!response)
        return response.error();
    const Error refused{Errc::Refused,
        "the card does not accept this management key; where it is not the factory's any more, IT has it"};
    if (response->status != PivDone)
        return refused;
    const PivView answer = pivValue(pivValue(response->data, Dynamic), Answer);
    const PivBytes expected = transform(cipher, key, challenge, Direction::Encrypt);
    if (answer.size() != expected.size() || CRYPTO_memcmp(answer.data(), expected.data(), expected.size()) != 0)
        return refused;
    return base::Ok{};
}

}

base::Status authenticateManagement(CardChannel& card, const base::SecretBytes& hex)
{
    base::SecretBytes key;
    if (auto decoded = decode(hex.empty() ? FactoryKey : hex.reveal(), key); !decoded)
        return decoded;
    PivBytes ask;
    appendPivValue(ask, Witness, {});
    for (const Cipher& cipher : Ciphers) {
        const auto response = authenticate(card, cipher, ask);
        if (!response)
            return response.error();
        if (response->status == PivWrongData || response->status == PivWrongParameters)
            continue; // another kind of key
        if (response->status != PivDone)
            return pivStatusError(response->status, Doing);
        const PivView witness = pivValue(pivValue(response->data, Dynamic), Witness);
        if (witness.size() == cipher.block)
            return prove(card, cipher, key, witness);
    }
    return Error{Errc::Unsupported, "the card's management key is neither 3DES nor AES-192"};
}

}
