#include "core/siem/ocsf.h"
#include "core/siem/syslog_message.h"
#include "tests/unit/siem/entries.h"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace {

using namespace siem;
using namespace siem_test;
using audit::Field;
using audit::Kind;
using Json = nlohmann::json;

Json eventOf(const Entry& entry)
{
    return Json::parse(ocsfEvent(entry, origin()));
}

/// A record of this kind, with every field that it allows.
Entry full(Kind kind)
{
    audit::AuditRecord record;
    record.time = someTime();
    record.kind = kind;
    record.user = "anna.keller";
    record.session = "ACME";
    record.reference = "R-1";
    for (const Field field : audit::allowedFields(kind))
        record.fields[field] = "value of " + std::string(audit::nameOf(field));
    return entryOf(record);
}

TEST(Ocsf, ADecisionIsApiActivity)
{
    const Json event = eventOf(decision());
    EXPECT_EQ(event["category_uid"], 6);
    EXPECT_EQ(event["class_uid"], 6003);
    EXPECT_EQ(event["activity_id"], 99);
    EXPECT_EQ(event["type_uid"], 600399);
    EXPECT_EQ(event["severity_id"], 3);
    EXPECT_EQ(event["status_id"], 2) << "denied";
    EXPECT_EQ(event["status_detail"], "country");
    EXPECT_EQ(event["time"], 1'795'507'207'480);
    EXPECT_EQ(event["metadata"]["version"], "1.3.0");
    EXPECT_EQ(event["metadata"]["product"]["vendor_name"], "Countersign");
    EXPECT_EQ(event["metadata"]["sequence"], 17);
    EXPECT_EQ(event["metadata"]["correlation_uid"], "D-17");
    EXPECT_EQ(event["actor"]["user"]["name"], "anna.keller");
    EXPECT_EQ(event["api"]["operation"], "access-decision");
    EXPECT_EQ(event["src_endpoint"]["ip"], "10.1.2.3");
    EXPECT_EQ(event["unmapped"]["score"], "40");
}

TEST(Ocsf, ASessionIsAnAuthentication)
{
    const Json opened = eventOf(full(Kind::SessionOpened));
    EXPECT_EQ(opened["class_uid"], 3002);
    EXPECT_EQ(opened["category_uid"], 3);
    EXPECT_EQ(opened["activity_id"], 1);
    EXPECT_EQ(opened["status_id"], 1);
    EXPECT_EQ(opened["user"]["name"], "anna.keller");
    EXPECT_EQ(opened["is_mfa"], false);
    EXPECT_EQ(eventOf(full(Kind::SessionClosed))["activity_id"], 2);
    const Json stepUp = eventOf(full(Kind::StepUpRefused));
    EXPECT_EQ(stepUp["class_uid"], 3002);
    EXPECT_EQ(stepUp["is_mfa"], true);
    EXPECT_EQ(stepUp["status_id"], 2);
}

TEST(Ocsf, ARefusedConnectionOfNobodyKnownIsNetworkActivity)
{
    Entry refused = full(Kind::SessionRefused);
    EXPECT_EQ(eventOf(refused)["class_uid"], 3002);
    refused.numbered.record.user.clear();
    const Json event = eventOf(refused);
    EXPECT_EQ(event["class_uid"], 4001);
    EXPECT_EQ(event["category_uid"], 4);
    EXPECT_EQ(event["activity_id"], 5);
    EXPECT_EQ(event["dst_endpoint"]["hostname"], "gate.example");
}

TEST(Ocsf, ChangesOfAccountsNameTheOneThatWasChanged)
{
    const std::map<Kind, int> activities{
        {Kind::Locked, 9}, {Kind::Unlocked, 2}, {Kind::KeyRevoked, 11}, {Kind::IdentityChanged, 99}};
    for (const auto& [kind, activity] : activities) {
        const Json event = eventOf(full(kind));
        EXPECT_EQ(event["class_uid"], 3001);
        EXPECT_EQ(event["activity_id"], activity);
        EXPECT_EQ(event["user"]["name"], "value of target");
        EXPECT_EQ(event["actor"]["user"]["name"], "value of by");
    }
}

TEST(Ocsf, AChangeThatWasRefusedIsNoSuccess)
{
    const std::map<std::string, int> statuses{
        {"drafted", 0}, {"proposed", 0}, {"done", 1}, {"rejected", 2}, {"refused", 2}};
    for (const auto& [outcome, status] : statuses) {
        Entry change = full(Kind::IdentityChanged);
        change.numbered.record.fields[Field::Outcome] = outcome;
        EXPECT_EQ(eventOf(change)["status_id"], status) << outcome;
    }
    Entry renamed = full(Kind::IdentityChanged);
    renamed.numbered.record.fields.erase(Field::Outcome);
    EXPECT_EQ(eventOf(renamed)["status_id"], 1) << "the enforcement point tells only what was done";
}

