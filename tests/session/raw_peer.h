#pragma once

#include "core/base/clock.h"
#include "core/tls/stream.h"

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>

namespace session_test {

/// A client that speaks TLS, and FIX only as the test writes it. Waits with a deadline, never for a time.
class RawPeer {
public:
    /// `newest`: the highest version of TLS that it offers.
    RawPeer(std::uint16_t port, const tls::TrustPolicy& trust, std::shared_ptr<const tls::Identity> identity,
        int newest = TLS1_3_VERSION);

    [[nodiscard]] bool connected() const { return m_stream != nullptr; }
    /// "35=A|34=1|.." with SOH for '|', framed.
    void say(const std::string& fields);
    /// The same, however long the peer takes; false where it does not take it any more.
    [[nodiscard]] bool saySlowly(const std::string& fields);
    /// Everything that came until this is in it, '|' for SOH; what came until the peer hung up or the deadline.
    std::string hearUntil(std::string_view part);
    /// The same, until the peer hung up.
    std::string hearAll() { return hearUntil({}); }
    /// This end's.
    [[nodiscard]] base::Result<tls::ChannelBinding> channelBinding() const { return m_stream->channelBinding(); }
    [[nodiscard]] bool hungUp() const { return m_hungUp; }

private:
    tls::Waker m_never;
    std::unique_ptr<tls::Stream> m_stream;
    std::string m_heard;
    bool m_hungUp = false;
};

}
