#include "auth/fido/card_link.h"
#include "auth/fido/device.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/fido/scripted_frames.h"

#include <gtest/gtest.h>

#include <vector>

using fido::Bytes;
using fido::Problem;
using namespace std::chrono_literals;

namespace {

Bytes withStatus(Bytes data, unsigned status)
{
    data.push_back(static_cast<unsigned char>(status >> 8U));
    data.push_back(static_cast<unsigned char>(status));
    return data;
}

/// A card that knows FIDO: long answers by GET RESPONSE, long commands by chaining.
class ScriptedCard final : public fido::CardIo {
public:
    std::vector<Bytes> commands;
    /// Instead of the answer in order; nothing: in order after all.
    std::function<std::optional<fido::Outcome<Bytes>>(const Bytes&)> script;
    /// The CBOR messages that came, put together.
    std::vector<Bytes> messages;
    /// What the next message other than getInfo is answered.
    Bytes reply{0x2E};
    std::string version = "U2F_V2";

    fido::Outcome<Bytes> transmit(std::span<const unsigned char> command) override
    {
        const Bytes bytes(command.begin(), command.end());
        commands.push_back(bytes);
        if (script) {
            if (const auto answer = script(bytes))
                return *answer;
        }
        if (bytes.at(1) == 0xA4)
            return withStatus(Bytes(version.begin(), version.end()), 0x9000);
        if (bytes.at(1) == 0xC0 || bytes.at(1) == 0x11)
            return next();
        m_message.insert(m_message.end(), bytes.begin() + 5, bytes.begin() + 5 + bytes.at(4));
        if ((bytes.at(0) & 0x10U) != 0)
            return withStatus({}, 0x9000);
        messages.push_back(std::exchange(m_message, {}));
        m_rest = messages.back().at(0) == 0x04 ? infoReply() : reply;
        return next();
    }

private:
    Bytes next()
    {
        constexpr std::size_t Part = 50;
        const auto size = std::min(Part, m_rest.size());
        Bytes part(m_rest.begin(), m_rest.begin() + static_cast<std::ptrdiff_t>(size));
        m_rest.erase(m_rest.begin(), m_rest.begin() + static_cast<std::ptrdiff_t>(size));
        const auto more = static_cast<unsigned>(std::min<std::size_t>(m_rest.size(), 255));
        return withStatus(part, more == 0 ? 0x9000 : 0x6100 | more);
    }

    Bytes m_message;
    Bytes m_rest;
};

class Card : public testing::Test {
protected:
    fido::Outcome<fido::Device> open() { return fido::Device::open(link, operation); }

    static fido::AssertRequest request(std::size_t ids)
    {
        fido::AssertRequest asked;
        asked.rpId = "stepup.example.com";
        asked.clientDataHash = Bytes(32, 1);
        for (std::size_t i = 0; i < ids; ++i)
            asked.allowed.emplace_back(64, static_cast<unsigned char>(i + 1));
        return asked;
    }
    Problem heldProblem(std::size_t ids = 1)
    {
        auto opened = open();
        if (const auto* failure = failureIn(opened))
            return failure->problem;
        const auto held = std::get_if<fido::Device>(&opened)->holds(request(ids), {});
        return failureIn(held) ? failureIn(held)->problem : Problem::Internal;
    }
    /// `answer` speaks from the first request for an assertion on.
    void answerMessage(std::function<fido::Outcome<Bytes>(const Bytes&)> answer)
    {
        card.script = [answer = std::move(answer), asked = false](
                          const Bytes& command) mutable -> std::optional<fido::Outcome<Bytes>> {
            asked = asked || (command.at(1) == 0x10 && command.at(5) == 0x02);
            return asked ? std::optional(answer(command)) : std::nullopt;
        };
    }

    support::FakeClock clock;
    ScriptedCard card;
    std::vector<fido::TouchNeeded> touches;
    fido::Operation operation{clock, 10s, [this](fido::TouchNeeded needed) { touches.push_back(needed); }};
    fido::CardLink link{card, operation};
};

}

TEST_F(Card, IsSelectedAndDescribed)
{
    auto opened = open();
    auto* device = std::get_if<fido::Device>(&opened);
    ASSERT_NE(device, nullptr) << failureIn(opened)->detail;
    EXPECT_EQ(card.commands.at(0), fromHex("00a4040008a0000006472f000100"));
    const auto described = device->describe();
    ASSERT_FALSE(failureIn(described));
    EXPECT_EQ(std::get_if<fido::KeyDescription>(&described)->pin, fido::PinStatus::Set);
    // The long answer came in parts.
    EXPECT_EQ(card.commands.at(2).at(1), 0xC0);
}

