#include "app/enrolment/device_file.h"
#include "app/venue/identity_commands.h"
#include "app/venue/pep_reader.h"
#include "app/venue/whereabouts.h"
#include "core/pep/identity_database.h"
#include "core/tls/identity.h"
#include "tests/support/attested_request.h"
#include "tests/support/device_ca.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_pki.h"
#include "tests/unit/stepup/recorded_quote.h"

#include <gtest/gtest.h>

#include <sstream>
#include <vector>

using namespace venue;
using namespace std::chrono_literals;

namespace {

std::string problem(const std::vector<std::string>& words)
{
    const auto options = parseIdentityOptions(words);
    return options ? "no problem" : options.error().detail;
}

TEST(IdentityOptions, AreThoseOfAnAdministrator)
{
    const std::vector<std::string> words{"user", "add", "anna", "--config", "venue.toml", "--certificate", "anna.pem",
        "--key", "hardware", "--device", "managed", "--role", "privileged", "--enrol-hours", "24", "--may",
        "view,accept", "--instruments", "EUR/USD", "--sides", "buy", "--max", "EUR=5000000", "--dealers", "*"};
    ASSERT_TRUE(isIdentityCommand(words));
    const auto options = parseIdentityOptions(words);
    ASSERT_TRUE(options) << options.error().detail;
    EXPECT_EQ(options->task, IdentityTask::AddUser);
    EXPECT_EQ(options->object, "anna");
    EXPECT_EQ(options->key, pep::KeyHome::Hardware);
    EXPECT_EQ(options->device, pep::DeviceRecord::Managed);
    EXPECT_EQ(options->role, zerotrust::UserRole::Privileged);
    EXPECT_EQ(options->enrolFor, 24h);
    EXPECT_EQ(options->maxQuantity->at("EUR"), *base::Decimal::parse("5000000"));
    EXPECT_FALSE(isIdentityCommand(std::vector<std::string>{"orders"}));
    EXPECT_FALSE(isIdentityCommand({}));
}

TEST(IdentityOptions, SayWhatIsMissingOrWrong)
{
    EXPECT_NE(problem({"user"}).find("what to do"), std::string::npos);
    EXPECT_NE(problem({"role"}).find("role list|set"), std::string::npos);
    for (const char* currency : {"EURO", "eur", "E1R"})
        EXPECT_NE(
            problem({"user", "list", "--config", "c", "--max", std::string("USD=1,") + currency + "=5"}).find(currency),
            std::string::npos)
            << currency;
    EXPECT_NE(problem({"user", "add", "--config"}).find("whom"), std::string::npos);
    EXPECT_NE(problem({"user", "list"}).find("--config"), std::string::npos);
    EXPECT_NE(problem({"user", "add", "a", "--config", "c"}).find("--certificate"), std::string::npos);
    EXPECT_NE(problem({"user", "add", "a", "--config", "c", "--certificate", "p"}).find("--key"), std::string::npos);
    EXPECT_NE(problem({"user", "list", "--config"}).find("value"), std::string::npos);
    EXPECT_NE(problem({"user", "list", "--config", "c", "--key", "paper"}).find("hardware"), std::string::npos);
    EXPECT_NE(problem({"user", "list", "--config", "c", "--sides", "long"}).find("--sides"), std::string::npos);
    EXPECT_NE(problem({"user", "list", "--config", "c", "--enrol-hours", "1000"}).find("720"), std::string::npos);
    EXPECT_NE(problem({"user", "list", "--config", "c", "--colour", "red"}).find("unknown"), std::string::npos);
    EXPECT_NE(problem({"credential", "import", "f", "--config", "c"}).find("--user"), std::string::npos);
    EXPECT_NE(problem({"credential", "rename", "AAAA", "--config", "c"}).find("--name"), std::string::npos);
    EXPECT_NE(problem({"user", "lock", "anna", "--config", "c"}).find("--why"), std::string::npos);
    EXPECT_NE(problem({"change", "approve", "7", "--config", "c"}).find("--signature"), std::string::npos);
    EXPECT_NE(problem({"change", "show", "7", "--config", "c", "--step", "veto"}).find("reject"), std::string::npos);
}

support::CertificateOptions clientNamed(const std::string& name)
{
    support::CertificateOptions options;
    options.commonName = name;
    options.purpose = support::Purpose::Client;
    return options;
}

class IdentityCommands : public testing::Test {
protected:
    IdentityCommands()
    {
        support::CertificateOptions options;
        options.commonName = "anna";
        options.purpose = support::Purpose::Client;
        const tls::Identity anna = m_ca.issue(options);
        m_fingerprint = tls::fingerprint(*anna.certificate);
        m_certificate = m_files.write("anna.pem", support::pemOf(*anna.certificate)).string();
        m_settings.identities = m_files.path() / "identities.sqlite";
        m_settings.attestationRoots = m_files.write("makers.pem", m_ca.pem());
    }
    base::Status run(std::vector<std::string> words)
    {
        words.insert(words.end(), {"--config", "venue.toml"});
        const auto options = parseIdentityOptions(words);
        if (!options)
            return options.error();
        m_out.str({});
        return runIdentityCommand(*options, {.pep = m_settings, .people = {}, .account = "root"}, m_clock, m_out);
    }
    bool shows(const std::string& part) const { return m_out.str().find(part) != std::string::npos; }

