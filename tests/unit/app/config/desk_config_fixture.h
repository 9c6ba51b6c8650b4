#pragma once

#include "app/config/desk_config.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <string>

namespace test {

using namespace std::chrono_literals;
using app::DeskConfig;
using base::Errc;

inline const std::string Token = R"([token]
module = "/usr/lib/softhsm/libsofthsm2.so"
allowed_modules = ["/usr/lib/softhsm/libsofthsm2.so"]
key_id = "01"
)";
inline const std::string Session = R"([[session]]
name = "VENUE-X"
host = "venue.example"
port = 7801
sender_comp_id = "ACME"
target_comp_id = "VENUE"
ca = "ca.pem"
)";
inline const std::string Dealer = R"([[dealer]]
id = "DLR-A"
session = "VENUE-X"
)";
inline const std::string Limits = R"([limits.max_quantity]
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
inline std::string with(std::string text, const std::string& what, const std::string& instead)
{
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return at == std::string::npos ? text : text.replace(at, what.size(), instead);
}

}
