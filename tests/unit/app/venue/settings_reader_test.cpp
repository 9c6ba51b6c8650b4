#include "app/venue/settings_reader.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

using namespace std::chrono_literals;

const std::string Listener = R"(seed = 5
[listener]
port = 7801
certificate = "venue.pem"
key = "venue.key"
client_authority = "/etc/ca.pem"
store = "store"
)";

const std::string Session = R"([[sessions]]
name = "ACME"
kind = "venue"
sender_comp_id = "VENUE"
target_comp_id = "ACME"
certificate_name = "trader-1"
)";

class SettingsReader : public testing::Test {
protected:
    [[nodiscard]] base::Result<venue::ProgramSettings> read(const std::string& text) const
    {
        return venue::readSettings(m_directory.write("venue.toml", text));
    }
    [[nodiscard]] std::string problemIn(const std::string& text) const
    {
        const auto settings = read(text);
        if (settings)
            return "no problem";
        EXPECT_EQ(settings.error().code, base::Errc::Configuration);
        return settings.error().detail;
    }
    void expectProblem(const std::string& text, const std::string& problem) const
    {
        EXPECT_NE(problemIn(text).find(problem), std::string::npos) << problemIn(text);
    }

    support::TemporaryDirectory m_directory;
};

TEST_F(SettingsReader, ReadsHowCertificatesAreProven)
{
    EXPECT_EQ(read(Listener + Session)->listener.proveEvery, 0ms);
    const std::string proofs = "ocsp_answer = \"venue.ocsp\"\nprove_every = \"5min\"\n";
    const auto read = this->read(Listener + proofs + Session);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->listener.proveEvery, 5min);
    EXPECT_EQ(read->listener.ocspAnswer, m_directory.path() / "venue.ocsp");
    expectProblem(Listener + "prove_every = \"1s\"\n" + Session, "prove_every");
}

TEST_F(SettingsReader, ReadsListenerSessionsAndTheBuiltInDealers)
{
    const auto read = this->read(Listener + Session);
    ASSERT_TRUE(read) << read.error().detail;
    const venue::ProgramSettings& settings = read.value();
    EXPECT_EQ(settings.listener.port, 7801);
    EXPECT_EQ(settings.listener.certificate, m_directory.path() / "venue.pem");
    EXPECT_EQ(settings.listener.clientAuthority, "/etc/ca.pem");
    EXPECT_EQ(settings.venue.seed, 5U);
    EXPECT_EQ(settings.venue.dealers.size(), 6U);
    ASSERT_EQ(settings.venue.sessions.size(), 1U);
    EXPECT_EQ(settings.venue.sessions[0].certificateName, "trader-1");
    EXPECT_EQ(settings.venue.sessions[0].dealers.size(), 6U) << "all of them where none is named";
    EXPECT_TRUE(settings.venue.requests.holidays.contains(std::chrono::year(2026) / 12 / 25));
}

TEST_F(SettingsReader, TheBuiltInDealersAreOfSixCharacters)
{
    const auto read = this->read(Listener + Session);
    ASSERT_TRUE(read);
    int streaming = 0;
    int lastLook = 0;
    int passing = 0;
    int indicative = 0;
    for (const auto& dealer : read.value().venue.dealers) {
        streaming += dealer.requote ? 1 : 0;
        lastLook += dealer.lastLook ? 1 : 0;
        passing += dealer.passing.percent > 0 ? 1 : 0;
        indicative += dealer.firmness == venue::Firmness::Indicative ? 1 : 0;
        EXPECT_GE(dealer.life.least, 2500ms);
        EXPECT_LE(dealer.life.most, 15s);
    }
    EXPECT_EQ(streaming, 4);
    EXPECT_EQ(lastLook, 1);
    EXPECT_EQ(passing, 1);
    EXPECT_EQ(indicative, 1);
}

TEST_F(SettingsReader, EnquiriesAreAllSupportedUnlessSomeAreNamed)
{
    const auto all = read(Listener + Session);
    ASSERT_TRUE(all);
    EXPECT_EQ(all.value().venue.sessions[0].supports.size(), 4U);
    EXPECT_EQ(all.value().venue.sessions[0].unknownOrder, venue::UnknownOrderStyle::Status);
    const auto some = read(Listener + Session + "supports = [\"order-status\"]\nreject_style = \"reject\"\n");
    ASSERT_TRUE(some) << some.error().detail;
    EXPECT_EQ(some.value().venue.sessions[0].supports, std::set{venue::Enquiry::OrderStatus});
    EXPECT_EQ(some.value().venue.sessions[0].unknownOrder, venue::UnknownOrderStyle::Reject);
    const auto none = read(Listener + Session + "supports = []\n");
    ASSERT_TRUE(none);
    EXPECT_TRUE(none.value().venue.sessions[0].supports.empty());
    expectProblem(Listener + Session + "supports = [\"status\"]\n", "key 'sessions.supports'");
}

