#include "tests/bench/pep/fix_client.h"

#include "core/fix/fix_time.h"
#include "core/stepup/dialect.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace bench {

namespace {

using namespace std::chrono_literals;
constexpr std::chrono::milliseconds Patience = 120s;

tls::Socket connected(std::uint16_t port, const tls::Waker& never)
{
    auto socket = tls::connectTo("127.0.0.1", port, Patience, never);
    if (!socket)
        fail("connecting: " + socket.error().detail);
    return *std::move(socket);
}

std::string framed(const std::string& body)
{
    std::string text = "8=FIX.4.4|9=" + std::to_string(body.size()) + "|" + body;
    std::replace(text.begin(), text.end(), '|', '\x01');
    unsigned sum = 0;
    for (const char c : text)
        sum += static_cast<unsigned char>(c);
    std::array<char, 16> trailer{};
    std::snprintf(trailer.data(), trailer.size(), "10=%03u\x01", sum % 256);
    return text + trailer.data();
}

}

void fail(const std::string& what)
{
    std::fprintf(stderr, "bench_pep: %s\n", what.c_str());
    std::fflush(stderr);
    std::_Exit(1);
}

FixClient::FixClient(std::uint16_t port, std::shared_ptr<tls::Context> context)
    : m_stream(std::move(context), connected(port, m_never))
{
    if (const auto shaken = m_stream.handshake(Patience, m_never); !shaken)
        fail("handshake: " + shaken.error().detail);
}

void FixClient::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto taken = m_stream.write(bytes);
        if (!taken)
            fail("writing: " + taken.error().detail);
        bytes.remove_prefix(*taken);
        if (*taken == 0) {
            std::vector<tls::Interest> interests{m_stream.interest(true)};
            tls::waitFor(interests, 1s);
        }
    }
}

void FixClient::say(const std::string& type, const std::string& fields, const std::string& compId)
{
    write(framed("35=" + type + "|34=" + std::to_string(++m_seqNum) + "|49=" + compId
        + "|56=VENUE|52=" + fix::formatUtcTimestamp(m_clock.utc()) + "|" + fields));
}

void FixClient::hear(std::string_view part)
{
    std::array<char, 16'384> buffer{};
    const auto deadline = m_clock.steady() + Patience;
    for (;;) {
        if (const auto at = m_heard.find(part); at != std::string::npos) {
            m_heard.erase(0, at + part.size());
            return;
        }
        const auto read = m_stream.read(buffer);
        m_heard.append(buffer.data(), read.bytes);
        if (read.closed || m_clock.steady() >= deadline)
            fail("the server hung up, or did not answer in time, after: " + m_heard);
        if (read.bytes == 0 && !m_stream.hasBuffered()) {
            std::vector<tls::Interest> interests{m_stream.interest(false)};
            tls::waitFor(interests, 1s);
        }
    }
}

void FixClient::open(const std::string& compId, const std::string& user, Pep pep)
{
    say("A", "98=0|108=300|141=Y|", compId);
    hear("35=A\x01");
    if (pep == Pep::Without)
        return;
    const auto payload =
        *stepup::payloadText(stepup::DeskPayload(stepup::ContextStatement{.program = "a benchmark", .posture = {}}));
    say("BE", "923=D-1|924=1|553=" + user + "|95=" + std::to_string(payload.size()) + "|96=" + payload + "|", compId);
    hear("35=BF\x01");
    hear("926=1\x01");
}

}