    support::TemporaryDirectory m_files;
    support::TestCa m_ca;
    support::FakeClock m_clock;
    PepSettings m_settings;
    std::string m_certificate;
    std::string m_fingerprint;
    std::ostringstream m_out;
};

TEST_F(IdentityCommands, RegisterChangeAndRevokeAPerson)
{
    ASSERT_TRUE(run({"user", "add", "anna", "--certificate", m_certificate, "--key", "hardware", "--may", "view,accept",
        "--instruments", "EUR/USD"}));
    ASSERT_TRUE(run({"user", "list"}));
    EXPECT_TRUE(shows(m_fingerprint)) << m_out.str();
    EXPECT_TRUE(shows("\"key\":\"hardware\"")) << m_out.str();
    EXPECT_TRUE(shows("\"may\":\"view,accept\"")) << m_out.str();
    ASSERT_TRUE(run({"user", "change", "anna", "--instruments", "GBP/USD", "--role", "privileged"}));
    ASSERT_TRUE(run({"user", "list"}));
    EXPECT_TRUE(shows("\"instruments\":\"GBP/USD\"")) << m_out.str();
    EXPECT_TRUE(shows("\"may\":\"view,accept\"")) << "what is not given stays";
    EXPECT_TRUE(shows("\"role\":\"privileged\""));
    ASSERT_TRUE(run({"certificate", "revoke", m_fingerprint}));
    ASSERT_TRUE(run({"user", "lock", "anna", "--why", "lost laptop"}));
    ASSERT_TRUE(run({"user", "revoke", "anna"}));
    ASSERT_TRUE(run({"user", "unlock", "anna"}));
    EXPECT_TRUE(shows("\"outcome\":\"drafted\"")) << "anna is privileged: somebody must sign";
    ASSERT_TRUE(run({"user", "list"}));
    EXPECT_TRUE(shows("\"locked\":\"lost laptop\"")) << m_out.str();
    EXPECT_TRUE(shows("\"revoked\":\"20261124-08:00:07.480\"")) << m_out.str();
}

TEST_F(IdentityCommands, RegisterWhatATpmHasToProve)
{
    app::DeviceFile device{"desk-17", stepup_test::recorded::reference()};
    const auto first = m_files.path() / "first.json";
    ASSERT_TRUE(app::writeDeviceFile(first.string(), device));
    EXPECT_FALSE(app::writeDeviceFile(first.string(), device)) << "never over a file that is there";
    EXPECT_EQ(*app::readDeviceFile(first.string()), device);
    ASSERT_TRUE(run(
        {"user", "add", "anna", "--certificate", m_certificate, "--key", "hardware", "--device-key", first.string()}));
    ASSERT_TRUE(run({"user", "list"}));
    EXPECT_TRUE(shows(R"("device":"managed","proof":"tpm")")) << m_out.str();
    device.reference.pcrs.erase(0);
    const auto next = m_files.path() / "next.json";
    ASSERT_TRUE(app::writeDeviceFile(next.string(), device));
    ASSERT_TRUE(run({"certificate", "change", m_fingerprint, "--device-key", next.string()}));
    const auto database = pep::IdentityDatabase::open(m_settings.identities);
    ASSERT_TRUE(database);
    EXPECT_EQ((*database)->load()->users.at(0).certificates.at(0).reference, device.reference);

    EXPECT_FALSE(run({"certificate", "change", m_fingerprint}));
    EXPECT_FALSE(run({"certificate", "change", "ab", "--device-key", next.string()}));
    EXPECT_FALSE(run({"certificate", "change", std::string(64, 'a'), "--device-key", next.string()}));
    EXPECT_FALSE(run({"certificate", "change", m_fingerprint, "--device-key", m_certificate}));
    EXPECT_NE(problem({"certificate", "add", "a", "--config", "c", "--certificate", "p", "--key", "hardware",
                          "--device", "unmanaged", "--device-key", "f"})
                  .find("managed"),
        std::string::npos);
}

TEST_F(IdentityCommands, RegisterWhoseDeviceCertificateCounts)
{
    const support::DeviceCa ca;
    const auto device = m_files.write("device.pem", ca.issue().pem()).string();
    ASSERT_TRUE(run(
        {"user", "add", "anna", "--certificate", m_certificate, "--key", "hardware", "--device-certificate", device}));
    ASSERT_TRUE(run({"user", "list"}));
    EXPECT_TRUE(shows(R"("device":"managed","proof":"certificate","deviceNames":"dns:ws-17.firm.example")"))
        << m_out.str();
    ASSERT_TRUE(run({"certificate", "change", m_fingerprint, "--device-name", "dns:ws-18.firm.example,cn:LAPTOP"}));
    ASSERT_TRUE(run({"user", "list"}));
    EXPECT_TRUE(shows(R"("deviceNames":"cn:LAPTOP,dns:ws-18.firm.example")")) << m_out.str();
    ASSERT_TRUE(run({"certificate", "change", m_fingerprint, "--device-name", "none"}));
    ASSERT_TRUE(run({"user", "list"}));
    EXPECT_TRUE(shows(R"("proof":"none","deviceNames":"")")) << m_out.str();

    EXPECT_FALSE(run({"certificate", "change", std::string(64, 'a'), "--device-name", "dns:a"}));
    EXPECT_FALSE(run({"certificate", "change", std::string(64, 'a'), "--device-name", "none"}));
    EXPECT_FALSE(run({"certificate", "change", m_fingerprint, "--device-certificate", "/nowhere.pem"}));
    const auto said = [](std::vector<std::string> more) {
        std::vector<std::string> words{"certificate", "change", "f", "--config", "c"};
        words.insert(words.end(), more.begin(), more.end());
        return problem(words);
    };
    EXPECT_NE(said({"--device-name", "ws-17"}).find("dns:"), std::string::npos);
    EXPECT_NE(said({"--device-name", "dns:a", "--device-certificate", "p"}).find("one of them"), std::string::npos);
    EXPECT_NE(said({"--device-name", "dns:a", "--device", "unmanaged"}).find("managed"), std::string::npos);
}

TEST(ADeviceFile, IsRefusedWhereSomethingIsMissingOrWrong)
{
    const std::string good = app::toJson({"desk-17", stepup_test::recorded::reference()});
    ASSERT_TRUE(app::parseDeviceFile(good));
    const auto with = [&](const std::string& what, const std::string& by) {
        std::string text = good;
        const auto at = text.find(what);
        EXPECT_NE(at, std::string::npos) << what;
        return text.replace(at, what.size(), by);
    };
    for (const std::string& bad : {std::string("{}"), std::string("[]"), good.substr(0, good.size() / 2),
             with("countersign.device", "countersign.key-enrolment"), with("\"version\": 1", "\"version\": 2"),
             with("attestationKey", "key"), with("\"04", "\"05"), with("sha256", "sha1"),
             with("\"0\": \"", "\"24\": \""), with("\"0\": \"", "\"x\": \""), with("\"0\": \"", "\"0\": \"00"),
             with("true", "\"yes\"")})
        EXPECT_FALSE(app::parseDeviceFile(bad)) << bad;
}

TEST_F(IdentityCommands, TakeAnAttestationOnlyWithItsMakersWordAndForTheCertificatesKey)
{
    m_clock.shiftUtc(base::SystemClock().utc() - m_clock.utc()); // certificates of tests begin now
    const auto anna = m_ca.issue(clientNamed("anna"));
    const auto card = support::attestingCard(m_ca);
    const auto request = m_files.write("anna.csr", support::attestedRequest(*anna.key, "anna", card)).string();
    const auto certificate = m_files.write("card.pem", support::pemOf(*anna.certificate)).string();
    const std::vector<std::string> add{
        "user", "add", "anna", "--certificate", certificate, "--key", "hardware", "--attestation", request};
    EXPECT_EQ(run(add).error().code, base::Errc::Configuration) << "nobody's word is taken";
    m_settings.pivRoots = m_files.write("others.pem", support::TestCa("Another maker").pem());
    EXPECT_EQ(run(add).error().code, base::Errc::CertificateUntrusted);
    m_settings.pivRoots = m_files.write("cards.pem", m_ca.pem());
    const auto never = m_files.write("never.csr", support::attestedRequest(*anna.key, "anna", card, {1, 1})).string();
    EXPECT_EQ(run({"user", "add", "anna", "--certificate", certificate, "--key", "hardware", "--attestation", never})
                  .error()
                  .code,
        base::Errc::Refused)
        << "a card that asks for no PIN";
    EXPECT_EQ(
        run({"user", "add", "anna", "--certificate", m_certificate, "--key", "hardware", "--attestation", request})
            .error()
            .code,
        base::Errc::KeyNotFound)
        << "another certificate of the same person";
    EXPECT_FALSE(
        run({"user", "add", "anna", "--certificate", certificate, "--key", "software", "--attestation", request}));
    const auto added = run(add);
    ASSERT_TRUE(added) << added.error().detail;
    ASSERT_TRUE(run({"user", "list"}));
    EXPECT_TRUE(shows("slot=9a serial=12345678 firmware=5.4.3 pin=once touch=cached")) << m_out.str();
}

TEST_F(IdentityCommands, RefuseWhatWouldNeverWork)
{
    EXPECT_FALSE(run({"user", "add", "bob", "--certificate", m_certificate, "--key", "software"}))
        << "the certificate is anna's";
    EXPECT_FALSE(run({"user", "revoke", "anna"}));
    EXPECT_FALSE(run({"certificate", "revoke", "ab"}));
    EXPECT_FALSE(
        run({"certificate", "add", "anna", "--certificate", m_certificate, "--key", "hardware", "--replaces", "ab"}));
    EXPECT_FALSE(run({"user", "list", "--replaces", m_fingerprint}));
    EXPECT_FALSE(run({"credential", "revoke", "!"}));
    EXPECT_FALSE(run({"credential", "rename", "!", "--name", "Red key"}));
    EXPECT_EQ(run({"credential", "rename", "AAAA", "--name", "Red key"}).error().code, base::Errc::NotFound);
    EXPECT_EQ(run({"credential", "rename", "AAAA", "--name", "Red\nkey"}).error().code, base::Errc::InvalidInput);
    const auto file = m_files.write("key.json", "{}").string();
    EXPECT_FALSE(run({"credential", "import", file, "--user", "anna", "--certificate", m_certificate}))
        << "nobody is registered";
    ASSERT_TRUE(run({"user", "add", "anna", "--certificate", m_certificate, "--key", "software"}));
    const auto imported = run({"credential", "import", file, "--user", "anna", "--certificate", m_certificate});
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().detail.find("key enrol"), std::string::npos) << imported.error().detail;
}