TEST_F(SettingsReader, ScenarioFilesPlayBeforeWhatTheFileItselfSays)
{
    m_directory.write("first.toml", "[[scenarios]]\ncode = \"1\"\n");
    m_directory.write("second.toml", "[[scenarios]]\ncode = \"2\"\n[line]\nresend = \"gap-fill\"\n");
    const auto file = m_directory.write(
        "venue.toml", "scenario = \"second.toml\"\n" + Listener + Session + "[[scenarios]]\ncode = \"3\"\n");
    const auto settings = venue::readSettings(file, {m_directory.path() / "first.toml"});
    ASSERT_TRUE(settings) << settings.error().detail;
    ASSERT_EQ(settings->venue.scenarios.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(settings->venue.scenarios[i].code, std::to_string(i + 1));
    EXPECT_EQ(settings->venue.line.resend, venue::ResendFault::GapFill);
    const auto missing = venue::readSettings(file, {m_directory.path() / "nowhere.toml"});
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().detail.find("nowhere.toml"), std::string::npos);
}

TEST_F(SettingsReader, AnotherCertificateNeedsItsKeyAndAScenarioNeedsTheCertificate)
{
    const std::string changes = "[[scenarios]]\norder = \"change-certificate\"\n";
    expectProblem(Listener + Session + changes, "listener.next_certificate");
    expectProblem(Listener + "next_certificate = \"next.pem\"\n" + Session, "key 'listener.next_key'");
    EXPECT_TRUE(read(Listener + "next_certificate = \"next.pem\"\nnext_key = \"next.key\"\n" + Session + changes));
}

TEST_F(SettingsReader, ScenariosAreRead)
{
    const auto read = this->read(Listener + Session + R"([[scenarios]]
dealer = "DRYAD"
symbol = "EUR/USD"
quote = "crossed"
order = "drop-after-deal"
fill = "doubled"
reject_every = 3
withdraw_after = "800ms"
)");
    ASSERT_TRUE(read) << read.error().detail;
    const venue::Scenario& scenario = read.value().venue.scenarios.at(0);
    EXPECT_EQ(scenario.quote, venue::QuoteFault::Crossed);
    EXPECT_EQ(scenario.order, venue::OrderFault::DropAfterDeal);
    EXPECT_EQ(scenario.fill, venue::FillFault::Doubled);
    EXPECT_EQ(scenario.rejectEvery, 3);
    EXPECT_EQ(scenario.withdrawAfter, 800ms);
}

std::string exampleText()
{
    std::ifstream file(COUNTERSIGN_VENUE_EXAMPLE);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(SettingsReader, TheExampleIsInOrder)
{
    const auto read = this->read(exampleText());
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read.value().venue.sessions.size(), 2U);
}

TEST_F(SettingsReader, TheExampleExplainsEveryFault)
{
    const std::string example = exampleText();
    for (const char* key : {"quote", "order", "fill"}) {
        const std::string problem =
            problemIn(Listener + Session + "[[scenarios]]\ndealer = \"AURORA\"\n" + key + " = \"?\"\n");
        std::size_t names = 0;
        for (auto begin = problem.find('"'); begin != std::string::npos;) {
            const auto end = problem.find('"', begin + 1);
            const std::string name = problem.substr(begin, end - begin + 1);
            if (name != "\"none\"") {
                EXPECT_NE(example.find(name), std::string::npos) << key << " = " << name;
            }
            ++names;
            begin = problem.find('"', end + 1);
        }
        EXPECT_GE(names, 6U) << problem;
    }
}

TEST_F(SettingsReader, AProblemNamesFileLineAndKey)
{
    expectProblem(
        Listener + "prot = 1\n" + Session, "venue.toml:8: key 'listener.prot': unknown key; did you mean 'port'?");
    expectProblem("[listener]\nport = 70000\n" + Session,
        "venue.toml:2: key 'listener.port': expected an integer from 0 to 65535, found 70000");
    expectProblem("[listener]\n" + Session, "key 'listener.certificate': expected a path in quotes, found nothing");
}

