#include "auth/fido/hid_link.h"

#include <algorithm>
#include <cstring>

namespace fido {

using std::chrono::milliseconds;

namespace {

/// How long one wait lasts before the clock and the cancel flag are looked at again.
constexpr milliseconds Slice{20};
/// A key that works sends a keepalive ten times a second; one that is silent for so long does not work.
constexpr milliseconds Silence{3'000};
/// How long a key may take to end what was called off, and how often it is told.
constexpr milliseconds Grace{2'000};
constexpr milliseconds Again{300};

constexpr std::size_t CommandAt = 4; ///< behind the channel
constexpr std::size_t StatusAt = 7; ///< of the payload, the first byte
constexpr std::size_t NonceSize = 8;
constexpr unsigned char FirstReport = 0x80;
constexpr unsigned char CborFrame = FirstReport | 0x10U;
constexpr unsigned char InitFrame = FirstReport | 0x06U;
constexpr unsigned char ErrorFrame = FirstReport | 0x3FU;
constexpr unsigned char ChannelBusy = 0x06;
constexpr unsigned char KeepAliveFrame = FirstReport | 0x3BU;

HidLink& linkOf(void* handle)
{
    return *static_cast<HidLink*>(static_cast<Link*>(handle));
}

}

void HidLink::attach(fido_dev_t& device)
{
    m_device = &device;
    const fido_dev_io_t functions{&Link::open, &Link::close, &HidLink::read, &HidLink::write};
    fido_dev_set_io_functions(&device, &functions);
}

int HidLink::read(void* link, unsigned char* buffer, size_t size, int most)
{
    Report report{};
    if (size != report.size())
        return -1;
    const auto limit = most < 0 ? std::nullopt : std::optional(milliseconds(most));
    if (!linkOf(link).readReport(report, limit))
        return -1;
    std::memcpy(buffer, report.data(), report.size());
    return static_cast<int>(report.size());
}

int HidLink::write(void* link, const unsigned char* buffer, size_t size)
{
    HidLink& self = linkOf(link);
    const bool isRequest = size > CommandAt + 1 && buffer[CommandAt + 1] == CborFrame;
    // What is over begins nothing new, nor does a conversation that broke: between two messages of one call nobody else
    // would stop it.
    if (isRequest && (self.m_operation.over() || self.m_problem))
        return -1;
    if (!self.m_io.write({buffer, size})) {
        self.giveUp(Problem::Removed);
        return -1;
    }
    if (size == self.m_written.size() + 1 && (buffer[CommandAt + 1] & FirstReport) != 0)
        std::memcpy(self.m_written.data(), buffer + 1, self.m_written.size());
    return static_cast<int>(size);
}

bool HidLink::readReport(Report& report, std::optional<milliseconds> most)
{
    const base::Clock& clock = m_operation.clock();
    const auto begin = clock.steady();
    for (;;) {
        if (!mayGoOn())
            return false;
        const auto waited = std::chrono::duration_cast<milliseconds>(clock.steady() - begin);
        const milliseconds slice = most ? std::clamp(*most - waited, milliseconds::zero(), Slice) : Slice;
        switch (m_io.read(report, slice)) {
        case FrameIo::Read::Whole:
            if (!isForUs(report))
                break;
            if (report[CommandAt] == ErrorFrame && report[StatusAt] == ChannelBusy)
                return giveUp(Problem::Busy);
            if (report[CommandAt] == KeepAliveFrame && report[StatusAt] == TouchIsNeeded)
                m_operation.touchNeeded();
            else if (report[CommandAt] != KeepAliveFrame)
                m_operation.touchOver();
            return true;
        case FrameIo::Read::Nothing:
            break;
        case FrameIo::Read::Short:
            return giveUp(Problem::BadAnswer);
        case FrameIo::Read::Gone:
            return giveUp(Problem::Removed);
        }
        const auto silent = clock.steady() - begin;
        if (most && silent >= *most)
            return false;
        if (silent >= Silence)
            return giveUp(Problem::BadAnswer);
    }
}

bool HidLink::mayGoOn()
{
    if (!m_operation.over())
        return true;
    const auto now = m_operation.clock().steady();
    if (!m_overSince)
        m_overSince = now;
    if (now - *m_overSince >= Grace)
        return false;
    // A cancel that comes before the key waits is lost on some keys.
    if (!m_cancelSent || now - *m_cancelSent >= Again) {
        m_cancelSent = now;
        (void)fido_dev_cancel(m_device);
    }
    return true;
}

bool HidLink::isForUs(const Report& report) const
{
    if (!std::equal(report.begin(), report.begin() + CommandAt, m_written.begin()))
        return false;
    // The answers to everybody's INIT come on one channel, and are told apart by the nonce.
    const auto nonce = m_written.begin() + StatusAt;
    return m_written[CommandAt] != InitFrame || report[CommandAt] != InitFrame
        || std::equal(nonce, nonce + NonceSize, report.begin() + StatusAt);
}

bool HidLink::giveUp(Problem problem)
{
    m_problem = problem;
    return false;
}

}
