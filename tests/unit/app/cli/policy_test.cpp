#include "app/cli/policy_run.h"
#include "app/cli/recorded_decision.h"
#include "core/store/access_policy_reader.h"
#include "tests/support/mmdb_writer.h"
#include "tests/support/test_pki.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

namespace {

using cli::ExitCode;
using testing::ElementsAre;
using testing::HasSubstr;

cli::Arguments parse(const std::vector<std::string>& words)
{
    const auto arguments = cli::parseArguments(words);
    EXPECT_TRUE(arguments) << arguments.error().detail;
    return arguments ? *arguments : cli::Arguments{};
}

std::string problemOf(const std::vector<std::string>& words)
{
    const auto arguments = cli::parseArguments(words);
    return arguments ? "accepted" : arguments.error().detail;
}

class PolicyCommand : public testing::Test {
protected:
    /// Replaces one text of the shipped policy.
    [[nodiscard]] static std::string shippedWith(const std::string& old, const std::string& fresh)
    {
        std::string text(store::defaultAccessPolicyText());
        const auto at = text.find(old);
        EXPECT_NE(at, std::string::npos) << old;
        return at == std::string::npos ? text : text.replace(at, old.size(), fresh);
    }

    ExitCode run(const std::vector<std::string>& words)
    {
        m_out.str("");
        const auto arguments = parse(words);
        const auto* command = std::get_if<cli::PolicyCommand>(&arguments.command);
        return command ? cli::runPolicy(*command, arguments.format, m_out) : ExitCode::Usage;
    }
    [[nodiscard]] std::vector<nlohmann::json> events() const
    {
        std::vector<nlohmann::json> all;
        std::istringstream lines(m_out.str());
        for (std::string line; std::getline(lines, line);)
            all.push_back(nlohmann::json::parse(line));
        return all;
    }

