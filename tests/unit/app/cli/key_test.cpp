#include "app/cli/arguments.h"
#include "app/cli/key_events.h"
#include "app/enrolment/key_file.h"
#include "tests/unit/app/cli/words.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace {

using cli_test::parse;
using namespace std::chrono_literals;
using base::Errc;

template <typename What>
What keyCommand(const std::string& line, cli::KeyChoice* choice = nullptr)
{
    const auto arguments = parse(line);
    EXPECT_TRUE(arguments) << arguments.error().detail;
    const auto* command = arguments ? std::get_if<cli::KeyCommand>(&arguments->command) : nullptr;
    const auto* what = command ? std::get_if<What>(&command->what) : nullptr;
    EXPECT_TRUE(what) << line;
    if (command && choice)
        *choice = command->key;
    return what ? *what : What{};
}

app::KeyEnrolment sample()
{
    app::KeyEnrolment enrolment;
    enrolment.rpId = "stepup.example.com";
    enrolment.user = "jane";
    enrolment.userId = {1, 2, 3};
    enrolment.clientData = app::enrolmentClientData(enrolment.rpId, fido::Bytes(16, 0xFF));
    enrolment.registration.credentialId = {0xFB, 0xFF};
    enrolment.registration.authenticatorData = fido::Bytes(60, 5);
    enrolment.registration.format = "packed";
    enrolment.registration.attestationStatement = {0xA0};
    enrolment.registration.algorithm = fido::Algorithm::Es384;
    return enrolment;
}

TEST(KeyArguments, AnEnrolmentOverASessionIsRead)
{
    const auto arguments = parse("key enrol --session VENUE-X --name blue --key /dev/hidraw3 --pin-fd 3 --key-pin-fd 4 "
                                 "--new-key-pin-fd 5 --confirm-new-key-last-try");
    ASSERT_TRUE(arguments) << arguments.error().detail;
    const auto* enrol = std::get_if<cli::EnrolAtCommand>(&arguments->command);
    ASSERT_TRUE(enrol);
    EXPECT_EQ(enrol->session.text(), "VENUE-X");
    EXPECT_EQ(enrol->name, "blue");
    EXPECT_EQ(enrol->path, "/dev/hidraw3");
    EXPECT_EQ(enrol->pin.descriptor, 3);
    EXPECT_EQ(arguments->keyPin.descriptor, 4);
    EXPECT_EQ(enrol->newKeyPin.descriptor, 5);
    EXPECT_TRUE(enrol->newKeyPin.lastTryConfirmed);
    EXPECT_TRUE(enrol->readers.empty());
    const auto near = parse("key enrol --session VENUE-X --name blue --readers ACR,Omnikey");
    ASSERT_TRUE(near) << near.error().detail;
    EXPECT_EQ(std::get<cli::EnrolAtCommand>(near->command).readers, (std::vector<std::string>{"ACR", "Omnikey"}));
    for (const char* wrong : {"key enrol --session VENUE-X", "key enrol --session VENUE-X --name blue --out a.json",
             "key set-pin --session VENUE-X", "key enrol --name blue --rp-id a.example --user jane --out k.json"})
        EXPECT_FALSE(parse(wrong)) << wrong;
}

TEST(KeyArguments, AnEnrolmentIsRead)
{
    cli::KeyChoice choice;
    const auto enrol =
        keyCommand<cli::KeyEnrol>("key enrol --rp-id a.example --user jane --out k.json --challenge AAAA "
                                  "--other-keys x.json,y.json --es384 --for 5s --pin-fd 4 "
                                  "--confirm-last-try --key /dev/hidraw3 --readers ACR,Omnikey",
            &choice);
    EXPECT_EQ(enrol.rpId, "a.example");
    EXPECT_EQ(enrol.user, "jane");
    EXPECT_EQ(enrol.out, "k.json");
    EXPECT_EQ(enrol.challenge, "AAAA");
    EXPECT_EQ(enrol.otherKeys, (std::vector<std::string>{"x.json", "y.json"}));
    EXPECT_TRUE(enrol.es384);
    EXPECT_EQ(enrol.limit, 5s);
    EXPECT_EQ(enrol.pin.descriptor, 4);
    EXPECT_TRUE(enrol.pin.lastTryConfirmed);
    EXPECT_EQ(choice.path, "/dev/hidraw3");
    EXPECT_EQ(choice.readers, (std::vector<std::string>{"ACR", "Omnikey"}));
}

