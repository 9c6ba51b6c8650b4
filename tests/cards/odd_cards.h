#pragma once

#include "auth/piv_work.h"
#include "tests/cards/environment.h"
#include "tests/support/virtual_cards.h"
#include "tests/unit/auth/token_fixture.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>
#include <winscard.h>

namespace cards_test {

inline const std::string Pin = "123456";
inline const std::string OpenScAdvice = "use OpenSC's module";

inline bool isOpenSc()
{
    return environment("COUNTERSIGN_MODULE").find("opensc") != std::string::npos;
}

inline bool says(const std::optional<base::Error>& error, const std::string& words)
{
    return error && error->detail.find(words) != std::string::npos;
}

/// One card that is not like others, in the real pcscd, and a desk for it.
class OddCard : public testing::Test {
protected:
    ~OddCard() override
    {
        m_tokens.reset();
        m_cards.tell("remove 0");
    }

    /// Makes the card and puts it in; the desk is configured for its certificate.
    void plugIn(const std::string& name, const std::string& what)
    {
        const auto status = m_cards.tell("make " + name + " " + what);
        m_fingerprint = status["fingerprints"].value("9a", std::string());
        m_number = std::to_string(status["serial"].get<int>());
        insert(name);
        start();
    }
    void start()
    {
        const std::string module = environment("COUNTERSIGN_MODULE");
        m_tokens.emplace(auth::TokenSettings{module, {module}, "01", m_fingerprint, {}});
    }
    /// As by hand, which takes longer than pcscd to notice: who speaks to a card before that loses it again when pcscd
    /// sees it.
    void insert(const std::string& name)
    {
        m_cards.tell("insert 0 " + name);
        EXPECT_TRUE(pcscdSees(SCARD_STATE_PRESENT));
    }
    void exchange(const std::string& name)
    {
        m_cards.tell("remove 0");
        EXPECT_TRUE(pcscdSees(0));
        insert(name);
    }
    /// SCARD_STATE_PRESENT: a card in one of the readers; 0: none in any.
    bool pcscdSees(std::uint32_t wanted)
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        std::vector<std::string> readers;
        std::vector<auth::ReaderState> states;
        static_cast<void>(m_pcsc->establish());
        static_cast<void>(m_pcsc->listReaders(readers));
        for (const std::string& reader : readers)
            states.push_back({reader, 0, 0});
        std::uint32_t seen = 0;
        do {
            static_cast<void>(m_pcsc->waitForChange(std::chrono::seconds(1), states));
            seen = 0;
            for (auth::ReaderState& state : states) {
                seen |= state.seen & SCARD_STATE_PRESENT;
                state.known = state.seen & ~static_cast<std::uint32_t>(SCARD_STATE_CHANGED);
            }
        } while (seen != wanted && std::chrono::steady_clock::now() < deadline);
        return seen == wanted;
    }

    /// Looks until it is as wanted: a card that was just put in is not seen at once.
    rfq::TokenStatus seen(const std::function<bool(const rfq::TokenStatus&)>& asWanted)
    {
        rfq::TokenStatus status;
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        do
            status = m_tokens->inspect();
        while (!asWanted(status) && std::chrono::steady_clock::now() < deadline);
        return status;
    }
    rfq::TokenStatus seenToSay(base::Errc code, const std::string& words)
    {
        const auto status =
            seen([&](const rfq::TokenStatus& one) { return codeOf(one.problem) == code && says(one.problem, words); });
        EXPECT_EQ(codeOf(status.problem), code);
        EXPECT_TRUE(says(status.problem, words)) << (status.problem ? status.problem->detail : "no problem");
        return status;
    }
    rfq::TokenStatus ready()
    {
        const auto status = seen([](const rfq::TokenStatus& one) { return !one.problem; });
        EXPECT_FALSE(status.problem) << status.problem->detail;
        return status;
    }
    void signIn(const std::string& pin = Pin)
    {
        ready();
        const auto unlocked = m_tokens->unlock(pin);
        ASSERT_FALSE(unlocked.error) << unlocked.error->detail;
        EXPECT_TRUE(signsAndVerifies(*m_tokens->identity()));
    }
    rfq::PluggedCard onlyCard()
    {
        const auto seen = m_tokens->survey();
        EXPECT_EQ(seen.cards.size(), 1U);
        return seen.cards.empty() ? rfq::PluggedCard() : seen.cards.front();
    }
    bool waitForLoss(std::size_t count)
    {
        return m_tokens->desk().runUntil([&] { return m_tokens->losses().size() >= count; });
    }

    /// The card's own commands, once the reader shows it.
    std::shared_ptr<auth::PivWork> work()
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        std::string why = "no reader";
        do {
            std::vector<std::string> readers;
            static_cast<void>(m_pcsc->establish());
            static_cast<void>(m_pcsc->listReaders(readers));
            for (const std::string& reader : readers) {
                auto channel = m_pcsc->connect(reader);
                const auto facts =
                    channel ? auth::readPivFacts(**channel) : base::Result<auth::PivFacts>(channel.error());
                if (!facts) {
                    why = facts.error().detail;
                    continue;
                }
                auto begun = auth::PivWork::begin(*std::move(channel), facts->id());
                if (begun)
                    return *begun;
                why = begun.error().detail;
            }
        } while (std::chrono::steady_clock::now() < deadline);
        ADD_FAILURE() << why;
        return nullptr;
    }

    int count(const std::string& name, const std::string& what) { return m_cards.tell("status " + name)[what]; }

    support::VirtualCards m_cards;
    std::unique_ptr<auth::Pcsc> m_pcsc = auth::systemPcsc();
    std::string m_fingerprint;
    std::string m_number;
    std::optional<Tokens> m_tokens;
};

}
