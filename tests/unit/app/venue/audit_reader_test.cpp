#include "app/venue/audit_reader.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;

class AuditReader : public testing::Test {
protected:
    std::optional<venue::AuditSettings> read(const std::string& text)
    {
        auto document = store::TomlDocument::parse(text, "/etc/venue.toml");
        EXPECT_TRUE(document);
        auto settings = venue::readAudit(document->root().table("audit"));
        const base::Status finished = document->finish();
        problem = finished ? "" : finished.error().detail;
        return settings;
    }
    std::string problem;
};

TEST_F(AuditReader, WithoutTheTableThereIsNoTrail)
{
    EXPECT_FALSE(read(""));
    EXPECT_EQ(problem, "");
}

TEST_F(AuditReader, ATrailAlone)
{
    const auto settings = read("[audit]\ntrail = \"a.db\"\n");
    ASSERT_TRUE(settings);
    EXPECT_EQ(problem, "");
    EXPECT_EQ(settings->trail, "/etc/a.db");
    EXPECT_EQ(settings->headEvery, 1u);
    EXPECT_FALSE(settings->signingKey || settings->anchor || settings->syslog);
}

TEST_F(AuditReader, EverythingSaid)
{
    const auto settings = read(R"([audit]
trail = "a.db"
signing_key = "a.key"
head_every = 20
anchor = "/mnt/anchor"
[audit.syslog]
host = "siem.example"
port = 7000
ca = "ca.pem"
revocations = "crl.pem"
pins = ["aa"]
server_name = "collector.example"
certificate = "c.pem"
key = "c.key"
format = "ocsf"
host_name = "venue.example"
enterprise = 4711
position = "/var/position"
settle = "3s"
retry_most = "9s"
)");
    ASSERT_TRUE(settings && settings->syslog) << problem;
    EXPECT_EQ(problem, "");
    EXPECT_EQ(settings->signingKey, "/etc/a.key");
    EXPECT_EQ(settings->headEvery, 20u);
    EXPECT_EQ(settings->anchor, "/mnt/anchor");
    const venue::SyslogSettings& syslog = *settings->syslog;
    EXPECT_EQ(syslog.host, "siem.example");
    EXPECT_EQ(syslog.port, 7000);
    EXPECT_EQ(syslog.trust, (tls::TrustPolicy{"/etc/ca.pem", "/etc/crl.pem", {"aa"}, "collector.example"}));
    EXPECT_EQ(syslog.certificate, "/etc/c.pem");
    EXPECT_EQ(syslog.format, siem::Format::Ocsf);
    EXPECT_EQ(syslog.hostName, "venue.example");
    EXPECT_EQ(syslog.enterprise, 4711u);
    EXPECT_EQ(syslog.position, "/var/position");
    EXPECT_EQ(syslog.settle, 3s);
    EXPECT_EQ(syslog.retryMost, 9s);
}

TEST_F(AuditReader, UsualValues)
{
    const auto settings = read("[audit]\ntrail = \"a.db\"\n[audit.syslog]\nhost = \"h\"\nca = \"c\"\ncertificate = "
                               "\"d\"\nkey = \"e\"\n");
    ASSERT_TRUE(settings && settings->syslog) << problem;
    EXPECT_EQ(settings->syslog->port, 6514);
    EXPECT_EQ(settings->syslog->trust.serverName, "h");
    EXPECT_EQ(settings->syslog->position, "/etc/a.db.sent");
    EXPECT_EQ(settings->syslog->format, siem::Format::Structured);
}

TEST_F(AuditReader, ProblemsAreNamed)
{
    (void)read("[audit]\nanchor = \"a\"\n");
    EXPECT_NE(problem.find("key 'audit.trail'"), std::string::npos) << problem;
    EXPECT_NE(problem.find("signing_key"), std::string::npos) << problem;
    (void)read("[audit]\ntrail = \"a\"\n[audit.syslog]\nformat = \"xml\"\n");
    for (const char* key :
        {"audit.syslog.host", "audit.syslog.ca", "audit.syslog.certificate", "audit.syslog.key", "audit.syslog.format"})
        EXPECT_NE(problem.find(key), std::string::npos) << problem;
    (void)read("[audit]\ntrail = \"a\"\nprice = 1\n");
    EXPECT_NE(problem.find("audit.price"), std::string::npos) << problem;
}

}
