#include "core/stepup/authenticator_data.h"

#include "core/stepup/cbor.h"

#include <algorithm>

namespace stepup {

namespace {

using base::Errc;
using base::Error;

constexpr std::size_t HeadSize = 37; ///< hash of the RP id, flags, counter
constexpr std::size_t FlagsAt = 32;
constexpr std::size_t CounterAt = 33;
constexpr std::size_t AttestedHeadSize = 18; ///< AAGUID, size of the id
constexpr std::uint8_t FlagUserPresent = 0x01;
constexpr std::uint8_t FlagUserVerified = 0x04;
constexpr std::uint8_t FlagBackupEligible = 0x08;
constexpr std::uint8_t FlagBackedUp = 0x10;
constexpr std::uint8_t FlagAttested = 0x40;
constexpr std::uint8_t FlagExtensions = 0x80;
constexpr std::uint8_t ReservedFlags = 0x22;

Error malformedData(const char* why)
{
    return {Errc::InvalidInput, std::string("the authenticator data ") + why};
}

/// Takes the attested credential from the front of `rest`.
base::Result<AttestedCredential> takeAttested(ByteView& rest)
{
    if (rest.size() < AttestedHeadSize)
        return malformedData("ends inside the attested credential");
    AttestedCredential attested;
    std::copy_n(rest.begin(), attested.aaguid.size(), attested.aaguid.begin());
    const auto idSize = static_cast<std::size_t>((rest[16] << 8) | rest[17]);
    rest = rest.subspan(AttestedHeadSize);
    if (idSize < MinCredentialIdSize || idSize > MaxCredentialIdSize || idSize > rest.size())
        return malformedData("has a credential id that is not of 16 to 1023 bytes, or ends inside it");
    attested.id.assign(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(idSize));
    rest = rest.subspan(idSize);
    const auto key = CborReader(rest).item();
    if (!key)
        return malformedData("has a public key that is not in CTAP2 canonical CBOR");
    attested.coseKey.assign(key->begin(), key->end());
    rest = rest.subspan(key->size());
    return attested;
}

/// Reads the extensions, which are all that is left.
base::Status readExtensions(ByteView bytes, AuthenticatorData& data)
{
    CborReader whole(bytes);
    if (!whole.item() || !whole.atEnd())
        return malformedData("has extensions that are not one item of CTAP2 canonical CBOR, or bytes after them");
    CborReader reader(bytes);
    const auto count = reader.map();
    if (!count || *count == 0)
        return malformedData("has extensions that are not a map, or an empty one");
    for (std::size_t left = *count; left > 0; --left) {
        const auto name = reader.text();
        const auto value = name ? reader.item() : std::nullopt;
        if (!value)
            return malformedData("has an extension whose name is not a text");
        if (*name == "credProtect") {
            data.credProtect = CborReader(*value).integer();
            if (!data.credProtect || *data.credProtect < 1 || *data.credProtect > 3)
                return malformedData("has a credProtect level that is not 1 to 3");
        }
    }
    return base::Ok{};
}

}

base::Result<AuthenticatorData> parseAuthenticatorData(ByteView bytes)
{
    if (bytes.size() < HeadSize || bytes.size() > MaxAuthenticatorDataSize)
        return malformedData("is not of 37 to 2048 bytes");
    AuthenticatorData data;
    std::copy_n(bytes.begin(), data.rpIdHash.size(), data.rpIdHash.begin());
    const std::uint8_t flags = bytes[FlagsAt];
    if ((flags & ReservedFlags) != 0)
        return malformedData("has a reserved flag set");
    data.userPresent = (flags & FlagUserPresent) != 0;
    data.userVerified = (flags & FlagUserVerified) != 0;
    data.backupEligible = (flags & FlagBackupEligible) != 0;
    data.backedUp = (flags & FlagBackedUp) != 0;
    for (const std::uint8_t byte : bytes.subspan(CounterAt, 4))
        data.signCount = (data.signCount << 8) | byte;
    ByteView rest = bytes.subspan(HeadSize);
    if ((flags & FlagAttested) != 0) {
        auto attested = takeAttested(rest);
        if (!attested)
            return attested.error();
        data.attested = *std::move(attested);
    }
    if ((flags & FlagExtensions) != 0) {
        if (auto read = readExtensions(rest, data); !read)
            return read.error();
    } else if (!rest.empty()) {
        return malformedData("has bytes after its end");
    }
    return data;
}

}
