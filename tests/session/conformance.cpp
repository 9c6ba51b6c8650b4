#include "tests/session/conformance.h"

#include "core/fix/framer.h"
#include "core/fix/tags.h"

namespace session_test {

using namespace std::chrono_literals;

void SessionCase::open(fix::SessionRole role)
{
    us.config = {role, "us", "US", "PEER", 30s, fix::SequenceReset::Never, {"8"}, files.path() / "store",
        files.path() / "log", 10s, fix::NextExpected::Omitted, {}};
    us.open();
}

void SessionCase::connect()
{
    us.session->connected();
    us.tickIfDue();
}

void SessionCase::hangUp()
{
    us.session->disconnected();
    us.heard.out.clear();
}

void SessionCase::logOn()
{
    connect();
    peerLogsOn(peerNext);
    ASSERT_TRUE(us.session->loggedOn()) << us.session->closing()->detail;
    us.heard.out.clear();
}

void SessionCase::peerLogsOn(std::uint64_t seqNum, const std::string& fields, const std::string& header)
{
    peerSays("A", seqNum, "98=0|108=30|" + fields, header);
    peerNext = seqNum + 1;
}

void SessionCase::peerSays(const std::string& type, const std::string& fields, const std::string& header)
{
    peerSays(type, peerNext++, fields, header);
}

void SessionCase::peerSays(
    const std::string& type, std::uint64_t seqNum, const std::string& fields, const std::string& header)
{
    receive(framed("35=" + type + "|" + headerOf(seqNum, header) + fields));
}

std::string SessionCase::headerOf(std::uint64_t seqNum, const std::string& header) const
{
    std::string text = "34=" + std::to_string(seqNum) + "|";
    if (header.find("49=") == std::string::npos)
        text += "49=PEER|";
    if (header.find("56=") == std::string::npos)
        text += "56=US|";
    text += header;
    if (header.find("52=") == std::string::npos)
        text += "52=" + sendingTime(us.clock.utc()) + "|";
    return text;
}

std::string SessionCase::possDup() const
{
    return "43=Y|122=" + sendingTime(us.clock.utc() - 60s) + "|";
}

void SessionCase::pass(std::chrono::milliseconds time)
{
    const base::SteadyTime end = us.clock.steady() + time;
    while (us.session->nextTime() <= end) {
        us.clock.advance(std::max(base::SteadyTime::duration(0), us.session->nextTime() - us.clock.steady()));
        us.session->tick();
    }
    us.clock.advance(end - us.clock.steady());
}

std::vector<fix::RawMessage> SessionCase::sent()
{
    fix::Framer framer;
    framer.add(std::exchange(us.heard.out, {}));
    std::vector<fix::RawMessage> messages;
    for (auto next = framer.next(); next && *next; next = framer.next())
        messages.push_back(fix::takeApart(**next).value_or(fix::RawMessage()));
    return messages;
}

std::string SessionCase::sentTypes()
{
    std::string types;
    for (const fix::RawMessage& message : sent())
        types += message.body.type;
    return types;
}

fix::RawMessage SessionCase::sentOnly(const std::string& type)
{
    auto messages = sent();
    std::string types;
    for (const fix::RawMessage& message : messages)
        types += message.body.type;
    EXPECT_EQ(types, type);
    return messages.size() == 1 ? messages.front() : fix::RawMessage();
}

void SessionCase::expectGoesOn()
{
    const std::size_t before = us.heard.messages.size();
    peerSays("8", "17=NEXT|");
    EXPECT_FALSE(us.session->closing());
    ASSERT_EQ(us.heard.messages.size(), before + 1);
    EXPECT_EQ(us.heard.messages.back().find(fix::tag::ExecId), "NEXT");
    EXPECT_EQ(us.session->nextTarget(), static_cast<int>(peerNext));
}

void SessionCase::expectClosed(base::Errc code, const std::string& words)
{
    ASSERT_TRUE(us.session->closing());
    EXPECT_EQ(us.session->closing()->code, code);
    EXPECT_NE(us.session->closing()->detail.find(words), std::string::npos) << us.session->closing()->detail;
    EXPECT_FALSE(us.session->loggedOn());
}

INSTANTIATE_TEST_SUITE_P(Roles, EitherEnd, testing::Values(fix::SessionRole::Initiator, fix::SessionRole::Acceptor),
    [](const auto& role) { return role.param == fix::SessionRole::Initiator ? "Initiator" : "Acceptor"; });

}
