#include "tests/bench/token/parts.h"
#include "tests/support/fake_tokens.h"
#include "tests/unit/auth/fake_pcsc.h"

#include <optional>

namespace bench {

/// The reader reports the removal; the watcher, the token thread's end of the sign-in and the desk's thread follow.
/// What the desk does there, suspending dealing, is one assignment.
void measureRemoval(int rounds)
{
    constexpr int RemovalsPerRound = 20;
    const std::string reader = "Scripted slot"; // what the scripted module calls its slot
    support::TestCa ca;
    support::FakeTokens plugged;
    support::CertificateOptions options;
    options.purpose = support::Purpose::Client;
    const auto slot = plugged.add({}, ca, options);
    FakeService pcsc;
    pcsc.insert(reader);
    cli::RunLoop loop;
    const std::string module = support::FakeTokens::module();
    auth::TokenService token({module, {module}, "01", {}, {}}, {}, loop, pcsc.factory());
    std::optional<std::chrono::steady_clock::time_point> off;
    token.onLost([&](const base::Error&) { off = std::chrono::steady_clock::now(); });
    std::vector<double> times;
    for (int i = 0; i < RemovalsPerRound * rounds; ++i) {
        static_cast<void>(signIn(token, loop));
        off.reset();
        const auto start = std::chrono::steady_clock::now();
        pcsc.remove(reader);
        runUntil(loop, [&] { return off.has_value(); });
        times.push_back(Milliseconds(*off - start).count());
        plugged.remove(slot);
        plugged.insert(slot);
        pcsc.insert(reader);
    }
    row("removal, from the event of PC/SC to the end of dealing: p50", percentile(times, 0.5), "ms");
    row("removal, from the event of PC/SC to the end of dealing: most", percentile(times, 1), "ms", "<= 200");
}

}
