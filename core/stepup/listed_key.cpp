#include "core/stepup/canonical.h"
#include "core/stepup/dialect.h"
#include "core/stepup/plain_text.h"

#include <algorithm>
#include <utility>

namespace stepup {

namespace {

using base::Errc;
using base::Error;
using base::Ok;
using base::Status;

constexpr std::string_view ListedKeyHeading = "countersign.key.v1";
constexpr std::uint64_t CountsHere = 1;
constexpr std::uint64_t CountsElsewhere = 2;
constexpr std::uint8_t LastUsedTag = 6;

Status check(const ListedKey& key)
{
    if (key.id.size() < MinCredentialIdSize || key.id.size() > MaxCredentialIdSize)
        return invalid("the id of a listed key has not 16 to 1023 bytes");
    return checkPlainText("the name of a listed key", key.name);
}

}

base::Result<Bytes> listedKeyBytes(const ListedKey& key)
{
    if (auto sound = check(key); !sound)
        return sound.error();
    FieldWriter writer(ListedKeyHeading);
    writer.bytes(1, key.id);
    writer.text(2, key.name);
    writer.bytes(3, key.aaguid);
    writer.time(4, key.enrolledAt);
    writer.number(5, key.countsHere ? CountsHere : CountsElsewhere, 1);
    if (key.lastUsedAt)
        writer.time(LastUsedTag, *key.lastUsedAt);
    return std::move(writer).take();
}

base::Result<ListedKey> parseListedKey(ByteView bytes)
{
    FieldReader reader(bytes, ListedKeyHeading);
    ListedKey key;
    const ByteView id = reader.bytes(1);
    key.id.assign(id.begin(), id.end());
    key.name = reader.text(2);
    const ByteView aaguid = reader.bytesOfSize(3, key.aaguid.size());
    std::copy(aaguid.begin(), aaguid.end(), key.aaguid.begin());
    key.enrolledAt = reader.time(4);
    const std::uint64_t counts = reader.number(5, 1);
    if (reader.has(LastUsedTag))
        key.lastUsedAt = reader.time(LastUsedTag);
    if (!reader.complete() || (counts != CountsHere && counts != CountsElsewhere))
        return invalid("a listed key is malformed");
    key.countsHere = counts == CountsHere;
    if (auto sound = check(key); !sound)
        return sound.error();
    return key;
}

}
