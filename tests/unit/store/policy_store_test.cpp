#include "core/access/decision.h"
#include "core/store/access_policy_reader.h"
#include "core/store/policy_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace store;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

std::string policyText(int version, int score = 0, const std::string& id = "firm")
{
    return "id = \"" + id + "\"\nversion = " + std::to_string(version)
        + "\n[thresholds]\nstep_up_from = 20\ndeny_from = 40\n[[attribute]]\nname = \"a\"\n"
          "[[attribute.condition]]\nname = \"c\"\nscore = "
        + std::to_string(score) + "\notherwise = true\n[end]\npolicy = \"" + id + "\"\n";
}

/// Stands for a signature: the officer's name, and the text again.
std::string signatureBy(const std::string& who, const std::string& text)
{
    return who + ":" + text;
}

base::Result<std::string> verifyOfficer(std::string_view content, std::string_view signature)
{
    if (signature != signatureBy("officer", std::string(content)))
        return base::Error{base::Errc::Refused, "not the officer's signature"};
    return std::string("officer");
}

void write(const fs::path& file, const std::string& text)
{
    std::ofstream(file, std::ios::binary) << text;
}

class APolicyStore : public testing::Test {
protected:
    APolicyStore()
    {
        fs::remove_all(m_directory);
        fs::create_directories(m_directory);
    }
    ~APolicyStore() override { fs::remove_all(m_directory); }

