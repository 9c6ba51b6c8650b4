#include "app/cli/audit_run.h"

#include "app/cli/event_parts.h"
#include "app/cli/reporter.h"
#include "core/audit/reader.h"
#include "core/audit/time_text.h"
#include "core/audit/verify.h"
#include "core/base/overloaded.h"
#include "core/siem/cef.h"
#include "core/siem/jsonl.h"
#include "core/siem/ocsf.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <utility>

namespace cli {

namespace {

using std::filesystem::path;

constexpr std::size_t BatchSize = 500;

ExitCode unreadable(const base::Error& error, std::ostream& problems)
{
    problems << error.detail << std::endl;
    return ExitCode::Configuration;
}

// ---- verify ----

std::string inWords(const audit::Stretch& stretch)
{
    return stretch.first == stretch.last
        ? "record " + std::to_string(stretch.first)
        : "records " + std::to_string(stretch.first) + " to " + std::to_string(stretch.last);
}

/// What nothing proves yet against somebody who computes the chain anew.
std::optional<audit::Stretch> uncovered(const audit::Verdict& verdict)
{
    if (verdict.finding || verdict.coveredTo >= verdict.records)
        return std::nullopt;
    return audit::Stretch{verdict.coveredTo + 1, verdict.records};
}

std::string inWords(const audit::Verdict& verdict, bool hasKeys)
{
    std::string words = std::to_string(verdict.records) + " records hold";
    if (verdict.heads == 0)
        return words + "; no head covers them";
    if (const auto open = uncovered(verdict))
        words += "; " + inWords(*open) + " not covered by a head yet";
    for (const audit::Stretch& late : verdict.signedLate)
        words += "; " + inWords(late) + " signed late, the signer was away";
    words += "; " + std::to_string(verdict.heads) + " heads " + (hasKeys ? "are signed" : "agree (no key was given)")
        + " and cover them up to record " + std::to_string(verdict.coveredTo);
    if (verdict.anchors > 0)
        words += "; " + std::to_string(verdict.anchors) + " anchors agree";
    return words;
}

Event verdictEvent(const audit::Verdict& verdict, bool hasKeys)
{
    Event event{named("audit"), inWords(verdict, hasKeys)};
    event.fields["records"] = verdict.records;
    event.fields["heads"] = verdict.heads;
    event.fields["coveredTo"] = verdict.coveredTo;
    if (const auto open = uncovered(verdict)) {
        event.fields["unsignedFrom"] = open->first;
        event.fields["unsignedTo"] = open->last;
    }
    for (const audit::Stretch& late : verdict.signedLate)
        event.fields["signedLate"].push_back({{"from", late.first}, {"to", late.last}});
    event.fields["signaturesChecked"] = hasKeys;
    event.fields["anchors"] = verdict.anchors;
    return event;
}

Event findingEvent(const audit::Finding& finding)
{
    Event event{named("tampered"), finding.words};
    event.fields["fault"] = audit::nameOf(finding.fault);
    event.fields["record"] = finding.number;
    event.fields["detail"] = finding.words;
    return event;
}

std::string endWords(const audit::Verdict& verdict)
{
    if (verdict.finding)
        return "The audit trail is not what was written: keep it as evidence";
    const auto open = uncovered(verdict);
    return open ? "The audit trail is whole; no head proves " + inWords(*open) + " yet" : "The audit trail is whole";
}

ExitCode verify(const std::string& file, const AuditVerify& command, Reporter& reporter, std::ostream& problems)
{
    const auto keys = audit::HeadKeys::open({command.keys.begin(), command.keys.end()});
    if (!keys)
        return unreadable(keys.error(), problems);
    const auto anchor = command.anchor.empty() ? std::nullopt : std::optional<path>(command.anchor);
    const auto verdict = audit::verifyTrail(file, *keys, anchor);
    if (!verdict)
        return unreadable(verdict.error(), problems);
    reporter.report(verdictEvent(*verdict, !keys->empty()));
    if (verdict->finding)
        reporter.report(findingEvent(*verdict->finding));
    const ExitCode code = verdict->finding ? ExitCode::UnknownOutcome : ExitCode::Done;
    reporter.report(endEvent(code, endWords(*verdict)));
    return code;
}

// ---- show and export ----

bool matches(const audit::AuditRecord& record, const AuditFilter& filter)
{
    return (!filter.from || record.time >= *filter.from) && (!filter.to || record.time < *filter.to)
        && (filter.user.empty() || record.user == filter.user)
        && (filter.kinds.empty() || filter.kinds.contains(record.kind));
}

Event recordEvent(const siem::Entry& entry)
{
    const audit::AuditRecord& record = entry.numbered.record;
    std::string text = std::to_string(entry.numbered.number) + " " + audit::timeText(record.time) + " "
        + std::string(audit::nameOf(record.severity)) + " " + std::string(audit::nameOf(record.kind));
    const auto add = [&text](std::string_view name, const std::string& value) {
        if (!value.empty())
            text += " " + std::string(name) + "=" + audit::escapedValue(value);
    };
    add("user", record.user);
    add("session", record.session);
    add("reference", record.reference);
    for (const auto& [field, value] : record.fields)
        add(audit::nameOf(field), value);
    Event event{named("record"), text};
    event.fields.update(nlohmann::ordered_json::parse(siem::jsonLine(entry)));
    return event;
}

using Tell = std::function<void(const siem::Entry&)>;

/// Every record that the filter lets through, in order.
ExitCode walk(const std::string& file, const AuditFilter& filter, const Tell& tell, std::ostream& problems)
{
    const auto reader = audit::TrailReader::open(file);
    if (!reader)
        return unreadable(reader.error(), problems);
    ExitCode code = ExitCode::Done;
    for (std::uint64_t read = 0;;) {
        const auto batch = (*reader)->records(read, BatchSize);
        if (!batch)
            return unreadable(batch.error(), problems);
        for (const audit::StoredRecord& stored : *batch) {
            read = stored.number;
            const auto entry = siem::entryOf(stored);
            if (entry && matches(entry->numbered.record, filter)) {
                tell(*entry);
            } else if (!entry) {
                code = ExitCode::UnknownOutcome;
                problems << "row " << stored.number
                         << " is no record of the audit trail; `countersign-cli audit verify` says more" << std::endl;
            }
        }
        if (batch->size() < BatchSize)
            return code;
    }
}

std::string lineOf(const siem::Entry& entry, AuditForm form, const siem::Origin& origin)
{
    switch (form) {
    case AuditForm::JsonLines:
        return siem::jsonLine(entry);
    case AuditForm::Ocsf:
        return siem::ocsfEvent(entry, origin);
    case AuditForm::Cef:
        return siem::cefEvent(entry, origin);
    }
    return {};
}

}

ExitCode runAudit(
    const AuditCommand& command, Format format, std::ostream& out, std::ostream& problems, siem::Origin origin)
{
    Reporter reporter(out, format);
    return std::visit(base::Overloaded{
                          [&](const AuditVerify& wanted) { return verify(command.file, wanted, reporter, problems); },
                          [&](const AuditShow& wanted) {
                              return walk(
                                  command.file, wanted.filter,
                                  [&](const siem::Entry& entry) { reporter.report(recordEvent(entry)); }, problems);
                          },
                          [&](const AuditExport& wanted) {
                              if (!wanted.host.empty())
                                  origin.host = wanted.host;
                              const ExitCode code = walk(
                                  command.file, wanted.filter,
                                  [&](const siem::Entry& entry) { out << lineOf(entry, wanted.form, origin) << '\n'; },
                                  problems);
                              out.flush();
                              if (out)
                                  return code;
                              return unreadable({base::Errc::Io, "the export could not be written whole"}, problems);
                          },
                      },
        command.what);
}

}
