#include "app/cli/audit_arguments.h"

#include "core/audit/time_text.h"

#include <algorithm>
#include <utility>

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
        whole.insert(whole.size() - 1, ".0");
    // Up to six digits, of which a log may show fewer.
    constexpr std::size_t Point = DaySize + 9;
    constexpr std::size_t WholeSize = Point + 8;
    if (whole.size() > Point + 2 && whole.size() < WholeSize && whole[Point] == '.' && whole.back() == 'Z')
        whole.insert(whole.size() - 1, WholeSize - whole.size(), '0');
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

base::Result<std::vector<std::string>> parseFiles(const std::string& text)
{
    auto files = commaSeparated(text);
    if (std::find(files.begin(), files.end(), std::string()) != files.end())
        return usage("files with commas between them are expected, and one has no name in \"" + text + "\"");
    return files;
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

bool isEmpty(const AuditCommand& command)
{
    const auto* show = std::get_if<AuditShow>(&command.what);
    const auto* exported = std::get_if<AuditExport>(&command.what);
    const AuditFilter* filter = show ? &show->filter : exported ? &exported->filter : nullptr;
    return filter && filter->from && filter->to && *filter->to <= *filter->from;
}

}

base::Result<Command> auditCommand(const Words& words, OptionReader& options)
{
    const std::string what = words.positional.size() == 3 ? words.positional[1] : std::string();
    AuditCommand command;
    if (what == "verify") {
        AuditVerify verify;
        options.read("--key", parseFiles, [&](std::vector<std::string> files) { verify.keys = std::move(files); });
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
    if (isEmpty(command))
        return usage("--to must be later than --from: no record is between them");
    return Command(std::move(command));
}

}
