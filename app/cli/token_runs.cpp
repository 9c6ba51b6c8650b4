#include "app/cli/token_runs.h"

#include "app/cli/reporter.h"
#include "app/cli/run_loop.h"
#include "app/cli/terminal.h"
#include "auth/token_service.h"
#include "core/base/clock.h"

#include <iostream>
#include <optional>
#include <utility>
#include <vector>

namespace cli {

namespace {

using base::Errc;
using base::Error;

/// Asks the service something and waits for its answer.
template <typename Answer, typename Ask>
Answer answerOf(RunLoop& loop, Ask ask)
{
    std::optional<Answer> answer;
    ask([&](Answer given) { answer.emplace(std::move(given)); });
    while (!answer)
        loop.runSome(std::chrono::milliseconds(100));
    return *std::move(answer);
}

base::Result<base::SecretBytes> secret(const std::optional<int>& descriptor, const std::string& prompt)
{
    return descriptor ? readPin(*descriptor) : askPin(prompt);
}

/// From the terminal twice: nobody sees what is typed, and a slip would lock the person out.
base::Result<base::SecretBytes> nextPin(const std::optional<int>& descriptor)
{
    auto next = secret(descriptor, "New PIN: ");
    if (!next || descriptor)
        return next;
    const auto again = askPin("New PIN, again: ");
    if (!again)
        return again.error();
    if (again->reveal() != next->reveal())
        return Error{Errc::InvalidInput, "the two new PINs differ; nothing was tried"};
    return next;
}

rfq::CardsSeen surveyed(RunLoop& loop, auth::TokenService& token)
{
    return answerOf<rfq::CardsSeen>(loop, [&](auto done) { token.survey(std::move(done)); });
}

ExitCode listCards(RunLoop& loop, auth::TokenService& token, Reporter& reporter)
{
    const rfq::CardsSeen seen = surveyed(loop, token);
    for (const rfq::PluggedCard& card : seen.cards)
        reporter.report(cardEvent(card));
    if (seen.problem) {
        reporter.report(accessRefusedEvent(*seen.problem, {}));
        return ExitCode::NotConnected;
    }
    if (seen.cards.empty())
        std::cerr << "No card is plugged in." << std::endl;
    return ExitCode::Done;
}

/// The one card that is called so.
base::Result<rfq::PluggedCard> cardCalled(const std::string& name, const rfq::CardsSeen& seen)
{
    std::vector<rfq::PluggedCard> meant;
    for (const rfq::PluggedCard& card : seen.cards)
        if (name == card.serial || name == card.id || name == card.reader)
            meant.push_back(card);
    if (meant.size() == 1)
        return meant.front();
    return Error{meant.empty() ? Errc::TokenAbsent : Errc::KeyNotFound,
        (meant.empty() ? "no card with the serial, number or reader \"" : "several cards are called \"") + name
            + "\"; `countersign-cli token cards` shows what is plugged in. Nothing was tried"};
}

}

ExitCode listTokens(const TokenListCommand& command, Format format, app::DeskConfig config)
{
    RunLoop loop;
    auth::TokenService token(std::move(config.token), loop);
    Reporter reporter(std::cout, format);
    if (command.look == TokenLook::Cards)
        return listCards(loop, token, reporter);
    const auto found =
        answerOf<base::Result<std::vector<rfq::TokenIdentity>>>(loop, [&](auto done) { token.list(std::move(done)); });
    if (!found) {
        reporter.report(accessRefusedEvent(found.error(), {}));
        return ExitCode::NotConnected;
    }
    for (const rfq::TokenIdentity& identity : *found)
        reporter.report(identityEvent(identity));
    if (found->empty())
        std::cerr << "No token holds a certificate with its key." << std::endl;
    return ExitCode::Done;
}

ExitCode showToken(const TokenStatusCommand& command, Format format, app::DeskConfig config)
{
    const base::SystemClock clock;
    const auto until = clock.steady() + command.wait;
    RunLoop loop;
    auth::TokenService token(std::move(config.token), loop);
    Reporter reporter(std::cout, format);
    const auto look = [&] {
        return answerOf<rfq::TokenStatus>(loop, [&](auto done) { token.inspect(std::move(done)); });
    };
    auto status = look();
    while (status.problem && status.problem->code == Errc::TokenAbsent && clock.steady() < until) {
        loop.runSome(Pulse);
        status = look();
    }
    reporter.report(tokenStatusEvent(status));
    return status.problem ? ExitCode::NotConnected : ExitCode::Done;
}

ExitCode setPin(const SetPinCommand& command, Format format, app::DeskConfig config)
{
    const bool byPuk = command.proof == PinProof::Puk;
    const char* const how = byPuk ? "unblock-pin" : "change-pin";
    RunLoop loop;
    auth::TokenService token(std::move(config.token), loop);
    Reporter reporter(std::cout, format);
    const auto refuse = [&](const Error& error, const rfq::PinState& pin, std::optional<int> pukTriesLeft) {
        reporter.report(pinRefusedEvent(how, error, pin, pukTriesLeft));
        return ExitCode::NotConnected;
    };
    std::optional<rfq::PluggedCard> card;
    if (!command.card.empty()) {
        auto called = cardCalled(command.card, surveyed(loop, token));
        if (!called)
            return refuse(called.error(), {}, {});
        card = *std::move(called);
    }
    const auto attempt = [&](rfq::LastTry lastTry) -> auth::PinChange {
        auto proof = secret(command.proofDescriptor, byPuk ? "PUK: " : "PIN: ");
        if (!proof)
            return {proof.error(), {}, {}};
        auto next = nextPin(command.nextDescriptor);
        if (!next)
            return {next.error(), {}, {}};
        return answerOf<auth::PinChange>(loop, [&](auto done) {
            if (card && byPuk)
                token.unblockPin(*card, *std::move(proof), *std::move(next), lastTry, std::move(done));
            else if (card)
                token.changePin(*card, *std::move(proof), *std::move(next), lastTry, std::move(done));
            else if (byPuk)
                token.unblockPin(*std::move(proof), *std::move(next), lastTry, std::move(done));
            else
                token.changePin(*std::move(proof), *std::move(next), lastTry, std::move(done));
        });
    };
    auth::PinChange change = attempt(command.lastTryConfirmed ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed);
    const bool wantsWord = !change.result && change.result.error().code == Errc::PinLastTry;
    // What was typed is asked for once more, with care.
    if (wantsWord && !command.proofDescriptor && !command.nextDescriptor
        && confirm(std::string("This is the last try before the ") + (byPuk ? "PUK" : "PIN")
                + " blocks. Type \"last try\" to use it: ",
            "last try"))
        change = attempt(rfq::LastTry::Confirmed);
    if (!change.result)
        return refuse(change.result.error(), change.pin, change.pukTriesLeft);
    reporter.report(pinSetEvent(how));
    return ExitCode::Done;
}

}
