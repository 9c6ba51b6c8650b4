#pragma once

#include "core/fix/raw_message.h"
#include "tests/session/session_pair.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace session_test {

/// One session of ours against a peer that is written by hand, for the session test cases of the FIX Trading Community.
/// The tests carry their ids: Case2c is 2.c. docs/fix-session.md is their list.
class SessionCase : public testing::Test {
protected:
    void open(fix::SessionRole role);
    void reopen() { us.open(); }

    /// The connection stands; an initiator sends its Logon.
    void connect();
    void hangUp();
    /// Connects and exchanges Logons, the peer's with this number.
    void logOn();
    void peerLogsOn(std::uint64_t seqNum, const std::string& fields = "", const std::string& header = "");

    /// The peer's next message in order. `header` stands before SendingTime, which it may replace.
    void peerSays(const std::string& type, const std::string& fields, const std::string& header = "");
    void peerSays(
        const std::string& type, std::uint64_t seqNum, const std::string& fields, const std::string& header = "");
    /// "34=..|49=..|56=..|" of the peer, and SendingTime of now.
    [[nodiscard]] std::string headerOf(std::uint64_t seqNum, const std::string& header = "") const;
    /// "43=Y|122=.." of a message sent a minute ago.
    [[nodiscard]] std::string possDup() const;
    void receive(const std::string& bytes) { us.session->receive(bytes); }
    /// Time passes, and every tick comes when it is due.
    void pass(std::chrono::milliseconds time);

    /// What we sent since the last call.
    std::vector<fix::RawMessage> sent();
    /// The MsgTypes of it: "A5".
    std::string sentTypes();
    /// The one message sent since the last call; fails the test where it is not one of this type.
    fix::RawMessage sentOnly(const std::string& type);

    /// Nothing was lost, nothing ended: the next message in order is delivered.
    void expectGoesOn();
    void expectClosed(base::Errc code, const std::string& words);

    support::TemporaryDirectory files;
    End us;
    std::uint64_t peerNext = 1; ///< the peer's next MsgSeqNum
};

class Initiator : public SessionCase {
protected:
    void SetUp() override { open(fix::SessionRole::Initiator); }
};

class Acceptor : public SessionCase {
protected:
    void SetUp() override { open(fix::SessionRole::Acceptor); }
};

/// What holds for both.
class EitherEnd : public SessionCase, public testing::WithParamInterface<fix::SessionRole> {
protected:
    void SetUp() override { open(GetParam()); }
};

}
