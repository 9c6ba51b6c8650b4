#pragma once

#include "app/venue/doorbell.h"
#include "app/venue/gateway.h"
#include "app/venue/guard.h"
#include "app/venue/settings.h"
#include "app/venue/upstreams.h"
#include "app/venue/venue.h"
#include "core/fix/acceptor.h"
#include "core/fix/maker_codec.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace venue {

/// A venue, or a gateway to counterparties, behind a FIXS acceptor, and behind a policy enforcement point where one is
/// configured. The caller's thread owns the maker; sockets and sessions have their own.
class VenueServer final : Clients, pep::SessionControl {
public:
    /// Listens at once. `book` outlives the server, and so does `token`, of a gateway whose key is on one. Errors: Io,
    /// Certificate*, Configuration, and those of Upstreams::open().
    [[nodiscard]] static base::Result<std::unique_ptr<VenueServer>> open(const ProgramSettings& settings,
        Doorbell& doorbell, EventLog& log, AccessRecorder& recorder, const base::Clock& clock, OrderBook& book,
        GatewayToken* token = nullptr);
    /// Logs every client out.
    ~VenueServer() override;
    VenueServer(const VenueServer&) = delete;
    VenueServer& operator=(const VenueServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_acceptor->port(); }
    /// Serves until the doorbell is closed. A gateway has then logged out of its counterparties, and all that they
    /// reported is in its books.
    void run();

private:
    VenueServer(
        const VenueSettings& settings, Doorbell& doorbell, EventLog& log, const base::Clock& clock, OrderBook& book);
    [[nodiscard]] base::Status openGateway(const ProgramSettings& settings, GatewayToken* token, OrderBook& book);

    void answer(const rfq::SessionId& session, const Answer& answer) override;
    void drop(const rfq::SessionId& session) override;
    void logout(const rfq::SessionId& session, const std::string& text) override;
    void refuse(const rfq::SessionId& session, const SessionRefusal& refusal) override;
    void forgetNumbers(const rfq::SessionId& session) override;
    void resetAtNextLogon(const rfq::SessionId& session) override;
    void changeCertificate() override;

    // The enforcement point's orders. What it opens and shuts is told to the venue once it has done speaking.
    void send(const rfq::SessionId& session, fix::WireMessage message) override;
    void prove(const rfq::SessionId& session) override;
    void opened(const rfq::SessionId& session) override { m_news.emplace_back(session, News::Opened); }
    void shut(const rfq::SessionId& session) override { m_news.emplace_back(session, News::Shut); }

    void take(const fix::AcceptorEvent& event);
    void take(const fix::LogonAsked& asked);
    void take(const fix::ClientLoggedOn& client);
    void take(const fix::ClientLoggedOff& client);
    void take(const fix::ClientRefused& client);
    void take(const fix::ClientMessage& received);

    /// Asks the enforcement point first, where there is one.
    [[nodiscard]] bool admits(
        const fix::ClientMessage& received, const base::Result<fix::maker::ClientRequest>& request);
    /// A possible duplicate of an order that is in the book: it is answered from there, and dealt no more.
    [[nodiscard]] bool isRepeat(const fix::ClientMessage& received, const fix::maker::ClientRequest& request);
    void settle();
    [[nodiscard]] std::optional<base::SteadyTime> nextDue() const;
    [[nodiscard]] pep::ConnectionFacts factsOf(const fix::ClientLoggedOn& client) const;

    void record(const char* event, const rfq::SessionId& session, const std::string& text = {});

    EventLog& m_log;
    const base::Clock& m_clock;
    Doorbell& m_doorbell;
    OrderBook& m_book;
    base::Inbox<fix::AcceptorEvent> m_inbox;
    const std::chrono::milliseconds m_clockError;
    std::shared_ptr<const tls::Identity> m_nextIdentity; ///< null where none is configured
    enum class News { Opened, Shut };
    std::vector<std::pair<rfq::SessionId, News>> m_news;
    const std::vector<SessionSettings> m_sessions;
    std::unique_ptr<Maker> m_maker; ///< set by open()
    // Of a gateway; null in a venue with dealers of its own.
    std::unique_ptr<ForwardBook> m_forwards;
    std::unique_ptr<Upstreams> m_upstreams;
    Gateway* m_gateway = nullptr; ///< m_maker, as what it is
    std::unique_ptr<Guard> m_guard; ///< null where the venue has no enforcement point
    std::unique_ptr<fix::FixAcceptor> m_acceptor; ///< last: its thread posts to the inbox
};

}
