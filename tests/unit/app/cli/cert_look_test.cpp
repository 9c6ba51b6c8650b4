#include "app/cli/cert_look_run.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

/// `cert trust`: nothing is trusted because somebody shows it.
namespace {

using nlohmann::json;

class CertTrustTest : public testing::Test {
protected:
    CertTrustTest()
        : m_file(m_files.write("shown.pem", m_ca.pem() + m_other.pem()).string())
        , m_out((m_files.path() / "trusted.pem").string())
    {
    }

    cli::ExitCode run(const std::string& fingerprint)
    {
        cli::CertTrust trust;
        trust.file = m_file;
        trust.fingerprint = fingerprint;
        trust.out = fingerprint.empty() ? std::string() : m_out;
        std::ostringstream output;
        const auto code = cli::runCertLook({trust}, cli::Format::JsonLines, output);
        m_events.clear();
        std::istringstream lines(output.str());
        for (std::string line; std::getline(lines, line);)
            m_events.push_back(json::parse(line));
        return code;
    }

    [[nodiscard]] std::string written() const
    {
        std::ifstream input(m_out, std::ios::binary);
        return {std::istreambuf_iterator<char>(input), std::istreambuf_iterator<char>()};
    }

    support::TestCa m_ca{"Venue Root"};
    support::TestCa m_other{"Another Root"};
    support::TemporaryDirectory m_files;
    std::string m_file;
    std::string m_out;
    std::vector<json> m_events;
};

TEST_F(CertTrustTest, ShowsEverythingAndWritesNothingWithoutAFingerprint)
{
    EXPECT_EQ(run({}), cli::ExitCode::Done);
    ASSERT_EQ(m_events.size(), 3U);
    EXPECT_EQ(m_events[0]["event"], "certificate-shown");
    EXPECT_EQ(m_events[0]["subject"], "CN=Venue Root");
    EXPECT_EQ(m_events[0]["issuer"], "CN=Venue Root");
    EXPECT_EQ(m_events[0]["fingerprint"], tls::fingerprint(*m_ca.identity().certificate));
    EXPECT_EQ(m_events[0]["authority"], true);
    EXPECT_TRUE(
        m_events[0].contains("notBefore") && m_events[0].contains("notAfter") && m_events[0].contains("keyPin"));
    EXPECT_EQ(m_events[1]["subject"], "CN=Another Root");
    EXPECT_FALSE(std::filesystem::exists(m_out));
}

TEST_F(CertTrustTest, WritesTheOneThatIsNamedAndNoOther)
{
    EXPECT_EQ(run(tls::fingerprint(*m_other.identity().certificate)), cli::ExitCode::Done);
    EXPECT_EQ(written(), m_other.pem());
    EXPECT_EQ(m_events[2]["event"], "certificate-trusted");
    EXPECT_EQ(m_events[2]["subject"], "CN=Another Root");
}

TEST_F(CertTrustTest, AFingerprintThatIsNotEqualWritesNothing)
{
    std::string almost = tls::fingerprint(*m_ca.identity().certificate);
    almost.back() = almost.back() == '0' ? '1' : '0';
    EXPECT_EQ(run(almost), cli::ExitCode::NotConnected);
    EXPECT_EQ(m_events[2]["error"], "certificate-untrusted");
    EXPECT_FALSE(std::filesystem::exists(m_out));
}

TEST_F(CertTrustTest, AFileThatExistsIsLeftAlone)
{
    m_files.write("trusted.pem", "precious");
    EXPECT_EQ(run(tls::fingerprint(*m_ca.identity().certificate)), cli::ExitCode::Usage);
    EXPECT_EQ(written(), "precious");
}

}
