#pragma once

#include "core/fix/acceptor.h"
#include "core/fix/link.h"
#include "core/fix/maker_codec.h"
#include "tests/session/event_collector.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace session_test {

using namespace std::chrono_literals;
using base::Errc;
using rfq::SessionPhase;

/// The machine's clock, until the machine sleeps: that shows on the monotonic clock alone, since the venue's wall clock
/// cannot be moved along.
class SleepyClock final : public base::Clock {
public:
    [[nodiscard]] base::SteadyTime steady() const override { return m_clock.steady() + slept(); }
    [[nodiscard]] base::UtcTime utc() const override { return m_clock.utc(); }
    void suspend(std::chrono::seconds time) { m_slept += time.count(); }

private:
    [[nodiscard]] std::chrono::seconds slept() const { return std::chrono::seconds(m_slept.load()); }

    base::SystemClock m_clock;
    std::atomic<std::chrono::seconds::rep> m_slept{0};
};

/// A desk's FixLink and a venue's FixAcceptor over TLS on the loopback interface, with a certificate authority of their
/// own.
class Loopback : public testing::Test {
protected:
    Loopback();

    [[nodiscard]] tls::Identity issueDesk(const std::string& commonName = "desk-1");
    [[nodiscard]] std::shared_ptr<const tls::Identity> deskIdentity(const std::string& commonName = "desk-1");
    [[nodiscard]] std::shared_ptr<const tls::Identity> venueIdentity();
    /// The venue's settings: one session, DESK to VENUE, for the certificate of desk-1.
    [[nodiscard]] fix::AcceptorSettings acceptorSettings(std::uint16_t port = 0);
    void openVenue(std::uint16_t port = 0);
    void openVenue(fix::AcceptorSettings settings);
    [[nodiscard]] fix::SessionSettings sessionSettings(const std::string& name = "VENUE-X");
    void openDesk();
    void openDesk(std::vector<fix::SessionSettings> sessions);
    void logOn();

    /// The next change into this phase.
    std::optional<rfq::SessionChanged> reached(SessionPhase phase, const std::string& session = "VENUE-X");
    std::optional<fix::WireMessage> clientMessage(const std::string& type);
    std::size_t changesInto(SessionPhase phase);

    [[nodiscard]] rfq::SendRequest request(const std::string& id = "R1");
    /// Sends a request and answers it with one quote; the quote as the desk got it.
    rfq::Quote quoted(const std::string& rfqId, const std::string& quoteId);
    void quote(const std::string& rfqId, const std::string& quoteId);
    [[nodiscard]] rfq::SendAcceptance acceptance(const rfq::Quote& quote, const std::string& clOrdId = "C1");
    /// What the session's sequence number file says about us.
    [[nodiscard]] int storedSender(const std::string& session = "VENUE-X") const;

    support::TemporaryDirectory files;
    SleepyClock clock; ///< the desk's
    support::TestCa ca;
    support::TestCa otherCa{"Other Root"};
    std::string caFile;
    std::string otherCaFile;
    base::SystemClock venueClock;
    EventCollector<fix::AcceptorEvent> venueEvents;
    EventCollector<rfq::VenueEvent> deskEvents;
    std::unique_ptr<fix::FixAcceptor> venue;
    std::uint16_t venuePort = 0;
    std::unique_ptr<fix::FixLink> desk;
    const rfq::SessionId clientSession{"desk-at-venue"};
};

}