    support::TemporaryDirectory m_directory;
    std::string m_policy = m_directory.write("policy.toml", std::string(store::defaultAccessPolicyText())).string();
    std::ostringstream m_out;
};

TEST_F(PolicyCommand, IsReadFromTheCommandLine)
{
    EXPECT_THAT(problemOf({"policy"}), HasSubstr("policy lint, policy explain"));
    EXPECT_THAT(problemOf({"policy", "lint"}), HasSubstr("policy lint FILE"));
    EXPECT_THAT(problemOf({"policy", "lint", "p", "--signature", "s"}), HasSubstr("belong together"));
    EXPECT_THAT(problemOf({"policy", "explain"}), HasSubstr("policy explain FILE"));
    for (const char* word : {"user", "=x", "user=", "guessed:user=x", "seen:=x"})
        EXPECT_THAT(problemOf({"policy", "explain", "p", word}), HasSubstr(word));
    EXPECT_THAT(problemOf({"policy", "simulate", "p"}), HasSubstr("--decisions"));
    EXPECT_THAT(problemOf({"policy", "default", "x"}), HasSubstr("policy default is expected"));
    EXPECT_THAT(problemOf({"policy", "lint", "p", "--action"}), HasSubstr("--action"));
}

TEST_F(PolicyCommand, ExplainsTheWorkedExampleLineByLine)
{
    EXPECT_EQ(run({"policy", "explain", m_policy, "user=standard", "proven:authentication=hardware-token",
                  "proven:device=managed", "network=203.0.113.9", "country=expected"}),
        ExitCode::Done);
    EXPECT_EQ(m_out.str(),
        "   0  user: standard user (standard)\n"
        "   0  authentication: MFA, hardware token (hardware-token)\n"
        "   0  device: managed, compliant (managed)\n"
        "  15  network: unknown / dynamic IP (203.0.113.9)\n"
        "   0  country: expected country (expected)\n"
        "  15  allow (step-up from 20, denied from 40; policy default, version 1)\n");
}

TEST_F(PolicyCommand, ExplainsToAMachine)
{
    EXPECT_EQ(run({"policy", "explain", m_policy, "reported:device=managed", "--format", "jsonl"}), ExitCode::Done);
    const auto all = events();
    ASSERT_EQ(all.size(), 6U);
    EXPECT_EQ(all[2], nlohmann::json::parse(R"({"event":"line","attribute":"device","condition":"unmanaged","score":25,
        "footing":"not-proven","evidence":"reported only, not proven: managed"})"));
    EXPECT_EQ(all[5]["score"], 120);
    EXPECT_EQ(all[5]["outcome"], "deny");
}

TEST_F(PolicyCommand, SaysThatAFactWasMistyped)
{
    EXPECT_EQ(run({"policy", "explain", m_policy, "usr=standard", "user=standardd", "network=1.2.3", "country=de",
                  "device=managed"}),
        ExitCode::Done);
    EXPECT_THAT(m_out.str(), HasSubstr("Warning: usr: the policy has no such attribute: the fact changes nothing\n"));
    EXPECT_THAT(m_out.str(), HasSubstr("Warning: user: 'standardd' is no value of it: standard, privileged\n"));
    EXPECT_THAT(m_out.str(), HasSubstr("Warning: network: '1.2.3' is no value of it: an address, or known, unknown\n"));
    EXPECT_THAT(m_out.str(),
        HasSubstr("Warning: country: 'de' is no value of it: a code of ISO 3166-1, or expected, anomalous, unknown\n"));
    EXPECT_THAT(m_out.str(), Not(HasSubstr("Warning: device")));
}

TEST_F(PolicyCommand, FindsTheCountryOfAnAddress)
{
    support::MmdbWriter writer;
    writer.add("203.0.113.0/24", "CH");
    const std::string countries = m_directory.write("country.mmdb", writer.bytes()).string();
    const std::string policy =
        m_directory.write("swiss.toml", shippedWith("countries = []", "countries = [\"CH\"]")).string();
    EXPECT_EQ(run({"policy", "explain", policy, "network=203.0.113.9", "--countries", countries}), ExitCode::Done);
    EXPECT_THAT(m_out.str(), HasSubstr("0  country: expected country (203.0.113.9 is in CH: Test-Country)"));
    run({"policy", "explain", policy, "network=203.0.113.9"});
    EXPECT_THAT(m_out.str(), HasSubstr("40  country: anomalous country (nothing is known)"));
    EXPECT_EQ(
        run({"policy", "explain", policy, "network=203.0.113.9", "--countries", policy}), ExitCode::Configuration);
}

TEST_F(PolicyCommand, LintsAFile)
{
    EXPECT_EQ(run({"policy", "lint", m_policy}), ExitCode::Done);
    EXPECT_THAT(m_out.str(), HasSubstr("Warning: network: no network is named"));
    EXPECT_THAT(m_out.str(), HasSubstr("Policy default, version 1: 5 attributes, step-up from 20, denied from 40"));
    const std::string broken =
        m_directory.write("broken.toml", shippedWith("score = 10", "score = \"ten\"\nscroe = 1")).string();
    EXPECT_EQ(run({"policy", "lint", broken, "--format", "jsonl"}), ExitCode::Configuration);
    const auto all = events();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0]["event"], "problem");
    EXPECT_THAT(all[0].dump(), HasSubstr("broken.toml:"));
    EXPECT_THAT(all[1].dump(), HasSubstr("did you mean 'score'?"));
    EXPECT_EQ(run({"policy", "lint", m_policy + ".absent"}), ExitCode::Configuration);
}

TEST_F(PolicyCommand, ChecksTheSignatureThatTheDocumentedCommandMakes)
{
    const support::TestCa ca;
    support::CertificateOptions options;
    options.purpose = support::Purpose::Client;
    options.commonName = "officer";
    const auto officer = ca.issue(options);
    options.commonName = "stranger";
    const auto stranger = ca.issue(options);
    const std::string certificate = m_directory.write("officer.pem", support::pemOf(*officer.certificate)).string();
    const std::string other = m_directory.write("stranger.pem", support::pemOf(*stranger.certificate)).string();
    const std::string key = m_directory.write("officer.key", support::pemOf(*officer.key)).string();
    const std::string signature = m_policy + ".cms";
    ASSERT_EQ(std::system(("openssl cms -sign -binary -md sha256 -in " + m_policy + " -signer " + certificate
                  + " -inkey " + key + " -outform DER -out " + signature)
                              .c_str()),
        0);
    EXPECT_EQ(run({"policy", "lint", m_policy, "--signature", signature, "--signer", certificate}), ExitCode::Done);
    EXPECT_THAT(m_out.str(), HasSubstr("signed by CN=officer"));
    EXPECT_EQ(run({"policy", "lint", m_policy, "--signature", signature, "--signer", other}), ExitCode::Configuration);
    EXPECT_THAT(m_out.str(), HasSubstr("not one of a pinned signer"));
}

constexpr const char* Month =
    R"({"at":"2026-11-02T08:00:00Z","user":"alice","reference":"A-1","outcome":"allow","signals":[{"attribute":"user","value":"standard"},{"attribute":"authentication","value":"software-token","source":"proven"},{"attribute":"device","value":"managed","source":"proven"},{"attribute":"network","value":"203.0.113.9"},{"attribute":"country","value":"expected"}]}

