#include "auth/token_worker.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace auth {

namespace {

/// A program that closes does not wait longer than this for a call that may never return.
constexpr std::chrono::milliseconds ClosingPatience{20'000};

base::Error stuckError()
{
    return {base::Errc::TokenFailure,
        "the card, its reader or the PKCS#11 module does not answer; whether what was asked for has been done is not "
        "known. Close other programs that use the card, take it out and put it in again; if this stays, close "
        "Countersign and start it anew"};
}

}

TokenWorker::TokenWorker(Watch watch)
    : m_watch(std::move(watch))
    , m_thread([this] { run(); })
    , m_watcher([this] { this->watch(); })
{
}

TokenWorker::~TokenWorker() = default;

void TokenWorker::ask(std::function<Answer()> work, Refuse refuse)
{
    ask(std::move(work), std::move(refuse), m_watch.patience);
}

void TokenWorker::ask(std::function<Answer()> work, Refuse refuse, std::chrono::milliseconds patience)
{
    auto job = std::make_shared<Job>();
    job->work = std::move(work);
    job->refuse = std::move(refuse);
    job->patience = patience;
    add(std::move(job));
}

void TokenWorker::post(std::function<void()> work)
{
    auto job = std::make_shared<Job>();
    job->work = [work = std::move(work)] {
        work();
        return Answer();
    };
    job->patience = m_watch.patience;
    add(std::move(job));
}

void TokenWorker::add(std::shared_ptr<Job> job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stuck || !job->refuse) {
            m_queue.push_back(std::move(job));
            m_changed.notify_all();
            return;
        }
    }
    refuse(*job, stuckError());
}

void TokenWorker::refuse(Job& job, const base::Error& error)
{
    if (!job.answered.exchange(true) && job.refuse)
        job.refuse(error);
}

void TokenWorker::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
        if (m_queue.empty())
            break;
        auto job = std::move(m_queue.front());
        m_queue.pop_front();
        m_running = job;
        m_due = m_clock.steady() + (m_stopping ? std::min(job->patience, ClosingPatience) : job->patience);
        m_changed.notify_all();
        lock.unlock();
        const Answer answer = job->work();
        if (!job->answered.exchange(true) && answer)
            answer();
        lock.lock();
        m_running.reset();
        if (std::exchange(m_stuck, false)) { // whoever asks because of what late() tells comes behind it in the queue
            lock.unlock();
            m_watch.late();
            lock.lock();
        }
        m_changed.notify_all();
        lock.unlock();
        job.reset(); // what it holds dies here, without the lock
        lock.lock();
    }
    m_ended = true;
    m_changed.notify_all();
    const auto left = std::move(m_left);
    lock.unlock(); // before it dies with what is left
}

void TokenWorker::watch()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_ended || (m_stuck && m_stopping) || (m_running && !m_stuck); });
        if (m_ended || m_stuck)
            return;
        const auto job = m_running;
        while (m_running == job && m_clock.steady() < m_due)
            m_changed.wait_until(lock, m_due); // finish() brings it nearer
        if (m_running != job)
            continue;
        m_stuck = true;
        std::vector<std::shared_ptr<Job>> waiting{job};
        std::copy_if(m_queue.begin(), m_queue.end(), std::back_inserter(waiting),
            [](const auto& one) { return static_cast<bool>(one->refuse); });
        std::erase_if(m_queue, [](const auto& one) { return static_cast<bool>(one->refuse); });
        lock.unlock();
        m_watch.stuck(stuckError());
        for (const auto& one : waiting)
            refuse(*one, stuckError());
        waiting.clear();
        lock.lock();
    }
}

bool TokenWorker::finish(std::shared_ptr<void> left)
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_due = std::min(m_due, m_clock.steady() + ClosingPatience);
        m_changed.notify_all();
    }
    m_watcher.join();
    {
        const std::lock_guard lock(m_mutex);
        if (!m_ended) {
            m_left = std::move(left);
            m_thread.detach();
            return false;
        }
    }
    m_thread.join();
    return true;
}

}
