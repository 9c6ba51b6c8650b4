#include "auth/fido/card_link.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace fido {

namespace {

constexpr std::uint8_t Init = 0x06;
constexpr std::uint8_t Cbor = 0x10;
constexpr std::uint8_t Cancel = 0x11;

constexpr unsigned Success = 0x9000;
constexpr unsigned KeepAlive = 0x9100;
constexpr unsigned WrongParameters = 0x6A86;
constexpr unsigned NoApplication = 0x6A82;
constexpr unsigned MoreData = 0x61;

/// Says that we can poll for the answer instead of blocking in one command until the person has touched the key.
constexpr unsigned char CanPoll = 0x80;
constexpr unsigned char CancelParameter = 0x11;
constexpr std::chrono::milliseconds PollPeriod{100};
/// Polls that a key may use to end what was called off.
constexpr int CancelPolls = 20;

constexpr std::size_t Chunk = 240;
constexpr std::size_t LargestAnswer = 8192;
constexpr unsigned char ChainFlag = 0x10;
constexpr std::array<unsigned char, 8> Application{0xA0, 0x00, 0x00, 0x06, 0x47, 0x2F, 0x00, 0x01};

/// What CTAPHID_INIT would answer: nonce, channel, protocol, three version bytes, capabilities.
constexpr std::size_t InitAnswerSize = 17;
constexpr unsigned char KnowsCbor = 0x04;
constexpr unsigned char KnowsNoMessages = 0x08;

int noFrames(void*, unsigned char*, std::size_t, int)
{
    return -1;
}

int noFrames(void*, const unsigned char*, std::size_t)
{
    return -1;
}

CardLink& linkOf(fido_dev_t* device)
{
    return *static_cast<CardLink*>(static_cast<Link*>(fido_dev_io_handle(device)));
}

}

void CardLink::attach(fido_dev_t& device)
{
    const fido_dev_io_t frames{&Link::open, &Link::close, &noFrames, &noFrames};
    const fido_dev_transport_t messages{&CardLink::receive, &CardLink::send};
    fido_dev_set_io_functions(&device, &frames);
    fido_dev_set_transport_functions(&device, &messages);
}

int CardLink::send(fido_dev_t* device, std::uint8_t command, const unsigned char* data, std::size_t size)
{
    CardLink& self = linkOf(device);
    const std::span<const unsigned char> message(data, size);
    switch (command) {
    case Init:
        return self.select(message) ? 0 : -1;
    case Cbor:
        return !self.m_operation.over() && self.exchange(message) ? 0 : -1;
    case Cancel: // sent by complete(), which alone can
        return 0;
    default:
        return -1;
    }
}

int CardLink::receive(fido_dev_t* device, std::uint8_t command, unsigned char* buffer, std::size_t size, int)
{
    CardLink& self = linkOf(device);
    if (!self.m_ready)
        return -1;
    if (command == Init)
        return self.giveSelected(buffer, size);
    if (command != Cbor || self.m_answer.size() > size)
        return -1;
    std::copy(self.m_answer.begin(), self.m_answer.end(), buffer);
    self.m_ready = false;
    return static_cast<int>(self.m_answer.size());
}

bool CardLink::select(std::span<const unsigned char> nonce)
{
    if (nonce.size() != m_nonce.size())
        return false;
    std::copy(nonce.begin(), nonce.end(), m_nonce.begin());
    Bytes command{0x00, 0xA4, 0x04, 0x00, Application.size()};
    command.insert(command.end(), Application.begin(), Application.end());
    command.push_back(0x00);
    m_answer.clear();
    m_ready = false;
    auto status = transmit(command);
    if (status)
        status = complete(*status);
    if (status == NoApplication)
        m_problem = Problem::Unsupported;
    m_ready = status == Success;
    return m_ready;
}

int CardLink::giveSelected(unsigned char* buffer, std::size_t size) const
{
    const std::string_view version(reinterpret_cast<const char*>(m_answer.data()), m_answer.size());
    if (size != InitAnswerSize || (version != "U2F_V2" && version != "FIDO_2_0"))
        return -1;
    std::memset(buffer, 0, size);
    std::copy(m_nonce.begin(), m_nonce.end(), buffer);
    buffer[InitAnswerSize - 1] = KnowsCbor | KnowsNoMessages;
    return static_cast<int>(size);
}

bool CardLink::exchange(std::span<const unsigned char> message)
{
    m_ready = false;
    m_answer.clear();
    auto status = transmitChained(CanPoll, message);
    if (status == WrongParameters) {
        // An older card: it answers when it is ready, and cannot be told to stop.
        m_answer.clear();
        status = transmitChained(0x00, message);
    }
    if (status)
        status = complete(*status);
    m_ready = status == Success && !m_answer.empty();
    return m_ready;
}

std::optional<unsigned> CardLink::transmitChained(unsigned char parameter, std::span<const unsigned char> message)
{
    for (;;) {
        const auto part = message.first(std::min(message.size(), Chunk));
        message = message.subspan(part.size());
        const bool isLast = message.empty();
        Bytes command{static_cast<unsigned char>(isLast ? 0x80 : 0x80 | ChainFlag), 0x10, parameter, 0x00,
            static_cast<unsigned char>(part.size())};
        command.insert(command.end(), part.begin(), part.end());
        if (isLast)
            command.push_back(0x00);
        const auto status = transmit(command);
        if (isLast || status != Success)
            return status;
    }
}

std::optional<unsigned> CardLink::transmit(std::span<const unsigned char> command)
{
    auto outcome = m_io.transmit(command);
    if (const auto* failure = failureIn(outcome)) {
        m_problem = failure->problem;
        return std::nullopt;
    }
    const auto& response = *std::get_if<Bytes>(&outcome);
    if (response.size() < 2 || m_answer.size() + response.size() > LargestAnswer) {
        m_problem = Problem::BadAnswer;
        return std::nullopt;
    }
    m_answer.insert(m_answer.end(), response.begin(), response.end() - 2);
    return static_cast<unsigned>(response[response.size() - 2] << 8U | response.back());
}

std::optional<unsigned> CardLink::complete(unsigned status)
{
    int cancelPolls = 0;
    std::optional<unsigned> next = status;
    while (next) {
        const auto low = static_cast<unsigned char>(*next & 0xFFU);
        if (*next >> 8U == MoreData) {
            const auto before = m_answer.size();
            next = transmit(std::array<unsigned char, 5>{0x00, 0xC0, 0x00, 0x00, low});
            // A card that promises more and gives nothing would do so for ever.
            if (next && *next >> 8U == MoreData && m_answer.size() == before) {
                m_problem = Problem::BadAnswer;
                return std::nullopt;
            }
            continue;
        }
        if (*next != KeepAlive) {
            m_operation.touchOver();
            return next;
        }
        if (!m_answer.empty() && m_answer.back() == TouchIsNeeded)
            m_operation.touchNeeded();
        m_answer.clear();
        const bool over = m_operation.over().has_value();
        if (over && ++cancelPolls > CancelPolls)
            return std::nullopt;
        m_operation.pause(PollPeriod);
        const unsigned char parameter = m_operation.over() ? CancelParameter : 0x00;
        next = transmit(std::array<unsigned char, 5>{0x80, 0x11, parameter, 0x00, 0x00});
    }
    return std::nullopt;
}

}
