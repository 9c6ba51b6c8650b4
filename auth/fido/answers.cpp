#include "auth/fido/answers.h"

#include "auth/fido/digest.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace fido {

namespace {

constexpr std::size_t RpHashSize = 32;
constexpr std::size_t FlagsAt = RpHashSize;
constexpr std::size_t SmallestAuthData = RpHashSize + 1 + 4;

Bytes copy(const unsigned char* data, std::size_t size)
{
    return data ? Bytes(data, data + size) : Bytes();
}

/// Whose answer it is, and what the key says of the person.
std::optional<Failure> checkHead(const Bytes& authenticatorData, const std::string& rpId)
{
    if (authenticatorData.size() < SmallestAuthData)
        return Failure{Problem::BadAnswer, std::nullopt, "the authenticator data is too short"};
    const Bytes hash = sha256(rpId);
    if (!std::equal(hash.begin(), hash.end(), authenticatorData.begin()))
        return Failure{Problem::NotVerified, std::nullopt, "the answer is for another relying party"};
    constexpr unsigned Needed = UserPresent | UserVerified;
    if ((authenticatorData[FlagsAt] & Needed) != Needed)
        return Failure{Problem::NotVerified, std::nullopt, "the key has not verified the person"};
    return std::nullopt;
}

/// What the key has answered: libfido2's fido_cred_prot() tells what it was asked for.
bool saysProtected(const Bytes& authenticatorData, std::size_t idSize)
{
    constexpr unsigned char HasExtensions = 0x80;
    constexpr std::size_t AaguidAndIdSize = 16 + 2;
    // A text of eleven characters and the number 3, in canonical CBOR, somewhere behind the credential's id.
    constexpr std::string_view Protected = "\x6b"
                                           "credProtect"
                                           "\x03";
    const std::size_t begin = SmallestAuthData + AaguidAndIdSize + idSize;
    if ((authenticatorData[FlagsAt] & HasExtensions) == 0 || authenticatorData.size() < begin)
        return false;
    const auto from = authenticatorData.begin() + static_cast<std::ptrdiff_t>(begin);
    return std::search(from, authenticatorData.end(), Protected.begin(), Protected.end(),
               [](unsigned char byte, char wanted) { return byte == static_cast<unsigned char>(wanted); })
        != authenticatorData.end();
}

}

std::optional<Bytes> byteStringIn(std::span<const unsigned char> cbor)
{
    // Major type 2; the length is in the first byte, or in the one or two that follow.
    constexpr unsigned Major = 0x40;
    constexpr unsigned OneByte = 24;
    constexpr unsigned TwoBytes = 25;
    if (cbor.empty() || (cbor[0] & 0xE0U) != Major)
        return std::nullopt;
    const unsigned form = cbor[0] & 0x1FU;
    std::size_t head = 1;
    std::size_t size = form;
    if (form == OneByte && cbor.size() > 1) {
        head = 2;
        size = cbor[1];
    } else if (form == TwoBytes && cbor.size() > 2) {
        head = 3;
        size = static_cast<std::size_t>(cbor[1] << 8U | cbor[2]);
    } else if (form >= OneByte) {
        return std::nullopt;
    }
    if (cbor.size() != head + size)
        return std::nullopt;
    return Bytes(cbor.begin() + static_cast<std::ptrdiff_t>(head), cbor.end());
}

Outcome<Registration> registrationOf(const fido_cred_t& cred, const EnrolRequest& request)
{
    Registration made;
    made.authenticatorData = copy(fido_cred_authdata_raw_ptr(&cred), fido_cred_authdata_raw_len(&cred));
    made.credentialId = copy(fido_cred_id_ptr(&cred), fido_cred_id_len(&cred));
    made.attestationStatement = copy(fido_cred_attstmt_ptr(&cred), fido_cred_attstmt_len(&cred));
    const char* format = fido_cred_fmt(&cred);
    made.format = format ? format : "";
    made.algorithm = request.algorithm;
    if (const auto failure = checkHead(made.authenticatorData, request.rpId))
        return *failure;
    if (made.credentialId.empty() || made.format.empty() || made.attestationStatement.empty())
        return Failure{Problem::BadAnswer, std::nullopt, "the new credential is not complete"};
    if (!saysProtected(made.authenticatorData, made.credentialId.size()))
        return Failure{Problem::Unsupported, std::nullopt, "the key has not protected the credential"};
    return made;
}

Outcome<Assertion> assertionOf(const fido_assert_t& inquiry, const AssertRequest& request)
{
    if (fido_assert_count(&inquiry) != 1)
        return Failure{Problem::BadAnswer, std::nullopt, "not exactly one assertion"};
    Assertion given;
    const auto* data = fido_assert_authdata_ptr(&inquiry, 0);
    if (const auto raw = data ? byteStringIn({data, fido_assert_authdata_len(&inquiry, 0)}) : std::nullopt)
        given.authenticatorData = *raw;
    given.signature = copy(fido_assert_sig_ptr(&inquiry, 0), fido_assert_sig_len(&inquiry, 0));
    given.credentialId = copy(fido_assert_id_ptr(&inquiry, 0), fido_assert_id_len(&inquiry, 0));
    // A key may leave the id out where only one was allowed.
    if (given.credentialId.empty() && request.allowed.size() == 1)
        given.credentialId = request.allowed.front();
    if (const auto failure = checkHead(given.authenticatorData, request.rpId))
        return *failure;
    if (given.signature.empty())
        return Failure{Problem::BadAnswer, std::nullopt, "no signature"};
    if (std::find(request.allowed.begin(), request.allowed.end(), given.credentialId) == request.allowed.end())
        return Failure{Problem::WrongKey, std::nullopt, "the key answered for a credential that was not allowed"};
    return given;
}

}
