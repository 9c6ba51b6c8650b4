#include "tests/bench/token/parts.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace bench {

void fail(const std::string& why)
{
    std::fprintf(stderr, "bench_token: %s\n", why.c_str());
    std::exit(1);
}

void row(const std::string& what, double value, const char* unit, const std::string& target)
{
    std::printf("%-62s %13.1f %s %14s\n", what.c_str(), value, unit, target.c_str());
    std::fflush(stdout);
}

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void runUntil(cli::RunLoop& loop, const std::function<bool()>& done)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!done()) {
        if (std::chrono::steady_clock::now() > deadline)
            fail("nothing happened for a minute");
        loop.runSome(std::chrono::milliseconds(100));
    }
}

std::shared_ptr<const tls::Identity> signIn(auth::TokenService& token, cli::RunLoop& loop)
{
    base::SecretBytes pin;
    if (!pin.append(std::string_view(Pin)))
        fail("no memory for a PIN");
    std::optional<base::Status> answer;
    token.unlock(std::move(pin), rfq::LastTry::NotConfirmed,
        [&](base::Status status, rfq::TokenStatus) { answer = std::move(status); });
    runUntil(loop, [&] { return answer.has_value(); });
    if (!*answer)
        fail("signing in: " + answer->error().detail);
    return token.identity();
}

}
