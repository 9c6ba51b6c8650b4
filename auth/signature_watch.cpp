#include "auth/signature_watch.h"

#include <utility>

namespace auth {

SignatureWatch::SignatureWatch(std::chrono::milliseconds slowAfter, Listener listener)
    : m_slowAfter(slowAfter)
    , m_listener(std::move(listener))
    , m_thread([this] { run(); })
{
}

SignatureWatch::~SignatureWatch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_changed.notify_all();
    }
    m_thread.join();
}

SignatureWatch::Timed SignatureWatch::begin()
{
    {
        const std::lock_guard lock(m_mutex);
        m_running = true;
        ++m_begun;
        m_slowAt = base::SystemClock().steady() + m_slowAfter;
        // A thread that waits for an earlier one's time looks by itself: signatures that follow each other wake nobody.
        if (m_isIdle)
            m_changed.notify_all();
    }
    return {this, [this](const void*) { end(); }};
}

void SignatureWatch::end()
{
    // Under the mutex: Done never comes before its Slow.
    const std::lock_guard lock(m_mutex);
    m_running = false;
    if (std::exchange(m_told, false))
        m_listener(rfq::CardWork::Done);
}

void SignatureWatch::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_isIdle = true;
        m_changed.wait(lock, [this] { return m_stopping || (m_running && !m_told); });
        m_isIdle = false;
        const auto mine = m_begun;
        const auto slowAt = m_slowAt; // the next one sets it anew
        if (m_changed.wait_until(lock, slowAt, [this] { return m_stopping; }))
            return;
        if (!m_running || m_begun != mine)
            continue;
        m_told = true;
        m_listener(rfq::CardWork::Slow);
    }
}

}
