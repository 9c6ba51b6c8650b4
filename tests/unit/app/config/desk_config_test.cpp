#include "app/config/instrument_catalogue.h"
#include "tests/unit/app/config/desk_config_fixture.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

namespace {

using namespace test;

/// Sets an environment variable for the length of a test; null unsets it.
class Environment {
public:
    Environment(const char* name, const char* value)
        : m_name(name)
        , m_before(std::getenv(name) ? std::optional<std::string>(std::getenv(name)) : std::nullopt)
    {
        set(value);
    }
    ~Environment() { set(m_before ? m_before->c_str() : nullptr); }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

private:
    void set(const char* value)
    {
        if (value)
            ::setenv(m_name, value, 1);
        else
            ::unsetenv(m_name);
    }
    const char* m_name;
    std::optional<std::string> m_before;
};

TEST_F(DeskConfigTest, SecurityKeysAreLookedForOnTheReadersThatAreNamed)
{
    EXPECT_TRUE(mustLoad(m_minimal).securityKeys.readers.empty());
    const auto named = mustLoad(m_minimal + "[security_keys]\nreaders = [\"ACR1252\", \"Omnikey 5022\"]\n");
    EXPECT_EQ(named.securityKeys.readers, (std::vector<std::string>{"ACR1252", "Omnikey 5022"}));
    expectProblem("[security_keys]\nreaders = [\"ACR\", \"\"]\n" + m_minimal, 2,
        "key 'security_keys.readers': expected an array of strings that are not empty");
    expectProblem("[security_keys]\nreaders = [\"ACR\", \" \"]\n" + m_minimal, 2,
        "key 'security_keys.readers': expected words in the names of PC/SC readers, none of them empty");
    expectProblem("[security_keys]\nreader = [\"ACR\"]\n" + m_minimal, 2, "");
}

TEST_F(DeskConfigTest, AMinimalFileGetsTheDefaults)
{
    const Environment state("XDG_STATE_HOME", "/var/state");
    const DeskConfig config = mustLoad(m_minimal);
    EXPECT_EQ(config.stateDirectory, "/var/state/countersign");
    EXPECT_EQ(config.logDirectory, "/var/state/countersign/log");
    EXPECT_EQ(config.window.theme, app::ThemeChoice::Dark);
    EXPECT_EQ(config.window.idleLock, 15min);
    EXPECT_EQ(config.desk.instruments, config::instrumentCatalogue());
    EXPECT_EQ(config.desk.limits.maxQuantity.at("EUR").text(), "100000000");
    EXPECT_EQ(config.desk.priceGuard, 250ms);
    ASSERT_EQ(config.sessions.size(), 1u);
    const fix::SessionSettings& session = config.sessions[0];
    EXPECT_EQ(session.trust.caFile, (m_directory.path() / "ca.pem").string());
    EXPECT_EQ(session.trust.serverName, "venue.example");
    EXPECT_EQ(session.profile, rfq::Profile{});
    EXPECT_EQ(session.heartBtInt, 30s);
    EXPECT_EQ(session.storeDirectory, "/var/state/countersign/fix");
    EXPECT_EQ(config.desk.profiles.at(session.name), session.profile);
    ASSERT_EQ(config.desk.dealers.size(), 1u);
    EXPECT_EQ(config.desk.dealers[0].name, "DLR-A");
    EXPECT_EQ(config.token.keyId, "01");
}

/// Every key of the example that is shown switched off is a key in truth, too.
TEST_F(DeskConfigTest, TheExampleIsAValidFileAsItStandsAndWithEveryDefaultWrittenOut)
{
    std::ifstream stream(COUNTERSIGN_EXAMPLE);
    const std::string example{std::istreambuf_iterator<char>(stream), {}};
    ASSERT_FALSE(example.empty());
    for (const char* name : {"venue-x-ca.pem", "northbank-ca.pem", "issuing-ca.pem", "venue-x.crl", "approvers-ca.pem",
             "approvers.crl", "traders-ca.pem"})
        m_directory.write(name, "PEM");
    const DeskConfig asItStands = mustLoad(example);
    EXPECT_EQ(asItStands.sessions.size(), 2u);
    EXPECT_EQ(asItStands.sessions[1].profile.acceptStyle, rfq::AcceptStyle::QuoteResponse);
    EXPECT_EQ(asItStands.sessions[1].profile.dealerNaming, rfq::DealerNaming::Session);
    EXPECT_EQ(asItStands.sessions[1].soleDealer, rfq::DealerId("NORTHBANK"));
    EXPECT_EQ(asItStands.desk.dealers[0].lastLook, 100ms);
    EXPECT_EQ(asItStands.desk.holidays.size(), 2u);
    EXPECT_EQ(asItStands.approvers, auth::ApproverSettings{});

    const DeskConfig writtenOut = mustLoad(std::regex_replace(example, std::regex("\n#(\\[|[a-z_]+ = )"), "\n$1"));
    EXPECT_EQ(writtenOut.sessions[0].reconnectMost, asItStands.sessions[0].reconnectMost);
    EXPECT_EQ(writtenOut.sessions[0].profile, asItStands.sessions[0].profile);
    EXPECT_EQ(writtenOut.sessions[1].profile.quoteLifeCap, asItStands.sessions[1].profile.quoteLifeCap);
    EXPECT_EQ(writtenOut.sessions[1].profile.account, "ACME-FX-01");
    EXPECT_EQ(writtenOut.sessions[1].profile.inquiries, asItStands.sessions[1].profile.inquiries);
    EXPECT_EQ(writtenOut.sessions[1].profile.statusGrace, asItStands.sessions[1].profile.statusGrace);
    EXPECT_EQ(writtenOut.sessions[1].profile.rejectCodes.at("99"), rfq::RejectCategory::PriceMoved);
    EXPECT_EQ(writtenOut.desk.requestLife, asItStands.desk.requestLife);
    EXPECT_EQ(writtenOut.window.idleLock, asItStands.window.idleLock);
    EXPECT_EQ(writtenOut.desk.instruments.size(), 1u);
    EXPECT_EQ(writtenOut.approvers.fingerprints.size(), 1u);
    EXPECT_EQ(writtenOut.removalGrace, asItStands.removalGrace);
    EXPECT_TRUE(asItStands.enrolment.cmpServer.empty());
    EXPECT_EQ(writtenOut.enrolment.relyingParty, "stepup.example.com");
}

TEST_F(DeskConfigTest, TheGraceOfARemovedTokenIsTheFirms)
{
    EXPECT_EQ(mustLoad(m_minimal).removalGrace, 30s);
    EXPECT_EQ(mustLoad(with(m_minimal, "key_id", "removal_grace = \"0s\"\nkey_id")).removalGrace, 0s);
    EXPECT_FALSE(load(with(m_minimal, "key_id", "removal_grace = \"2h\"\nkey_id")));
}

TEST_F(DeskConfigTest, AnAuthorityThatIsAskedMustBeKnown)
{
    EXPECT_FALSE(load(m_minimal + "[enrolment]\ncmp_server = \"http://ca.example/\"\n"));
    EXPECT_FALSE(load(m_minimal + "[enrolment]\nca = \"ca.pem\"\ncmp_server = \"ca.example\"\n"));
    EXPECT_TRUE(load(m_minimal + "[enrolment]\nca = \"ca.pem\"\ncmp_server = \"https://ca.example/\"\n"));
    EXPECT_EQ(
        mustLoad(m_minimal + "[enrolment]\nca = \"ca.pem\"\ncmp_server = \"http://ca.example/\"\n").enrolment.cmpServer,
        "http://ca.example/");
}

TEST_F(DeskConfigTest, AMissingFileIsAnIoError)
{
    EXPECT_EQ(app::loadDeskConfig(m_directory.path() / "absent.toml").error().code, Errc::Io);
}

TEST_F(DeskConfigTest, TheDefaultFileFollowsXdg)
{
    const Environment home("HOME", "/home/trader");
    {
        const Environment set("XDG_CONFIG_HOME", "/etc/xdg");
        EXPECT_EQ(app::defaultConfigFile(), "/etc/xdg/countersign/countersign.toml");
    }
    for (const char* none : {static_cast<const char*>(nullptr), "", "relative/path"}) {
        const Environment unset("XDG_CONFIG_HOME", none);
        EXPECT_EQ(app::defaultConfigFile(), "/home/trader/.config/countersign/countersign.toml");
    }
}

TEST_F(DeskConfigTest, AnUnknownKeyIsAnErrorWithASuggestion)
{
    expectProblem(with(m_minimal, "key_id", "key-id = \"01\"\nkey_id"), 4,
        "key 'token.key-id': unknown key; did you mean 'key_id'?");
    expectProblem(m_minimal + "[widow]\ntheme = \"dark\"\n", 17, "key 'widow': unknown key; did you mean 'window'?");
}

TEST_F(DeskConfigTest, TheModuleIsAbsoluteAndAllowListed)
{
    expectProblem(with(m_minimal, "module = \"/usr/lib/softhsm/", "module = \"lib/"), 2,
        "key 'token.module': expected the absolute path of a PKCS#11 module, found 'lib/libsofthsm2.so'");
    expectProblem(with(m_minimal, "module = \"/usr", "module = \"/opt"), 2,
        "key 'token.module': expected one of token.allowed_modules, found '/opt/lib/softhsm/libsofthsm2.so'");
    expectProblem(with(m_minimal, "[\"/usr/lib/softhsm/", "[\""), 3,
        "key 'token.allowed_modules': expected absolute paths of PKCS#11 modules");
}

TEST_F(DeskConfigTest, AKeyOnTheTokenIsNamedByIdOrFingerprint)
{
    expectProblem(
        with(m_minimal, "key_id = \"01\"\n", ""), 1, "key 'token.key_id': expected key_id, fingerprint or both");
    expectProblem(with(m_minimal, "\"01\"", "\"0g\""), 4, "key 'token.key_id': expected a CKA_ID");
    expectProblem(with(m_minimal, "key_id = \"01\"", "fingerprint = \"01\""), 4,
        "key 'token.fingerprint': expected a SHA-256 fingerprint: 64 hexadecimal digits, found '01'");
    const std::string colons = "AB:" + std::string(62, '0');
    EXPECT_EQ(mustLoad(with(m_minimal, "key_id = \"01\"", "fingerprint = \"" + colons + "\"")).token.fingerprint,
        "ab" + std::string(62, '0'));
}

TEST_F(DeskConfigTest, CertificateFilesMustBeReadable)
{
    expectProblem(with(m_minimal, "\"ca.pem\"", "\"other.pem\""), 11,
        "key 'session.ca': expected a file that can be read (looked for " + (m_directory.path() / "other.pem").string()
            + "), found 'other.pem'");
    expectProblem(with(m_minimal, "\"ca.pem\"", "\"ca.pem\"\ncrl = \".\""), 12, "key 'session.crl': expected a file");
    expectProblem(
        with(m_minimal, "ca = \"ca.pem\"\n", ""), 5, "key 'session.ca': expected a path in quotes, found nothing");
}

TEST_F(DeskConfigTest, PinsAreFingerprints)
{
    expectProblem(with(m_minimal, "ca = ", "pins = [\"abc\"]\nca = "), 11,
        "key 'session.pins': expected SHA-256 fingerprints of 64 hexadecimal digits each, those of a public key after "
        "\"spki:\", not 'abc'");
    const DeskConfig config = mustLoad(with(m_minimal, "ca = ", "pins = [\"" + std::string(64, 'A') + "\"]\nca = "));
    EXPECT_EQ(config.sessions[0].trust.pins, (std::set<std::string>{std::string(64, 'a')}));
}

TEST_F(DeskConfigTest, NobodyMayApproveUnlessAnAuthorityIsNamed)
{
    EXPECT_EQ(mustLoad(m_minimal).approvers, auth::ApproverSettings{});
    expectProblem(m_minimal + "[approvers]\n", 17, "key 'approvers.ca': expected a path in quotes, found nothing");
    expectProblem(m_minimal + "[approvers]\nfingerprints = [\"" + std::string(64, 'a') + "\"]\n", 17,
        "key 'approvers.ca': expected a path in quotes, found nothing");
}

TEST_F(DeskConfigTest, ApproversHaveAnAuthorityAListOfTheRevokedAndAListOfThePermitted)
{
    const std::string approvers = "[approvers]\nca = \"ca.pem\"\n";
    const DeskConfig anybody = mustLoad(m_minimal + approvers);
    EXPECT_EQ(anybody.approvers, (auth::ApproverSettings{(m_directory.path() / "ca.pem").string(), {}, {}}));
    const std::string colons = "AB:" + std::string(62, '0');
    const DeskConfig two = mustLoad(m_minimal + approvers + "crl = \"ca.pem\"\nfingerprints = [\"" + colons + "\", \""
        + std::string(64, 'f') + "\"]\n");
    EXPECT_EQ(two.approvers.crlFile, (m_directory.path() / "ca.pem").string());
    EXPECT_EQ(two.approvers.fingerprints, (std::set<std::string>{"ab" + std::string(62, '0'), std::string(64, 'f')}));
}

TEST_F(DeskConfigTest, WhatIsWrongWithApproversIsToldInWords)
{
    const std::string approvers = m_minimal + "[approvers]\nca = \"ca.pem\"\n";
    expectProblem(with(approvers, "[approvers]\nca = \"ca.pem\"", "[approvers]\nca = \"other.pem\""), 18,
        "key 'approvers.ca': expected a file that can be read (looked for ");
    expectProblem(approvers + "crl = \".\"\n", 19, "key 'approvers.crl': expected a file that can be read");
    expectProblem(approvers + "fingerprints = [\"abc\"]\n", 19,
        "key 'approvers.fingerprints': expected SHA-256 fingerprints of 64 hexadecimal digits each, not 'abc'");
    expectProblem(approvers + "fingerprints = \"abc\"\n", 19, "key 'approvers.fingerprints': expected an array");
    expectProblem(approvers + "fingerprints = []\n", 19,
        "key 'approvers.fingerprints': expected at least one fingerprint; without this key everybody");
    expectProblem(approvers + "fingerprint = \"abc\"\n", 19,
        "key 'approvers.fingerprint': unknown key; did you mean 'fingerprints'?");
    expectProblem(
        m_minimal + "[approver]\nca = \"ca.pem\"\n", 17, "key 'approver': unknown key; did you mean 'approvers'?");
}

TEST_F(DeskConfigTest, LimitsArePositiveAmountsOfCurrencies)
{
    expectProblem(
        with(m_minimal, "\"100m\"", "\"-1m\""), 16, "key 'limits.max_quantity.EUR': expected an amount such as");
    expectProblem(
        with(m_minimal, "\"100m\"", "\"0\""), 16, "key 'limits.max_quantity.EUR': expected an amount such as");
    expectProblem(with(m_minimal, "\"100m\"", "100.5"), 16, "key 'limits.max_quantity.EUR'");
    expectProblem(with(m_minimal, "EUR =", "eur ="), 16, "key 'limits.max_quantity.eur': expected a currency code");
    expectProblem(Token + Session + Dealer, 1, "key 'limits.max_quantity': expected a table");
    expectProblem(m_minimal + "[limits]\nmax_open_requests = 0\n", 18,
        "key 'limits.max_open_requests': expected an integer from 1 to 1000, found 0");
}

TEST_F(DeskConfigTest, InstrumentsAreCurrencyPairs)
{
    const std::string swedish = "[[instrument]]\nsymbol = \"USD/SEK\"\npip_decimals = 4\nprice_decimals = 5\n";
    EXPECT_EQ(mustLoad(m_minimal + swedish).desk.instruments.at(0).symbol, "USD/SEK");
    expectProblem(
        m_minimal + with(swedish, "USD/SEK", "USDSEK"), 18, "key 'instrument.symbol': expected a currency pair");
    expectProblem(
        m_minimal + with(swedish, "USD/SEK", "USD/USD"), 18, "key 'instrument.symbol': expected a currency pair");
    expectProblem(m_minimal + swedish + swedish, 22, "key 'instrument.symbol': expected each symbol once");
}

TEST_F(DeskConfigTest, MessageLogsCanBeSwitchedOff)
{
    EXPECT_TRUE(mustLoad(m_minimal + "[paths]\nmessage_log = false\n").logDirectory.empty());
}

TEST_F(DeskConfigTest, EveryProblemOfTheFileIsToldAtOnce)
{
    const auto config =
        load(with(with(m_minimal, "7801", "0"), "\"100m\"", "\"lots\"") + "[window]\ntheme = \"blue\"\n");
    ASSERT_FALSE(config);
    for (const char* part : {"session.port", "max_quantity.EUR", "window.theme': expected one of \"dark\", \"light\""})
        EXPECT_NE(config.error().detail.find(part), std::string::npos) << config.error().detail;
}

TEST_F(DeskConfigTest, GarbageIsRefusedInWords)
{
    for (const char* text : {"",
             "\x7f"
             "ELF\x02\x01",
             "[[[", "{\"json\": true}", "session = 3", "[token]\nmodule = 5"}) {
        const auto config = load(text);
        ASSERT_FALSE(config) << text;
        EXPECT_EQ(config.error().code, Errc::Configuration) << text;
    }
}

}