std::string pepProblem(const std::string& text)
{
    const auto document = store::TomlDocument::parse(text, "venue.toml");
    EXPECT_TRUE(document);
    const auto settings = readPep(document->root());
    const auto finished = document->finish();
    return finished ? "no problem" : finished.error().detail;
}

TEST(PepReader, ReadsTheSectionOrSaysWhatIsWrong)
{
    const std::string least = "[pep]\nrp_id = \"a.example\"\nidentities = \"i\"\nattestation_roots = \"r\"\n"
                              "security_keys = [\"2fc0579f-8113-47ea-b116-bb5a8db9202a\"]\n";
    EXPECT_EQ(pepProblem(least), "no problem");
    EXPECT_EQ(pepProblem(""), "no problem");
    EXPECT_NE(pepProblem("[pep]\n").find("rp_id"), std::string::npos);
    EXPECT_NE(pepProblem(least + "policy = \"p\"\n").find("policy_signers"), std::string::npos);
    EXPECT_NE(pepProblem(least + "policy_id = \"p\"\n").find("policy too"), std::string::npos);
    EXPECT_NE(pepProblem(least + "dealing = \"never\"\n").find("armed-ticket"), std::string::npos);
    EXPECT_NE(pepProblem(least + "four_eyes = \"never\"\n").find("off"), std::string::npos);
    EXPECT_NE(pepProblem(least + "privileged_policies = [\"admins\"]\n").find("1.3.6.1.4"), std::string::npos);
    EXPECT_NE(pepProblem(least + "verify = false\n").find("verify"), std::string::npos) << "no such switch";
    const auto document = store::TomlDocument::parse(least
            + "dealing = \"armed-ticket\"\nverify_again_after = \"8h\"\nsegment = \"emea\"\n"
              "privileged_policies = [\"1.3.6.1.4.1.32473.7\"]\n",
        "/etc/venue.toml");
    ASSERT_TRUE(document);
    const auto settings = readPep(document->root());
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->enforcement.dealing, pep::Dealing::ArmedTicketRequired);
    EXPECT_EQ(settings->enforcement.reverifyAfter, 8h);
    EXPECT_EQ(settings->enforcement.segment, "emea");
    EXPECT_EQ(settings->enforcement.privilegedPolicies, (std::set<std::string>{"1.3.6.1.4.1.32473.7"}));
    EXPECT_EQ(settings->identities, "/etc/i");
    EXPECT_FALSE(settings->policy);
}

