#pragma once

#include "app/desk_core/trading_desk.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/auth/scripted_tokens.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

/// The desk without a face, on a token of the scripted module. It has no counterparties.
class DeskOnToken : public ScriptedTokens {
protected:
    void openDesk(std::chrono::milliseconds grace = std::chrono::seconds(30))
    {
        app::DeskConfig config;
        config.token = settings();
        config.removalGrace = grace;
        config.stateDirectory = m_files.path();
        auto desk = app::TradingDesk::open(std::move(config), m_thread, m_clock, [] {});
        ASSERT_TRUE(desk) << desk.error().detail;
        m_desk = *std::move(desk);
        m_lossWatch = m_desk->signIn().onLost([this](const base::Error&) { ++m_losses; });
    }
    [[nodiscard]] std::optional<base::Errc> unlock()
    {
        std::optional<base::Status> outcome;
        m_desk->signIn().unlock(Tokens::secret(Pin), rfq::LastTry::NotConfirmed,
            [&](base::Status status, const rfq::TokenStatus&) { outcome = std::move(status); });
        EXPECT_TRUE(m_thread.runUntil([&] { return outcome.has_value(); }));
        return !outcome || *outcome ? std::nullopt : std::optional(outcome->error().code);
    }
    void signIn()
    {
        ASSERT_EQ(unlock(), std::nullopt);
        m_desk->goOnline();
        ASSERT_FALSE(m_desk->service().dealingSuspended());
    }
    /// The token is out, and the desk has heard of it.
    void takeOut(std::size_t slot)
    {
        m_plugged.remove(slot);
        const int before = m_losses;
        m_desk->signIn().inspect([](const rfq::TokenStatus&) {});
        ASSERT_TRUE(m_thread.runUntil([&] { return m_losses > before; }));
    }

    support::TemporaryDirectory m_files;
    support::FakeClock m_clock;
    DeskThread m_thread;
    int m_losses = 0;
    std::unique_ptr<app::TradingDesk> m_desk;
    base::Subscription m_lossWatch;
};
