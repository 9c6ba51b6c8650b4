#pragma once

#include "core/base/clock.h"
#include "core/tls/stream.h"

#include <memory>
#include <string>
#include <string_view>

namespace bench {

enum class Pep { With, Without };

/// One end of a connection, blocking, for a thread of its own. Whatever fails ends the program: there is no figure
/// then.
class FixClient {
public:
    FixClient(std::uint16_t port, std::shared_ptr<tls::Context> context);

    /// "35=A|98=0|" with '|' for SOH; numbers, CompIDs and frame are added.
    void say(const std::string& type, const std::string& fields, const std::string& compId);
    void write(std::string_view bytes);
    /// Until this is in what came since the last time.
    void hear(std::string_view part);
    /// Logon, context, and the enforcement point's yes where there is one.
    void open(const std::string& compId, const std::string& user, Pep pep);

private:
    base::SystemClock m_clock;
    tls::Waker m_never;
    tls::Stream m_stream;
    std::string m_heard;
    int m_seqNum = 0;
};

[[noreturn]] void fail(const std::string& what);

}
