#pragma once

#include "core/base/clock.h"
#include "core/fix/session.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace session_test {

/// Writes down what a session says; what it sends waits in `out`.
class Recorder final : public fix::SessionListener {
public:
    bool onBytes(std::string_view bytes) override
    {
        if (!hasRoom)
            return false;
        out += bytes;
        allSent += bytes;
        return true;
    }
    void onLoggedOn() override
    {
        ++loggedOn;
        story += "logged on, ";
    }
    void onLoggedOff() override { ++loggedOff; }
    void onMessage(const fix::WireMessage& message) override
    {
        if (failsOnMessage)
            throw std::runtime_error("cannot cope");
        messages.push_back(message);
    }
    void onReject(const fix::WireMessage& reject) override { rejects.push_back(reject); }
    void onInboundRejected(const std::string& type, const std::string& why, const std::string& raw) override
    {
        alarms.push_back(type + ": " + why + ": " + raw);
    }
    void onGapFilled(std::uint64_t first, std::uint64_t last) override
    {
        gapFilled.emplace_back(first, last);
        story += "gap filled, ";
    }
    void onPeerExpects(std::uint64_t number) override
    {
        peerExpects.push_back(number);
        story += "peer expects, ";
    }
    void onNumbersReset() override
    {
        ++numbersReset;
        story += "numbers reset, ";
    }
    void onReplayOver(fix::ReplayEnd how) override { replays.push_back(how); }

    bool hasRoom = true;
    bool failsOnMessage = false;
    std::string out;
    std::string allSent;
    int loggedOn = 0;
    int loggedOff = 0;
    std::vector<fix::WireMessage> messages;
    std::vector<fix::WireMessage> rejects;
    std::vector<std::string> alarms;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> gapFilled;
    std::vector<std::uint64_t> peerExpects;
    int numbersReset = 0;
    std::vector<fix::ReplayEnd> replays;
    std::string story; ///< what was told, in order
};

/// One end: a session, its listener and its files.
struct End {
    support::FakeClock clock;
    fix::SessionConfig config;
    Recorder heard;
    std::unique_ptr<fix::FixSession> session;

    void open()
    {
        session.reset();
        auto opened = fix::FixSession::open(config, heard, clock);
        ASSERT_TRUE(opened) << opened.error().detail;
        session = *std::move(opened);
    }
    /// As a poll loop does: a tick where one is due.
    void tickIfDue()
    {
        if (session->nextTime() <= clock.steady())
            session->tick();
    }
};

/// Framed and summed: "35=S|34=2|..." becomes a message with 8, 9 and 10.
inline std::string framed(std::string fields)
{
    std::replace(fields.begin(), fields.end(), '|', '\x01');
    std::string message = "8=FIX.4.4\x01"
                          "9="
        + std::to_string(fields.size()) + "\x01" + fields;
    unsigned sum = 0;
    for (const char c : message)
        sum += static_cast<unsigned char>(c);
    std::string digits = std::to_string(sum % 256);
    digits.insert(0, 3 - digits.size(), '0');
    return message + "10=" + digits + "\x01";
}

/// SendingTime(52) of now.
std::string sendingTime(base::UtcTime time);

/// A desk and a venue, joined by memory.
class SessionPair : public testing::Test {
protected:
    void SetUp() override
    {
        desk.config = {fix::SessionRole::Initiator, "desk", "DESK", "VENUE", std::chrono::seconds(30),
            fix::SequenceReset::Never, {}, files.path() / "store", files.path() / "log", std::chrono::seconds(10),
            fix::NextExpected::Omitted, {}};
        venue.config = {fix::SessionRole::Acceptor, "venue", "VENUE", "DESK", std::chrono::seconds(30),
            fix::SequenceReset::Never, {"8"}, files.path() / "store", files.path() / "log", std::chrono::seconds(10),
            fix::NextExpected::Omitted, {}};
        desk.open();
        venue.open();
    }

    /// Time passes at both ends.
    void advance(std::chrono::nanoseconds by)
    {
        desk.clock.advance(by);
        venue.clock.advance(by);
    }
    /// Carries bytes both ways until both are silent.
    void pump()
    {
        desk.tickIfDue();
        venue.tickIfDue();
        while (!desk.heard.out.empty() || !venue.heard.out.empty()) {
            venue.session->receive(std::exchange(desk.heard.out, {}));
            desk.session->receive(std::exchange(venue.heard.out, {}));
        }
    }
    void connect()
    {
        desk.session->connected();
        venue.session->connected();
    }
    void disconnect()
    {
        desk.session->disconnected();
        venue.session->disconnected();
        desk.heard.out.clear();
        venue.heard.out.clear();
    }
    void logOn()
    {
        connect();
        pump();
        ASSERT_TRUE(desk.session->loggedOn());
        ASSERT_TRUE(venue.session->loggedOn());
    }
    /// Bytes of the venue that its session did not write.
    void venueSays(const std::string& type, int seqNum, const std::string& fields, const std::string& header = "")
    {
        desk.session->receive(framed("35=" + type + "|34=" + std::to_string(seqNum) + "|49=VENUE|56=DESK|" + header
            + "52=" + sendingTime(desk.clock.utc()) + "|" + fields));
    }

    support::TemporaryDirectory files;
    End desk;
    End venue;
};

inline fix::WireMessage message(std::string type, std::vector<std::pair<int, std::string>> fields)
{
    fix::WireMessage result;
    result.type = std::move(type);
    result.fields = std::move(fields);
    return result;
}

}
