#include "auth/fido/device.h"
#include "auth/fido/hid_link.h"
#include "auth/fido/short_apdu.h"
#include "core/base/clock.h"
#include "tests/support/test_pki.h"
#include "tests/unit/fido/scripted_frames.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <unistd.h>

using fido::Problem;
using namespace std::chrono_literals;

namespace {

/// An open key whose getInfo says this, and which holds one credential.
class LimitedKey : public testing::Test {
protected:
    LimitedKey()
        : m_frames(m_clock)
        , m_operation(m_clock, 10s, {})
        , m_link(m_frames, m_operation)
    {
        m_frames.script = [this](unsigned char command, const fido::Bytes& payload) {
            if (command != ScriptedFrames::Cbor || payload.empty())
                return false;
            if (payload[0] == 0x04) {
                m_frames.send(ScriptedFrames::Given, command, m_info);
                return true;
            }
            if (payload[0] != 0x02)
                return false;
            ++m_asked;
            const bool holds =
                std::search(payload.begin(), payload.end(), m_held.begin(), m_held.end()) != payload.end();
            m_frames.send(ScriptedFrames::Given, command, holds && m_answer.size() > 1 ? m_answer : fido::Bytes{0x2E});
            return true;
        };
    }

    /// getInfo with one more member.
    static fido::Bytes infoWith(const char* member)
    {
        fido::Bytes info = infoReply();
        ++info.at(1); // the number of members
        const auto more = fromHex(member);
        info.insert(info.end(), more.begin(), more.end());
        return info;
    }

    fido::Outcome<fido::Device> open() { return fido::Device::open(m_link, m_operation); }
    static fido::AssertRequest request(int ids)
    {
        fido::AssertRequest asked;
        asked.rpId = "stepup.example.com";
        asked.clientDataHash = fido::Bytes(32, 1);
        for (int i = 0; i < ids; ++i)
            asked.allowed.push_back(fido::Bytes(32, static_cast<unsigned char>(0x40 + i)));
        return asked;
    }

    support::FakeClock m_clock;
    ScriptedFrames m_frames;
    fido::Operation m_operation;
    fido::HidLink m_link;
    fido::Bytes m_info = infoReply();
    fido::Bytes m_held = fido::Bytes(32, 0x42);
    fido::Bytes m_answer;
    int m_asked = 0;
};

}

TEST_F(LimitedKey, ThatWantsAnotherPinFirstIsNotGivenOne)
{
    m_info = infoWith("0cf5");
    auto opened = open();
    auto* device = std::get_if<fido::Device>(&opened);
    ASSERT_NE(device, nullptr);
    base::SecretBytes pin;
    ASSERT_TRUE(pin.append(std::string_view("123456")));
    const auto given = device->assertion(request(1), pin);
    ASSERT_TRUE(failureIn(given));
    EXPECT_EQ(failureIn(given)->problem, Problem::PinChangeNeeded) << failureIn(given)->detail;
    EXPECT_EQ(m_asked, 0);
}

TEST_F(LimitedKey, ThatDoesNotTellHowManyTriesAreLeftIsGivenNoPin)
{
    auto opened = open();
    auto* device = std::get_if<fido::Device>(&opened);
    ASSERT_NE(device, nullptr);
    int pinMessages = 0;
    m_frames.script = [&](unsigned char command, const fido::Bytes& payload) {
        if (command == ScriptedFrames::Cbor && !payload.empty() && payload[0] == 0x06) {
            ++pinMessages;
            m_frames.send(ScriptedFrames::Given, command, {0x7F});
            return true;
        }
        return false;
    };
    base::SecretBytes pin;
    ASSERT_TRUE(pin.append(std::string_view("123456")));
    const auto given = device->assertion(request(1), pin);
    ASSERT_TRUE(failureIn(given));
    EXPECT_EQ(failureIn(given)->problem, Problem::BadAnswer) << failureIn(given)->detail;
    EXPECT_EQ(pinMessages, 1);
}

TEST_F(LimitedKey, IsAskedAboutALongListInParts)
{
    m_info = infoWith("0702"); // two ids at most
    auto opened = open();
    auto* device = std::get_if<fido::Device>(&opened);
    ASSERT_NE(device, nullptr);
    const auto none = device->holds(request(5), {});
    ASSERT_TRUE(failureIn(none));
    EXPECT_EQ(failureIn(none)->problem, Problem::WrongKey) << failureIn(none)->detail;
    EXPECT_EQ(m_asked, 3);
    (void)device->holds(request(2), {});
    EXPECT_EQ(m_asked, 4) << "a list that fits is asked about once";
}

