#include "app/venue/status_report.h"

#include "app/venue/line_log.h"
#include "app/venue/status_board.h"
#include "core/audit/position.h"
#include "core/audit/reader.h"
#include "core/fix/fix_time.h"
#include "core/store/text_file.h"
#include "core/tls/hex.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

namespace venue {

using base::Errc;
using base::Error;
using nlohmann::ordered_json;

namespace {

constexpr std::size_t LargestBoard = 1U << 24U;
constexpr std::chrono::seconds Fresh{10}; ///< a venue writes its board every other second

/// Empty where it is missing or no text; escaped, since names come from certificates and messages.
std::string field(const ordered_json& object, const char* name)
{
    const auto found = object.find(name);
    if (found == object.end() || found->is_null())
        return {};
    const std::string value = found->is_string() ? found->get<std::string>() : found->dump();
    return value.empty() ? value : lineValue(value);
}

const ordered_json& list(const ordered_json& object, const char* name)
{
    static const ordered_json None = ordered_json::array();
    const auto found = object.find(name);
    return found != object.end() && found->is_array() ? *found : None;
}

base::Status addTrail(ordered_json& status, const StatusSources& sources)
{
    if (!sources.trail)
        return base::Ok{};
    const auto reader = audit::TrailReader::open(*sources.trail);
    if (!reader)
        return reader.error();
    const auto last = (*reader)->last();
    if (!last)
        return last.error();
    ordered_json& trail = status["audit"];
    trail["number"] = *last ? (*last)->number : 0;
    const auto* hash = *last ? reinterpret_cast<const std::uint8_t*>((*last)->hash.data()) : nullptr;
    trail["hash"] = *last ? tls::hexOf({hash, (*last)->hash.size()}) : "";
    if (!sources.position)
        return base::Ok{};
    const auto position = audit::readPosition(*sources.position);
    if (!position)
        return position.error();
    const std::uint64_t written = *last ? (*last)->number : 0;
    trail["delivered"] = position->number;
    trail["backlog"] = written - std::min(written, position->number);
    return base::Ok{};
}

std::string sessionText(const ordered_json& session)
{
    std::string text = "  " + field(session, "session") + "  " + field(session, "user") + "  "
        + field(session, "address") + "  " + field(session, "state");
    for (const auto& [name, label] : {std::pair("score", "score"), std::pair("outcome", "outcome"),
             std::pair("reference", "reference"), std::pair("decided", "decided"), std::pair("stepUp", "step-up")})
        if (const std::string value = field(session, name); !value.empty())
            text += std::string("  ") + label + " " + value;
    return text + "\n";
}

std::string auditText(const ordered_json& status)
{
    const auto found = status.find("audit");
    if (found == status.end())
        return "Audit trail: none\n";
    std::string text =
        "Audit trail: record " + field(*found, "number") + ", head " + field(*found, "hash").substr(0, 16) + "\n";
    if (found->contains("backlog"))
        text += "SIEM: " + field(*found, "backlog") + " records not yet delivered\n";
    return text;
}

std::string policyText(const ordered_json& status)
{
    const auto found = status.find("policy");
    if (found == status.end())
        return {};
    const std::string signer = field(*found, "signer");
    return "Policy: version " + field(*found, "version") + " in force since " + field(*found, "since")
        + (signer.empty() ? ", signed by nobody: " + field(*found, "why") : ", signed by " + signer) + "\n";
}

std::string textOf(const ordered_json& status, bool isRunning)
{
    std::string text = "Venue: process " + field(status, "process") + ", since " + field(status, "started") + ", as of "
        + field(status, "time") + (isRunning ? "\n" : "  NOT RUNNING, OR IT HANGS\n");
    text += policyText(status) + "Sessions: " + std::to_string(list(status, "sessions").size()) + "\n";
    for (const auto& session : list(status, "sessions"))
        text += sessionText(session);
    text += "Locked: " + std::to_string(list(status, "locked").size()) + "\n";
    for (const auto& locked : list(status, "locked"))
        text += "  " + field(locked, "who") + ": " + field(locked, "why") + "\n";
    text += "Changes that wait: " + std::to_string(list(status, "pending").size()) + "\n";
    for (const auto& change : list(status, "pending")) {
        const std::string proposer = field(change, "proposedBy");
        text += "  " + field(change, "change") + "  " + field(change, "kind") + "  " + field(change, "user") + "  "
            + (proposer.empty() ? "to be proposed" : "proposed by " + proposer) + "  until " + field(change, "until")
            + "\n";
    }
    text += "Last alerts: " + std::to_string(list(status, "alerts").size()) + "\n";
    for (const auto& alert : list(status, "alerts")) {
        for (const char* name : {"time", "kind", "user", "reference", "why"})
            if (const std::string value = field(alert, name); !value.empty())
                text += "  " + value;
        text += "\n";
    }
    return text + auditText(status);
}

}

StatusSources statusSources(const ProgramSettings& settings)
{
    StatusSources sources;
    sources.board = statusFileOf(settings.listener.store);
    if (settings.audit) {
        sources.trail = settings.audit->trail;
        if (settings.audit->syslog)
            sources.position = settings.audit->syslog->position;
    }
    return sources;
}

base::Result<VenueStatus> readStatus(const StatusSources& sources, base::UtcTime now)
{
    std::error_code failure;
    if (!std::filesystem::exists(sources.board, failure))
        return Error{Errc::NotFound, "no venue runs here: there is no " + sources.board.string()};
    const auto text = store::readTextFile(sources.board, LargestBoard);
    if (!text)
        return text.error();
    auto status = ordered_json::parse(*text, nullptr, false);
    if (!status.is_object())
        return Error{Errc::InvalidInput, sources.board.string() + ": this is not what a venue wrote"};
    const auto at = fix::parseUtcTimestamp(
        status.value("time", ordered_json()).is_string() ? status["time"].get<std::string>() : std::string());
    const bool isRunning = at && now - *at <= Fresh;
    status["running"] = isRunning;
    if (const base::Status added = addTrail(status, sources); !added)
        return added.error();
    return VenueStatus{.isRunning = isRunning,
        .json = status.dump(-1, ' ', true, ordered_json::error_handler_t::replace),
        .text = textOf(status, isRunning)};
}

base::Result<bool> showStatus(const StatusOptions& options, const StatusSources& sources, const base::Clock& clock,
    const std::function<bool()>& goesOn, std::ostream& out)
{
    for (;;) {
        const auto status = readStatus(sources, clock.utc());
        if (!status && !options.isWatching)
            return status.error();
        if (options.isWatching && !options.isJson)
            out << "\x1b[H\x1b[J"; // from the top left, everything anew
        if (!status)
            out << status.error().detail << '\n';
        else
            out << (options.isJson ? status->json + "\n" : status->text);
        out.flush();
        if (!options.isWatching)
            return status->isRunning;
        if (!goesOn())
            return status && status->isRunning;
    }
}

bool isStatusCommand(std::span<const std::string> words)
{
    return !words.empty() && words.front() == "status";
}

base::Result<StatusOptions> parseStatusOptions(std::span<const std::string> words)
{
    StatusOptions options;
    for (std::size_t next = 1; next < words.size(); ++next) {
        if (words[next] == "--watch")
            options.isWatching = true;
        else if (words[next] == "--json")
            options.isJson = true;
        else if (words[next] == "--config" && next + 1 < words.size())
            options.config = words[++next];
        else
            return Error{Errc::InvalidInput, "status: unknown or incomplete option '" + words[next] + "'"};
    }
    if (options.config.empty())
        return Error{Errc::InvalidInput, "--config FILE is missing"};
    return options;
}

const char* statusUsageText()
{
    return "\n"
           "How a running venue with a [pep] section stands: sessions, locks, changes that wait, alerts, audit trail:\n"
           "  countersign-venue status --config FILE [--watch] [--json]\n"
           "Exit: 0 it runs, 1 it does not.\n";
}

}
