#include "app/venue/identity_commands.h"
#include "core/tls/identity.h"
#include "tests/support/cms_signature.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <vector>

using namespace venue;

namespace {

/// Two officers with cards, whose certificates the venue's authority issued, and commands as they are typed.
class ChangeCommands : public testing::Test {
protected:
    ChangeCommands()
    {
        m_by.pep.identities = m_files.path() / "identities.sqlite";
        m_by.people.caFile = m_files.write("ca.pem", m_ca.pem()).string();
        m_by.account = "root";
        // The fake clock stands still; what is made now must hold then.
        m_clock.shiftUtc(
            std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()) - m_clock.utc());
        for (const char* name : {"olga", "bert", "anna"})
            m_files.write(std::string(name) + ".pem", support::pemOf(*identityOf(name).certificate));
    }
    tls::Identity& identityOf(const std::string& name)
    {
        auto& made = m_people[name];
        if (!made.certificate)
            made = issued(name);
        return made;
    }
    tls::Identity issued(const std::string& name) const
    {
        support::CertificateOptions options;
        options.commonName = name;
        options.purpose = support::Purpose::Client;
        return m_ca.issue(options);
    }
    base::Status run(std::vector<std::string> words)
    {
        words.insert(words.end(), {"--config", "venue.toml"});
        const auto options = parseIdentityOptions(words);
        if (!options)
            return options.error();
        m_out.str({});
        return runIdentityCommand(*options, m_by, m_clock, m_out);
    }
    base::Status add(const std::string& name, const std::string& role)
    {
        return run({"user", "add", name, "--certificate", (m_files.path() / (name + ".pem")).string(), "--key",
            "hardware", "--role", role});
    }
    /// The number of the change that the last command drafted.
    std::string drafted() const
    {
        const std::string text = m_out.str();
        const std::string key = "\"change\":";
        const auto found = text.find(key);
        return found == std::string::npos ? "none: " + text
                                          : std::to_string(std::stoi(text.substr(found + key.size())));
    }
    base::Status sign(const std::string& step, const std::string& number, const tls::Identity& signer)
    {
        if (const auto shown = run({"change", "show", number, "--step", step}); !shown)
            return shown;
        const auto file = m_files.write("change.cms", support::cmsSignature(signer, m_out.str())).string();
        return run({"change", step, number, "--signature", file});
    }
    void twoOfficers()
    {
        ASSERT_TRUE(add("olga", "privileged"));
        ASSERT_TRUE(add("bert", "privileged"));
        const auto proposed = sign("propose", drafted(), identityOf("olga"));
        ASSERT_TRUE(proposed) << proposed.error().detail;
        ASSERT_TRUE(shows("\"outcome\":\"done\"")) << m_out.str();
    }
    bool shows(const std::string& part) const { return m_out.str().find(part) != std::string::npos; }

    support::TemporaryDirectory m_files;
    support::TestCa m_ca;
    support::FakeClock m_clock;
    std::map<std::string, tls::Identity> m_people;
    Administration m_by;
    std::ostringstream m_out;
};

TEST_F(ChangeCommands, TwoCardsMakeAPerson)
{
    twoOfficers();
    ASSERT_TRUE(add("anna", "standard"));
    EXPECT_TRUE(shows("\"next\":\"propose\"")) << m_out.str();
    const std::string number = drafted();
    ASSERT_TRUE(run({"user", "list"}));
    EXPECT_FALSE(shows("anna"));
    ASSERT_TRUE(sign("propose", number, identityOf("bert")));
    EXPECT_TRUE(shows("\"outcome\":\"proposed\"")) << m_out.str();
    ASSERT_TRUE(run({"change", "list"}));
    EXPECT_TRUE(shows("\"proposedBy\":\"bert\",\"next\":\"approve\"")) << m_out.str();
    EXPECT_FALSE(sign("approve", number, identityOf("bert")));
    ASSERT_TRUE(sign("approve", number, identityOf("olga")));
    EXPECT_TRUE(shows("\"outcome\":\"done\""));
    ASSERT_TRUE(run({"user", "list"}));
    EXPECT_TRUE(shows("anna"));
}

TEST_F(ChangeCommands, OnlyARegisteredCardOfTheAuthoritySigns)
{
    twoOfficers();
    ASSERT_TRUE(add("anna", "standard"));
    const std::string number = drafted();
    const auto code = [&](const base::Status& status) { return status ? base::Errc::Internal : status.error().code; };
    EXPECT_EQ(code(sign("propose", number, issued("olga"))), base::Errc::NotFound) << "her name on another card";
    const auto garbage = m_files.write("garbage.cms", "no signature").string();
    EXPECT_EQ(code(run({"change", "propose", number, "--signature", garbage})), base::Errc::InvalidInput);
    const auto other = m_files.write("other.cms", support::cmsSignature(identityOf("olga"), "other words")).string();
    const base::Status stale = run({"change", "propose", number, "--signature", other});
    EXPECT_EQ(code(stale), base::Errc::Refused);
    EXPECT_NE(stale.error().detail.find("print it anew"), std::string::npos) << stale.error().detail;
    m_by.people.crlFile = m_files.write("crl.pem", m_ca.crl({identityOf("olga").certificate.get()})).string();
    EXPECT_EQ(code(sign("propose", number, identityOf("olga"))), base::Errc::CertificateRevoked);
    ASSERT_TRUE(sign("propose", number, identityOf("bert"))) << "he was not revoked";
    ASSERT_TRUE(run({"change", "list"}));
    EXPECT_TRUE(shows("\"next\":\"approve\""));
    EXPECT_EQ(code(run({"change", "show", "0"})), base::Errc::InvalidInput);
    EXPECT_EQ(code(run({"change", "show", "9999"})), base::Errc::NotFound);
}

TEST_F(ChangeCommands, EveryRefusalIsTold)
{
    twoOfficers();
    ASSERT_TRUE(add("anna", "standard"));
    EXPECT_FALSE(sign("propose", drafted(), issued("olga")));
    auto database = pep::IdentityDatabase::open(m_by.pep.identities);
    stepup::SystemRandom random;
    const auto events = pep::ChangeBook(**database, random, m_clock, pep::FourEyes::On).untold();
    ASSERT_TRUE(events);
    EXPECT_EQ(events->back().outcome, pep::ChangeOutcome::Refused);
    EXPECT_EQ(events->back().by, "account root");
    EXPECT_EQ(events->back().target, "anna");
}

TEST_F(ChangeCommands, ALockEndsAtOnceAndAnUnlockNeedsProof)
{
    twoOfficers();
    ASSERT_TRUE(run({"user", "lock", "bert", "--why", "lost card"}));
    EXPECT_TRUE(shows("\"outcome\":\"done\""));
    ASSERT_TRUE(run({"user", "unlock", "bert"}));
    const std::string number = drafted();
    ASSERT_TRUE(sign("propose", number, identityOf("olga")));
    EXPECT_FALSE(sign("approve", number, identityOf("bert"))) << "nobody unlocks themselves";
}

}