    [[nodiscard]] PolicyFiles files() const
    {
        return {m_directory / "policy.toml", m_directory / "policy.toml.cms", m_directory / "state" / "policies"};
    }
    [[nodiscard]] PolicyStore opened(const std::string& id = "firm") const { return {id, files(), verifyOfficer}; }
    void put(const std::string& text, const std::string& who = "officer") const
    {
        write(files().policy, text);
        write(files().signature, signatureBy(who, text));
    }
    [[nodiscard]] std::size_t keptFiles() const
    {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(files().kept), fs::directory_iterator()));
    }

    fs::path m_directory = fs::path(testing::TempDir())
        / ("policy_store_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(APolicyStore, AdoptsASignedPolicyAndThenALaterOne)
{
    PolicyStore policies = opened();
    put(policyText(4));
    auto report = policies.refresh();
    EXPECT_EQ(report.news, PolicyNews::Adopted) << report.detail;
    EXPECT_EQ(report.before, std::nullopt);
    EXPECT_EQ(report.inForce, 4U);
    EXPECT_EQ(report.signer, "officer");
    EXPECT_EQ(policies.policy().version, 4U);
    EXPECT_EQ(policies.refresh().news, PolicyNews::Unchanged);
    put(policyText(7));
    report = policies.refresh();
    EXPECT_EQ(report.news, PolicyNews::Adopted);
    EXPECT_EQ(report.before, 4U);
    EXPECT_EQ(policies.policy().version, 7U);
    EXPECT_EQ(keptFiles(), 2U) << "the policy and its signature";
}

TEST_F(APolicyStore, DeniesEverythingWhereThereWasNeverAGoodOne)
{
    PolicyStore policies = opened();
    const auto report = policies.refresh();
    EXPECT_EQ(report.news, PolicyNews::Refused);
    EXPECT_EQ(report.inForce, std::nullopt);
    EXPECT_THAT(report.detail, HasSubstr("cannot read"));
    EXPECT_EQ(zerotrust::evaluate(policies.policy(), {}).outcome, zerotrust::Outcome::Deny);
}

TEST_F(APolicyStore, KeepsTheLastGoodOneWhereTheNewOneIsBad)
{
    PolicyStore policies = opened();
    put(policyText(4, 5));
    ASSERT_EQ(policies.refresh().news, PolicyNews::Adopted);
    const auto refused = [&](const char* why) {
        const auto report = policies.refresh();
        EXPECT_EQ(report.news, PolicyNews::Refused);
        EXPECT_EQ(report.inForce, 4U);
        EXPECT_THAT(report.detail, HasSubstr(why));
        EXPECT_EQ(policies.policy().attributes.at(0).conditions.at(0).score, 5);
    };
    put(policyText(5), "somebody");
    refused("not the officer's signature");
    put("version = 5");
    refused("key 'id'");
    put(policyText(5, 0, "other"));
    refused("found 'other'");
    put(policyText(5).substr(0, 120));
    refused("policy.toml");
    fs::remove(files().signature);
    refused("cannot read");
    put(policyText(5));
    EXPECT_EQ(policies.refresh().news, PolicyNews::Adopted);
}

TEST_F(APolicyStore, SaysOnceWhyItRefuses)
{
    PolicyStore policies = opened();
    put(policyText(4));
    ASSERT_EQ(policies.refresh().news, PolicyNews::Adopted);
    put(policyText(5), "somebody");
    EXPECT_FALSE(policies.refresh().isRepeated);
    EXPECT_TRUE(policies.refresh().isRepeated);
    put("version = 5");
    EXPECT_FALSE(policies.refresh().isRepeated) << "another reason";
    put(policyText(4));
    EXPECT_EQ(policies.refresh().news, PolicyNews::Unchanged);
    put("version = 5");
    EXPECT_FALSE(policies.refresh().isRepeated) << "it was right in between";
}

TEST_F(APolicyStore, RefusesToGoBack)
{
    PolicyStore policies = opened();
    put(policyText(4));
    ASSERT_EQ(policies.refresh().news, PolicyNews::Adopted);
    put(policyText(3));
    EXPECT_THAT(policies.refresh().detail, HasSubstr("version 3 is older than version 4"));
    put(policyText(4, 1));
    EXPECT_THAT(policies.refresh().detail, HasSubstr("version 4 was seen before with another content"));
}

TEST_F(APolicyStore, RefusesToGoBackAfterARestart)
{
    put(policyText(4));
    ASSERT_EQ(opened().refresh().news, PolicyNews::Adopted);
    put(policyText(3));
    PolicyStore policies = opened();
    const auto report = policies.refresh();
    EXPECT_EQ(report.news, PolicyNews::Refused);
    EXPECT_EQ(report.inForce, 4U) << "the one that was kept";
    EXPECT_THAT(report.detail, HasSubstr("version 3 is older than version 4"));
}

TEST_F(APolicyStore, StartsWithTheLastGoodOneWhereTheFileIsGone)
{
    put(policyText(4));
    ASSERT_EQ(opened().refresh().news, PolicyNews::Adopted);
    fs::remove(files().policy);
    PolicyStore policies = opened();
    EXPECT_EQ(policies.refresh().inForce, 4U);
    put(policyText(4));
    EXPECT_EQ(policies.refresh().news, PolicyNews::Unchanged);
}

TEST_F(APolicyStore, DoesNotBelieveWhatItKeptWhereThatWasChanged)
{
    put(policyText(4));
    ASSERT_EQ(opened().refresh().news, PolicyNews::Adopted);
    fs::remove(files().policy);
    write(files().kept / "firm.4.toml", policyText(4, 1));
    write(files().kept / "firm.9.toml", policyText(9));
    PolicyStore policies = opened();
    EXPECT_EQ(policies.refresh().inForce, std::nullopt);
    put(policyText(5));
    EXPECT_THAT(policies.refresh().detail, HasSubstr("older than version 9")) << "that far things had come";
    put(policyText(10));
    EXPECT_EQ(policies.refresh().news, PolicyNews::Adopted);
}

TEST_F(APolicyStore, SurvivesBeingKilledBetweenTheTwoFiles)
{
    put(policyText(4));
    ASSERT_EQ(opened().refresh().news, PolicyNews::Adopted);
    write(files().kept / "firm.5.toml.cms", "half done");
    write(files().kept / "firm.5.toml.new", "half done");
    put(policyText(5));
    PolicyStore policies = opened();
    const auto report = policies.refresh();
    EXPECT_EQ(report.news, PolicyNews::Adopted) << report.detail;
    EXPECT_EQ(report.before, 4U);
    EXPECT_EQ(opened().refresh().news, PolicyNews::Unchanged);
}

TEST_F(APolicyStore, DoesNotMixThePoliciesOfTwoSegments)
{
    put(policyText(4));
    ASSERT_EQ(opened().refresh().news, PolicyNews::Adopted);
    PolicyStore other = opened("firm.2");
    EXPECT_EQ(other.refresh().inForce, std::nullopt);
    PolicyStore shorter = opened("fir");
    EXPECT_EQ(shorter.refresh().inForce, std::nullopt);
}

TEST_F(APolicyStore, RefusesWhatItCannotKeep)
{
    write(m_directory / "state", "a file where the directory belongs");
    put(policyText(4));
    PolicyStore policies = opened();
    const auto report = policies.refresh();
    EXPECT_EQ(report.news, PolicyNews::Refused) << "after a restart nobody would know how far things had come";
    EXPECT_THAT(report.detail, HasSubstr("cannot create"));
}

}
