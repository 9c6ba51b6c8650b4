#include "auth/piv_management.h"

#include "auth/piv_commands.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

namespace auth {

namespace {

using base::Errc;
using base::Error;

constexpr std::string_view FactoryKey = "010203040506070801020304050607080102030405060708";
constexpr std::uint8_t ManagementSlot = 0x9b;
constexpr std::uint8_t Authenticate = 0x87;
constexpr std::uint8_t GetMetadata = 0xf7; ///< of YubiKeys from firmware 5.3 on
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
    std::size_t keySize;
    const char* name;
};
constexpr std::array<Cipher, 4> Ciphers{
    {{0x03, EVP_des_ede3_ecb, 8, 24, "3DES"}, {0x08, EVP_aes_128_ecb, 16, 16, "AES-128"},
        {0x0a, EVP_aes_192_ecb, 16, 24, "AES-192"}, {0x0c, EVP_aes_256_ecb, 16, 32, "AES-256"}}};

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool isKeySize(std::size_t size)
{
    return std::any_of(Ciphers.begin(), Ciphers.end(), [size](const Cipher& cipher) { return cipher.keySize == size; });
}

base::Status decode(std::string_view hex, base::SecretBytes& key)
{
    const Error unfit{Errc::InvalidInput,
        "a management key has 48 hexadecimal digits (3DES, AES-192), 32 (AES-128) or 64 (AES-256); nothing was tried"};
    const std::size_t size = hex.size() / 2;
    if (hex.size() % 2 != 0 || !isKeySize(size))
        return unfit;
    for (std::size_t i = 0; i < size; ++i) {
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

/// The key that a YubiKey keeps for whoever has given its PIN, as Yubico's tools put it there (`ykman piv access
/// change-management-key --protect`); `key` stays empty where the card keeps none. Errors: TokenAbsent, TokenFailure.
base::Status readKeptKey(CardChannel& card, base::SecretBytes& key)
{
    constexpr std::uint32_t administration = 0x5fff00;
    constexpr std::uint32_t printed = 0x5fc109; ///< read only after the PIN
    constexpr std::uint8_t isKept = 0x02;
    const auto told = readPivObject(card, administration);
    if (!told)
        return told.error();
    const PivView flags = pivValue(pivValue(*told, 0x80), 0x81);
    if (flags.empty() || (flags[0] & isKept) == 0)
        return base::Ok{};
    auto object = askPiv(card, PivCommand{0xcb, 0x3f, 0xff, pivObjectName(printed)});
    if (!object)
        return object.error();
    const PivView kept = pivValue(pivValue(pivValue(object->data, 0x53), 0x88), 0x89);
    const bool usable = object->status == PivDone && isKeySize(kept.size())
        && key.append(std::span(reinterpret_cast<const char*>(kept.data()), kept.size()));
    OPENSSL_cleanse(object->data.data(), object->data.size());
    if (!usable)
        return Error{Errc::TokenFailure,
            std::string(Doing)
                + ": the card says that it keeps the key behind its PIN, and holds none that can be used"};
    return base::Ok{};
}

/// What the card says that its key is used with; null where it does not tell.
base::Result<const Cipher*> toldCipher(CardChannel& card)
{
    constexpr std::uint8_t algorithmTag = 0x01;
    const auto told = askPiv(card, PivCommand{GetMetadata, 0x00, ManagementSlot, {}});
    if (!told)
        return told.error();
    const PivView number = told->status == PivDone ? pivValue(told->data, algorithmTag) : PivView();
    const auto* const found = std::find_if(
        Ciphers.begin(), Ciphers.end(), [&](const Cipher& one) { return !number.empty() && one.number == number[0]; });
    return found == Ciphers.end() ? nullptr : &*found;
}

Error refusedKey()
{
    return {Errc::Refused,
        "the card does not accept this management key; where it is not the factory's any more, IT has it"};
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
    if (response->status != PivDone)
        return refusedKey();
    const PivView answer = pivValue(pivValue(response->data, Dynamic), Answer);
    const PivBytes expected = transform(cipher, key, challenge, Direction::Encrypt);
    if (answer.size() != expected.size() || CRYPTO_memcmp(answer.data(), expected.data(), expected.size()) != 0)
        return refusedKey();
    return base::Ok{};
}

}

base::Status authenticateManagement(CardChannel& card, const base::SecretBytes& hex)
{
    base::SecretBytes key;
    if (hex.empty())
        if (auto kept = readKeptKey(card, key); !kept)
            return kept;
    if (key.empty())
        if (auto decoded = decode(hex.empty() ? FactoryKey : hex.reveal(), key); !decoded)
            return decoded;
    const auto told = toldCipher(card);
    if (!told)
        return told.error();
    if (*told && (*told)->keySize != key.size()) {
        if (hex.empty())
            return refusedKey();
        return Error{Errc::InvalidInput,
            "the card's management key is one of " + std::string((*told)->name) + " and has "
                + std::to_string(2 * (*told)->keySize) + " hexadecimal digits; nothing was tried"};
    }
    PivBytes ask;
    appendPivValue(ask, Witness, {});
    for (const Cipher& cipher : Ciphers) {
        if (cipher.keySize != key.size() || (*told && *told != &cipher))
            continue;
        const auto response = authenticate(card, cipher, ask);
        if (!response)
            return response.error();
        if (response->status == PivWrongData || response->status == PivWrongParameters
            || response->status == PivNoSuchKey)
            continue; // another kind of key
        if (response->status != PivDone)
            return pivStatusError(response->status, Doing);
        const PivView witness = pivValue(pivValue(response->data, Dynamic), Witness);
        if (witness.size() == cipher.block)
            return prove(card, cipher, key, witness);
    }
    if (hex.empty())
        return refusedKey(); // the factory's would be of a kind that was tried
    return Error{Errc::Unsupported,
        "the card's management key is of another kind than the one that was given: 3DES or AES-192 (48 digits), "
        "AES-128 "
        "(32) or AES-256 (64)"};
}

}
