#include "app/config/desk_config.h"
#include "app/config/instrument_catalogue.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

namespace {

using namespace std::chrono_literals;
using app::DeskConfig;
using base::Errc;

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

const std::string Token = R"([token]
module = "/usr/lib/softhsm/libsofthsm2.so"
allowed_modules = ["/usr/lib/softhsm/libsofthsm2.so"]
key_id = "01"
)";
const std::string Session = R"([[session]]
name = "VENUE-X"
host = "venue.example"
port = 7801
sender_comp_id = "ACME"
target_comp_id = "VENUE"
ca = "ca.pem"
)";
const std::string Dealer = R"([[dealer]]
id = "DLR-A"
session = "VENUE-X"
)";
const std::string Limits = R"([limits.max_quantity]
EUR = "100m"
)";

class DeskConfigTest : public testing::Test {
protected:
    DeskConfigTest() { m_directory.write("ca.pem", "a certificate"); }

    [[nodiscard]] base::Result<DeskConfig> load(const std::string& text) const
    {
        return app::loadDeskConfig(m_directory.write("countersign.toml", text));
    }
    [[nodiscard]] DeskConfig mustLoad(const std::string& text) const
    {
        auto config = load(text);
        EXPECT_TRUE(config) << config.error().detail;
        return config ? *std::move(config) : DeskConfig{};
    }
    /// That this file is refused, at that line, with these words.
    void expectProblem(const std::string& text, int line, const std::string& words) const
    {
        const auto config = load(text);
        ASSERT_FALSE(config) << "accepted; expected: " << words;
        EXPECT_EQ(config.error().code, Errc::Configuration);
        const std::string expected = "countersign.toml:" + std::to_string(line) + ": " + words;
        EXPECT_NE(config.error().detail.find(expected), std::string::npos) << "found:\n"
                                                                           << config.error().detail << "\nexpected:\n"
                                                                           << expected;
    }

    support::TemporaryDirectory m_directory;
    const std::string m_minimal = Token + Session + Dealer + Limits;
};

/// The text with the first `what` replaced; fails where it is not there.
std::string with(std::string text, const std::string& what, const std::string& instead)
{
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return at == std::string::npos ? text : text.replace(at, what.size(), instead);
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
    for (const char* name :
        {"venue-x-ca.pem", "northbank-ca.pem", "issuing-ca.pem", "venue-x.crl", "approvers-ca.pem", "approvers.crl"})
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
}

TEST_F(DeskConfigTest, ASessionHasAScheduleAndItsNumbersARule)
{
    const fix::SessionSettings plain = mustLoad(m_minimal).sessions[0];
    EXPECT_TRUE(plain.schedule.isAlways());
    EXPECT_EQ(plain.reset, fix::SequenceReset::Never);
    EXPECT_EQ(plain.nextExpected, fix::NextExpected::Omitted);
    const std::string settings = "schedule = \"weekly Sun 22:00 - Fri 21:30\"\nsequence_reset = \"each-period\"\n"
                                 "next_expected = \"sent\"\n";
    const fix::SessionSettings session = mustLoad(Token + Session + settings + Dealer + Limits).sessions[0];
    EXPECT_EQ(session.schedule, *fix::SessionSchedule::parse("weekly Sun 22:00 - Fri 21:30"));
    EXPECT_EQ(session.reset, fix::SequenceReset::EachPeriod);
    EXPECT_EQ(session.nextExpected, fix::NextExpected::Sent);
}

TEST_F(DeskConfigTest, AScheduleThatCannotBeReadIsExplained)
{
    expectProblem(Token + Session + "schedule = \"daily 6-22\"\n" + Dealer + Limits, 12,
        "key 'session.schedule': expected \"always\", \"daily 06:00-22:00\" or \"weekly Sun 22:00 - Fri 21:30\" with "
        "times "
        "in "
        "UTC, found 'daily 6-22'");
    expectProblem(Token + Session + "sequence_reset = \"each-period\"\n" + Dealer + Limits, 12,
        "key 'session.sequence_reset': expected \"each-period\" only with a schedule that has periods");
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
        "key 'session.pins': expected SHA-256 fingerprints of 64 hexadecimal digits each, not 'abc'");
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

TEST_F(DeskConfigTest, ADealerRefersToASessionThatThereIs)
{
    expectProblem(with(m_minimal, "session = \"VENUE-X\"", "session = \"VENUE-Y\""), 14,
        "key 'dealer.session': expected the name of a [[session]], found 'VENUE-Y'");
    expectProblem(m_minimal + Dealer, 18, "key 'dealer.id': expected each dealer once, found 'DLR-A'");
}

TEST_F(DeskConfigTest, ASessionRefersToAProfileThatThereIs)
{
    expectProblem(with(m_minimal, "ca = ", "profile = \"north\"\nca = "), 11,
        "key 'session.profile': expected a profile: one of \"direct\", \"venue\", found 'north'");
}

