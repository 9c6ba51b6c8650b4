#include "core/stepup/grant.h"

#include "core/stepup/canonical.h"
#include "core/stepup/plain_text.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>

namespace stepup {

namespace {

using base::Errc;
using base::Error;

constexpr std::string_view GrantHeading = "countersign.grant.v1";
constexpr std::size_t KeySize = 32;

}

base::Result<Bytes> grantBytes(const Grant& grant)
{
    if (auto plain = checkPlainText("the user", grant.user.text()); !plain)
        return plain.error();
    const auto ticket = canonicalBytes(grant.ticket);
    if (!ticket)
        return ticket.error();
    FieldWriter fields(GrantHeading);
    fields.bytes(1, grant.id);
    fields.text(2, grant.user.text());
    fields.bytes(3, grant.certificate);
    fields.time(4, grant.issuedAt);
    fields.bytes(5, *ticket);
    return std::move(fields).take();
}

base::Result<Grant> parseGrantBytes(ByteView bytes)
{
    const Error malformed{Errc::InvalidInput, "the bytes of the grant are not in canonical form"};
    FieldReader fields(bytes, GrantHeading);
    Grant grant;
    const ByteView id = fields.bytes(1);
    grant.user = UserId(fields.text(2));
    const ByteView certificate = fields.bytes(3);
    grant.issuedAt = fields.time(4);
    const auto action = parseAction(fields.bytes(5));
    if (!fields.complete() || id.size() != grant.id.size() || certificate.size() != grant.certificate.size()
        || !checkPlainText("the user", grant.user.text()) || !action)
        return malformed;
    const auto* ticket = std::get_if<ArmTicket>(&*action);
    if (!ticket)
        return malformed;
    std::copy(id.begin(), id.end(), grant.id.begin());
    std::copy(certificate.begin(), certificate.end(), grant.certificate.begin());
    grant.ticket = *ticket;
    return grant;
}

base::Result<GrantKey> GrantKey::generate(RandomSource& random)
{
    std::array<std::uint8_t, KeySize> bytes{};
    GrantKey key;
    const bool made =
        random.fill(bytes) && key.m_key.append({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    base::wipe(bytes.data(), bytes.size());
    if (!made)
        return Error{Errc::Internal, "the random number generator failed: no key for grants can be made"};
    return key;
}

base::Result<Digest> GrantKey::tagOf(ByteView body) const
{
    Digest tag{};
    const auto key = m_key.reveal();
    if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), body.data(), body.size(), tag.data(), nullptr)) {
        ERR_clear_error();
        return Error{Errc::Internal, "HMAC-SHA-256 is not available"};
    }
    return tag;
}

base::Result<std::string> GrantKey::seal(const Grant& grant) const
{
    auto body = grantBytes(grant);
    if (!body)
        return body.error();
    const auto tag = tagOf(*body);
    if (!tag)
        return tag.error();
    append(*body, *tag);
    return base64Url(*body);
}

base::Result<Grant> GrantKey::open(std::string_view sealed) const
{
    const Error malformed{Errc::InvalidInput, "this is not a sealed grant"};
    if (sealed.size() > MaxGrantSize)
        return malformed;
    const auto bytes = bytesOfBase64Url(sealed);
    if (!bytes || bytes->size() < sizeof(Digest))
        return malformed;
    const ByteView body = ByteView(*bytes).first(bytes->size() - sizeof(Digest));
    const auto tag = tagOf(body);
    if (!tag)
        return tag.error();
    if (!equalInConstantTime(*tag, ByteView(*bytes).subspan(body.size())))
        return Error{Errc::Refused, "the grant was changed, or was issued before this server started"};
    return parseGrantBytes(body);
}

}
