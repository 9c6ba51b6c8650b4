#include "core/audit/record_text.h"
#include "core/audit/time_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace {

using namespace audit;
using namespace std::chrono_literals;

base::UtcTime someTime()
{
    using namespace std::chrono;
    return base::UtcTime(sys_days(2026y / November / 24)) + 8h + 7s + 480us;
}

NumberedRecord decision()
{
    AuditRecord record;
    record.time = someTime();
    record.kind = Kind::AccessDecision;
    record.severity = Severity::Warning;
    record.user = "anna.keller";
    record.session = "ACME";
    record.reference = "D-17";
    record.fields = {{Field::Reason, "unknown network"}, {Field::Score, "40"}, {Field::Outcome, "deny"}};
    return {17, record};
}

constexpr const char* DecisionText = "countersign.audit.v1\n"
                                     "number=17\n"
                                     "time=2026-11-24T08:00:07.000480Z\n"
                                     "kind=access-decision\n"
                                     "severity=warning\n"
                                     "user=anna.keller\n"
                                     "session=ACME\n"
                                     "reference=D-17\n"
                                     "outcome=deny\n"
                                     "score=40\n"
                                     "reason=unknown network\n";

TEST(Record, HasOneSpelling)
{
    const auto text = recordText(decision());
    ASSERT_TRUE(text);
    EXPECT_EQ(*text, DecisionText);
    const auto read = parseRecord(*text);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(*read, decision());
}

TEST(Record, NamesAreThereOnceAndLeadBack)
{
    std::set<std::string_view> names;
    for (const Kind kind : allKinds()) {
        EXPECT_FALSE(nameOf(kind).empty());
        EXPECT_TRUE(names.insert(nameOf(kind)).second) << nameOf(kind);
        EXPECT_EQ(kindFrom(nameOf(kind)), kind);
        const auto fields = allowedFields(kind);
        EXPECT_FALSE(fields.empty());
        EXPECT_TRUE(std::is_sorted(fields.begin(), fields.end())) << nameOf(kind);
        for (const Field field : fields)
            EXPECT_EQ(fieldFrom(nameOf(field)), field);
    }
    EXPECT_FALSE(kindFrom("price"));
    EXPECT_FALSE(fieldFrom("price"));
}

TEST(Record, AFieldOfAnotherKindIsRefused)
{
    NumberedRecord record = decision();
    record.record.fields[Field::Trail] = "x";
    const auto text = recordText(record);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, base::Errc::Internal);
    EXPECT_NE(text.error().detail.find("access-decision has no field trail"), std::string::npos);
}

TEST(Record, AnyBytesComeBack)
{
    NumberedRecord record = decision();
    record.record.user = std::string("a\nkind=allow\r\x00\x1b[31m\\ \xff\xc2\x9b caf\xc3\xa9 =\"]", 34);
    const auto text = recordText(record);
    ASSERT_TRUE(text);
    EXPECT_EQ(std::count(text->begin(), text->end(), '\n'), 11);
    EXPECT_NE(text->find("user=a\\x0akind=allow\\x0d\\x00\\x1b[31m\\x5c \\xff\\xc2\\x9b caf\xc3\xa9 =\"]\n"),
        std::string::npos)
        << *text;
    const auto read = parseRecord(*text);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->record.user, record.record.user);
}

TEST(Record, LongValuesAreCutBetweenCharacters)
{
    NumberedRecord record = decision();
    record.record.user = "x";
    while (record.record.user.size() <= MaxValueSize)
        record.record.user += "\xc3\xa9";
    const auto text = recordText(record);
    ASSERT_TRUE(text);
    const auto read = parseRecord(*text);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_LE(read->record.user.size(), MaxValueSize);
    EXPECT_EQ(read->record.user.substr(read->record.user.size() - 5), "\xc3\xa9...");
}

TEST(Record, EmptyFieldsAreLeftOut)
{
    NumberedRecord record = decision();
    record.record.fields[Field::Country] = "";
    EXPECT_EQ(*recordText(record), DecisionText);
}

TEST(Record, NoOtherSpellingIsRead)
{
    const std::string text = DecisionText;
    const auto replaced = [&](const std::string& from, const std::string& to) {
        std::string changed = text;
        changed.replace(changed.find(from), from.size(), to);
        return changed;
    };
    const std::vector<std::string> wrong{"", text + "\n", text + "x=1\n", text.substr(0, text.size() - 1),
        replaced("v1", "v2"), replaced("number=17", "number=017"), replaced("number=17", "number=0"),
        replaced("number=17", "number=-1"), replaced(".000480Z", ".00048Z"), replaced("-24T", "-32T"),
        replaced("T08", "T24"), replaced("access-decision", "access"), replaced("warning", "fatal"),
        replaced("user=anna.keller\n", ""), replaced("anna", "\\x61nna"), replaced("anna", "\\x0Anna"),
        replaced("anna", "\\n"), replaced("anna", "\xff"),
        replaced("outcome=deny\nscore=40\n", "score=40\noutcome=deny\n"),
        replaced("outcome=deny\n", "outcome=deny\noutcome=deny\n"), replaced("outcome=deny", "outcome="),
        replaced("outcome=deny", "tls=x"), std::string(MaxRecordSize + 1, 'x')};
    for (const std::string& candidate : wrong) {
        const auto read = parseRecord(candidate);
        ASSERT_FALSE(read) << candidate.substr(0, 400);
        EXPECT_EQ(read.error().code, base::Errc::InvalidInput);
    }
}

TEST(Record, TimesHaveOneSpelling)
{
    EXPECT_EQ(parseTime("2026-11-24T08:00:07.000480Z"), someTime());
    EXPECT_EQ(parseTime("2026-02-29T08:00:07.000480Z"), std::nullopt);
    EXPECT_EQ(parseTime("2026-11-24 08:00:07.000480Z"), std::nullopt);
    EXPECT_EQ(parseTime("1969-11-24T08:00:07.000480Z"), std::nullopt);
    EXPECT_EQ(parseTime("2026-11-24T08:60:07.000480Z"), std::nullopt);
    EXPECT_EQ(timeText(base::UtcTime(-1us)), "1970-01-01T00:00:00.000000Z");
}

TEST(Record, Utf8IsJudgedStrictly)
{
    EXPECT_EQ(utf8Size("a"), 1u);
    EXPECT_EQ(utf8Size("\xc3\xa9x"), 2u);
    EXPECT_EQ(utf8Size("\xe2\x82\xac"), 3u);
    EXPECT_EQ(utf8Size("\xf0\x9f\x92\xb6"), 4u);
    for (const char* wrong :
        {"", "\x80", "\xc0\xaf", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff"})
        EXPECT_EQ(utf8Size(wrong), 0u);
}

}
