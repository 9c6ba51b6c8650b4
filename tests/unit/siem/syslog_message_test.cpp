#include "core/siem/jsonl.h"
#include "core/siem/syslog_message.h"
#include "tests/unit/siem/entries.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace {

using namespace siem;
using namespace siem_test;

TEST(SyslogMessage, IsRfc5424)
{
    EXPECT_EQ(syslogMessage(decision(), origin(), Format::Structured),
        "<108>1 2026-11-24T08:00:07.480123Z gate.example countersign-venue 42 access-decision "
        "[meta sequenceId=\"17\"][origin software=\"countersign-venue\" swVersion=\"1.2.3\"]"
        "[countersign@32473 number=\"17\" hash=\""
            + hashText()
            + "\" severity=\"warning\" user=\"anna.keller\" session=\"ACME\" reference=\"D-17\" address=\"10.1.2.3\" "
              "outcome=\"deny\" score=\"40\" reason=\"country\"] access-decision");
}

TEST(SyslogMessage, PriorityIsThatOfLogAudit)
{
    using audit::Severity;
    for (const auto& [severity, start] : {std::pair(Severity::Info, "<110>1 "), {Severity::Notice, "<109>1 "},
             {Severity::Warning, "<108>1 "}, {Severity::Alert, "<105>1 "}}) {
        Entry entry = decision();
        entry.numbered.record.severity = severity;
        EXPECT_EQ(syslogMessage(entry, origin(), Format::Structured).rfind(start, 0), 0u);
    }
}

TEST(SyslogMessage, ValuesAreEscaped)
{
    EXPECT_EQ(paramValue("a\"b]c\\d"), "a\\\"b\\]c\\\\d");
    const std::string message = syslogMessage(nasty(), origin(), Format::Structured);
    // Bytes that are no text are spelled as in the trail, and then escaped as a PARAM-VALUE.
    EXPECT_NE(message.find(" user=\"a\\\"b\\]c\\\\x5cd=e|f\\\\x0ag\\\\x01\\\\xffh\xc3\xa9\" "), std::string::npos)
        << message;
    EXPECT_EQ(message.find('\n'), std::string::npos);
}

TEST(SyslogMessage, TheHeaderIsPrintableAscii)
{
    Origin strange = origin();
    strange.host = "my host\n\xc3\xa9";
    strange.processId = "";
    const std::string message = syslogMessage(decision(), strange, Format::Structured);
    EXPECT_NE(message.find("Z my?host??? countersign-venue - access-decision "), std::string::npos) << message;
    strange.host = std::string(1'000, 'h');
    EXPECT_NE(syslogMessage(decision(), strange, Format::Structured).find(" " + std::string(255, 'h') + " "),
        std::string::npos);
    strange.host = "";
    EXPECT_NE(syslogMessage(decision(), strange, Format::Structured).find("Z - countersign-venue"), std::string::npos);
}

TEST(SyslogMessage, SequenceIdStartsAgainWhereTheStandardSaysSo)
{
    EXPECT_NE(syslogMessage(entryOf(decision().numbered.record, 2'147'483'647), origin(), Format::Structured)
                  .find("sequenceId=\"2147483647\""),
        std::string::npos);
    EXPECT_NE(syslogMessage(entryOf(decision().numbered.record, 2'147'483'648), origin(), Format::Structured)
                  .find("sequenceId=\"1\"]"),
        std::string::npos);
}

TEST(SyslogMessage, NoneIsLongerThanReceiversTake)
{
    for (const audit::Kind kind : {audit::Kind::AccessDecision, audit::Kind::Locked}) {
        Entry entry = decision();
        audit::AuditRecord& record = entry.numbered.record;
        record.kind = kind;
        record.user = record.session = record.reference = std::string(1'024, '\x01');
        record.fields.clear();
        for (const audit::Field field : audit::allowedFields(kind))
            record.fields[field] = std::string(1'024, '\\');
        for (const Format format : {Format::Structured, Format::Ocsf, Format::Cef})
            EXPECT_LE(syslogMessage(entry, origin(), format).size(), MaxMessageSize) << audit::nameOf(kind);
    }
}

TEST(SyslogMessage, ShortenedValuesStayText)
{
    Entry entry = decision();
    entry.numbered.record.user = "x\xc3\xa9\xc3\xa9\xc3\xa9";
    EXPECT_EQ(shortened(entry, 4).numbered.record.user, "x\xc3\xa9...");
    EXPECT_EQ(shortened(entry, 7).numbered.record.user, entry.numbered.record.user);
}

TEST(SyslogMessage, FramesCountOctets)
{
    EXPECT_EQ(framed("caf\xc3\xa9"), "5 caf\xc3\xa9");
}

TEST(SyslogMessage, DamageIsAnAlert)
{
    for (const Format format : {Format::Structured, Format::Ocsf, Format::Cef}) {
        const std::string message = damageMessage(9, someTime(), origin(), format);
        EXPECT_EQ(message.rfind("<105>1 ", 0), 0u);
        EXPECT_NE(message.find(" trail-damaged [meta sequenceId=\"9\"]"), std::string::npos);
    }
}

TEST(SyslogMessage, DamageIsToldInTheFormThatTheCollectorReads)
{
    const std::string structured = damageMessage(9, someTime(), origin(), Format::Structured);
    EXPECT_TRUE(structured.ends_with("severity=\"alert\"] trail-damaged")) << structured;
    const std::string cef = damageMessage(9, someTime(), origin(), Format::Cef);
    EXPECT_TRUE(cef.ends_with("] CEF:0|Countersign|countersign-venue|1.2.3|trail-damaged|trail-damaged|9|"
                              "rt=1795507207480 externalId=9 dvchost=gate.example"))
        << cef;
    const std::string ocsf = damageMessage(9, someTime(), origin(), Format::Ocsf);
    const auto event = nlohmann::json::parse(ocsf.substr(ocsf.find("] {") + 2));
    EXPECT_EQ(event["class_uid"], 2004);
    EXPECT_EQ(event["category_uid"], 2);
    EXPECT_EQ(event["type_uid"], 200401);
    EXPECT_EQ(event["severity_id"], 4);
    EXPECT_EQ(event["time"], 1'795'507'207'480);
    EXPECT_EQ(event["metadata"]["version"], "1.3.0");
    EXPECT_EQ(event["metadata"]["sequence"], 9);
    EXPECT_EQ(event["metadata"]["event_code"], "trail-damaged");
    EXPECT_EQ(event["finding_info"]["title"], "trail-damaged");
    EXPECT_EQ(event["finding_info"]["uid"], "trail-damaged-9");
}

TEST(JsonLine, HoldsTheRecord)
{
    const auto json = nlohmann::json::parse(jsonLine(decision()));
    EXPECT_EQ(json["number"], 17);
    EXPECT_EQ(json["time"], "2026-11-24T08:00:07.480123Z");
    EXPECT_EQ(json["kind"], "access-decision");
    EXPECT_EQ(json["fields"]["score"], "40");
    EXPECT_EQ(json["hash"], hashText());
    EXPECT_EQ(nlohmann::json::parse(jsonLine(nasty()))["user"], audit::escapedValue(Nasty));
}

}
