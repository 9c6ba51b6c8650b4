#include "app/cli/access_lock_run.h"

#include "app/cli/card_work.h"
#include "app/cli/decision_run.h"
#include "app/cli/event_parts.h"
#include "app/cli/outcome_events.h"
#include "app/cli/reporter.h"
#include "app/cli/run_loop.h"
#include "app/cli/terminal.h"
#include "app/desk_core/desk_locks.h"
#include "auth/token_service.h"
#include "core/audit/time_text.h"
#include "core/stepup/random_source.h"

#include <iostream>
#include <utility>

namespace cli {

namespace {

ExitCode unusable(const base::Error& error)
{
    std::cerr << error.detail << std::endl;
    return ExitCode::Configuration;
}

ExitCode nothingChanged(Reporter& reporter, const base::Error& error, ExitCode code)
{
    reporter.report(endEvent(code, "Nothing was changed: " + error.detail));
    return code;
}

Event lockEvent(const app::DeskLock& lock)
{
    const std::string since = lock.since ? audit::timeText(*lock.since) : std::string();
    Event event{named("locked"),
        lock.user + (lock.certificate.empty() ? "" : ", certificate " + lock.certificate) + ": " + lock.why
            + (since.empty() ? "" : ", since " + since)};
    event.fields["user"] = lock.user;
    if (!lock.certificate.empty())
        event.fields["certificate"] = lock.certificate;
    event.fields["why"] = lock.why;
    if (!since.empty())
        event.fields["since"] = since;
    return event;
}

}

ExitCode showLocks(Format format, const app::DeskConfig& config)
{
    Reporter reporter(std::cout, format);
    const base::SystemClock clock;
    stepup::SystemRandom random;
    const auto store = app::DeskLocks::open(config, random, clock);
    const auto locks = store ? (*store)->locked() : base::Result<std::vector<app::DeskLock>>(store.error());
    if (!locks)
        return unusable(locks.error());
    for (const app::DeskLock& lock : *locks)
        reporter.report(lockEvent(lock));
    reporter.report(endEvent(ExitCode::Done,
        locks->empty() ? "Nobody is locked at this desk"
                       : "`countersign-cli access unlock` ends a lock, with the card of a privileged person"));
    return ExitCode::Done;
}

ExitCode unlockPerson(const AccessUnlockCommand& command, Format format, app::DeskConfig config)
{
    Reporter reporter(std::cout, format);
    const base::SystemClock clock;
    stepup::SystemRandom random;
    auto store = app::DeskLocks::open(config, random, clock);
    if (!store)
        return unusable(store.error());
    app::DeskLocks& locks = **store;
    const auto statement = locks.statement(command.user, command.reason);
    if (!statement)
        return nothingChanged(reporter, statement.error(), ExitCode::Usage);
    reporter.report(statementEvent(*statement));
    auto pin = command.second.pin.descriptor ? readPin(*command.second.pin.descriptor)
                                             : askPin("PIN of the privileged person: ");
    if (!pin)
        return nothingChanged(reporter, pin.error(), ExitCode::NotConnected);
    RunLoop loop;
    auth::TokenService token(std::move(config.token), std::move(config.approvers), loop, std::move(config.pcsc));
    const auto working = token.onWork(tellCardWork);
    // Who is locked takes the place of the first person: they cannot be the second one as well.
    Decision decision{*statement, {.name = command.user, .fingerprint = {}},
        [&locks](const rfq::Approval& approval) { return locks.unlock(approval); }};
    DecisionRun run(std::move(decision), command.second, *std::move(pin), token, reporter, clock);
    std::optional<ExitCode> code;
    while (!(code = run.step()))
        loop.runSome(Pulse);
    if (*code == ExitCode::Done)
        reporter.report(endEvent(*code, command.user + " is not locked at this desk any more"));
    return *code;
}

}
