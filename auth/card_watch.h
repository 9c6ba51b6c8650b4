#pragma once

#include "auth/pcsc.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace auth {

/// One stay of one card in one reader. A number is never used twice: the same card put in again is another stay.
using CardStay = std::uint64_t;

enum class CardChange {
    Inserted,
    Removed,
    ReaderGone, ///< unplugged with the card in it, which is how a USB token goes
    ServiceGone, ///< pcscd has stopped or died: nobody can tell any more whether the card is there
};

struct CardEvent {
    CardChange change = CardChange::Inserted;
    std::string reader;
    CardStay stay = 0;

    friend bool operator==(const CardEvent&, const CardEvent&) = default;
};

/// What happened to the card, in words for an error's detail.
[[nodiscard]] std::string inWords(const CardEvent& event);

/// Watches the cards in all readers, on a thread and with a PC/SC context of its own. A card that was out and in again
/// between two looks is told as removed and inserted: the reader counts. Where the service is not running it is looked
/// for again and again, at growing intervals.
class CardWatch {
public:
    using Listener = std::function<void(const CardEvent&)>;

    struct Timing {
        std::chrono::milliseconds relist{1'000}; ///< older services miss a reader that comes between two waits
        std::chrono::milliseconds firstRetry{100}; ///< for a service that is not there
        std::chrono::milliseconds mostRetry{2'000};
    };

    /// `listener` runs on the watcher's thread and must not block.
    CardWatch(std::unique_ptr<Pcsc> pcsc, Listener listener, Timing timing);
    CardWatch(std::unique_ptr<Pcsc> pcsc, Listener listener);
    /// Joins the thread; no event comes afterwards. Never to be called by the listener.
    ~CardWatch();
    CardWatch(const CardWatch&) = delete;
    CardWatch& operator=(const CardWatch&) = delete;

    /// The card in that reader, as soon as the watcher has seen one; absent when the time is up. Any thread.
    [[nodiscard]] std::optional<CardStay> stayIn(const std::string& reader, std::chrono::milliseconds atMost) const;
    /// Is that card in its reader, without a break? Any thread.
    [[nodiscard]] bool isIn(CardStay stay) const;

private:
    void run();
    void watch();
    void takeList(const std::vector<std::string>& readers);
    void takeState(ReaderState& state);
    void insert(const std::string& reader);
    void leave(const std::string& reader, CardChange change);
    void leaveAll(CardChange change);
    [[nodiscard]] bool stopping() const;

    const std::unique_ptr<Pcsc> m_pcsc;
    const Listener m_listener;
    const Timing m_timing;
    std::vector<ReaderState> m_readers; ///< watcher's thread
    CardStay m_last = 0; ///< watcher's thread

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::map<std::string, CardStay> m_stays; ///< under the mutex: cards that are in, by reader
    bool m_stopping = false; ///< under the mutex
    bool m_ended = false; ///< under the mutex

    std::thread m_thread; ///< last: everything it uses is there before it
};

}
