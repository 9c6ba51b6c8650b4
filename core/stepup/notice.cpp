#include "core/stepup/canonical.h"
#include "core/stepup/dialect.h"
#include "core/stepup/grant.h"
#include "core/stepup/plain_text.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace stepup {

namespace {

using base::Errc;
using base::Error;
using base::Ok;
using base::Result;
using base::Status;

constexpr std::string_view NoticeHeading = "countersign.notice.v1";
constexpr std::string_view ChallengeHeading = "countersign.challenge.v1";

constexpr std::size_t MaxDisplayLines = 128;
constexpr std::size_t MaxDisplayLineSize = 32'768; ///< a list of dealers is one line
constexpr std::size_t MaxAllowed = 64;
constexpr std::size_t PartsOfLine = 4;
constexpr std::uint8_t KeysTag = 12;

std::optional<Scope> scopeOfCode(std::uint64_t code)
{
    for (const Scope scope : {Scope::Session, Scope::Ticket, Scope::Acceptance, Scope::Settings, Scope::Enrolment})
        if (code == static_cast<std::uint64_t>(scope) + 1)
            return scope;
    return std::nullopt;
}

std::optional<NoticeAbout> aboutOfCode(std::uint64_t code)
{
    for (const NoticeAbout about : {NoticeAbout::Session, NoticeAbout::Action})
        if (code == static_cast<std::uint64_t>(about))
            return about;
    return std::nullopt;
}

std::optional<AccessOutcome> outcomeOfCode(std::uint64_t code)
{
    for (const AccessOutcome outcome :
        {AccessOutcome::Allow, AccessOutcome::StepUp, AccessOutcome::Deny, AccessOutcome::ViewOnly})
        if (code == static_cast<std::uint64_t>(outcome))
            return outcome;
    return std::nullopt;
}

/// As std::to_string() writes it, and no other way.
std::optional<std::uint16_t> scoreOf(const std::string& text)
{
    std::uint16_t score = 0;
    const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), score);
    if (failure != std::errc() || stop != text.data() + text.size() || std::to_string(score) != text)
        return std::nullopt;
    return score;
}

