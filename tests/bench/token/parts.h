#pragma once

#include "app/cli/run_loop.h"
#include "auth/token_service.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bench {

using Milliseconds = std::chrono::duration<double, std::milli>;

inline constexpr const char* Pin = "123456"; ///< of every token here

[[noreturn]] void fail(const std::string& why);
void row(const std::string& what, double value, const char* unit, const std::string& target = {});
[[nodiscard]] double percentile(std::vector<double> values, double share);

/// Runs what is posted to `loop` until `done`; ends the program after a minute.
void runUntil(cli::RunLoop& loop, const std::function<bool()>& done);

/// Signs in, or ends the program.
[[nodiscard]] std::shared_ptr<const tls::Identity> signIn(auth::TokenService& token, cli::RunLoop& loop);

/// What the desk adds to a signature of the token.
void measureSignatures(int rounds);
/// Twenty sessions that come back through one slow token, and one that stays.
void measureReconnects();
/// From the event of PC/SC to the end of dealing.
void measureRemoval(int rounds);

}
