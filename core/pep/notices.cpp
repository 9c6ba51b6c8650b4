#include "core/pep/enforcement_point.h"
#include "core/stepup/plain_text.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace pep {

namespace {

constexpr std::size_t ReferenceBytes = 5;

std::uint16_t limited(int score)
{
    return static_cast<std::uint16_t>(std::clamp<int>(score, 0, std::numeric_limits<std::uint16_t>::max()));
}

/// What a policy or a source says, in a form that a notice can carry.
std::string plain(const std::string& text)
{
    if (text.empty() || stepup::checkPlainText("", text))
        return text;
    return "(cannot be shown)";
}

std::vector<stepup::ScoreLine> linesOf(const zerotrust::AccessScore& score)
{
    std::vector<stepup::ScoreLine> lines;
    for (const auto& line : score.lines) {
        // The highest matter most where there are more than a notice can carry.
        if (lines.size() == stepup::MaxScoreLines)
            break;
        lines.push_back({.attribute = plain(line.attribute),
            .condition = plain(line.condition),
            .score = limited(line.score),
            .evidence = plain(line.evidence)});
    }
    return lines;
}

std::string lineText(const zerotrust::AccessScore& score)
{
    std::string text;
    for (const auto& line : score.lines)
        text += (text.empty() ? "" : "; ") + line.attribute + ": " + line.condition + " " + std::to_string(line.score)
            + " (" + zerotrust::footingName(line.footing) + (line.evidence.empty() ? "" : ", " + line.evidence) + ")";
    return text;
}

}

std::string EnforcementPoint::newReference()
{
    static constexpr std::string_view Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::array<std::uint8_t, ReferenceBytes> bytes{};
    if (!m_around.random.fill(bytes))
        return "PEP-" + std::to_string(++m_lastReference);
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes)
        number = (number << 8U) | byte;
    std::string text;
    for (int shift = static_cast<int>(ReferenceBytes) * 8 - 5; shift >= 0; shift -= 5)
        text += Digits[(number >> static_cast<unsigned>(shift)) & 31U];
    return text.substr(0, 4) + '-' + text.substr(4);
}

stepup::Notice EnforcementPoint::noticeAbout(const Session& session, stepup::AccessOutcome outcome) const
{
    return {.about = stepup::NoticeAbout::Session,
        .outcome = outcome,
        .score = limited(session.decision.score.total),
        .stepUpFrom = limited(session.decision.thresholds.stepUpFrom),
        .denyFrom = limited(session.decision.thresholds.denyFrom),
        .lines = linesOf(session.decision.score),
        .reference = session.reference,
        .evaluatedAt = session.decidedAt,
        .challenge = std::nullopt,
        .grant = std::nullopt,
        .refusal = std::nullopt};
}

stepup::Notice EnforcementPoint::actionNotice(const Session& session, stepup::AccessOutcome outcome)
{
    stepup::Notice notice = noticeAbout(session, outcome);
    notice.about = stepup::NoticeAbout::Action;
    notice.reference = newReference();
    notice.evaluatedAt = m_around.clock.utc();
    return notice;
}

void EnforcementPoint::say(Session& session, const std::string& replyTo, fix::UserStatus status,
    const std::string& text, const stepup::Notice& notice)
{
    auto payload = stepup::payloadText(notice);
    fix::UserResponse response{.id = replyTo.empty() ? "PEP-" + std::to_string(++m_lastMessage) : replyTo,
        .username = session.facts.user.text(),
        .status = payload ? status : fix::UserStatus::Refused,
        .text = text,
        .payload = {}};
    if (payload)
        response.payload = *std::move(payload);
    else
        response.text = "The decision cannot be written down: " + payload.error().detail;
    m_around.sessions.send(session.facts.session, fix::encode(response));
}

void EnforcementPoint::record(EventKind kind, Severity severity, const Session& session, std::vector<EventField> fields,
    const std::string& reference)
{
    m_around.recorder.record({.kind = kind,
        .severity = severity,
        .at = m_around.clock.utc(),
        .session = session.facts.session,
        .user = session.facts.user,
        .address = session.facts.address,
        .certificate = certificateText(session.facts),
        .reference = reference,
        .fields = std::move(fields)});
}

void EnforcementPoint::recordDecision(EventKind kind, Severity severity, const Session& session,
    const zerotrust::AccessDecision& decision, const std::string& signals, const std::string& outcome,
    const std::string& reference)
{
    record(kind, severity, session, decisionFields(session, decision, signals, outcome), reference);
}

std::vector<EventField> EnforcementPoint::decisionFields(const Session& session,
    const zerotrust::AccessDecision& decision, const std::string& signals, const std::string& outcome)
{
    const auto& own = session.deviceCertificate;
    return {{"outcome", outcome}, {"score", std::to_string(decision.score.total)}, {"lines", lineText(decision.score)},
        {"signals", signals}, {"policy", decision.policyId + " " + std::to_string(decision.policyVersion)},
        {"scored", zerotrust::outcomeName(decision.outcome)},
        {"device", own.standing == ProofStanding::Good ? own.device.name : std::string()},
        {"country", session.country}};
}

}
