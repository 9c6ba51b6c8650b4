#include "auth/fido/answers.h"
#include "auth/fido/local_check.h"
#include "auth/fido/pin_text.h"
#include "auth/fido/problem.h"
#include "tests/unit/fido/scripted_frames.h"

#include <gtest/gtest.h>

#include <fido.h>
#include <fstream>
#include <regex>
#include <set>
#include <string>

using base::Errc;
using fido::Problem;

TEST(Problems, AllHaveWordsOfTheirOwn)
{
    std::set<std::string> names;
    for (int i = 0; i <= static_cast<int>(Problem::Internal); ++i) {
        const auto problem = static_cast<Problem>(i);
        EXPECT_TRUE(names.insert(problemName(problem)).second) << problemName(problem);
        EXPECT_TRUE(std::string(meaning(problem)).ends_with('.'));
        EXPECT_TRUE(std::string(advice(problem)).ends_with('.'));
    }
}

TEST(Problems, OfCtapAreTold)
{
    const auto of = [](int code) { return fido::failureOf(code, "doing").problem; };
    EXPECT_EQ(of(FIDO_ERR_PIN_INVALID), Problem::PinWrong);
    EXPECT_EQ(of(FIDO_ERR_PIN_AUTH_BLOCKED), Problem::ReplugNeeded);
    EXPECT_EQ(of(FIDO_ERR_PIN_BLOCKED), Problem::PinBlocked);
    EXPECT_EQ(of(FIDO_ERR_PIN_NOT_SET), Problem::PinNotSet);
    EXPECT_EQ(of(FIDO_ERR_PIN_REQUIRED), Problem::PinNeeded);
    EXPECT_EQ(of(FIDO_ERR_PIN_POLICY_VIOLATION), Problem::PinUnfit);
    EXPECT_EQ(of(FIDO_ERR_NO_CREDENTIALS), Problem::WrongKey);
    EXPECT_EQ(of(FIDO_ERR_CREDENTIAL_EXCLUDED), Problem::AlreadyEnrolled);
    EXPECT_EQ(of(FIDO_ERR_OPERATION_DENIED), Problem::Denied);
    EXPECT_EQ(of(FIDO_ERR_USER_ACTION_TIMEOUT), Problem::TimedOut);
    EXPECT_EQ(of(FIDO_ERR_KEEPALIVE_CANCEL), Problem::Busy);
    EXPECT_EQ(of(FIDO_ERR_CHANNEL_BUSY), Problem::Busy);
    EXPECT_EQ(of(FIDO_ERR_UNSUPPORTED_ALGORITHM), Problem::Unsupported);
    EXPECT_EQ(of(FIDO_ERR_KEY_STORE_FULL), Problem::Full);
    EXPECT_EQ(of(FIDO_ERR_RX), Problem::BadAnswer);
    EXPECT_EQ(of(0x77), Problem::BadAnswer);
    EXPECT_NE(fido::failureOf(FIDO_ERR_PIN_INVALID, "doing").detail.find("(0x31)"), std::string::npos);
}

TEST(Problems, AConversationThatTheKeyEndedIsBegunAnew)
{
    const auto of = [](int code) { return fido::failureOf(code, "doing").problem; };
    EXPECT_EQ(of(FIDO_ERR_PIN_AUTH_INVALID), Problem::StartOver);
    EXPECT_EQ(of(FIDO_ERR_PIN_TOKEN_EXPIRED), Problem::StartOver);
    EXPECT_EQ(of(FIDO_ERR_TIMEOUT), Problem::StartOver);
    EXPECT_NE(std::string(advice(Problem::StartOver)).find("Start over"), std::string::npos);
    EXPECT_EQ(of(FIDO_ERR_MISSING_PARAMETER), Problem::Unsupported);
    EXPECT_EQ(of(0x3e), Problem::Unsupported) << "an unknown subcommand";
    EXPECT_EQ(of(FIDO_ERR_UNAUTHORIZED_PERM), Problem::Unsupported);
    EXPECT_EQ(of(0x3d), Problem::Damaged);
}

