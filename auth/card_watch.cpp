#include "auth/card_watch.h"

#include <algorithm>
#include <utility>
#include <winscard.h>

namespace auth {

namespace {

constexpr std::uint32_t CounterBits = 0xffff'0000U;
constexpr std::chrono::milliseconds CancelAgain{20};

bool holdsCard(std::uint32_t state)
{
    constexpr std::uint32_t gone = SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE | SCARD_STATE_EMPTY;
    return (state & SCARD_STATE_PRESENT) != 0 && (state & gone) == 0;
}

bool isGone(std::uint32_t state)
{
    return (state & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE)) != 0;
}

}

std::string inWords(const CardEvent& event)
{
    switch (event.change) {
    case CardChange::Inserted:
        return "a card was put into reader " + event.reader;
    case CardChange::Removed:
        return "the card was taken out of reader " + event.reader;
    case CardChange::ReaderGone:
        return "reader " + event.reader + " was unplugged";
    case CardChange::ServiceGone:
        return "the smartcard service (pcscd) has stopped; it is not known whether the card is still in reader "
            + event.reader;
    }
    return {};
}

CardWatch::CardWatch(std::unique_ptr<Pcsc> pcsc, Listener listener, Timing timing)
    : m_pcsc(std::move(pcsc))
    , m_listener(std::move(listener))
    , m_timing(timing)
    , m_thread([this] { run(); })
{
}

CardWatch::CardWatch(std::unique_ptr<Pcsc> pcsc, Listener listener)
    : CardWatch(std::move(pcsc), std::move(listener), Timing{})
{
}

CardWatch::~CardWatch()
{
    {
        std::unique_lock lock(m_mutex);
        m_stopping = true;
        m_changed.notify_all();
        // A wait that begins right after a cancel is not ended by it.
        while (!m_ended) {
            lock.unlock();
            m_pcsc->cancel();
            lock.lock();
            m_changed.wait_for(lock, CancelAgain, [this] { return m_ended; });
        }
    }
    m_thread.join();
}

std::optional<CardStay> CardWatch::stayIn(const std::string& reader, std::chrono::milliseconds atMost) const
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, atMost, [&] { return m_stays.contains(reader); });
    const auto found = m_stays.find(reader);
    return found == m_stays.end() ? std::nullopt : std::optional(found->second);
}

bool CardWatch::isIn(CardStay stay) const
{
    const std::lock_guard lock(m_mutex);
    return std::any_of(m_stays.begin(), m_stays.end(), [&](const auto& entry) { return entry.second == stay; });
}

bool CardWatch::stopping() const
{
    const std::lock_guard lock(m_mutex);
    return m_stopping;
}

void CardWatch::run()
{
    auto retry = m_timing.firstRetry;
    while (!stopping()) {
        if (m_pcsc->establish().outcome == PcscOutcome::Ok) {
            retry = m_timing.firstRetry;
            watch();
            m_pcsc->release();
        }
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, retry, [this] { return m_stopping; });
        retry = std::min(2 * retry, m_timing.mostRetry);
    }
    const std::lock_guard lock(m_mutex);
    m_ended = true;
    m_changed.notify_all();
}

/// Until the service is gone, or we are to stop.
void CardWatch::watch()
{
    std::vector<std::string> readers;
    while (!stopping()) {
        const PcscAnswer list = m_pcsc->listReaders(readers);
        switch (list.outcome) {
        case PcscOutcome::Ok:
        case PcscOutcome::NoReader:
            takeList(readers);
            break;
        case PcscOutcome::TimedOut:
        case PcscOutcome::Cancelled:
        case PcscOutcome::UnknownReader:
            break; // another look, with the list as it was
        case PcscOutcome::NoService:
        case PcscOutcome::Failed:
            return leaveAll(CardChange::ServiceGone);
        }
        const PcscAnswer change = m_pcsc->waitForChange(m_timing.relist, m_readers);
        switch (change.outcome) {
        case PcscOutcome::Ok:
        case PcscOutcome::TimedOut:
            for (ReaderState& state : m_readers)
                takeState(state);
            break;
        case PcscOutcome::Cancelled:
        case PcscOutcome::NoReader:
        case PcscOutcome::UnknownReader:
            break; // the next list tells which
        case PcscOutcome::NoService:
        case PcscOutcome::Failed:
            return leaveAll(CardChange::ServiceGone);
        }
    }
}

void CardWatch::takeList(const std::vector<std::string>& readers)
{
    for (const ReaderState& known : m_readers) {
        if (std::find(readers.begin(), readers.end(), known.reader) == readers.end())
            leave(known.reader, CardChange::ReaderGone);
    }
    std::erase_if(m_readers, [&](const ReaderState& known) {
        return std::find(readers.begin(), readers.end(), known.reader) == readers.end();
    });
    for (const std::string& reader : readers) {
        const auto isIt = [&](const ReaderState& known) { return known.reader == reader; };
        if (std::none_of(m_readers.begin(), m_readers.end(), isIt))
            m_readers.push_back({reader, 0, 0});
    }
}

void CardWatch::takeState(ReaderState& state)
{
    const bool held = holdsCard(state.known);
    const bool holds = holdsCard(state.seen);
    const bool counted = (state.known & CounterBits) != (state.seen & CounterBits);
    if (held && (!holds || counted))
        leave(state.reader, isGone(state.seen) ? CardChange::ReaderGone : CardChange::Removed);
    if (holds && (!held || counted))
        insert(state.reader);
    state.known = state.seen & ~static_cast<std::uint32_t>(SCARD_STATE_CHANGED);
}

void CardWatch::insert(const std::string& reader)
{
    const CardEvent event{CardChange::Inserted, reader, ++m_last};
    {
        const std::lock_guard lock(m_mutex);
        m_stays[reader] = event.stay;
        m_changed.notify_all();
    }
    m_listener(event);
}

void CardWatch::leave(const std::string& reader, CardChange change)
{
    CardEvent event{change, reader, 0};
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_stays.find(reader);
        if (found == m_stays.end())
            return;
        event.stay = found->second;
        m_stays.erase(found);
    }
    m_listener(event);
}

void CardWatch::leaveAll(CardChange change)
{
    for (const ReaderState& state : m_readers)
        leave(state.reader, change);
    m_readers.clear();
}

}
