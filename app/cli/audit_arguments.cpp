#include "app/cli/audit_arguments.h"

#include "core/audit/time_text.h"

namespace cli {

namespace {

/// A day, a time without fractions, or a time as the trail spells it. Always UTC.
base::Result<base::UtcTime> parseMoment(const std::string& text)
{
    constexpr std::size_t DaySize = 10;
    std::string whole = text;
    if (whole.size() == DaySize)
        whole += "T00:00:00Z";
    if (whole.size() == DaySize + 10 && whole.back() == 'Z')
        whole.insert(whole.size() - 1, ".000000");
    const auto time = audit::parseTime(whole);
    if (!time)
        return usage(
            "a day such as 2026-11-24 or a time such as 2026-11-24T08:00:00Z is expected, not \"" + text + "\"");
    return *time;
}

base::Result<std::set<audit::Kind>> parseKinds(const std::string& text)
{
    std::set<audit::Kind> kinds;
    for (const std::string& name : commaSeparated(text)) {
        const auto kind = audit::kindFrom(name);
        if (!kind)
            return usage("no record is of kind \"" + name + "\"; docs/audit.md lists the kinds");
        kinds.insert(*kind);
    }
    return kinds;
}

base::Result<AuditForm> parseForm(const std::string& text)
{
    if (text == "jsonl")
        return AuditForm::JsonLines;
    if (text == "ocsf")
        return AuditForm::Ocsf;
    if (text == "cef")
        return AuditForm::Cef;
    return usage("jsonl, ocsf or cef is expected, not \"" + text + "\"");
}

AuditFilter readFilter(OptionReader& options)
{
    AuditFilter filter;
    options.read("--from", parseMoment, [&](base::UtcTime time) { filter.from = time; });
    options.read("--to", parseMoment, [&](base::UtcTime time) { filter.to = time; });
    options.read("--user", [&](const std::string& user) { filter.user = user; });
    options.read("--kind", parseKinds, [&](std::set<audit::Kind> kinds) { filter.kinds = std::move(kinds); });
    return filter;
}

}

base::Result<Command> auditCommand(const Words& words, OptionReader& options)
{
    const std::string what = words.positional.size() == 3 ? words.positional[1] : std::string();
    AuditCommand command;
    if (what == "verify") {
        AuditVerify verify;
        options.read("--key", [&](const std::string& files) { verify.keys = commaSeparated(files); });
        options.read("--anchor", [&](const std::string& file) { verify.anchor = file; });
        command.what = std::move(verify);
    } else if (what == "show") {
        command.what = AuditShow{readFilter(options)};
    } else if (what == "export") {
        AuditExport wanted;
        wanted.filter = readFilter(options);
        options.read("--as", parseForm, [&](AuditForm form) { wanted.form = form; });
        options.read("--host", [&](const std::string& host) { wanted.host = host; });
        command.what = std::move(wanted);
    } else {
        return usage("audit needs one of verify, show or export, and the file of a trail");
    }
    command.file = words.positional[2];
    if (const auto status = options.finish(); !status)
        return status.error();
    return Command(std::move(command));
}

}
