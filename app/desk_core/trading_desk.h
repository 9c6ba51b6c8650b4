#pragma once

#include "app/config/desk_config.h"
#include "app/desk_core/access_desk.h"
#include "app/desk_core/desk_guard.h"
#include "app/desk_core/device_health.h"
#include "app/desk_core/granting_link.h"
#include "app/desk_core/venue_enrolment.h"
#include "app/desk_core/venue_keys.h"
#include "auth/fido/fido_keys.h"
#include "auth/step_up.h"
#include "core/audit/trail.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/inbox.h"
#include "core/fix/link.h"
#include "core/rfq/ids.h"
#include "core/rfq/rfq_service.h"
#include "core/store/sqlite_journal.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

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
    /// What the access policies of counterparties have decided, and the tickets that are armed there.
    [[nodiscard]] rfq::AccessControl& access() { return m_access; }
    /// Asks for touches on a security key.
    [[nodiscard]] rfq::StepUp& stepUp() { return m_stepUp; }
    [[nodiscard]] auth::TokenService& token() { return m_token; }
    /// FIDO2, of this workstation.
    [[nodiscard]] fido::SecurityKeys& securityKeys() { return m_keys; }
    /// Enrols them at counterparties.
    [[nodiscard]] VenueEnrolment& venueEnrolment() { return m_enrolment; }
    [[nodiscard]] VenueKeys& venueKeys() { return m_venueKeys; }

    /// Why the stamps of this workstation cannot be believed, as it was when the desk was opened.
    [[nodiscard]] const std::optional<base::Error>& clockProblem() const { return m_clockProblem; }

    /// Who signed in with the token is the trader from now on. Connects nothing: what two persons decide needs no
    /// venue.
    void identify();
    /// Who that is; absent before the sign-in.
    [[nodiscard]] std::optional<rfq::Person> trader() const;
    /// Opens every session with the identity of the token that was unlocked, and lets the trader deal.
    void goOnline();
    /// Closes every session at once. Who was signed in is remembered: no other card goes on where that one has left.
    void goOffline(std::string reason);
    /// As goOffline(), and forgets who it was: whoever comes next may sign in, with whatever card.
    void signOut(std::string reason);
    /// The card is gone, dealing is off, and the sessions stay until then: time for the same card to come back
    /// (goOnline() after its PIN). Absent: no card is awaited.
    [[nodiscard]] std::optional<base::SteadyTime> sessionsCloseAt() const;
    /// Tries a session again at once.
    void retry(const rfq::SessionId& session) { m_link.retry(session); }
    /// Both sequence numbers of a session that is not logged on start again at 1 with its next Logon, which is tried at
    /// once. Agreed with the counterparty.
    void resetSequenceNumbers(const rfq::SessionId& session) { m_link.resetSequenceNumbers(session); }
    /// Whether everything that happened so far is on disk, or is known not to be there.
    [[nodiscard]] bool isRecorded() const { return *m_appending.underWay == 0; }

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

    /// Counts what is on its way to the disk.
    struct CountingJournal final : rfq::Journal {
        explicit CountingJournal(rfq::Journal& theFile)
            : file(theFile)
        {
        }
        void append(rfq::JournalRecord record, std::function<void(base::Status)> done) override;

        rfq::Journal& file;
        std::shared_ptr<std::size_t> underWay = std::make_shared<std::size_t>(0); ///< callbacks may outlive the desk
    };

    TradingDesk(DeskConfig config, std::unique_ptr<JournalCallbacks> callbacks,
        std::unique_ptr<store::SqliteJournal> journal, base::Executor& deskThread, const base::Clock& clock,
        std::function<void()> onBatch);
    /// Judges the sessions that nobody else does.
    [[nodiscard]] base::Status openGuard(const DeskConfig& config, base::Executor& deskThread);
    void say(const rfq::SessionId& session, std::uint64_t connection, fix::UserRequest request);
    void apply(const fix::AccessEvent& event);
    void judgeClock(const base::Clock& clock, const rfq::History& history);
    void applyBatch();
    void tokenLost(const base::Error& reason);
    void noteRemovedToken();
    void signTrailWith(const std::shared_ptr<const tls::Identity>& identity); ///< null: nobody signs it

    // Bottom-up: what stands below is destroyed first.
    std::shared_ptr<const int> m_alive =
        std::make_shared<const int>(0); ///< queued work asks: the desk may be gone by then
    std::function<void()> m_onBatch;
    std::unique_ptr<JournalCallbacks> m_callbacks;
    std::unique_ptr<store::SqliteJournal> m_journal;
    CountingJournal m_appending;
    rfq::TimeSeededIds m_ids;
    base::Inbox<rfq::VenueEvent> m_events;
    fix::AccessInbox m_accessEvents;
    const base::Clock& m_clock;
    const std::chrono::milliseconds m_removalGrace;
    std::optional<base::SteadyTime> m_closeAt;
    std::string m_signedInAs; ///< fingerprint of the certificate; stays once the card is gone
    std::string m_removedFrom; ///< as before: whose card was gone, and no touch of theirs has come since
    fix::FixLink m_link;
    std::unique_ptr<audit::AuditTrail> m_trail; ///< set where this desk judges sessions itself, as is the guard
    bool m_cardSigns = false; ///< the trail's head: no key does
    std::unique_ptr<DeskGuard> m_guard;
    fido::FidoKeys m_keys;
    auth::StepUpService m_stepUp;
    DeviceHealth m_health;
    AccessDesk m_access;
    VenueEnrolment m_enrolment;
    VenueKeys m_venueKeys;
    GrantingLink m_granting;
    rfq::RfqService m_service;
    auth::TokenService m_token;
    base::Subscription m_lossWatch;
    base::Subscription m_keyWatch;
    base::Subscription m_readerWatch; ///< only where security keys may be in readers
    std::optional<base::Error> m_clockProblem;
};

}