{"user":"bob","outcome":"allow","occasion":"action","signals":[{"attribute":"user","value":"standard"},{"attribute":"authentication","value":"hardware-token"},{"attribute":"device","value":"managed"},{"attribute":"network","value":"known"},{"attribute":"country","value":"expected"}],"more":1}
{"user":"carol","outcome":"deny","signals":[{"attribute":"user","value":"standard"},{"attribute":"authentication","value":"hardware-token"},{"attribute":"device","value":"managed"},{"attribute":"network","value":"known"},{"attribute":"country","value":"expected"}]}
{"signals":[]}
)";

TEST_F(PolicyCommand, SimulatesWhatWouldHaveBeen)
{
    const std::string decisions = m_directory.write("month.jsonl", Month).string();
    const std::string strict = m_directory.write("strict.toml", shippedWith("score = 5", "score = 29")).string();
    EXPECT_EQ(run({"policy", "simulate", strict, "--decisions", decisions, "--format", "jsonl"}), ExitCode::Done);
    const auto all = events();
    ASSERT_EQ(all.size(), 5U) << m_out.str();
    EXPECT_EQ(all[0]["event"], "changed");
    EXPECT_EQ(all[0]["user"], "alice");
    EXPECT_EQ(all[0]["before"], "allow");
    EXPECT_EQ(all[0]["outcome"], "deny");
    EXPECT_EQ(all[0]["score"], 44);
    EXPECT_EQ(all[0]["lines"].size(), 2U);
    EXPECT_EQ(all[1]["user"], "carol");
    EXPECT_EQ(all[2]["event"], "person");
    EXPECT_EQ(all[2]["refused"], 1);
    EXPECT_EQ(all[4]["event"], "simulated");
    EXPECT_EQ(all[4]["decisions"], 4);
    EXPECT_EQ(all[4]["refused"], 1);
    EXPECT_EQ(all[4]["relaxed"], 1);
    EXPECT_EQ(all[4]["incomparable"], 1);
}

TEST_F(PolicyCommand, SimulatesWithThePlacesOfThePolicy)
{
    const auto line = [](const char* country) {
        return std::string(R"({"user":"alice","outcome":"deny","signals":[{"attribute":"user","value":"standard"},)")
            + R"({"attribute":"authentication","value":"hardware-token"},{"attribute":"device","value":"managed"},)"
            + R"({"attribute":"network","value":"10.1.2.3"})" + country + "]}\n";
    };
    const std::string decisions =
        m_directory.write("month.jsonl", line("") + line(R"(,{"attribute":"country","value":"US"})")).string();
    std::string text = shippedWith("countries = []", "countries = [\"DE\"]");
    text.insert(text.rfind("\n[end]"), "\n[[place]]\nnetwork = \"10.0.0.0/8\"\ncountry = \"DE\"\n");
    const std::string placed = m_directory.write("placed.toml", text).string();
    EXPECT_EQ(run({"policy", "simulate", placed, "--decisions", decisions}), ExitCode::Done);
    EXPECT_THAT(m_out.str(), HasSubstr("of 2 decisions")) << m_out.str();
    EXPECT_THAT(m_out.str(), HasSubstr("2 would have been milder")) << "10.1.2.3 is in Germany by the new policy";
    EXPECT_EQ(run({"policy", "simulate", m_policy, "--decisions", decisions}), ExitCode::Done);
    EXPECT_THAT(m_out.str(), HasSubstr("0 would have been milder")) << "without one it stays where it was found";
}

TEST_F(PolicyCommand, SaysWhatCouldNotBeReplayed)
{
    const std::string decisions = m_directory
                                      .write("month.jsonl",
                                          R"({"kind":"access-decision","user":"mallory","fields":{"scored":"allow"}})"
                                          "\n"
                                          R"({"kind":"session-opened","user":"anna","fields":{}})"
                                          "\n")
                                      .string();
    EXPECT_EQ(run({"policy", "simulate", m_policy, "--decisions", decisions, "--format", "jsonl"}), ExitCode::Done);
    const auto all = events();
    ASSERT_EQ(all.size(), 2U) << m_out.str();
    EXPECT_EQ(all[0]["event"], "person");
    EXPECT_EQ(all[0]["user"], "mallory");
    EXPECT_EQ(all[0]["notReplayed"], 1);
    EXPECT_EQ(all[1]["decisions"], 0);
    EXPECT_EQ(all[1]["notReplayed"], 1);
    EXPECT_EQ(run({"policy", "simulate", m_policy, "--decisions", decisions}), ExitCode::Done);
    EXPECT_THAT(m_out.str(), HasSubstr("1 more are without what they were made from"));
}