TEST(PepReader, ReadsRulesOrSaysWhatIsWrong)
{
    const std::string least =
        "[pep]\nrp_id = \"a.example\"\nidentities = \"i\"\nattestation_roots = \"r\"\n"
        "security_keys = [\"2fc0579f-8113-47ea-b116-bb5a8db9202a\"]\nhardware_key = \"registered\"\n";
    const auto withRule = [&](const std::string& rest) { return least + "[[pep.rule]]\nname = \"ours\"\n" + rest; };
    const std::string quotes = "trigger = \"quote-request\"\nby = \"user\"\nthreshold = 40\nwindow = \"5min\"\n"
                               "action = [\"alert\", \"restrict\"]\ninstruments = 5\nrequests_per_deal = 10\n";
    EXPECT_EQ(pepProblem(withRule(quotes)), "no problem");
    const auto document = store::TomlDocument::parse(withRule(quotes), "/etc/venue.toml");
    ASSERT_TRUE(document);
    const auto settings = readPep(document->root());
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->enforcement.hardwareKey, pep::HardwareProof::Registered);
    pep::Rule expected;
    expected.name = "ours";
    expected.trigger = pep::RuleTrigger::QuoteRequest;
    expected.by = pep::RuleScope::User;
    expected.threshold = 40;
    expected.window = 5min;
    expected.actions = {pep::RuleAction::Alert, pep::RuleAction::Restrict};
    expected.instruments = 5;
    expected.requestsPerDeal = 10;
    EXPECT_EQ(settings->enforcement.rules, pep::withDefaults({expected}));
    EXPECT_NE(pepProblem(withRule("")).find("trigger"), std::string::npos);
    EXPECT_NE(pepProblem(withRule(quotes + "treshold = 1\n")).find("treshold"), std::string::npos);
    EXPECT_NE(pepProblem(withRule("trigger = \"refused-message\"\nby = \"address\"\nthreshold = 4\nwindow = \"1h\"\n"
                                  "action = [\"lock\"]\n"))
                  .find("an address may be many people's"),
        std::string::npos);
    EXPECT_NE(pepProblem(withRule("trigger = \"failed-sign-in\"\nby = \"certificate\"\nthreshold = 4\nwindow = \"1h\"\n"
                                  "action = [\"bite\"]\n"))
                  .find("step-up"),
        std::string::npos);
}

