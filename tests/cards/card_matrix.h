#pragma once

#include "tests/cards/environment.h"
#include "tests/support/loopback_tls.h"
#include "tests/support/test_pki.h"
#include "tests/support/virtual_cards.h"
#include "tests/unit/auth/token_fixture.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cards_test {

using base::Errc;
using rfq::LastTry;
using namespace std::chrono_literals;

inline const std::string Pin = "123456";
inline const std::string Puk = "12345678";
inline constexpr const char* ServerName = "venue.example";

inline auth::TokenSettings settings(const std::string& fingerprint = {}, const std::string& keyId = "01")
{
    const std::string module = environment("COUNTERSIGN_MODULE");
    return {module, {module}, keyId, fingerprint, {}};
}

/// Cards in two readers, and the token service on the module under test.
class CardMatrix : public testing::Test {
protected:
    void TearDown() override
    {
        m_tokens.reset();
        m_cards.tell("remove 0");
        m_cards.tell("remove 1");
    }

    /// A card with the kind of key under test in 9a, put into reader 0.
    std::string trader(const std::string& name = "trader", const std::string& more = {})
    {
        const auto card = make(name, "9a=" + environment("COUNTERSIGN_KEY") + more);
        m_cards.tell("insert 0 " + name);
        return card;
    }

    /// Returns the fingerprint of the certificate in 9a, if there is one.
    std::string make(const std::string& name, const std::string& what)
    {
        const auto status = m_cards.tell("make " + name + " " + what);
        return status["fingerprints"].value("9a", std::string());
    }

    void start(const auth::TokenSettings& with) { m_tokens.emplace(with); }

    /// Looks until the module sees what was just plugged in; also for the one that is meant of several.
    rfq::TokenStatus seen(std::set<Errc> notYet = {Errc::TokenAbsent})
    {
        rfq::TokenStatus status;
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        do
            status = m_tokens->inspect();
        while (status.problem && notYet.contains(status.problem->code) && std::chrono::steady_clock::now() < deadline);
        return status;
    }

    void signIn()
    {
        const auto status = seen({Errc::TokenAbsent, Errc::KeyNotFound});
        ASSERT_FALSE(status.problem) << status.problem->detail;
        const auto unlocked = m_tokens->unlock(Pin);
        ASSERT_FALSE(unlocked.error) << unlocked.error->detail;
        ASSERT_TRUE(m_tokens->identity());
    }

    bool waitForLoss(std::size_t count = 1)
    {
        return m_tokens->desk().runUntil([&] { return m_tokens->losses().size() >= count; });
    }

    int signatures(const std::string& name, const std::string& slot = "9a")
    {
        return m_cards.tell("status " + name)["signatures"].value(slot, 0);
    }

    /// A handshake with a venue that trusts the cards' authority.
    [[nodiscard]] std::optional<support::Shaken> connect()
    {
        support::CertificateOptions options;
        options.dnsNames = {ServerName};
        const auto venue = std::make_shared<const tls::Identity>(m_venueCa.issue(options));
        tls::TrustPolicy traders;
        traders.caFile = support::VirtualCards::caFile();
        tls::TrustPolicy venues;
        venues.caFile = m_files.write("venue.pem", m_venueCa.pem());
        venues.serverName = ServerName;
        const auto server = tls::Context::forServer(traders, venue);
        const auto client = tls::Context::forClient(venues, m_tokens->identity());
        if (!server || !client)
            return std::nullopt;
        auto shaken = support::shake(*client, *server);
        if (!shaken.clientStatus || !shaken.serverStatus)
            return std::nullopt;
        return shaken;
    }
    [[nodiscard]] bool handshake() { return connect().has_value(); }

    /// Reads at `stream` until `done`, the end of the connection or patience.
    static void readUntil(tls::Stream& stream, const std::function<bool()>& done)
    {
        std::array<char, 1024> buffer{};
        const auto deadline = std::chrono::steady_clock::now() + support::Patience;
        while (!done() && std::chrono::steady_clock::now() < deadline) {
            if (stream.read(buffer).closed)
                return;
            if (done() || stream.hasBuffered())
                continue;
            std::vector<tls::Interest> interests{stream.interest(false)};
            tls::waitFor(interests, 100ms);
        }
    }

    support::VirtualCards m_cards;
    support::TestCa m_venueCa;
    support::TemporaryDirectory m_files;
    std::optional<Tokens> m_tokens;
};

}
