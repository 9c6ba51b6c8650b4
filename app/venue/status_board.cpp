#include "app/venue/status_board.h"

#include "app/venue/audited_log.h"
#include "core/fix/fix_time.h"
#include "core/pep/session.h"
#include "core/store/durable_file.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

namespace venue {

using nlohmann::ordered_json;
using pep::EventKind;

namespace {

constexpr std::size_t MostAlerts = 10;

std::string valueOf(const pep::Event& event, std::string_view name)
{
    for (const auto& field : event.fields)
        if (field.name == name)
            return field.value;
    return {};
}

std::string valueOf(std::initializer_list<EventLog::Field> fields, std::string_view name)
{
    for (const auto& [key, value] : fields)
        if (key == name)
            return value;
    return {};
}

std::string timeText(const std::optional<base::UtcTime>& at)
{
    return at ? fix::formatUtcTimestamp(*at) : std::string();
}

/// Whole or not at all. A board that cannot be written goes stale, and whoever reads it sees that.
void replaceFile(const std::filesystem::path& file, const std::string& text)
{
    const std::filesystem::path made = file.string() + ".new";
    std::error_code failure;
    std::filesystem::remove(made, failure);
    if (!store::createPrivateFile(made))
        return;
    std::ofstream out(made, std::ios::binary);
    out << text;
    out.close();
    if (out)
        std::filesystem::rename(made, file, failure);
}

}

std::filesystem::path statusFileOf(const std::filesystem::path& store)
{
    return store / "status.json";
}

StatusBoard::StatusBoard(EventLog& next, std::filesystem::path file, std::string processId, const base::Clock& clock)
    : m_next(next)
    , m_file(std::move(file))
    , m_processId(std::move(processId))
    , m_clock(clock)
    , m_startedAt(clock.utc())
{
}

StatusBoard::~StatusBoard()
{
    m_writer.post([file = m_file] {
        std::error_code failure;
        std::filesystem::remove(file, failure);
    });
}

void StatusBoard::record(std::string_view event, std::initializer_list<Field> fields)
{
    m_next.record(event, fields);
    const bool isOn = event == "client-logged-on";
    if (isOn || event == "client-logged-off")
        notePresence(isOn, fields);
    else if (event == "policy-adopted" || event == "policy-in-force")
        m_policy = Policy{.version = valueOf(fields, "version"),
            .signer = valueOf(fields, "signer"),
            .why = valueOf(fields, "why"),
            .since = m_clock.utc()};
    else if (isAlert(event))
        noteAlert({.at = m_clock.utc(),
            .kind = std::string(event),
            .user = {},
            .reference = valueOf(fields, "upstream"),
            .why = valueOf(fields, "why")});
}

void StatusBoard::notePresence(bool isOn, std::initializer_list<Field> fields)
{
    const std::string session = valueOf(fields, "session");
    m_sessions.erase(session);
    if (isOn)
        m_sessions[session].address = pep::hostOf(valueOf(fields, "address"));
}

void StatusBoard::saw(const pep::Event& event)
{
    if (event.severity == pep::Severity::Alert) {
        std::string why = valueOf(event, "why");
        noteAlert({.at = event.at,
            .kind = pep::eventName(event.kind),
            .user = event.user.text(),
            .reference = event.reference,
            .why = why.empty() ? valueOf(event, "lines") : std::move(why)});
    }
    if (event.kind == EventKind::UserLocked || event.kind == EventKind::CertificateLocked)
        noteLock(event);
    // It was never a session: whoever has the CompID goes on.
    if (event.kind == EventKind::ConnectionRefused)
        return;
    const auto found = m_sessions.find(event.session.text());
    if (found == m_sessions.end())
        return;
    SessionState& session = found->second;
    session.user = event.user.text();
    switch (event.kind) {
    case EventKind::SessionDecided:
        noteDecision(session, event);
        session.state = session.outcome == "allow" ? "allowed" : session.outcome == "deny" ? "denied" : "step-up";
        return;
    case EventKind::SessionRestricted:
        noteDecision(session, event);
        session.state = session.outcome == "view-only" ? "view-only" : "restricted";
        return;
    case EventKind::PersonLeft:
        session.state = "person-left";
        return;
    case EventKind::SessionClosed:
        session.state = "closed";
        return;
    case EventKind::StepUpApproved:
        session.touchedAt = event.at;
        return;
    case EventKind::ConnectionRefused:
    case EventKind::ActionDecided:
    case EventKind::StepUpAsked:
    case EventKind::StepUpRefused:
    case EventKind::TicketArmed:
    case EventKind::GrantSpent:
    case EventKind::AcceptancePassed:
    case EventKind::GrantRefused:
    case EventKind::KeyEnrolled:
    case EventKind::KeyRenamed:
    case EventKind::KeyRevoked:
    case EventKind::EnrolmentRefused:
    case EventKind::EntitlementMissing:
    case EventKind::MessageRefused:
    case EventKind::UserLocked:
    case EventKind::CertificateLocked:
    case EventKind::IdentitiesChanged:
    case EventKind::DeviceQuoteRefused:
    case EventKind::DeviceCertificateRefused:
    case EventKind::RuleFired:
    case EventKind::ProofAsked:
    case EventKind::StoreFailed:
        return;
    }
}

void StatusBoard::noteDecision(SessionState& session, const pep::Event& event) const
{
    session.outcome = valueOf(event, "outcome");
    if (auto score = valueOf(event, "score"); !score.empty())
        session.score = std::move(score);
    session.reference = event.reference;
    session.decidedAt = event.at;
}

void StatusBoard::noteAlert(Alert alert)
{
    if (!m_alerts.empty() && m_alerts.front().repeats(alert))
        m_alerts.pop_front();
    m_alerts.push_front(std::move(alert));
    if (m_alerts.size() > MostAlerts)
        m_alerts.pop_back();
}

void StatusBoard::noteLock(const pep::Event& event)
{
    m_lockedSince.push_back(
        {.who = event.kind == EventKind::UserLocked ? event.user.text() : "a certificate of " + event.user.text(),
            .why = valueOf(event, "why")});
}

void StatusBoard::saw(StoreStanding standing)
{
    if (standing.reading != m_standing.reading)
        m_lockedSince.clear();
    m_standing = std::move(standing);
    publish();
}

void StatusBoard::publish()
{
    // A disk that is slower than the venue costs freshness, and no memory.
    if (m_isWriting->exchange(true))
        return;
    m_writer.post([file = m_file, text = text(), isWriting = m_isWriting] {
        replaceFile(file, text);
        *isWriting = false;
    });
}

std::string StatusBoard::text() const
{
    ordered_json board{{"time", fix::formatUtcTimestamp(m_clock.utc())}, {"process", m_processId},
        {"started", fix::formatUtcTimestamp(m_startedAt)}, {"sessions", ordered_json::array()},
        {"locked", ordered_json::array()}, {"pending", ordered_json::array()}, {"alerts", ordered_json::array()}};
    if (m_policy)
        board["policy"] = {{"version", m_policy->version}, {"signer", m_policy->signer}, {"why", m_policy->why},
            {"since", fix::formatUtcTimestamp(m_policy->since)}};
    for (const auto& [name, session] : m_sessions)
        board["sessions"].push_back(
            {{"session", name}, {"user", session.user}, {"address", session.address}, {"state", session.state},
                {"score", session.score}, {"outcome", session.outcome}, {"reference", session.reference},
                {"decided", timeText(session.decidedAt)}, {"stepUp", timeText(session.touchedAt)}});
    for (const auto* list : {&m_standing.locked, &m_lockedSince})
        for (const auto& locked : *list)
            board["locked"].push_back({{"who", locked.who}, {"why", locked.why}});
    for (const auto& change : m_standing.pending)
        board["pending"].push_back(
            {{"change", change.number}, {"kind", pep::nameOf(change.change.kind)}, {"user", change.change.user.text()},
                {"proposedBy", change.proposer}, {"until", fix::formatUtcTimestamp(change.until)}});
    for (const Alert& alert : m_alerts)
        board["alerts"].push_back({{"time", fix::formatUtcTimestamp(alert.at)}, {"kind", alert.kind},
            {"user", alert.user}, {"reference", alert.reference}, {"why", alert.why}});
    return board.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}