TEST_F(DeskConfigTest, ADirectSessionHasExactlyItsOwnDealer)
{
    expectProblem(with(m_minimal, "ca = ", "profile = \"direct\"\nca = "), 5,
        "key 'session.dealer': expected the id of the one dealer behind a direct session, found nothing");
    expectProblem(with(m_minimal, "ca = ", "dealer = \"DLR-B\"\nca = "), 11,
        "key 'session.dealer': expected the id of a [[dealer]] of this session, found 'DLR-B'");
    expectProblem(with(m_minimal, "ca = ", "dealer = \"DLR-B\"\nca = "), 15,
        "key 'dealer.session': expected a session that is not another dealer's own");
    expectProblem(with(m_minimal, "ca = ", "dealer = \"DLR-A\"\nprofile = \"venue\"\nca = "), 11,
        "key 'session.dealer': expected no dealer where the profile names dealers in Parties");
    const DeskConfig direct = mustLoad(with(m_minimal, "ca = ", "dealer = \"DLR-A\"\nca = "));
    EXPECT_EQ(direct.sessions[0].soleDealer, rfq::DealerId("DLR-A"));
    EXPECT_EQ(direct.sessions[0].profile.dealerNaming, rfq::DealerNaming::Session);
}

TEST_F(DeskConfigTest, SessionsHaveNamesAndCompIdsOfTheirOwn)
{
    expectProblem(m_minimal + Session, 18, "key 'session.name': expected a name of its own");
    expectProblem(m_minimal + with(Session, "VENUE-X", "OTHER"), 22,
        "key 'session.target_comp_id': expected each pair of sender_comp_id and target_comp_id once");
    expectProblem(with(m_minimal, "\"ACME\"", "\"AC ME\""), 9,
        "key 'session.sender_comp_id': expected ASCII letters, digits and signs without spaces");
    expectProblem(with(m_minimal, "\"VENUE-X\"", "\"../etc\""), 6, "key 'session.name': expected a name of its own");
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

TEST_F(DeskConfigTest, AtLeastOneSessionAndOneDealer)
{
    expectProblem(Token + Limits, 1, "key 'session': expected at least one [[session]], found nothing");
    expectProblem(Token + Limits, 1, "key 'dealer': expected at least one [[dealer]], found nothing");
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

TEST_F(DeskConfigTest, AProfileBuildsOnAnother)
{
    const std::string profile =
        "[[profile]]\nname = \"p\"\nbased_on = \"direct\"\nside = \"base\"\nhold_hard = \"30s\"\n";
    const DeskConfig config =
        mustLoad(with(m_minimal, "ca = ", "profile = \"p\"\ndealer = \"DLR-A\"\nca = ") + profile);
    EXPECT_EQ(config.sessions[0].profile.dealerNaming, rfq::DealerNaming::Session);
    EXPECT_EQ(config.sessions[0].profile.sideReference, rfq::SideReference::BaseCurrency);
    EXPECT_EQ(config.sessions[0].profile.holdHard, 30s);
    expectProblem(m_minimal + with(profile, "direct", "later"), 19, "key 'profile.based_on': expected a profile above");
    expectProblem(
        m_minimal + with(profile, "\"p\"", "\"venue\""), 18, "key 'profile.name': expected a name of its own");
    expectProblem(m_minimal + with(profile, "30s", "2s"), 21, "key 'profile.hold_hard': expected more than hold_soft");
}

TEST_F(DeskConfigTest, AProfileTellsWhatTheCounterpartyCanAnswer)
{
    const auto profileOf = [&](const std::string& more) {
        const std::string profile = "[[profile]]\nname = \"p\"\n" + more;
        return mustLoad(with(m_minimal, "ca = ", "profile = \"p\"\nca = ") + profile).sessions[0].profile;
    };
    const rfq::Profile read = profileOf("inquiries = [\"replay\", \"trade-capture\"]\ninquiry_patience = \"1s\"\n"
                                        "inquiry_retry = \"5s\"\nstatus_grace = \"700ms\"\nquote_age = \"200ms\"\n"
                                        "reject_codes = { \"7\" = \"credit\" }\n");
    EXPECT_EQ(read.inquiries, (std::vector{rfq::Inquiry::TradeCapture, rfq::Inquiry::Replay}));
    EXPECT_EQ(read.inquiryPatience, 1s);
    EXPECT_EQ(read.inquiryRetry, 5s);
    EXPECT_EQ(read.statusGrace, 700ms);
    EXPECT_EQ(read.quoteAge, 200ms);
    EXPECT_EQ(read.rejectCodes.at("7"), rfq::RejectCategory::Credit);
    EXPECT_EQ(profileOf("").inquiries, rfq::Profile{}.inquiries);
    EXPECT_TRUE(profileOf("inquiries = []\n").inquiries.empty());
    const std::string profile = m_minimal + "[[profile]]\nname = \"p\"\n";
    expectProblem(
        profile + "inquiries = [\"telephone\"]\n", 19, "key 'profile.inquiries': expected any of order-status");
    expectProblem(profile + "reject_codes = { \"7\" = \"no\" }\n", 19, "key 'profile.reject_codes.7': expected");
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
