#include "app/venue/settings_reader.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

const std::string Listener = R"([listener]
certificate = "gateway.pem"
key = "gateway.key"
client_authority = "ca.pem"
store = "store"
)";
const std::string Client = R"([[sessions]]
name = "ACME"
kind = "venue"
sender_comp_id = "GATE"
target_comp_id = "ACME"
certificate_name = "trader-1"
)";
const std::string Identity = R"([gateway]
certificate = "bank-side.pem"
key = "bank-side.key"
)";
const std::string Bank = R"([[upstream]]
name = "BANK"
host = "fix.bank.example"
port = 7801
sender_comp_id = "FIRM"
target_comp_id = "BANK"
ca = "ca.pem"
dealers = ["AURORA", "BOREAS"]
)";
const std::string House = R"([[upstream]]
name = "HOUSE"
host = "fix.house.example"
port = 7802
sender_comp_id = "FIRM"
target_comp_id = "HOUSE"
ca = "ca.pem"
dealer = "HOUSE-DEALER"
)";

class GatewayReader : public testing::Test {
protected:
    GatewayReader() { m_directory.write("ca.pem", "a certificate"); }

    [[nodiscard]] base::Result<venue::ProgramSettings> read(const std::string& text) const
    {
        return venue::readSettings(m_directory.write("gateway.toml", text));
    }
    void expectProblem(const std::string& text, const std::string& problem) const
    {
        const auto settings = read(text);
        ASSERT_FALSE(settings) << text;
        EXPECT_EQ(settings.error().code, base::Errc::Configuration);
        EXPECT_NE(settings.error().detail.find(problem), std::string::npos) << settings.error().detail;
    }

    support::TemporaryDirectory m_directory;
};

TEST_F(GatewayReader, ReadsCounterpartiesAndWhoMayAskThem)
{
    const auto read = this->read(Listener + Identity + Client + Bank + House);
    ASSERT_TRUE(read) << read.error().detail;
    ASSERT_TRUE(read->gateway);
    const auto& upstreams = read->gateway->upstreams;
    ASSERT_EQ(upstreams.size(), 2U);
    EXPECT_EQ(upstreams[0].session.host, "fix.bank.example");
    EXPECT_EQ(upstreams[0].session.storeDirectory, m_directory.path() / "store" / "upstream");
    EXPECT_EQ(upstreams[1].session.soleDealer, rfq::DealerId("HOUSE-DEALER"));
    EXPECT_EQ(upstreams[1].session.profile.dealerNaming, rfq::DealerNaming::Session);
    EXPECT_EQ(std::get<venue::PemIdentity>(read->gateway->identity).key, m_directory.path() / "bank-side.key");
    EXPECT_EQ(read->venue.sessions[0].dealers.size(), 3U);
    EXPECT_TRUE(read->venue.dealers.empty());
}

TEST_F(GatewayReader, TheExampleIsInOrder)
{
    std::ifstream file(COUNTERSIGN_GATEWAY_EXAMPLE);
    const std::string example{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    for (const char* name : {"pki/bank.pem", "pki/house.pem"}) {
        std::filesystem::create_directories((m_directory.path() / name).parent_path());
        m_directory.write(name, "a certificate");
    }
    const auto read = this->read(example);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->gateway->upstreams.size(), 2U);
    EXPECT_EQ(read->venue.sessions[0].dealers.size(), 3U);
    EXPECT_TRUE(read->pep);
}

TEST_F(GatewayReader, ACounterpartyMayBeForSomeClientsOnly)
{
    const std::string other = R"([[sessions]]
name = "BETA"
kind = "venue"
sender_comp_id = "GATE"
target_comp_id = "BETA"
certificate_name = "trader-2"
)";
    const auto read = this->read(Listener + Identity + Client + other + Bank + House + "sessions = [\"BETA\"]\n");
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->venue.sessions[0].dealers.size(), 2U);
    EXPECT_EQ(read->venue.sessions[1].dealers.size(), 3U);
    expectProblem(Listener + Identity + Client + "dealers = [\"HOUSE-DEALER\"]\n" + other + Bank + House
            + "sessions = [\"BETA\"]\n",
        "dealers that an [[upstream]] has for this client");
    expectProblem(Listener + Identity + Client + Bank + "sessions = [\"NOBODY\"]\n", "names of [[sessions]] only");
}

TEST_F(GatewayReader, ReadsATokenAsIdentity)
{
    const std::string token = R"([gateway.token]
module = "/usr/lib/softhsm.so"
allowed_modules = ["/usr/lib/softhsm.so"]
key_id = "01"
)";
    const auto read = this->read(Listener + token + Client + Bank);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(std::get<auth::TokenSettings>(read->gateway->identity).keyId, "01");
    expectProblem(Listener + Identity + token + Client + Bank, "one identity");
}

TEST_F(GatewayReader, DealersAreEitherRealOrSimulated)
{
    const std::string words = "a gateway simulates no dealers";
    expectProblem("catalogue = \"dealers.toml\"\n" + Listener + Identity + Client + Bank, words);
    expectProblem("seed = 5\n" + Listener + Identity + Client + Bank, words);
    expectProblem(Listener + Identity + Client + Bank + "[[scenarios]]\norder = \"never-answer\"\n", words);
    expectProblem(Listener + Identity + Client + Bank + "[line]\nresend = \"ignored\"\n", words);
    const auto played = venue::readSettings(
        m_directory.write("gateway.toml", Listener + Identity + Client + Bank), {m_directory.path() / "play.toml"});
    ASSERT_FALSE(played);
    EXPECT_NE(played.error().detail.find("plays no scenarios"), std::string::npos);
}

TEST_F(GatewayReader, WhatIsMissingOrTwiceIsSaid)
{
    expectProblem(Listener + Client + Bank, "a [gateway] section");
    expectProblem(Listener + Identity + Client, "at least one [[upstream]]");
    expectProblem(Listener + "[gateway]\n" + Client + Bank, "certificate and key, or a [gateway.token]");
    expectProblem(Listener + "[gateway]\ncertificate = \"c.pem\"\n" + Client + Bank, "the key of the certificate");
    expectProblem(Listener + Identity + Client + Bank + Bank, "a name that no other upstream has");
    std::string twice = House;
    twice.replace(twice.find("HOUSE-DEALER"), 12, "AURORA");
    expectProblem(Listener + Identity + Client + Bank + twice, "AURORA is behind BANK");
    std::string nobody = Bank;
    nobody.erase(nobody.find("dealers ="));
    expectProblem(Listener + Identity + Client + nobody, "the ids of the dealers");
    expectProblem(
        Listener + Identity + Client + Bank + "access = \"enforced\"\nstep_up_domain = \"stepup.example.com\"\n",
        "a gateway answers no policy enforcement point");
}

}
