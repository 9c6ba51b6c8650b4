#pragma once

#include "auth/fido/frame_io.h"
#include "auth/fido/values.h"
#include "tests/support/fake_clock.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

/// Bytes from hexadecimal digits.
inline fido::Bytes fromHex(std::string_view text)
{
    const auto digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
    fido::Bytes bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        bytes.push_back(static_cast<unsigned char>(digit(text[i]) << 4U | digit(text[i + 1])));
    return bytes;
}

/// What authenticatorGetInfo answers: FIDO_2_0, credProtect, a PIN that is set.
inline fido::Bytes infoReply()
{
    return fromHex("00a60181684649444f5f325f3002816b6372656450726f746563740350000102030405060708090a0b0c0d0e0f04a3627"
                   "26bf5627570f569636c69656e7450696ef5051904b0068102");
}

/// A key of CTAPHID reports that are written down: it opens in order unless told otherwise, and answers what the test
/// says. Its time is the fake clock's: waiting moves it.
class ScriptedFrames final : public fido::FrameIo {
public:
    static constexpr unsigned char Init = 0x06;
    static constexpr unsigned char Cbor = 0x10;
    static constexpr unsigned char Cancel = 0x11;
    static constexpr unsigned char KeepAlive = 0x3B;

    using Channel = std::array<unsigned char, 4>;
    static constexpr Channel Given{0, 0, 0, 2};

    explicit ScriptedFrames(support::FakeClock& clock)
        : m_clock(clock)
    {
    }

    /// Instead of the answer in order to a message (its command, its payload); false: answer in order after all.
    std::function<bool(unsigned char, const fido::Bytes&)> script;
    /// Called when nothing is there to read.
    std::function<void()> idle;
    int cancels = 0;
    bool gone = false;
    std::deque<std::pair<Read, fido::Report>> queue;

    Read read(fido::Report& report, std::chrono::milliseconds most) override
    {
        if (queue.empty() && idle)
            idle();
        if (queue.empty()) {
            m_clock.advance(std::max(most, std::chrono::milliseconds(1)));
            return gone ? Read::Gone : Read::Nothing;
        }
        // Even a flood takes time.
        m_clock.advance(std::chrono::milliseconds(1));
        const auto [what, bytes] = queue.front();
        queue.pop_front();
        report = bytes;
        return what;
    }

    bool write(std::span<const unsigned char> bytes) override
    {
        if (gone || bytes.size() != fido::ReportSize + 1)
            return false;
        take(bytes.subspan(1));
        return true;
    }

    void send(const Channel& channel, unsigned char command, const fido::Bytes& payload)
    {
        std::size_t at = std::min<std::size_t>(payload.size(), FirstPart);
        fido::Report first{};
        std::copy(channel.begin(), channel.end(), first.begin());
        first[4] = command | 0x80U;
        first[5] = static_cast<unsigned char>(payload.size() >> 8U);
        first[6] = static_cast<unsigned char>(payload.size());
        std::copy_n(payload.begin(), at, first.begin() + 7);
        raw(first);
        for (unsigned char sequence = 0; at < payload.size(); ++sequence) {
            fido::Report next{};
            std::copy(channel.begin(), channel.end(), next.begin());
            next[4] = sequence;
            const auto part = std::min<std::size_t>(payload.size() - at, NextPart);
            std::copy_n(payload.begin() + static_cast<std::ptrdiff_t>(at), part, next.begin() + 5);
            at += part;
            raw(next);
        }
    }
    void raw(const fido::Report& report, Read what = Read::Whole) { queue.emplace_back(what, report); }

    /// The answer to CTAPHID_INIT with this nonce.
    static fido::Bytes initReply(const fido::Bytes& nonce)
    {
        fido::Bytes reply = nonce;
        reply.insert(reply.end(), Given.begin(), Given.end());
        const fido::Bytes rest{2, 5, 7, 0, 0x04 | 0x08};
        reply.insert(reply.end(), rest.begin(), rest.end());
        return reply;
    }

private:
    static constexpr std::size_t FirstPart = 57;
    static constexpr std::size_t NextPart = 59;

    void take(std::span<const unsigned char> report)
    {
        if ((report[4] & 0x80U) != 0) {
            m_command = report[4] & 0x7FU;
            m_size = static_cast<std::size_t>(report[5] << 8U | report[6]);
            m_payload.assign(report.begin() + 7, report.end());
        } else {
            m_payload.insert(m_payload.end(), report.begin() + 5, report.end());
        }
        if (m_payload.size() < m_size)
            return;
        m_payload.resize(m_size);
        if (m_command == Cancel)
            ++cancels;
        if (script && script(m_command, m_payload))
            return;
        if (m_command == Init)
            send({0xFF, 0xFF, 0xFF, 0xFF}, Init, initReply(m_payload));
        else if (m_command == Cbor && !m_payload.empty() && m_payload[0] == 0x04)
            send(Given, Cbor, infoReply());
        else if (m_command == Cbor && !m_payload.empty() && m_payload[0] == 0x06)
            send(Given, Cbor, fromHex("00a10308")); // eight PIN tries left
    }

    support::FakeClock& m_clock;
    unsigned char m_command = 0;
    std::size_t m_size = 0;
    fido::Bytes m_payload;
};