TEST_F(Card, GetsALongMessageInChainedCommands)
{
    EXPECT_EQ(heldProblem(6), Problem::WrongKey);
    const Bytes& message = card.messages.back();
    EXPECT_GT(message.size(), 480U);
    std::vector<Bytes> chain;
    for (const Bytes& command : card.commands) {
        if (command.at(1) == 0x10)
            chain.push_back(command);
    }
    ASSERT_GE(chain.size(), 4U);
    const Bytes& last = chain.back();
    const Bytes& before = chain.at(chain.size() - 2);
    EXPECT_EQ(before.at(0), 0x90);
    EXPECT_EQ(before.size(), 5U + 240U);
    EXPECT_EQ(last.at(0), 0x80);
    EXPECT_EQ(last.size(), 5U + last.at(4) + 1U);
}

TEST_F(Card, WithoutFidoIsUnsupported)
{
    card.script = [](const Bytes&) { return withStatus({}, 0x6A82); };
    EXPECT_EQ(heldProblem(), Problem::Unsupported);
}

TEST_F(Card, OfAnUnknownVersionIsNotUnderstood)
{
    card.version = "U2F_V9";
    EXPECT_EQ(heldProblem(), Problem::BadAnswer);
}

TEST_F(Card, OlderOneIsAskedWithoutPolling)
{
    answerMessage([](const Bytes& command) -> fido::Outcome<Bytes> {
        return command.at(2) == 0x80 ? withStatus({}, 0x6A86) : withStatus({0x2E}, 0x9000);
    });
    EXPECT_EQ(heldProblem(), Problem::WrongKey);
    EXPECT_EQ(card.commands.back().at(2), 0x00);
}

TEST_F(Card, WaitsForTheTouchByPolling)
{
    int polls = 0;
    answerMessage([&](const Bytes& command) -> fido::Outcome<Bytes> {
        clock.advance(150ms);
        if (command.at(1) == 0x11) {
            EXPECT_EQ(command, fromHex("8011000000"));
        }
        return ++polls < 5 ? withStatus({2}, 0x9100) : withStatus({0x27}, 0x9000);
    });
    EXPECT_EQ(heldProblem(), Problem::Denied);
    EXPECT_EQ(polls, 5);
    EXPECT_EQ(touches.size(), 1U);
}

TEST_F(Card, IsToldToStopWhenItIsCalledOff)
{
    answerMessage([&](const Bytes& command) -> fido::Outcome<Bytes> {
        if (command.at(1) == 0x11 && command.at(2) == 0x11)
            return withStatus({0x2D}, 0x9000);
        operation.cancel();
        return withStatus({2}, 0x9100);
    });
    EXPECT_EQ(heldProblem(), Problem::Cancelled);
}

TEST_F(Card, ThatDoesNotStopIsLeft)
{
    operation.cancel();
    answerMessage([](const Bytes&) -> fido::Outcome<Bytes> { return withStatus({1}, 0x9100); });
    EXPECT_EQ(heldProblem(), Problem::Cancelled);
    EXPECT_LT(card.commands.size(), 30U);
}

TEST_F(Card, ThatNeverStopsPollingIsTimedOut)
{
    answerMessage([&](const Bytes&) -> fido::Outcome<Bytes> {
        clock.advance(500ms);
        return withStatus({2}, 0x9100);
    });
    EXPECT_EQ(heldProblem(), Problem::TimedOut);
    EXPECT_LT(card.commands.size(), 60U);
}

TEST_F(Card, IsTakenAway)
{
    answerMessage([](const Bytes&) -> fido::Outcome<Bytes> {
        return fido::Failure{Problem::Removed, std::nullopt, "talking to the card"};
    });
    EXPECT_EQ(heldProblem(), Problem::Removed);
}

TEST_F(Card, ThatAnswersNonsenseIsNotUnderstood)
{
    const std::vector<Bytes> answers{{}, {0x90}, withStatus({}, 0x9000), withStatus({}, 0x6F00),
        withStatus({0x00, 0xBF, 0xFF}, 0x9000), withStatus(Bytes(256, 0), 0x9000)};
    for (const Bytes& answer : answers) {
        answerMessage([&](const Bytes&) -> fido::Outcome<Bytes> { return answer; });
        EXPECT_EQ(heldProblem(), Problem::BadAnswer) << answer.size();
    }
}

TEST_F(Card, ThatPromisesMoreForEverIsLeft)
{
    answerMessage([](const Bytes&) -> fido::Outcome<Bytes> { return withStatus({}, 0x61FF); });
    EXPECT_EQ(heldProblem(), Problem::BadAnswer);
    answerMessage([](const Bytes&) -> fido::Outcome<Bytes> { return withStatus(Bytes(255, 0), 0x61FF); });
    EXPECT_EQ(heldProblem(), Problem::BadAnswer);
    EXPECT_LT(card.commands.size(), 80U);
}
