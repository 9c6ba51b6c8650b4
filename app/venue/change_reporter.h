#pragma once

#include "app/venue/access_recorder.h"
#include "core/base/clock.h"
#include "core/pep/change_book.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace venue {

/// Carries what the identity store tells about changes, which other programs may have made, into log and trail. What
/// was told counts as told once its record is on the disk: after a failure it is told again at the next start. Shows
/// what waits and who is locked. The enforcement point's thread.
class ChangeReporter {
public:
    /// The references outlive it.
    ChangeReporter(
        pep::IdentityDatabase& database, pep::ChangeBook& changes, AccessRecorder& recorder, const base::Clock& clock);

    void runDue();
    [[nodiscard]] base::SteadyTime nextDue() const { return m_due; }

private:
    /// Also the trail's, which answers on its own thread.
    struct Written {
        std::atomic<std::int64_t> upTo{0};
        std::atomic<bool> hasFailed{false};
    };
    [[nodiscard]] base::Status report();
    [[nodiscard]] base::Status show();
    [[nodiscard]] base::Status findLocked();

    pep::IdentityDatabase& m_database;
    pep::ChangeBook& m_changes;
    AccessRecorder& m_recorder;
    const base::Clock& m_clock;
    std::shared_ptr<Written> m_written = std::make_shared<Written>();
    std::int64_t m_handed = 0; ///< the last event that the recorder was given
    std::int64_t m_told = 0; ///< the last one that the store knows to be told
    bool m_isFailing = false;
    std::optional<std::int64_t> m_mark; ///< of the store, when the locked ones were looked for
    std::vector<StoreStanding::Locked> m_locked;
    int m_reading = 0;
    base::SteadyTime m_due;
};

}
