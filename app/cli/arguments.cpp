#include "app/cli/arguments.h"

#include "app/cli/audit_arguments.h"
#include "app/cli/cert_arguments.h"
#include "app/cli/key_arguments.h"
#include "app/cli/option_reader.h"
#include "app/cli/policy_arguments.h"
#include "core/rfq/amount.h"
#include "core/rfq/value_date.h"

#include <algorithm>
#include <initializer_list>

namespace cli {

namespace {

constexpr const char* Commands = "rfq, outcomes, recover, close, acknowledge, dispute, venues, key ..., cert ..., "
                                 "policy ..., audit ..., access status, access unlock, token list, token cards, token "
                                 "status, token change-pin, token unblock-pin, device show or config check";

base::Result<rfq::RequestSide> parseSide(std::string_view text)
{
    if (text == "buy")
        return rfq::RequestSide::Buy;
    if (text == "sell")
        return rfq::RequestSide::Sell;
    if (text == "two-way")
        return rfq::RequestSide::TwoWay;
    return usage("side is buy, sell or two-way, not \"" + std::string(text) + "\"");
}

base::Result<rfq::Settlement> parseSettlement(const std::string& text)
{
    if (text == "spot")
        return rfq::Settlement{};
    if (const auto date = rfq::parseIsoDate(text))
        return rfq::Settlement{rfq::Tenor::Broken, *date};
    std::string upper = text;
    std::transform(upper.begin(), upper.end(), upper.begin(),
        [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const auto tenor = rfq::parseTenor(upper);
    if (!tenor || *tenor == rfq::Tenor::Broken)
        return usage("--settle is spot, a tenor such as 1W or 3M, or a date such as 2026-12-24, not \"" + text + "\"");
    return rfq::Settlement{*tenor, {}};
}

base::Result<AcceptMode> parseAccept(const std::string& text)
{
    if (text == "best")
        return AcceptMode::Best;
    if (text == "none")
        return AcceptMode::None;
    return usage("best or none is expected, not \"" + text + "\"");
}

std::optional<TwinOverride> readTwin(OptionReader& options)
{
    std::optional<TwinOverride> twin;
    options.read("--twin-of", [&](const std::string& id) { twin.emplace().unknown = rfq::ClOrdId(id); });
    if (!twin)
        return std::nullopt;
    twin->reason = options.required("--reason", "why one more deal may be done while an outcome is unknown");
    twin->second = readSecondPerson(options);
    return twin;
}

base::Status checkSecond(const SecondPerson& second)
{
    if (second.fingerprint.empty())
        return usage("--approver is needed: the fingerprint of the second person's certificate");
    return base::Ok{};
}

base::Result<Command> rfqCommand(Words& words, OptionReader& options)
{
    if (words.positional.size() != 4)
        return usage("rfq needs an instrument, a side and an amount, e.g. rfq EUR/USD buy 25m");
    RfqCommand command;
    command.symbol = words.positional[1];
    const auto side = parseSide(words.positional[2]);
    if (!side)
        return side.error();
    command.side = *side;
    const auto quantity = rfq::parseAmount(words.positional[3]);
    if (!quantity)
        return usage(quantity.error().detail);
    command.quantity = *quantity;
    options.read("--currency", [&](const std::string& text) { command.currency = text; });
    options.read("--settle", parseSettlement, [&](rfq::Settlement value) { command.settlement = value; });
    options.read("--dealers", [&](const std::string& text) {
        if (text != "all")
            command.dealers = commaSeparated(text);
    });
    options.read("--accept", parseAccept, [&](AcceptMode mode) { command.accept = mode; });
    options.read("--limit", rfq::Decimal::parse, [&](const rfq::Decimal& value) { command.limit = value; });
    options.read("--for", parseDuration, [&](std::chrono::milliseconds value) { command.life = value; });
    options.read("--wait", parseDuration, [&](std::chrono::milliseconds value) { command.wait = value; });
    options.read("--recover", parseDuration, [&](std::chrono::milliseconds value) { command.recover = value; });
    command.twin = readTwin(options);
    command.arm = options.flag("--arm");
    command.pin = readSignIn(options);
    if (command.accept == AcceptMode::Best && command.side == rfq::RequestSide::TwoWay)
        return usage("--accept best needs a side: a two-way request does not say which price to deal on");
    if (command.arm && (command.side == rfq::RequestSide::TwoWay || !command.limit))
        return usage("--arm needs a side and a --limit: the bounds of what is approved beforehand");
    if (const auto status = options.finish(); !status)
        return status.error();
    if (const auto status = command.twin ? checkSecond(command.twin->second) : base::Status(base::Ok{}); !status)
        return status.error();
    return Command(std::move(command));
}

base::Result<Command> venuesCommand(OptionReader& options)
{
    VenuesCommand command;
    options.read("--wait", parseDuration, [&](std::chrono::milliseconds value) { command.wait = value; });
    options.read("--reset-sequence", [&](const std::string& text) {
        for (const std::string& name : commaSeparated(text))
            command.reset.emplace_back(name);
    });
    command.pin = readSignIn(options);
    return Command(std::move(command));
}

base::Result<Command> recoverCommand(OptionReader& options)
{
    RecoverCommand command;
    options.read("--for", parseDuration, [&](std::chrono::milliseconds value) { command.patience = value; });
    command.pin = readSignIn(options);
    return Command(command);
}

base::Result<Command> closeCommand(const Words& words, OptionReader& options)
{
    if (words.positional.size() != 2)
        return usage("close needs the ClOrdID of an acceptance without an outcome; `countersign-cli outcomes` lists "
                     "them");
    CloseCommand command;
    command.id = rfq::ClOrdId(words.positional[1]);
    const bool traded = options.flag("--traded");
    const bool notTraded = options.flag("--not-traded");
    if (traded == notTraded)
        return usage("close needs either --traded or --not-traded: what the counterparty confirmed");
    command.verdict = traded ? rfq::Verdict::Traded : rfq::Verdict::NotTraded;
    command.reason = options.required("--reason", "why two persons decide this");
    command.reference = options.required("--reference", "who confirmed it at the counterparty, or their ticket");
    command.second = readSecondPerson(options);
    command.pin = readSignIn(options);
    if (const auto status = options.finish(); !status)
        return status.error();
    if (const auto status = checkSecond(command.second); !status)
        return status.error();
    return Command(std::move(command));
}

base::Result<Command> acknowledgeCommand(const Words& words, OptionReader& options)
{
    if (words.positional.size() != 2)
        return usage("acknowledge needs an incident; `countersign-cli outcomes` lists them");
    AcknowledgeCommand command;
    command.incident = rfq::IncidentId(words.positional[1]);
    command.note = options.required("--note", "what was found out or done");
    command.pin = readSignIn(options);
    return Command(std::move(command));
}

base::Result<Command> disputeCommand(const Words& words, OptionReader& options)
{
    if (words.positional.size() != 2)
        return usage("dispute needs an incident; `countersign-cli outcomes` lists them");
    DisputeCommand command;
    command.incident = rfq::IncidentId(words.positional[1]);
    options.read("--wait", parseDuration, [&](std::chrono::milliseconds value) { command.wait = value; });
    command.pin = readSignIn(options);
    return Command(std::move(command));
}

base::Result<Command> accessUnlockCommand(const Words& words, OptionReader& options)
{
    if (words.positional.size() != 3)
        return usage("access unlock needs the name of a person; `countersign-cli access status` says who is locked");
    AccessUnlockCommand command;
    command.user = words.positional[2];
    command.reason = options.required("--reason", "why the lock may end");
    command.second = readSecondPerson(options);
    if (const auto status = options.finish(); !status)
        return status.error();
    if (const auto status = checkSecond(command.second); !status)
        return status.error();
    return Command(std::move(command));
}

Command tokenStatusCommand(OptionReader& options)
{
    TokenStatusCommand command;
    options.read("--wait", parseDuration, [&](std::chrono::milliseconds value) { command.wait = value; });
    return command;
}

Command setPinCommand(PinProof proof, OptionReader& options)
{
    SetPinCommand command;
    command.proof = proof;
    options.read("--token", [&](const std::string& card) { command.card = card; });
    const char* const given = proof == PinProof::Puk ? "--puk-fd" : "--pin-fd";
    options.read(given, parseDescriptor, [&](int descriptor) { command.proofDescriptor = descriptor; });
    options.read("--new-pin-fd", parseDescriptor, [&](int descriptor) { command.nextDescriptor = descriptor; });
    command.lastTryConfirmed = options.flag("--confirm-last-try");
    return command;
}

base::Result<Command> commandOf(Words& words, OptionReader& options)
{
    if (options.flag("--help"))
        return Command(HelpCommand{});
    if (options.flag("--version"))
        return Command(VersionCommand{});
    if (words.positional.empty())
        return usage(std::string("a command is expected: ") + Commands);
    const std::string& name = words.positional[0];
    const auto is = [&](std::initializer_list<const char*> expected) {
        return std::equal(words.positional.begin(), words.positional.end(), expected.begin(), expected.end());
    };
    if (name == "rfq")
        return rfqCommand(words, options);
    if (is({"outcomes"}))
        return Command(OutcomesCommand{});
    if (is({"recover"}))
        return recoverCommand(options);
    if (name == "close")
        return closeCommand(words, options);
    if (name == "acknowledge")
        return acknowledgeCommand(words, options);
    if (name == "dispute")
        return disputeCommand(words, options);
    if (is({"venues"}))
        return venuesCommand(options);
    if (name == "key")
        return keyCommand(words, options);
    if (name == "cert")
        return certCommand(words, options);
    if (name == "policy")
        return policyCommand(words, options);
    if (name == "audit")
        return auditCommand(words, options);
    if (is({"token", "list"}))
        return Command(TokenListCommand{});
    if (is({"token", "cards"}))
        return Command(TokenListCommand{TokenLook::Cards});
    if (is({"token", "status"}))
        return tokenStatusCommand(options);
    if (is({"token", "change-pin"}))
        return setPinCommand(PinProof::OldPin, options);
    if (is({"token", "unblock-pin"}))
        return setPinCommand(PinProof::Puk, options);
    if (is({"device", "show"})) {
        DeviceCommand command;
        options.read("--out", [&](const std::string& path) { command.out = path; });
        return Command(std::move(command));
    }
    if (is({"access", "status"}))
        return Command(AccessStatusCommand{});
    if (name == "access" && words.positional.size() > 1 && words.positional[1] == "unlock")
        return accessUnlockCommand(words, options);
    if (is({"config", "check"}))
        return Command(ConfigCheckCommand{});
    std::string all;
    for (const std::string& word : words.positional)
        all += (all.empty() ? "" : " ") + word;
    return usage("unknown command \"" + all + "\": " + Commands + " is expected");
}

/// Only there a counterparty can ask for a touch.
bool goesOnline(const Words& words)
{
    const std::string& command = words.positional[0];
    return command == "rfq" || command == "venues" || command == "recover" || command == "dispute"
        || (command == "key" && words.options.contains("--session"));
}

base::Result<Format> parseFormat(const std::string& text)
{
    if (text == "text")
        return Format::Text;
    if (text == "jsonl")
        return Format::JsonLines;
    return usage("text or jsonl is expected, not \"" + text + "\"");
}

}

base::Result<Arguments> parseArguments(std::span<const std::string> given)
{
    auto words = sortedWords(given);
    if (!words)
        return words.error();
    OptionReader options(*words);
    Arguments arguments;
    options.read("--config", [&](const std::string& path) { arguments.config = path; });
    options.read("--format", parseFormat, [&](Format format) { arguments.format = format; });
    if (!words->positional.empty() && goesOnline(*words))
        arguments.keyPin = readKeyPin(options);
    auto command = commandOf(*words, options);
    if (!command)
        return command.error();
    if (const auto status = options.finish(); !status)
        return status.error();
    arguments.command = *std::move(command);
    return arguments;
}

}