TEST(KeyArguments, TheOthersAreRead)
{
    (void)keyCommand<cli::KeyList>("key list");
    EXPECT_EQ(keyCommand<cli::KeyTest>("key test --enrolment a,b").enrolments, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(keyCommand<cli::KeySetPin>("key set-pin --new-pin-fd 5").newPin.descriptor, 5);
    const auto change = keyCommand<cli::KeyChangePin>("key change-pin --pin-fd 4 --new-pin-fd 5");
    EXPECT_EQ(change.pin.descriptor, 4);
    EXPECT_EQ(change.newPin.descriptor, 5);
}

TEST(KeyArguments, WhatIsMissingOrTooMuchIsRefused)
{
    for (const char* line :
        {"key", "key frob", "key list more", "key enrol", "key enrol --rp-id a --user b", "key test",
            "key test --enrolment ,", "key set-pin --pin-fd 3", "key list --enrolment a", "venues --key /dev/hidraw0"})
        EXPECT_EQ(parse(line).error().code, Errc::InvalidInput) << line;
}

TEST(KeyFile, Base64UrlIsStrict)
{
    for (const fido::Bytes& bytes : {fido::Bytes{}, {0xFB}, {0xFB, 0xFF}, {0xFB, 0xFF, 0xFE}, fido::Bytes(100, 0x5A)})
        EXPECT_EQ(*app::fromBase64Url(app::toBase64Url(bytes)), bytes);
    EXPECT_EQ(app::toBase64Url({0xFB, 0xFF}), "-_8");
    for (const char* bad : {"A", "-_8=", "-_9", "+/8", "-_ 8", "AAAAA"})
        EXPECT_FALSE(app::fromBase64Url(bad)) << bad;
}

TEST(KeyFile, IsReadAsItWasWritten)
{
    const auto enrolment = sample();
    const auto read = app::parseEnrolment(app::toJson(enrolment));
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->rpId, enrolment.rpId);
    EXPECT_EQ(read->user, enrolment.user);
    EXPECT_EQ(read->userId, enrolment.userId);
    EXPECT_EQ(read->clientData, enrolment.clientData);
    EXPECT_EQ(read->registration.credentialId, enrolment.registration.credentialId);
    EXPECT_EQ(read->registration.authenticatorData, enrolment.registration.authenticatorData);
    EXPECT_EQ(read->registration.format, enrolment.registration.format);
    EXPECT_EQ(read->registration.attestationStatement, enrolment.registration.attestationStatement);
    EXPECT_EQ(read->registration.algorithm, enrolment.registration.algorithm);
}

TEST(KeyFile, EachMemberThatIsWrongIsNamed)
{
    const auto good = nlohmann::json::parse(app::toJson(sample()));
    for (const char* member : {"kind", "version", "rpId", "user", "userId", "clientData", "credentialId",
             "authenticatorData", "format", "attestationStatement", "algorithm"}) {
        for (const auto& value : {nlohmann::json(nullptr), nlohmann::json(""), nlohmann::json(99)}) {
            auto bad = good;
            bad[member] = value;
            const auto read = app::parseEnrolment(bad.dump());
            ASSERT_FALSE(read) << member;
            EXPECT_NE(read.error().detail.find(member), std::string::npos) << read.error().detail;
        }
    }
    for (const char* text : {"", "[]", "{", "null"})
        EXPECT_EQ(app::parseEnrolment(text).error().code, Errc::InvalidInput);
}

TEST(KeyFile, SaysWhatWasSigned)
{
    EXPECT_EQ(app::enrolmentClientData("a.example", fido::Bytes{0xFB, 0xFF}),
        R"({"type":"countersign.key-enrolment.v1","challenge":"-_8","origin":"countersign://a.example"})");
}

TEST(KeyEvents, ARefusalSaysWhatToDo)
{
    const auto event = cli::keyRefusedEvent({fido::Problem::PinWrong, 3, "asking: (0x31)"});
    EXPECT_EQ(event.fields["event"], "key-refused");
    EXPECT_EQ(event.fields["problem"], "pin-wrong");
    EXPECT_EQ(event.fields["pinTriesLeft"], 3);
    EXPECT_NE(event.text.find("PIN tries left: 3."), std::string::npos);
    EXPECT_NE(event.text.find(advice(fido::Problem::PinWrong)), std::string::npos);
}

TEST(KeyEvents, AKeyIsDescribed)
{
    fido::KeyDescription key;
    key.path = "/dev/hidraw0";
    key.product = "Key";
    key.aaguid = fido::Bytes(16, 0xAB);
    key.firmware = "5.7.0";
    key.pin = fido::PinStatus::NotSet;
    auto event = cli::keyEvent(key);
    EXPECT_EQ(event.fields["aaguid"], "abababab-abab-abab-abab-abababababab");
    EXPECT_FALSE(event.fields["usable"].get<bool>());
    EXPECT_NE(event.text.find("set-pin"), std::string::npos);
    key.problem = "It is busy";
    event = cli::keyEvent(key);
    EXPECT_EQ(event.fields["problem"], "It is busy");
    EXPECT_FALSE(event.fields.contains("usable"));
}

}