TEST(Ocsf, ALockedCertificateIsAnAccountOfItsOwner)
{
    Entry locked = full(Kind::Locked);
    locked.numbered.record.fields[Field::Target] = "certificate a1b2";
    EXPECT_EQ(eventOf(locked)["user"]["name"], "anna.keller");
    EXPECT_EQ(eventOf(locked)["unmapped"]["target"], "certificate a1b2");
}

TEST(Ocsf, AKeyThatAPersonEnrolsIsAFactorOfThatPerson)
{
    Entry enrolled = full(Kind::KeyEnrolled);
    EXPECT_EQ(eventOf(enrolled)["activity_id"], 10);
    EXPECT_EQ(eventOf(enrolled)["user"]["name"], "anna.keller") << "and not of the key's name";
    enrolled.numbered.record.user.clear();
    EXPECT_EQ(eventOf(enrolled)["user"]["name"], "value of target") << "imported by an officer";
}

TEST(Ocsf, AnAlertIsADetectionFinding)
{
    const Json event = eventOf(full(Kind::Alert));
    EXPECT_EQ(event["class_uid"], 2004);
    EXPECT_EQ(event["category_uid"], 2);
    EXPECT_EQ(event["finding_info"]["title"], "value of rule");
    EXPECT_EQ(event["finding_info"]["uid"], hashText());
    ASSERT_EQ(event["evidences"].size(), 1u);
    EXPECT_EQ(event["evidences"][0]["actor"]["user"]["name"], "value of by");
    EXPECT_EQ(event["evidences"][0]["actor"]["session"]["uid"], "ACME");
    EXPECT_EQ(event["evidences"][0]["src_endpoint"]["ip"], "value");
    EXPECT_FALSE(event.contains("src_endpoint")) << "the class has none of its own";
}

TEST(Ocsf, SeveralAddressesOfAWorkstationAreNotOne)
{
    Entry entry = decision();
    entry.numbered.record.fields[Field::Address] = "10.1.2.3 2001:db8::7";
    const Json event = eventOf(entry);
    EXPECT_EQ(event["src_endpoint"]["ip"], "10.1.2.3");
    EXPECT_EQ(event["unmapped"]["address"], "10.1.2.3 2001:db8::7");
}

TEST(Ocsf, AHostNameThatIsNotUtf8EndsNothing)
{
    Origin odd = origin();
    odd.host = "gate\xff";
    for (const Kind kind : audit::allKinds())
        EXPECT_FALSE(ocsfEvent(full(kind), odd).empty());
}

TEST(Ocsf, EveryKindHasWhatItsClassRequiresAndLosesNothing)
{
    const std::map<int, std::vector<std::string>> required{{2004, {"finding_info"}}, {3001, {"user"}},
        {3002, {"user", "service"}}, {4001, {"src_endpoint"}}, {6002, {"app"}},
        {6003, {"actor", "api", "src_endpoint"}}};
    for (const Kind kind : audit::allKinds()) {
        const Entry entry = full(kind);
        const std::string text = ocsfEvent(entry, origin());
        const Json event = Json::parse(text);
        const int classUid = event["class_uid"].get<int>();
        ASSERT_TRUE(required.contains(classUid)) << audit::nameOf(kind);
        EXPECT_EQ(event["category_uid"].get<int>(), classUid / 1000);
        EXPECT_EQ(event["type_uid"].get<int>(), classUid * 100 + event["activity_id"].get<int>());
        EXPECT_TRUE(event.contains("severity_id") && event.contains("time") && event["metadata"].contains("product"));
        for (const std::string& name : required.at(classUid))
            EXPECT_TRUE(event.contains(name)) << audit::nameOf(kind) << " " << name;
        if (entry.numbered.record.kind != Kind::TrailStarted) {
            EXPECT_NE(text.find("ACME"), std::string::npos) << audit::nameOf(kind) << " has lost its session";
        }
        for (const auto& [field, value] : entry.numbered.record.fields)
            EXPECT_NE(text.find(value), std::string::npos) << audit::nameOf(kind) << " " << audit::nameOf(field);
    }
}

TEST(Ocsf, IsAsciiWhateverItHolds)
{
    const std::string text = ocsfEvent(nasty(), origin());
    for (const char c : text)
        ASSERT_TRUE(c >= ' ' && c < 0x7f);
    EXPECT_EQ(Json::parse(text)["actor"]["user"]["name"], audit::escapedValue(Nasty));
    const std::string message = syslogMessage(nasty(), origin(), Format::Ocsf);
    EXPECT_EQ(Json::parse(message.substr(message.find("] {") + 2)), Json::parse(text));
}

}
