#include "app/process/stop_signal.h"

#include <atomic>
#include <csignal>
#include <pthread.h>
#include <thread>
#include <utility>

namespace app {

struct StopSignal::Waiter {
    explicit Waiter(std::function<void()> callback)
        : onStop(std::move(callback))
    {
        sigemptyset(&signals);
        sigaddset(&signals, SIGINT);
        sigaddset(&signals, SIGTERM);
        sigaddset(&signals, SIGUSR1); // ours, to end the wait
        pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        thread = std::thread([this] { run(); });
    }

    ~Waiter()
    {
        stopping = true;
        pthread_kill(thread.native_handle(), SIGUSR1);
        thread.join();
    }

    void run()
    {
        for (;;) {
            int signal = 0;
            sigwait(&signals, &signal);
            if (stopping)
                return;
            if (signal != SIGUSR1)
                onStop();
        }
    }

    sigset_t signals{};
    std::function<void()> onStop;
    std::atomic<bool> stopping{false};
    std::thread thread;
};

StopSignal::StopSignal(std::function<void()> onStop)
    : m_waiter(std::make_unique<Waiter>(std::move(onStop)))
{
}

StopSignal::~StopSignal() = default;

}