TEST_F(IdentityCommands, ListAndSetRoles)
{
    ASSERT_TRUE(run({"user", "add", "anna", "--certificate", m_certificate, "--key", "hardware", "--may", "view"}));
    ASSERT_TRUE(run({"role", "list"}));
    EXPECT_TRUE(shows(R"({"role":"standard","users":["anna"]})")) << m_out.str();
    EXPECT_TRUE(shows(R"({"role":"privileged","users":[]})")) << m_out.str();
    EXPECT_NE(problem({"role", "set", "anna", "--config", "c"}).find("--role"), std::string::npos);
    ASSERT_TRUE(run({"role", "set", "anna", "--role", "privileged"}));
    ASSERT_TRUE(run({"role", "list"}));
    EXPECT_TRUE(shows(R"({"role":"privileged","users":["anna"]})")) << m_out.str();
    ASSERT_TRUE(run({"role", "set", "anna", "--role", "standard"})); // a change like any other: now one must sign
    EXPECT_TRUE(shows("\"outcome\":\"drafted\"")) << m_out.str();
    ASSERT_TRUE(run({"user", "list"}));
    EXPECT_TRUE(shows("\"may\":\"view\"")) << "what is not given stays";
}

TEST(Whereabouts, NobodyIsInTwoCountriesWithinMinutes)
{
    zerotrust::AccessPolicy policy;
    policy.places = {
        {*zerotrust::Network::parse("10.1.0.0/16"), "DE"}, {*zerotrust::Network::parse("10.2.0.0/16"), "US"}};
    Whereabouts whereabouts(nullptr);
    whereabouts.use(policy);
    const support::FakeClock clock;
    const auto travels = [&](const char* address, std::chrono::minutes after) {
        pep::Subject subject;
        subject.user = stepup::UserId("anna");
        subject.address = address;
        subject.at = clock.utc() + after;
        for (const auto& signal : whereabouts.signalsAbout(subject))
            if (signal.attribute == zerotrust::attribute::ImpossibleTravel)
                return std::get<std::string>(signal.value);
        return std::string("not known");
    };
    EXPECT_EQ(travels("10.1.0.1", 0min), "no");
    EXPECT_EQ(travels("10.2.0.1", 10min), "yes");
    EXPECT_EQ(travels("10.2.0.1", 20min), "yes") << "asking again makes the journey no longer";
    EXPECT_EQ(travels("10.2.0.1", 40min), "no");
    EXPECT_EQ(travels("192.0.2.1", 41min), "not known");
}

}