/// A line of display: UTF-8 without what a terminal or a dialog would act on. Its parts are plain text.
bool isDisplayLine(const std::string& line)
{
    return !line.empty() && line.size() <= MaxDisplayLineSize && isUtf8(line)
        && std::none_of(line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

Status check(const Challenge& challenge)
{
    if (auto plain = checkPlainText("the reason of the challenge", challenge.reason); !plain)
        return plain;
    if (challenge.displayLines.empty() || challenge.displayLines.size() > MaxDisplayLines
        || !std::all_of(challenge.displayLines.begin(), challenge.displayLines.end(), isDisplayLine))
        return invalid("the display lines of the challenge are missing, too many or not one line each");
    if (challenge.allowed.size() > MaxAllowed)
        return invalid("the challenge allows more than 64 credentials");
    for (const auto& id : challenge.allowed)
        if (id.size() < MinCredentialIdSize || id.size() > MaxCredentialIdSize)
            return invalid("a credential id that the challenge allows has not 16 to 1023 bytes");
    // Where it is about an enrolment and names none, the new key answers.
    if (challenge.allowed.empty() && challenge.scope != Scope::Enrolment)
        return invalid("a challenge names the credentials that may answer it");
    return Ok{};
}

Status check(const ScoreLine& line)
{
    if (auto plain = checkPlainText("the attribute of a line", line.attribute); !plain)
        return plain;
    if (auto plain = checkPlainText("the condition of a line", line.condition); !plain)
        return plain;
    return line.evidence.empty() ? Status(Ok{}) : checkPlainText("the evidence of a line", line.evidence);
}

bool isNotBefore(const ListedKey& a, const ListedKey& b)
{
    return a.id >= b.id;
}

Status check(const Notice& notice)
{
    if (notice.lines.size() > MaxScoreLines)
        return invalid("a notice has 32 lines of score at most");
    for (const auto& line : notice.lines)
        if (auto sound = check(line); !sound)
            return sound;
    if (auto plain = checkPlainText("the reference", notice.reference); !plain)
        return plain;
    if (notice.grant && (notice.grant->empty() || notice.grant->size() > MaxGrantSize))
        return invalid("the grant of a notice is empty or longer than 32768 characters");
    if (notice.keys && notice.keys->size() > MaxListedKeys)
        return invalid("a notice lists 16 security keys at most");
    if (notice.keys && std::adjacent_find(notice.keys->begin(), notice.keys->end(), isNotBefore) != notice.keys->end())
        return invalid("the listed keys are not sorted by id, or one is there twice");
    return notice.refusal ? checkPlainText("the refusal", *notice.refusal) : Status(Ok{});
}

std::vector<std::string> textsOf(const std::vector<ScoreLine>& lines)
{
    std::vector<std::string> texts;
    for (const auto& line : lines)
        texts.insert(texts.end(), {line.attribute, line.condition, std::to_string(line.score), line.evidence});
    return texts;
}

std::optional<std::vector<ScoreLine>> linesOf(const std::vector<std::string>& texts)
{
    if (texts.size() % PartsOfLine != 0)
        return std::nullopt;
    std::vector<ScoreLine> lines;
    for (std::size_t at = 0; at < texts.size(); at += PartsOfLine) {
        const auto score = scoreOf(texts[at + 2]);
        if (!score)
            return std::nullopt;
        lines.push_back({texts[at], texts[at + 1], *score, texts[at + 3]});
    }
    return lines;
}

Result<std::vector<ListedKey>> keysOf(const std::vector<std::string>& texts)
{
    std::vector<ListedKey> keys;
    for (const auto& text : texts) {
        auto key = parseListedKey(bytesOf(text));
        if (!key)
            return key.error();
        keys.push_back(*std::move(key));
    }
    return keys;
}

std::uint16_t shortIn(FieldReader& reader, std::uint8_t tag)
{
    return static_cast<std::uint16_t>(reader.number(tag, 2));
}

}

Result<Bytes> challengeBytes(const Challenge& challenge)
{
    if (auto sound = check(challenge); !sound)
        return sound.error();
    std::vector<std::string> allowed;
    for (const auto& id : challenge.allowed)
        allowed.emplace_back(id.begin(), id.end());
    FieldWriter writer(ChallengeHeading);
    writer.bytes(1, challenge.bytes);
    writer.number(2, challenge.seq, 8);
    writer.number(3, static_cast<std::uint64_t>(challenge.scope) + 1, 1);
    writer.text(4, challenge.reason);
    writer.bytes(5, challenge.action);
    if (!FieldWriter::fits(challenge.displayLines) || !FieldWriter::fits(allowed))
        return invalid("the challenge is too long to be written");
    writer.texts(6, challenge.displayLines);
    writer.time(7, challenge.expires);
    writer.texts(8, allowed);
    return std::move(writer).take();
}

Result<Challenge> parseChallenge(ByteView bytes)
{
    FieldReader reader(bytes, ChallengeHeading);
    Challenge challenge;
    challenge.bytes = reader.digest(1);
    challenge.seq = reader.number(2, 8);
    const auto scope = scopeOfCode(reader.number(3, 1));
    challenge.reason = reader.text(4);
    challenge.action = reader.digest(5);
    challenge.displayLines = reader.texts(6);
    challenge.expires = reader.time(7);
    for (const auto& id : reader.texts(8))
        challenge.allowed.emplace_back(id.begin(), id.end());
    if (!reader.complete() || !scope)
        return invalid("the challenge is malformed");
    challenge.scope = *scope;
    if (auto sound = check(challenge); !sound)
        return sound.error();
    return challenge;
}

Result<std::string> payloadText(const Notice& notice)
{
    if (auto sound = check(notice); !sound)
        return sound.error();
    const auto lines = textsOf(notice.lines);
    FieldWriter writer(NoticeHeading);
    writer.number(1, static_cast<std::uint64_t>(notice.about), 1);
    writer.number(2, static_cast<std::uint64_t>(notice.outcome), 1);
    writer.number(3, notice.score, 2);
    writer.number(4, notice.stepUpFrom, 2);
    writer.number(5, notice.denyFrom, 2);
    writer.texts(6, lines);
    writer.text(7, notice.reference);
    writer.time(8, notice.evaluatedAt);
    if (notice.challenge) {
        const auto challenge = challengeBytes(*notice.challenge);
        if (!challenge)
            return challenge.error();
        if (!FieldWriter::fits(*challenge))
            return invalid("the challenge is too long to stand in a notice");
        writer.bytes(9, *challenge);
    }
    if (notice.grant)
        writer.text(10, *notice.grant);
    if (notice.refusal)
        writer.text(11, *notice.refusal);
    if (notice.keys) {
        std::vector<std::string> keys;
        for (const auto& key : *notice.keys) {
            const auto bytes = listedKeyBytes(key);
            if (!bytes)
                return bytes.error();
            keys.emplace_back(bytes->begin(), bytes->end());
        }
        writer.texts(KeysTag, keys);
    }
    std::string text = base64Url(std::move(writer).take());
    if (text.size() > MaxPayloadSize)
        return invalid("the notice is longer than 131072 characters");
    return text;
}

Result<Notice> parseNotice(std::string_view text)
{
    if (text.size() > MaxPayloadSize)
        return invalid("the notice is longer than 131072 characters");
    const auto bytes = bytesOfBase64Url(text);
    if (!bytes)
        return invalid("the notice is not base64url without padding");
    FieldReader reader(*bytes, NoticeHeading);
    Notice notice;
    const auto about = aboutOfCode(reader.number(1, 1));
    const auto outcome = outcomeOfCode(reader.number(2, 1));
    notice.score = shortIn(reader, 3);
    notice.stepUpFrom = shortIn(reader, 4);
    notice.denyFrom = shortIn(reader, 5);
    auto lines = linesOf(reader.texts(6));
    notice.reference = reader.text(7);
    notice.evaluatedAt = reader.time(8);
    std::optional<ByteView> challenge;
    if (reader.has(9))
        challenge = reader.bytes(9);
    if (reader.has(10))
        notice.grant = reader.text(10);
    if (reader.has(11))
        notice.refusal = reader.text(11);
    std::optional<std::vector<std::string>> keys;
    if (reader.has(KeysTag))
        keys = reader.texts(KeysTag);
    if (!reader.complete() || !about || !outcome || !lines)
        return invalid("the notice is malformed");
    notice.about = *about;
    notice.outcome = *outcome;
    notice.lines = *std::move(lines);
    if (challenge) {
        auto parsed = parseChallenge(*challenge);
        if (!parsed)
            return parsed.error();
        notice.challenge = *std::move(parsed);
    }
    if (keys) {
        auto parsed = keysOf(*keys);
        if (!parsed)
            return parsed.error();
        notice.keys = *std::move(parsed);
    }
    if (auto sound = check(notice); !sound)
        return sound.error();
    return notice;
}

}
