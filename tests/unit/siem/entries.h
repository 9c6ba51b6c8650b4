#pragma once

#include "core/siem/entry.h"

#include <chrono>
#include <string>

namespace siem_test {

inline base::UtcTime someTime()
{
    using namespace std::chrono;
    return base::UtcTime(sys_days(2026y / November / 24)) + hours(8) + seconds(7) + microseconds(480'123);
}

inline siem::Origin origin()
{
    siem::Origin made;
    made.host = "gate.example";
    made.processId = "42";
    made.version = "1.2.3";
    return made;
}

inline siem::Entry entryOf(audit::AuditRecord record, std::uint64_t number = 17)
{
    siem::Entry entry;
    entry.numbered = {number, std::move(record)};
    entry.hash.fill(0xab);
    return entry;
}

inline siem::Entry decision()
{
    audit::AuditRecord record;
    record.time = someTime();
    record.kind = audit::Kind::AccessDecision;
    record.severity = audit::Severity::Warning;
    record.user = "anna.keller";
    record.session = "ACME";
    record.reference = "D-17";
    record.fields = {{audit::Field::Address, "10.1.2.3"}, {audit::Field::Outcome, "deny"}, {audit::Field::Score, "40"},
        {audit::Field::Reason, "country"}};
    return entryOf(record);
}

/// What people, peers and tokens can be called by those who mean harm.
inline const std::string Nasty = "a\"b]c\\d=e|f\ng\x01\xffh\xc3\xa9";

inline siem::Entry nasty()
{
    siem::Entry entry = decision();
    entry.numbered.record.user = Nasty;
    entry.numbered.record.fields[audit::Field::Reason] = Nasty;
    return entry;
}

inline std::string hashText()
{
    std::string text;
    for (int i = 0; i < 32; ++i)
        text += "ab";
    return text;
}

}
