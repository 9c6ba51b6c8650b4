#include "core/stepup/device_quote.h"

#include "core/stepup/canonical.h"
#include "core/stepup/cose_key.h"
#include "core/stepup/openssl_handles.h"

#include <openssl/ec.h>

#include <algorithm>

namespace stepup {

namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::string_view QuoteHeading = "countersign.quote.v1";
constexpr std::string_view ReferenceHeading = "countersign.device.v1";
constexpr std::size_t DigestSize = std::tuple_size_v<Digest>;

using KeyHandle = std::unique_ptr<EVP_PKEY, PublicKeyDeleter>;

Digest digestAt(ByteView bytes, std::size_t at)
{
    Digest digest{};
    const ByteView part = bytes.subspan(at, DigestSize);
    std::copy(part.begin(), part.end(), digest.begin());
    return digest;
}

/// Null where it is no point of P-256.
KeyHandle keyOf(ByteView point)
{
    const ErrorQueueGuard guard;
    if (point.size() != DeviceKeySize || point[0] != 0x04)
        return nullptr;
    const Handle<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
    if (!builder
        || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, SN_X9_62_prime256v1, 0) != 1
        || OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1)
        return nullptr;
    const Handle<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const Handle<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* made = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return nullptr;
    KeyHandle key(made);
    const Handle<EVP_PKEY_CTX> check(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    return check && EVP_PKEY_public_check(check.get()) == 1 ? std::move(key) : nullptr;
}

/// An INTEGER of DER: no zeros in front but the one that keeps it positive.
void appendInteger(Bytes& der, ByteView number)
{
    const auto* const first =
        std::find_if(number.data(), number.data() + number.size() - 1, [](std::uint8_t byte) { return byte != 0; });
    const auto size = static_cast<std::uint8_t>(number.data() + number.size() - first);
    const bool needsZero = (*first & 0x80U) != 0;
    der.push_back(0x02);
    der.push_back(static_cast<std::uint8_t>(size + (needsZero ? 1 : 0)));
    if (needsZero)
        der.push_back(0);
    der.insert(der.end(), first, first + size);
}

/// ECDSA-Sig-Value of RFC 3279, 2.2.3.
Bytes derOf(ByteView signature)
{
    Bytes numbers;
    appendInteger(numbers, signature.first(QuoteSignatureSize / 2));
    appendInteger(numbers, signature.subspan(QuoteSignatureSize / 2));
    Bytes der{0x30, static_cast<std::uint8_t>(numbers.size())};
    append(der, numbers);
    return der;
}

Bytes joined(const std::vector<Digest>& digests)
{
    Bytes bytes;
    for (const Digest& digest : digests)
        append(bytes, digest);
    return bytes;
}

std::string numbersText(const std::vector<std::uint8_t>& numbers)
{
    std::string text;
    for (const std::uint8_t number : numbers)
        text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

}

const char* faultName(QuoteFault fault)
{
    switch (fault) {
    case QuoteFault::Malformed:
        return "quote-malformed";
    case QuoteFault::SignatureWrong:
        return "quote-signature-wrong";
    case QuoteFault::OtherStatement:
        return "quote-of-another-statement";
    case QuoteFault::OtherRegisters:
        return "quote-of-other-registers";
    case QuoteFault::RegistersChanged:
        return "registers-changed";
    case QuoteFault::Replayed:
        return "quote-replayed";
    }
    return "";
}

Status checkQuote(const DeviceQuote& quote)
{
    if (quote.attest.empty() || quote.attest.size() > MaxAttestSize)
        return invalid("what a TPM signed for a quote has 1 to 512 bytes");
    if (quote.signature.size() != QuoteSignatureSize)
        return invalid("the signature of a quote has 64 bytes");
    if (quote.pcrs.empty() || quote.pcrs.size() > PcrCount)
        return invalid("a quote is of 1 to 24 registers");
    return base::Ok{};
}

Result<Bytes> quoteBytes(const DeviceQuote& quote)
{
    if (auto sound = checkQuote(quote); !sound)
        return sound.error();
    FieldWriter writer(QuoteHeading);
    writer.bytes(1, quote.attest);
    writer.bytes(2, quote.signature);
    writer.bytes(3, joined(quote.pcrs));
    return std::move(writer).take();
}

Result<DeviceQuote> parseQuote(ByteView bytes)
{
    FieldReader reader(bytes, QuoteHeading);
    const ByteView attest = reader.bytes(1);
    const ByteView signature = reader.bytes(2);
    const ByteView pcrs = reader.bytes(3);
    if (!reader.complete() || pcrs.size() % DigestSize != 0)
        return invalid("the quote is malformed");
    DeviceQuote quote{
        .attest = {attest.begin(), attest.end()}, .signature = {signature.begin(), signature.end()}, .pcrs = {}};
    for (std::size_t at = 0; at < pcrs.size(); at += DigestSize)
        quote.pcrs.push_back(digestAt(pcrs, at));
    if (auto sound = checkQuote(quote); !sound)
        return sound.error();
    return quote;
}

Status checkReference(const DeviceReference& reference)
{
    if (!keyOf(reference.key))
        return invalid("the attestation key is no uncompressed point of P-256");
    if (reference.pcrs.empty() || reference.pcrs.rbegin()->first >= PcrCount)
        return invalid("a device is registered with registers from 0 to 23, at least one");
    if (reference.secureBoot && !reference.pcrs.contains(SecureBootPcr))
        return invalid("register 7 is what proves Secure Boot, and it is not among the registered ones");
    return base::Ok{};
}

Result<std::string> referenceText(const DeviceReference& reference)
{
    if (auto sound = checkReference(reference); !sound)
        return sound.error();
    FieldWriter writer(ReferenceHeading);
    writer.bytes(1, reference.key);
    Bytes pcrs;
    for (const auto& [number, value] : reference.pcrs) {
        pcrs.push_back(number);
        append(pcrs, value);
    }
    writer.bytes(2, pcrs);
    if (reference.secureBoot)
        writer.number(3, *reference.secureBoot ? 1 : 0, 1);
    return base64Url(std::move(writer).take());
}

Result<DeviceReference> parseReference(std::string_view text)
{
    const auto bytes = bytesOfBase64Url(text);
    if (!bytes)
        return invalid("the device is not base64url without padding");
    FieldReader reader(*bytes, ReferenceHeading);
    const ByteView key = reader.bytesOfSize(1, DeviceKeySize);
    const ByteView pcrs = reader.bytes(2);
    DeviceReference reference{.key = {key.begin(), key.end()}, .pcrs = {}, .secureBoot = std::nullopt};
    std::uint64_t secureBoot = 0;
    if (reader.has(3)) {
        secureBoot = reader.number(3, 1);
        reference.secureBoot = secureBoot == 1;
    }
    constexpr std::size_t EntrySize = 1 + DigestSize;
    if (!reader.complete() || secureBoot > 1 || pcrs.size() % EntrySize != 0)
        return invalid("the device is malformed");
    for (std::size_t at = 0; at < pcrs.size(); at += EntrySize) {
        if (at > 0 && pcrs[at] <= pcrs[at - EntrySize])
            return invalid("the registers of the device do not rise");
        reference.pcrs.emplace(pcrs[at], digestAt(pcrs, at + 1));
    }
    if (auto sound = checkReference(reference); !sound)
        return sound.error();
    return reference;
}

std::variant<TpmAttest, QuoteRefusal> verifyQuote(
    const DeviceQuote& quote, const DeviceReference& reference, const Digest& nonce)
{
    if (const auto sound = checkQuote(quote); !sound)
        return QuoteRefusal{QuoteFault::Malformed, sound.error().detail};
    const KeyHandle key = keyOf(reference.key);
    if (!key || !verifySignature(*key, Algorithm::Es256, quote.attest, derOf(quote.signature)))
        return QuoteRefusal{QuoteFault::SignatureWrong, "the registered attestation key did not sign it"};
    auto attest = parseTpmAttest(quote.attest);
    if (!attest)
        return QuoteRefusal{QuoteFault::Malformed, attest.error().detail};
    if (!equalInConstantTime(attest->nonce, nonce))
        return QuoteRefusal{
            QuoteFault::OtherStatement, "it was made for another connection, another person or another statement"};
    std::vector<std::uint8_t> registered;
    for (const auto& [number, value] : reference.pcrs)
        registered.push_back(number);
    if (attest->pcrs != registered)
        return QuoteRefusal{QuoteFault::OtherRegisters,
            "it is of the registers " + numbersText(attest->pcrs) + ", registered are " + numbersText(registered)};
    if (quote.pcrs.size() != registered.size() || sha256(joined(quote.pcrs)) != attest->pcrDigest)
        return QuoteRefusal{QuoteFault::Malformed, "the values beside it are not those that the TPM signed"};
    std::vector<std::uint8_t> changed;
    for (std::size_t at = 0; at < registered.size(); ++at)
        if (quote.pcrs[at] != reference.pcrs.at(registered[at]))
            changed.push_back(registered[at]);
    if (!changed.empty())
        return QuoteRefusal{
            QuoteFault::RegistersChanged, "these registers are not as registered: " + numbersText(changed)};
    return *std::move(attest);
}

}
