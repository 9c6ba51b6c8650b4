#pragma once

#include "app/venue/doorbell.h"
#include "app/venue/settings.h"
#include "app/venue/venue.h"
#include "core/fix/acceptor.h"

#include <cstdint>
#include <memory>

namespace venue {

/// A venue behind a FIXS acceptor. The caller's thread owns the venue; sockets and sessions have their own.
class Gateway final : Clients {
public:
    /// Listens at once. Errors: Io, Certificate*, Configuration.
    [[nodiscard]] static base::Result<std::unique_ptr<Gateway>> open(
        const ProgramSettings& settings, Doorbell& doorbell, EventLog& log, const base::Clock& clock);
    /// Logs every client out.
    ~Gateway() override;
    Gateway(const Gateway&) = delete;
    Gateway& operator=(const Gateway&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_acceptor->port(); }
    /// Serves until the doorbell is closed.
    void run();

private:
    Gateway(const VenueSettings& settings, Doorbell& doorbell, EventLog& log, const base::Clock& clock);

    void answer(const rfq::SessionId& session, const Answer& answer) override;
    void drop(const rfq::SessionId& session) override;

    void take(const fix::AcceptorEvent& event);
    void take(const fix::ClientLoggedOn& client);
    void take(const fix::ClientMessage& received);

    EventLog& m_log;
    const base::Clock& m_clock;
    Doorbell& m_doorbell;
    base::Inbox<fix::AcceptorEvent> m_inbox;
    Venue m_venue;
    std::unique_ptr<fix::FixAcceptor> m_acceptor; ///< last: its thread posts to the inbox
};

}