TEST_F(LimitedKey, IsNotAskedAboutIdsThatAreLongerThanAnyOfItsOwn)
{
    m_info = infoWith("081840"); // 64 bytes at most
    fido::Bytes sent;
    m_frames.script = [&, answer = m_frames.script](unsigned char command, const fido::Bytes& payload) {
        if (command == ScriptedFrames::Cbor && !payload.empty() && payload[0] == 0x02)
            sent = payload;
        return answer(command, payload);
    };
    auto opened = open();
    auto* device = std::get_if<fido::Device>(&opened);
    ASSERT_NE(device, nullptr);
    fido::AssertRequest mixed = request(1);
    const fido::Bytes ofAnotherMaker(200, 0x77);
    mixed.allowed.push_back(ofAnotherMaker);
    (void)device->holds(mixed, {});
    EXPECT_EQ(m_asked, 1) << "that the list is shorter tells nothing";
    EXPECT_NE(std::search(sent.begin(), sent.end(), mixed.allowed[0].begin(), mixed.allowed[0].end()), sent.end());
    EXPECT_EQ(std::search(sent.begin(), sent.end(), ofAnotherMaker.begin(), ofAnotherMaker.end()), sent.end());

    mixed.allowed = {ofAnotherMaker};
    const auto none = device->holds(mixed, {});
    ASSERT_TRUE(failureIn(none));
    EXPECT_EQ(failureIn(none)->problem, Problem::WrongKey);
    EXPECT_EQ(m_asked, 1);
}

TEST_F(LimitedKey, IsSentNoLongerMessagesThanItTakes)
{
    std::size_t longest = 0; // of what infoReply() says: 1,200 bytes
    m_frames.script = [&, answer = m_frames.script](unsigned char command, const fido::Bytes& payload) {
        longest = std::max(longest, payload.size());
        return answer(command, payload);
    };
    auto opened = open();
    auto* device = std::get_if<fido::Device>(&opened);
    ASSERT_NE(device, nullptr);
    fido::AssertRequest many = request(16);
    for (auto& id : many.allowed)
        id.resize(128, 0x55);
    const auto none = device->holds(many, {});
    ASSERT_TRUE(failureIn(none));
    EXPECT_EQ(failureIn(none)->problem, Problem::WrongKey) << failureIn(none)->detail;
    EXPECT_EQ(m_asked, 3);
    EXPECT_GT(longest, 900U);
    EXPECT_LE(longest, 1'200U);
}

TEST(KeyLimits, IdsOfAKeyThatTellsNothingGoInMessagesOfTheSmallestKind)
{
    const std::vector<fido::Bytes> ids(20, fido::Bytes(64, 1));
    const auto lists = fido::listsOf(ids, {}, 100);
    ASSERT_EQ(lists.size(), 2U);
    EXPECT_EQ(lists[0].size(), 10U); // (1,024 - 100) / (64 + 23)
    EXPECT_TRUE(fido::listsOf({}, {}, 100).empty());
    EXPECT_EQ(fido::listsOf({fido::Bytes(2'000, 1)}, {}, 100).size(), 1U) << "the key says no";
}

TEST(KeyLimits, WhatAKeyDoesNotTakeIsNoMistakeOfThePerson)
{
    EXPECT_EQ(fido::failureOf(0x15, "doing").problem, Problem::Unsupported); // LIMIT_EXCEEDED
    EXPECT_EQ(fido::failureOf(0x39, "doing").problem, Problem::Unsupported); // REQUEST_TOO_LARGE
}

TEST(KeyLimits, AKeyThatAnotherProgramHasLockedIsWaitedForAndThenBusy)
{
    const support::TemporaryDirectory directory;
    const std::string path = directory.write("key", "").string();
    const int other = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_GE(other, 0);
    ASSERT_EQ(::flock(other, LOCK_EX | LOCK_NB), 0);
    const base::SystemClock clock;
    fido::Operation operation(clock, 60s, {});
    const auto refused = fido::openFrames(path, operation);
    ASSERT_TRUE(failureIn(refused));
    EXPECT_EQ(failureIn(refused)->problem, Problem::Busy);
    fido::Operation cancelled(clock, 60s, {});
    cancelled.cancel();
    EXPECT_EQ(failureIn(fido::openFrames(path, cancelled))->problem, Problem::Cancelled);
    ASSERT_EQ(::flock(other, LOCK_UN), 0);
    const auto ours = fido::openFrames(path, operation);
    EXPECT_FALSE(failureIn(ours));
    EXPECT_NE(::flock(other, LOCK_EX | LOCK_NB), 0) << "it is ours alone now";
    ::close(other);
}

TEST(ShortApdu, GoesOverT0InTheFormsThatT0Has)
{
    std::array<unsigned char, 5> room{};
    const auto sent = [&](const char* hex) {
        const auto command = fromHex(hex);
        const auto view = fido::forT0(command, room);
        return fido::Bytes(view.begin(), view.end());
    };
    EXPECT_EQ(sent("00200080"), fromHex("0020008000")) << "a command of four bytes has a fifth";
    EXPECT_EQ(sent("00cb3fff055c035fc10200"), fromHex("00cb3fff055c035fc102")) << "data and no length";
    EXPECT_EQ(sent("00f8000000"), fromHex("00f8000000"));
    EXPECT_EQ(sent("0020008008313233343536ffff"), fromHex("0020008008313233343536ffff"));
}

TEST(ShortApdu, IsSentAgainWithTheLengthThatTheCardTells)
{
    EXPECT_EQ(fido::withLengthTold(fromHex("00f8000000"), fromHex("6c04")), fromHex("00f8000004"));
    EXPECT_EQ(
        fido::withLengthTold(fromHex("00cb3fff055c035fc10200"), fromHex("6c20")), fromHex("00cb3fff055c035fc10220"));
    EXPECT_FALSE(fido::withLengthTold(fromHex("00f8000000"), fromHex("9000")));
    EXPECT_FALSE(fido::withLengthTold(fromHex("0020008001aa"), fromHex("6c04"))) << "it expects nothing back";
}
