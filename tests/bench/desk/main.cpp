// bench_desk [ROUNDS]: 1,000 quotes a second from a feeding thread through the Inbox to the desk, under the real
// window, which paints. Time from the post to the quote being in the desk's book, where a click is judged and the next
// paint reads. A: the views are told at most once a frame, as the desk does. B: they are told of every quote.
// Interleaved; medians.
#include "core/base/inbox.h"
#include "tests/gui/desk_rig.h"

#include <QApplication>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

namespace {

enum class Notify { EachFrame, EachQuote };

constexpr int Quotes = 3'000;
constexpr auto Interval = 1ms;

struct Stamped {
    rfq::QuoteReceived quote;
    Steady::time_point posted;
};

struct Figures {
    double p50 = 0; ///< us
    double p90 = 0; ///< us
};

double microseconds(Steady::duration time)
{
    return std::chrono::duration<double, std::micro>(time).count();
}

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// The feeder keeps its own schedule, so that a slow desk cannot slow down the market.
void feed(base::Inbox<Stamped>& inbox, const std::vector<rfq::QuoteReceived>& quotes)
{
    const auto start = Steady::now();
    for (std::size_t i = 0; i < quotes.size(); ++i) {
        const auto due = start + Interval * static_cast<int>(i);
        while (Steady::now() < due)
            std::this_thread::yield();
        inbox.post({quotes[i], Steady::now()});
    }
}

std::vector<rfq::QuoteReceived> quotesFor(support::FakeDesk& desk, const rfq::RfqId& id, int round)
{
    std::vector<rfq::QuoteReceived> quotes;
    const rfq::DealerId dealers[] = {support::DlrA, support::DlrB, support::DlrD};
    for (int i = 0; i < Quotes; ++i) {
        const std::string price = "1.15" + std::to_string(300 + i % 60);
        const std::string quote = "Q" + std::to_string(round) + "-" + std::to_string(i);
        quotes.push_back(desk.quoteEvent(id, dealers[i % 3], quote, "", price));
    }
    return quotes;
}

Figures run(Notify notify, int round)
{
    support::DeskRig rig;
    rig.open();
    const auto id = rig.request();
    const auto quotes = quotesFor(rig.desk, id, round);

    std::vector<double> latencies;
    QTimer frame;
    frame.setSingleShot(true);
    frame.setTimerType(Qt::PreciseTimer);
    QObject::connect(&frame, &QTimer::timeout, rig.window.get(), [&] { rig.changed(); });
    base::Inbox<Stamped>* box = nullptr;
    const auto take = [&](const Stamped& stamped) {
        rig.desk.service.apply(stamped.quote);
        latencies.push_back(microseconds(Steady::now() - stamped.posted));
        if (notify == Notify::EachQuote)
            rig.changed();
    };
    const auto drain = [&] {
        for (const Stamped& stamped : box->drain())
            take(stamped);
        if (notify == Notify::EachFrame && !frame.isActive())
            frame.start(16ms);
        if (latencies.size() == quotes.size())
            QApplication::quit();
    };
    base::Inbox<Stamped> inbox([&] { QMetaObject::invokeMethod(rig.window.get(), drain, Qt::QueuedConnection); });
    box = &inbox;
    std::thread feeder([&] { feed(inbox, quotes); });
    QApplication::exec();
    feeder.join();
    return {percentile(latencies, 0.5), percentile(latencies, 0.9)};
}

double median(std::vector<double> values)
{
    return percentile(std::move(values), 0.5);
}

}

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    std::vector<double> p50[2];
    std::vector<double> p90[2];
    for (int round = 0; round < rounds; ++round) {
        for (const Notify notify : {Notify::EachFrame, Notify::EachQuote}) {
            const Figures figures = run(notify, round);
            const int which = notify == Notify::EachFrame ? 0 : 1;
            p50[which].push_back(figures.p50);
            p90[which].push_back(figures.p90);
        }
    }
    std::printf("post to desk's book at 1k quotes/s under a painting window, median of %d rounds\n", rounds);
    std::printf("  %-28s p50 %10.1f us   p90 %10.1f us\n", "views told once a frame", median(p50[0]), median(p90[0]));
    std::printf("  %-28s p50 %10.1f us   p90 %10.1f us\n", "views told of every quote", median(p50[1]), median(p90[1]));
    std::printf("  p90 ratio %.4f (target 0.05)\n", median(p90[0]) / median(p90[1]));
    return 0;
}
