#pragma once

#include "core/access/signals.h"
#include "core/fix/wire_message.h"
#include "core/rfq/values.h"
#include "core/stepup/dialect.h"
#include "core/stepup/values.h"

#include <optional>
#include <string>
#include <vector>

namespace pep {

/// The sessions, seen from the enforcement point. Called on its thread; must not call back.
class SessionControl {
public:
    virtual ~SessionControl() = default;
    /// A UserResponse(BF) or a BusinessMessageReject(j).
    virtual void send(const rfq::SessionId& session, fix::WireMessage message) = 0;
    virtual void logout(const rfq::SessionId& session, const std::string& text) = 0;
    /// From now on application messages pass, as authorise() and maySend() say; whoever serves the client may begin.
    virtual void opened(const rfq::SessionId& session) = 0;
    /// Asks the client to sign with its token again, over the same TLS connection. What comes of it is told with
    /// EnforcementPoint::proven().
    virtual void prove(const rfq::SessionId& session) = 0;
    /// From now on none passes: whoever serves the client treats it as logged off.
    virtual void shut(const rfq::SessionId& session) = 0;
};

/// Whom a signal is about.
struct Subject {
    stepup::UserId user;
    std::string address; ///< of the connection, without its port
    std::optional<stepup::ContextStatement> statement; ///< of the desk about itself
    base::UtcTime at{};
};

/// What somebody knows about a request: a database of countries, a directory, an inventory of devices. Called on the
/// enforcement point's thread, and quick.
class SignalSource {
public:
    virtual ~SignalSource() = default;
    [[nodiscard]] virtual std::vector<zerotrust::Signal> signalsAbout(const Subject& subject) = 0;
};

}
