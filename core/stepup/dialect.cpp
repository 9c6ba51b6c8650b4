#include "core/stepup/dialect.h"

#include "core/stepup/attestation.h"
#include "core/stepup/canonical.h"
#include "core/stepup/plain_text.h"

#include <algorithm>
#include <utility>

namespace stepup {

namespace {

using base::Errc;
using base::Error;
using base::Ok;
using base::Result;
using base::Status;

constexpr std::string_view ContextHeading = "countersign.context.v1";
constexpr std::string_view NonceHeading = "countersign.quote-nonce.v1";
constexpr std::string_view AnswerHeading = "countersign.answer.v1";
constexpr std::string_view NewKeyHeading = "countersign.registration.v1";
constexpr std::string_view RequestHeading = "countersign.request.v1";
constexpr std::string_view KeysHeading = "countersign.keys.v1";
constexpr std::uint8_t QuoteTag = 8; // in a context
constexpr std::uint8_t CertificateTag = 9;

bool startsWith(ByteView bytes, std::string_view heading)
{
    const ByteView expected = bytesOf(heading);
    return bytes.size() > expected.size() && std::equal(expected.begin(), expected.end(), bytes.begin())
        && bytes[expected.size()] == 0;
}

Bytes copyOf(ByteView bytes)
{
    return {bytes.begin(), bytes.end()};
}

Status check(const ContextStatement& context)
{
    if (auto plain = checkPlainText("the program", context.program); !plain)
        return plain;
    if (context.posture.size() > MaxPostureItems)
        return invalid("a posture has 64 items at most");
    for (const auto& item : context.posture) {
        if (auto plain = checkPlainText("the name of a posture item", item.name); !plain)
            return plain;
        if (auto plain = checkPlainText("the value of a posture item", item.value); !plain)
            return plain;
    }
    const auto falling = [](const auto& a, const auto& b) { return a.name >= b.name; };
    if (std::adjacent_find(context.posture.begin(), context.posture.end(), falling) != context.posture.end())
        return invalid("the posture items are not sorted by name, or one is there twice");
    return Ok{};
}

Status check(const Assertion& assertion)
{
    if (assertion.credentialId.size() < MinCredentialIdSize || assertion.credentialId.size() > MaxCredentialIdSize)
        return invalid("a credential id has 16 to 1023 bytes");
    if (assertion.authenticatorData.empty() || assertion.authenticatorData.size() > MaxAuthenticatorDataSize)
        return invalid("authenticator data has 1 to 2048 bytes");
    if (assertion.signature.empty() || assertion.signature.size() > MaxSignatureSize)
        return invalid("a signature has 1 to 512 bytes");
    return Ok{};
}

Status check(const Registration& registration)
{
    if (registration.authenticatorData.empty() || registration.authenticatorData.size() > MaxAuthenticatorDataSize)
        return invalid("authenticator data has 1 to 2048 bytes");
    if (auto plain = checkPlainText("the format of the attestation", registration.format); !plain)
        return plain;
    if (registration.statement.size() > MaxStatementSize)
        return invalid("an attestation statement has 16384 bytes at most");
    return Ok{};
}

/// Everything but the proofs.
FieldWriter startOf(const ContextStatement& context)
{
    FieldWriter writer(ContextHeading);
    writer.text(1, context.program);
    std::vector<std::string> posture;
    for (const auto& item : context.posture)
        posture.insert(posture.end(), {item.name, item.value});
    writer.texts(2, posture);
    return writer;
}

Result<Bytes> written(const ContextStatement& context)
{
    if (auto sound = check(context); !sound)
        return sound.error();
    FieldWriter writer = startOf(context);
    if (context.quote) {
        const auto quote = quoteBytes(*context.quote);
        if (!quote)
            return quote.error();
        writer.bytes(QuoteTag, *quote);
    }
    if (context.certificate) {
        const auto certificate = deviceCertificateBytes(*context.certificate);
        if (!certificate)
            return certificate.error();
        writer.bytes(CertificateTag, *certificate);
    }
    return std::move(writer).take();
}

Result<Bytes> written(const ChallengeAnswer& answer)
{
    if (auto sound = check(answer.assertion); !sound)
        return sound.error();
    FieldWriter writer(AnswerHeading);
    writer.bytes(1, answer.challenge);
    writer.bytes(2, answer.assertion.credentialId);
    writer.bytes(3, answer.assertion.authenticatorData);
    writer.bytes(4, answer.assertion.signature);
    return std::move(writer).take();
}

Result<Bytes> written(const NewKey& key)
{
    if (auto sound = check(key.registration); !sound)
        return sound.error();
    FieldWriter writer(NewKeyHeading);
    writer.bytes(1, key.challenge);
    writer.bytes(2, key.registration.authenticatorData);
    writer.text(3, key.registration.format);
    writer.bytes(4, key.registration.statement);
    writer.bytes(5, key.registration.clientDataHash);
    return std::move(writer).take();
}

Result<Bytes> written(const ApprovalRequest& request)
{
    const auto action = canonicalBytes(request.action);
    if (!action)
        return action.error();
    FieldWriter writer(RequestHeading);
    writer.bytes(1, *action);
    return std::move(writer).take();
}

Result<Bytes> written(const KeysRequest&)
{
    return FieldWriter(KeysHeading).take();
}

Result<DeskPayload> readContext(ByteView bytes)
{
    FieldReader reader(bytes, ContextHeading);
    ContextStatement context{.program = reader.text(1), .posture = {}};
    const auto posture = reader.texts(2);
    const bool isQuoted = reader.has(QuoteTag);
    const ByteView quote = isQuoted ? reader.bytes(QuoteTag) : ByteView();
    const bool isCertified = reader.has(CertificateTag);
    const ByteView certificate = isCertified ? reader.bytes(CertificateTag) : ByteView();
    if (!reader.complete() || posture.size() % 2 != 0)
        return invalid("the context statement is malformed");
    if (isQuoted) {
        auto parsed = parseQuote(quote);
        if (!parsed)
            return parsed.error();
        context.quote = *std::move(parsed);
    }
    if (isCertified) {
        auto parsed = parseDeviceCertificate(certificate);
        if (!parsed)
            return parsed.error();
        context.certificate = *std::move(parsed);
    }
    for (std::size_t at = 0; at < posture.size(); at += 2)
        context.posture.push_back({posture[at], posture[at + 1]});
    if (auto sound = check(context); !sound)
        return sound.error();
    return DeskPayload(std::move(context));
}

Result<DeskPayload> readAnswer(ByteView bytes)
{
    FieldReader reader(bytes, AnswerHeading);
    ChallengeAnswer answer;
    answer.challenge = reader.digest(1);
    answer.assertion.credentialId = copyOf(reader.bytes(2));
    answer.assertion.authenticatorData = copyOf(reader.bytes(3));
    answer.assertion.signature = copyOf(reader.bytes(4));
    if (!reader.complete())
        return invalid("the answer to the challenge is malformed");
    if (auto sound = check(answer.assertion); !sound)
        return sound.error();
    return DeskPayload(std::move(answer));
}

Result<DeskPayload> readNewKey(ByteView bytes)
{
    FieldReader reader(bytes, NewKeyHeading);
    NewKey key;
    key.challenge = reader.digest(1);
    key.registration.authenticatorData = copyOf(reader.bytes(2));
    key.registration.format = reader.text(3);
    key.registration.statement = copyOf(reader.bytes(4));
    key.registration.clientDataHash = reader.digest(5);
    if (!reader.complete())
        return invalid("the registration is malformed");
    if (auto sound = check(key.registration); !sound)
        return sound.error();
    return DeskPayload(std::move(key));
}

Result<DeskPayload> readRequest(ByteView bytes)
{
    FieldReader reader(bytes, RequestHeading);
    const ByteView action = reader.bytes(1);
    if (!reader.complete())
        return invalid("the approval request is malformed");
    auto parsed = parseAction(action);
    if (!parsed)
        return parsed.error();
    return DeskPayload(ApprovalRequest{*std::move(parsed)});
}

Result<DeskPayload> readKeys(ByteView bytes)
{
    if (!FieldReader(bytes, KeysHeading).complete())
        return invalid("the question for keys is malformed");
    return DeskPayload(KeysRequest{});
}

}

const char* outcomeName(AccessOutcome outcome)
{
    switch (outcome) {
    case AccessOutcome::Allow:
        return "allow";
    case AccessOutcome::StepUp:
        return "step-up";
    case AccessOutcome::Deny:
        return "deny";
    case AccessOutcome::ViewOnly:
        return "view-only";
    }
    return "";
}

Result<Digest> quoteNonce(const ContextStatement& context, const QuoteBinding& binding)
{
    if (auto sound = check(context); !sound)
        return sound.error();
    if (auto plain = checkPlainText("the user", binding.user.text()); !plain)
        return plain.error();
    if (auto plain = checkPlainText("the session", binding.session); !plain)
        return plain.error();
    FieldWriter writer(NonceHeading);
    writer.bytes(1, binding.channelBinding);
    writer.text(2, binding.session);
    writer.text(3, binding.user.text());
    writer.bytes(4, sha256(startOf(context).take()));
    return sha256(std::move(writer).take());
}

Result<std::string> payloadText(const DeskPayload& payload)
{
    const auto bytes = std::visit([](const auto& value) { return written(value); }, payload);
    if (!bytes)
        return bytes.error();
    return base64Url(*bytes);
}

Result<DeskPayload> parseDeskPayload(std::string_view text)
{
    if (text.size() > MaxPayloadSize)
        return invalid("the payload is longer than 131072 characters");
    const auto bytes = bytesOfBase64Url(text);
    if (!bytes)
        return invalid("the payload is not base64url without padding");
    if (startsWith(*bytes, ContextHeading))
        return readContext(*bytes);
    if (startsWith(*bytes, AnswerHeading))
        return readAnswer(*bytes);
    if (startsWith(*bytes, NewKeyHeading))
        return readNewKey(*bytes);
    if (startsWith(*bytes, RequestHeading))
        return readRequest(*bytes);
    if (startsWith(*bytes, KeysHeading))
        return readKeys(*bytes);
    return invalid("the payload has no heading that a desk sends");
}

}
