#include "core/audit/head.h"
#include "core/audit/record_text.h"
#include "core/siem/cef.h"
#include "core/siem/entry.h"
#include "core/siem/jsonl.h"
#include "core/siem/ocsf.h"
#include "core/siem/syslog_message.h"
#include "tests/fuzz/entry_points.h"
#include "tests/fuzz/promise.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace fuzz {

namespace {

bool isOneLine(const std::string& line)
{
    return std::none_of(line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

}

void auditRecord(std::string_view bytes)
{
    if (const auto head = audit::parseHead(bytes))
        require(audit::headStatement(*head) == bytes, "a head has one spelling");
    const auto read = audit::parseRecord(bytes);
    if (!read)
        return;
    const auto written = audit::recordText(*read);
    require(written && *written == bytes, "a record has one spelling");
    require(std::none_of(written->begin(), written->end(), [](unsigned char c) { return c < 0x20 && c != '\n'; }),
        "a record is text");
    const siem::Entry entry{*read, {}};
    const siem::Origin origin{.host = "host", .processId = {}, .version = {}};
    require(isOneLine(siem::jsonLine(entry)) && isOneLine(siem::ocsfEvent(entry, origin)), "JSON is one line");
    require(isOneLine(siem::cefEvent(entry, origin)), "CEF is one line");
    for (const siem::Format format : {siem::Format::Structured, siem::Format::Ocsf, siem::Format::Cef}) {
        const std::string message = siem::syslogMessage(entry, origin, format);
        require(isOneLine(message) && message.size() <= siem::MaxMessageSize, "a syslog message is one line and fits");
    }
}

}