TEST(Problems, AFingerThatWasNotRecognisedIsNeitherRefusedNorTheEndOfTheKey)
{
    const auto of = [](int code) { return fido::failureOf(code, "doing").problem; };
    EXPECT_EQ(of(FIDO_ERR_UV_INVALID), Problem::FingerprintWrong);
    EXPECT_EQ(of(FIDO_ERR_UV_BLOCKED), Problem::FingerprintBlocked);
    for (const auto problem : {Problem::FingerprintWrong, Problem::FingerprintBlocked}) {
        EXPECT_EQ(std::string(advice(problem)).find("tell IT"), std::string::npos);
        EXPECT_EQ(std::string(advice(problem)).find("reset"), std::string::npos);
        EXPECT_NE(std::string(advice(problem)).find("PIN"), std::string::npos);
    }
}

TEST(Problems, EveryCodeThatLibfido2NamesHasAMeaningOrIsKnownToHaveNone)
{
    // Nonsense on the wire, of a key or of libfido2, or a status of what is never asked here.
    const std::set<std::string> unintelligible{"INVALID_PARAMETER", "INVALID_LENGTH", "INVALID_SEQ", "INVALID_CHANNEL",
        "CBOR_UNEXPECTED_TYPE", "INVALID_CBOR", "PROCESSING", "NO_OPERATIONS", "NOT_BUSY", "NO_OPERATION_PENDING",
        "ERR_OTHER", "SPEC_LAST", "TX", "RX", "RX_NOT_CBOR", "RX_INVALID_CBOR", "INVALID_PARAM", "INVALID_SIG",
        "USER_PRESENCE_REQUIRED", "NOTFOUND", "COMPRESS"};
    std::ifstream header(FIDO_ERR_HEADER);
    ASSERT_TRUE(header) << FIDO_ERR_HEADER;
    std::set<std::string> named;
    const std::regex definition(R"(#define FIDO_ERR_(\w+)\s+(-?\w+))");
    for (std::string line; std::getline(header, line);) {
        std::smatch found;
        if (!std::regex_search(line, found, definition) || found[1] == "SUCCESS")
            continue;
        const std::string name = found[1];
        named.insert(name);
        const auto problem = fido::failureOf(std::stoi(found[2], nullptr, 0), "doing").problem;
        EXPECT_EQ(problem == Problem::BadAnswer, unintelligible.contains(name)) << name;
    }
    EXPECT_GE(named.size(), 55U) << "libfido2 1.12 names so many";
    for (const std::string& name : unintelligible)
        EXPECT_TRUE(named.contains(name)) << name;
}

TEST(Problems, HaveACodeForTheDesk)
{
    const auto error = fido::asError({Problem::PinWrong, 3, "x"});
    EXPECT_EQ(error.code, Errc::PinWrong);
    EXPECT_NE(error.detail.find("PIN tries left: 3."), std::string::npos);
    EXPECT_EQ(fido::asError({Problem::Removed, std::nullopt, ""}).code, Errc::TokenAbsent);
    EXPECT_EQ(fido::asError({Problem::WrongKey, std::nullopt, ""}).code, Errc::KeyNotFound);
    EXPECT_EQ(fido::asError({Problem::TimedOut, std::nullopt, ""}).code, Errc::Timeout);
}

TEST(ByteStrings, AreUnwrappedOrRefused)
{
    EXPECT_EQ(fido::byteStringIn(fromHex("420102")), fromHex("0102"));
    EXPECT_EQ(fido::byteStringIn(fromHex("58020102")), fromHex("0102"));
    EXPECT_EQ(fido::byteStringIn(fromHex("5900020102")), fromHex("0102"));
    EXPECT_EQ(fido::byteStringIn(fromHex("40")), fido::Bytes());
    for (const char* bad : {"", "4201", "42010203", "58", "5802", "5903", "590003", "5a000000020102", "820102", "5f"})
        EXPECT_FALSE(fido::byteStringIn(fromHex(bad)).has_value()) << bad;
}

TEST(AttestationObject, IsCborOfThreeMembers)
{
    fido::Registration registration;
    registration.format = "none";
    registration.attestationStatement = {0xA0};
    registration.authenticatorData = fido::Bytes(37, 1);
    EXPECT_EQ(fido::attestationObject(registration),
        fromHex("a363666d74646e6f6e656761747453746d74a068617574684461746158250101010101010101010101010101010101010101"
                "0101010101010101010101010101010101"));
    registration.authenticatorData = fido::Bytes(300, 1);
    EXPECT_EQ(fido::attestationObject(registration).at(28), 0x59);
    EXPECT_TRUE(fido::publicKeyOf(registration).empty());
    EXPECT_TRUE(failureIn(fido::checkRegistration(registration, "example.com", fido::Bytes(32, 0))));
}
