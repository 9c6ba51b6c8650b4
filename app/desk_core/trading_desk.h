#pragma once

#include "app/config/desk_config.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/inbox.h"
#include "core/fix/link.h"
#include "core/rfq/ids.h"
#include "core/rfq/rfq_service.h"
#include "core/store/sqlite_journal.h"

#include <functional>
#include <memory>

namespace app {

/// The desk without a face: journal, FIX link, token and RfqService, introduced to each other. The window and the
/// command line are two faces of it. Lives on the desk's thread.
class TradingDesk {
public:
    /// Opens the journal and what it remembers; connects nothing. `deskThread` runs the callbacks; `onBatch` is called
    /// on it after each batch of events was applied, and must not destroy the desk. Errors: those of the journal.
    [[nodiscard]] static base::Result<std::unique_ptr<TradingDesk>> open(
        DeskConfig config, base::Executor& deskThread, const base::Clock& clock, std::function<void()> onBatch);
    /// Logs out of the sessions (bounded), then writes what the journal still holds.
    ~TradingDesk();
    TradingDesk(const TradingDesk&) = delete;
    TradingDesk& operator=(const TradingDesk&) = delete;

    [[nodiscard]] rfq::RfqService& service() { return m_service; }
    [[nodiscard]] rfq::SignIn& signIn() { return m_token; }
    /// The second person of a two-person close.
    [[nodiscard]] rfq::Approver& approver() { return m_token; }
    [[nodiscard]] auth::TokenService& token() { return m_token; }

    /// Opens every session with the identity of the token that was unlocked, and lets the trader deal.
    void goOnline();
    /// Closes every session and forgets the key.
    void goOffline(std::string reason);
    /// Tries a session again at once.
    void retry(const rfq::SessionId& session) { m_link.retry(session); }

private:
    /// Runs the journal's callbacks on the desk's thread and then lets the face look: they change the desk too.
    class JournalCallbacks final : public base::Executor {
    public:
        JournalCallbacks(base::Executor& deskThread, std::function<void()> onBatch);
        void post(std::function<void()> work) override;

    private:
        base::Executor& m_deskThread;
        std::function<void()> m_onBatch;
    };

    TradingDesk(DeskConfig config, std::unique_ptr<JournalCallbacks> callbacks,
        std::unique_ptr<store::SqliteJournal> journal, base::Executor& deskThread, const base::Clock& clock,
        std::function<void()> onBatch);
    void applyBatch();
    void tokenLost(const base::Error& reason);

    // Bottom-up: what stands below is destroyed first.
    std::shared_ptr<const int> m_alive =
        std::make_shared<const int>(0); ///< queued work asks: the desk may be gone by then
    std::function<void()> m_onBatch;
    std::unique_ptr<JournalCallbacks> m_callbacks;
    std::unique_ptr<store::SqliteJournal> m_journal;
    rfq::TimeSeededIds m_ids;
    base::Inbox<rfq::VenueEvent> m_events;
    fix::FixLink m_link;
    rfq::RfqService m_service;
    auth::TokenService m_token;
};

}
