#pragma once

#include "app/cli/run_loop.h"
#include "core/base/clock.h"
#include "core/base/inbox.h"
#include "core/fix/acceptor.h"
#include "core/fix/link.h"
#include "core/fix/maker_codec.h"
#include "core/rfq/ids.h"
#include "core/rfq/rfq_service.h"
#include "core/store/sqlite_journal.h"
#include "tests/support/test_pki.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>

/// A desk that deals with a dealer in the same process: the real rules, the real journal on a real disk, real TLS on
/// the loopback interface. Everything but the desk's own threads happens on the caller's.
namespace bench {

/// When an acceptance passed where, all on the clock of UTC, which both ends of the measurement share.
struct Passage {
    base::UtcTime clicked{};
    base::UtcTime durable{}; ///< the desk was told that the intent is on disk
    base::UtcTime written{}; ///< the bytes were handed to the connection
};

class DealingWorld {
public:
    /// Everything is kept in `directory`, which should be on the disk that is meant. Ends the program where it cannot
    /// be set up.
    explicit DealingWorld(const std::filesystem::path& directory);
    ~DealingWorld();
    DealingWorld(const DealingWorld&) = delete;
    DealingWorld& operator=(const DealingWorld&) = delete;

    /// One request, quoted, accepted, written and filled.
    [[nodiscard]] Passage dealOnce();
    /// How much one intent adds to the journal's log, in bytes.
    [[nodiscard]] std::size_t intentSize() const { return m_intentSize; }

private:
    /// The real journal, with a look at the clock when an intent is durable.
    struct TimedJournal final : rfq::Journal {
        void append(rfq::JournalRecord record, std::function<void(base::Status)> done) override;
        DealingWorld* world = nullptr;
        int underWay = 0;
    };

    void openVenue();
    void openDesk();
    void answer(const fix::ClientMessage& message);
    void waitFor(const std::function<bool()>& done);
    [[nodiscard]] std::size_t logSize() const;

    std::filesystem::path m_directory;
    base::SystemClock m_clock;
    cli::RunLoop m_loop;
    support::TestCa m_ca;
    std::string m_caFile;
    std::size_t m_intentSize = 0;
    std::map<rfq::ClOrdId, base::UtcTime> m_durable;
    std::map<rfq::ClOrdId, base::UtcTime> m_written;
    int m_quotes = 0;

    base::Inbox<fix::AcceptorEvent> m_venueEvents;
    base::Inbox<rfq::VenueEvent> m_deskEvents;
    std::unique_ptr<fix::FixAcceptor> m_venue;
    std::unique_ptr<store::SqliteJournal> m_file;
    TimedJournal m_journal;
    rfq::TimeSeededIds m_ids;
    std::unique_ptr<fix::FixLink> m_link;
    std::unique_ptr<rfq::RfqService> m_service;
};

}
