#include "app/cli/key_arguments.h"

#include <utility>

namespace cli {

namespace {

std::vector<std::string> list(OptionReader& options, const char* name)
{
    std::vector<std::string> found;
    options.read(name, [&](const std::string& text) { found = commaSeparated(text); });
    std::erase(found, std::string());
    return found;
}

std::chrono::milliseconds limit(OptionReader& options, std::chrono::milliseconds otherwise)
{
    options.read("--for", parseDuration, [&](std::chrono::milliseconds value) { otherwise = value; });
    return otherwise;
}

KeyEnrol readEnrol(OptionReader& options)
{
    KeyEnrol enrol;
    enrol.rpId = options.required("--rp-id", "the domain of the relying party, e.g. stepup.example.com");
    enrol.user = options.required("--user", "whose key it is");
    enrol.out = options.required("--out", "the file to write for the relying party");
    options.read("--challenge", [&](const std::string& text) { enrol.challenge = text; });
    enrol.otherKeys = list(options, "--other-keys");
    enrol.es384 = options.flag("--es384");
    enrol.limit = limit(options, enrol.limit);
    enrol.pin = readPin(options);
    return enrol;
}

base::Result<Command> enrolAtCommand(const std::string& session, KeyChoice key, OptionReader& options)
{
    EnrolAtCommand enrol;
    enrol.session = rfq::SessionId(session);
    enrol.name = options.required("--name", "how you tell your keys apart, e.g. \"blue key\"");
    enrol.path = std::move(key.path);
    options.read("--new-key-pin-fd", parseDescriptor, [&](int descriptor) { enrol.newKeyPin.descriptor = descriptor; });
    enrol.newKeyPin.lastTryConfirmed = options.flag("--confirm-new-key-last-try");
    enrol.pin = readSignIn(options);
    enrol.readers = std::move(key.readers);
    if (const auto status = options.finish(); !status)
        return status.error();
    return Command(std::move(enrol));
}

base::Result<Command> venueKeyCommand(
    const std::string& what, const std::string& session, KeyChoice key, OptionReader& options)
{
    VenueKeyCommand command;
    command.session = rfq::SessionId(session);
    if (what == "rename")
        command.what = VenueKeyRename{options.required("--name", "what the key is to be called")};
    else if (what == "remove")
        command.what = VenueKeyRemove{};
    if (what != "list")
        command.id = options.required("--id", "the key, as `key list --session` names it");
    command.pin = readSignIn(options);
    command.readers = std::move(key.readers);
    if (!key.path.empty())
        return usage("--key does not go with --session here: the keys of the counterparty are meant");
    if (what == "list" && !command.readers.empty())
        return usage("--readers does not go with key list --session: no key is touched");
    if (const auto status = options.finish(); !status)
        return status.error();
    return Command(std::move(command));
}

/// `key ... --session`
base::Result<Command> atSession(
    const std::string& what, const std::string& session, KeyChoice key, OptionReader& options)
{
    if (what == "enrol")
        return enrolAtCommand(session, std::move(key), options);
    if (what == "list" || what == "rename" || what == "remove")
        return venueKeyCommand(what, session, std::move(key), options);
    return usage("--session goes with key list, key enrol, key rename and key remove");
}

PinSource readNewPin(OptionReader& options)
{
    PinSource pin;
    options.read("--new-pin-fd", parseDescriptor, [&](int descriptor) { pin.descriptor = descriptor; });
    return pin;
}

}

base::Result<Command> keyCommand(const Words& words, OptionReader& options)
{
    const std::string what = words.positional.size() == 2 ? words.positional[1] : std::string();
    std::optional<std::string> session;
    options.read("--session", [&](const std::string& name) { session = name; });
    KeyCommand command;
    options.read("--key", [&](const std::string& path) { command.key.path = path; });
    command.key.readers = list(options, "--readers");
    if (session)
        return atSession(what, *session, std::move(command.key), options);
    if (what == "rename" || what == "remove")
        return usage("--session SESSION is needed: the counterparty that keeps the key");
    if (what == "list") {
        command.what = KeyList{};
    } else if (what == "enrol") {
        command.what = readEnrol(options);
    } else if (what == "test") {
        KeyTest test;
        test.enrolments = list(options, "--enrolment");
        test.limit = limit(options, test.limit);
        test.pin = readPin(options);
        if (test.enrolments.empty())
            return usage("--enrolment is needed: the files that `countersign-cli key enrol` wrote");
        command.what = std::move(test);
    } else if (what == "set-pin") {
        command.what = KeySetPin{readNewPin(options)};
    } else if (what == "change-pin") {
        KeyChangePin change;
        change.pin = readPin(options);
        change.newPin = readNewPin(options);
        command.what = std::move(change);
    } else {
        return usage("key needs one of list, enrol, rename, remove, test, set-pin or change-pin");
    }
    if (const auto status = options.finish(); !status)
        return status.error();
    return Command(std::move(command));
}

}
