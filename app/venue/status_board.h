#pragma once

#include "app/venue/access_recorder.h"
#include "app/venue/event_log.h"
#include "core/base/clock.h"
#include "core/base/worker.h"

#include <atomic>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace venue {

/// Where a venue with this store keeps what `countersign-venue status` shows.
[[nodiscard]] std::filesystem::path statusFileOf(const std::filesystem::path& store);

/// Shows the security officer how a venue stands: a small file of JSON that its owner alone may read, made anew every
/// other second and put in place whole. Whoever reads it touches nothing of the venue's. The file goes when the venue
/// ends. Passes the venue's events on to another log. The venue's thread; a thread of its own writes.
class StatusBoard final : public EventLog, public AccessWatcher {
public:
    /// The references outlive it.
    StatusBoard(EventLog& next, std::filesystem::path file, std::string processId, const base::Clock& clock);
    ~StatusBoard() override;
    StatusBoard(const StatusBoard&) = delete;
    StatusBoard& operator=(const StatusBoard&) = delete;

    void record(std::string_view event, std::initializer_list<Field> fields) override;
    void saw(const pep::Event& event) override;
    void saw(StoreStanding standing) override;

private:
    struct SessionState {
        std::string user;
        std::string address; ///< without port
        std::string state = "awaiting";
        std::string score;
        std::string outcome;
        std::string reference;
        std::optional<base::UtcTime> decidedAt;
        std::optional<base::UtcTime> touchedAt;
    };
    struct Policy {
        std::string version;
        std::string signer;
        std::string why; ///< where nobody signed it
        base::UtcTime since{};
    };
    struct Alert {
        base::UtcTime at{};
        std::string kind;
        std::string user;
        std::string reference;
        std::string why;
        /// What goes on is one alert, whenever it was last told.
        [[nodiscard]] bool repeats(const Alert& other) const
        {
            return kind == other.kind && user == other.user && reference == other.reference && why == other.why;
        }
    };
    void notePresence(bool isOn, std::initializer_list<Field> fields);
    void noteDecision(SessionState& session, const pep::Event& event) const;
    void noteAlert(Alert alert);
    void noteLock(const pep::Event& event);
    void publish();
    [[nodiscard]] std::string text() const;

    EventLog& m_next;
    const std::filesystem::path m_file;
    const std::string m_processId;
    const base::Clock& m_clock;
    const base::UtcTime m_startedAt;
    std::map<std::string, SessionState> m_sessions; ///< that are logged on, or were refused last
    std::optional<Policy> m_policy; ///< in force; absent without an enforcement point
    std::deque<Alert> m_alerts; ///< the last ones, the latest first
    StoreStanding m_standing;
    std::vector<StoreStanding::Locked> m_lockedSince; ///< by the enforcement point, since the store was read
    std::shared_ptr<std::atomic<bool>> m_isWriting = std::make_shared<std::atomic<bool>>(false);
    base::Worker m_writer; ///< last
};

}