TEST_F(PolicyCommand, SimulatesAgainstAnOlderPolicy)
{
    const std::string decisions = m_directory.write("month.jsonl", Month).string();
    const std::string milder = m_directory.write("milder.toml", shippedWith("score = 15", "score = 16")).string();
    EXPECT_EQ(run({"policy", "simulate", milder, "--decisions", decisions, "--against", m_policy}), ExitCode::Done);
    // alice: 20 before, 21 now. The last one: denied by both.
    EXPECT_EQ(m_out.str(),
        "Under default, version 1, of 4 decisions: 0 would have been refused, 0 would have needed a "
        "step-up, 0 would have been milder\n");
}

TEST_F(PolicyCommand, ReplaysAnAuditTrail)
{
    constexpr const char* Trail =
        R"({"number":1,"time":"2026-11-02T08:00:00Z","kind":"token","user":"alice","fields":{"outcome":"ok"}}
{"number":2,"time":"2026-11-02T08:00:01Z","kind":"decision","user":"alice","reference":"ABCD-EFGH","fields":{"outcome":"view-only","signals":"session|proven:user=standard|proven:authentication=hardware-token|proven:device=managed|seen:network=known|seen:country=KP"}}
)";
    const std::string trail = m_directory.write("trail.jsonl", Trail).string();
    EXPECT_EQ(run({"policy", "simulate", m_policy, "--decisions", trail}), ExitCode::Done);
    EXPECT_EQ(m_out.str(),
        "alice at 2026-11-02T08:00:01Z (ABCD-EFGH): step-up becomes deny with 40: country: anomalous country +40\n"
        "alice: 1 decisions: 1 would have been refused, 0 would have needed a step-up, 0 would have been milder\n"
        "Under default, version 1, of 1 decisions: 1 would have been refused, 0 would have needed a step-up, 0 would "
        "have been milder\n");
}

TEST_F(PolicyCommand, WhoHadATouchAlreadyIsNotCountedAsSteppedUpByTheSamePolicy)
{
    constexpr const char* Trail =
        R"({"number":1,"time":"2026-11-02T08:00:01Z","kind":"decision","user":"bob","reference":"A-1","fields":{"outcome":"allow","scored":"step-up","signals":"session|proven:user=standard|proven:authentication=software-token|proven:device=managed|seen:network=203.0.113.9|seen:country=expected"}}
)";
    const std::string trail = m_directory.write("trail.jsonl", Trail).string();
    EXPECT_EQ(run({"policy", "simulate", m_policy, "--decisions", trail}), ExitCode::Done);
    EXPECT_EQ(m_out.str(),
        "Under default, version 1, of 1 decisions: 0 would have been refused, 0 would have needed a step-up, 0 would "
        "have been milder\n");
}

TEST_F(PolicyCommand, SaysWhichLineOfThePastCannotBeRead)
{
    for (const auto& [line, why] : {std::pair{"x", "one JSON object"}, std::pair{"[]", "one JSON object"},
             std::pair{R"({"fields":{"signals":"x"}})", "a line such as"}, std::pair{"{}", "\"signals\": an array"},
             std::pair{R"({"signals":[1]})", "array of objects"},
             std::pair{R"({"signals":[{"attribute":"a"}]})", "an \"attribute\" and a \"value\""},
             std::pair{R"({"signals":[{"attribute":"a","value":1}]})", "\"value\": a string"},
             std::pair{R"({"signals":[{"attribute":"a","value":"1","source":"guess"}]})", "seen, proven or reported"},
             std::pair{R"({"signals":[],"outcome":"maybe"})", "allow, step-up, view-only or deny"},
             std::pair{R"({"signals":[],"occasion":"never"})", "session or action"}}) {
        const std::string file = m_directory.write("bad.jsonl", "\n" + std::string(line) + "\n").string();
        EXPECT_EQ(run({"policy", "simulate", m_policy, "--decisions", file}), ExitCode::Configuration) << line;
        EXPECT_THAT(m_out.str(), HasSubstr("bad.jsonl:2: "));
        EXPECT_THAT(m_out.str(), HasSubstr(why));
    }
    EXPECT_EQ(run({"policy", "simulate", m_policy, "--decisions", "/nowhere/x"}), ExitCode::Configuration);
}

TEST_F(PolicyCommand, WritesOutTheShippedPolicy)
{
    EXPECT_EQ(run({"policy", "default"}), ExitCode::Done);
    EXPECT_EQ(m_out.str(), store::defaultAccessPolicyText());
}

}