TEST_F(SettingsReader, WhatContradictsItselfIsRefused)
{
    expectProblem(Listener, "key 'sessions': expected at least one [[sessions]] table");
    expectProblem(Listener + Session + "dealers = [\"AURORA\", \"NOBODY\"]\n",
        "key 'sessions.dealers': expected ids of [[dealers]] only");
    expectProblem(Listener + Session + Session, "key 'sessions.name': expected a name that no other session has");
    expectProblem(Listener + Session + "certificate_pins = [\"AB\"]\n", "expected SHA-256 fingerprints");
    std::string direct = Session;
    direct.replace(direct.find("\"venue\""), 7, "\"direct\"");
    expectProblem(Listener + direct + "dealers = [\"AURORA\", \"BOREAL\"]\n", "exactly one dealer on a direct session");
    expectProblem(Listener + direct, "key 'sessions.dealers': expected an array of strings");
    expectProblem(Listener + Session + "[[scenarios]]\ndealer = \"NOBODY\"\n", "key 'scenarios.dealer'");
    expectProblem(Listener + Session + "[[scenarios]]\ndealer = \"AURORA\"\nquote = \"cross\"\n",
        "key 'scenarios.quote': expected one of \"none\", \"without-type\"");
}

const std::string Market = R"([currencies]
EUR = { rate_percent = "2" }
USD = { rate_percent = "4" }
[[instruments]]
symbol = "EUR/USD"
mid = "1.1"
spread_pips = "1"
)";
const std::string OneDealer = R"([[dealers]]
id = "LP"
name = "One"
delay = { least = "0ms", most = "10ms" }
life = { least = "1s", most = "2s" }
)";

class CatalogueReader : public SettingsReader {
protected:
    void expectCatalogueProblem(const std::string& catalogue, const std::string& problem) const
    {
        m_directory.write("dealers.toml", catalogue);
        expectProblem("catalogue = \"dealers.toml\"\n" + Listener + Session, problem);
    }
};

TEST_F(CatalogueReader, AVenueMayBringItsOwnDealers)
{
    m_directory.write("dealers.toml", Market + OneDealer);
    const auto read = this->read("catalogue = \"dealers.toml\"\n" + Listener + Session);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read.value().venue.dealers.size(), 1U);
    EXPECT_EQ(read.value().venue.market.instruments[0].instrument.spotDays, 2) << "known conventions";
}

TEST_F(CatalogueReader, InstrumentsMustBeComplete)
{
    const std::string cable = "[[instruments]]\nsymbol = \"GBP/USD\"\nspread_pips = \"1\"\n";
    expectCatalogueProblem(Market + cable + "mid = \"1.3\"\n" + OneDealer,
        "dealers.toml:9: key 'instruments.symbol': expected a pair whose currencies both have a [currencies.CODE] "
        "table");
    expectCatalogueProblem(Market + cable + OneDealer, "key 'instruments.mid': expected a decimal number");
    expectCatalogueProblem(Market + cable + "cross = [\"EUR/USD\", \"USD/JPY\"]\n" + OneDealer,
        "expected two pairs with a mid of their own");
    expectCatalogueProblem(
        Market + "[[instruments]]\nsymbol = \"USD/EUR\"\nspread_pips = \"1\"\nmid = \"0.9\"\n" + OneDealer,
        "key 'instruments.pip_decimals': expected an integer from 0 to 6, found nothing");
    expectCatalogueProblem(
        Market + "[[instruments]]\nsymbol = \"eurusd\"\nspread_pips = \"1\"\nmid = \"0.9\"\n" + OneDealer,
        "expected a currency pair such as \"EUR/USD\", found 'eurusd'");
}

TEST_F(CatalogueReader, DealersMustBeDistinctAndConsistent)
{
    expectCatalogueProblem(Market, "key 'dealers': expected at least one [[dealers]] table");
    expectCatalogueProblem(Market + OneDealer + OneDealer, "key 'dealers.id': expected an id that no other dealer has");
    expectCatalogueProblem(
        Market + OneDealer + "symbols = [\"EUR/GBP\"]\n", "key 'dealers.symbols': expected symbols of [[instruments]]");
    expectCatalogueProblem(
        Market + OneDealer + "last_look = { hold = { least = \"2s\", most = \"1s\" }, tolerance_pips = 1 }\n",
        "key 'dealers.last_look.hold.most': expected no less than 'least'");
    expectCatalogueProblem(Market + OneDealer + "pass = { percent = 5 }\n", "key 'dealers.pass.reasons'");
    expectCatalogueProblem(
        Market + OneDealer + "spread_percent = -5\n", "expected an integer from 0 to 10000, found -5");
}

TEST_F(CatalogueReader, AMissingCatalogueIsNamed)
{
    const auto read = this->read("catalogue = \"none.toml\"\n" + Listener + Session);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, base::Errc::Io);
    EXPECT_NE(read.error().detail.find("none.toml"), std::string::npos);
}

}
