#include "tests/session/loopback.h"

#include <fstream>

namespace session_test {

Loopback::Loopback()
    : caFile(files.write("ca.pem", ca.pem()).string())
    , otherCaFile(files.write("other-ca.pem", otherCa.pem()).string())
{
}

tls::Identity Loopback::issueDesk(const std::string& commonName)
{
    support::CertificateOptions options;
    options.commonName = commonName;
    options.purpose = support::Purpose::Client;
    return ca.issue(options);
}

std::shared_ptr<const tls::Identity> Loopback::deskIdentity(const std::string& commonName)
{
    return std::make_shared<tls::Identity>(issueDesk(commonName));
}

std::shared_ptr<const tls::Identity> Loopback::venueIdentity()
{
    support::CertificateOptions options;
    options.commonName = "venue";
    options.dnsNames = {"localhost"};
    return std::make_shared<tls::Identity>(ca.issue(options));
}

fix::AcceptorSettings Loopback::acceptorSettings(std::uint16_t port)
{
    fix::AcceptorSettings settings;
    settings.port = port;
    settings.trust.caFile = caFile;
    settings.sessions = {{clientSession, "VENUE", "DESK", "desk-1", {}}};
    settings.storeDirectory = files.path() / "venue";
    settings.logDirectory = files.path() / "venue-log";
    return settings;
}

void Loopback::openVenue(std::uint16_t port)
{
    openVenue(acceptorSettings(port));
}

void Loopback::openVenue(fix::AcceptorSettings settings)
{
    auto opened = fix::FixAcceptor::open(std::move(settings), venueIdentity(), venueEvents.inbox(), venueClock);
    ASSERT_TRUE(opened) << opened.error().detail;
    venue = *std::move(opened);
    venuePort = venue->port();
}

fix::SessionSettings Loopback::sessionSettings(const std::string& name)
{
    fix::SessionSettings settings;
    settings.name = rfq::SessionId(name);
    settings.host = "127.0.0.1";
    settings.port = venuePort;
    settings.senderCompId = "DESK";
    settings.targetCompId = "VENUE";
    settings.trust.caFile = caFile;
    settings.trust.serverName = "localhost";
    settings.reconnectFirst = 50ms;
    settings.reconnectMost = 200ms;
    settings.storeDirectory = files.path() / "desk";
    settings.logDirectory = files.path() / "desk-log";
    return settings;
}

void Loopback::openDesk()
{
    openDesk({sessionSettings()});
}

void Loopback::openDesk(std::vector<fix::SessionSettings> sessions)
{
    desk = std::make_unique<fix::FixLink>(std::move(sessions), deskEvents.inbox(), clock);
}

void Loopback::logOn()
{
    openVenue();
    openDesk();
    desk->start(deskIdentity());
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    ASSERT_TRUE(venueEvents.next<fix::ClientLoggedOn>());
}

std::optional<rfq::SessionChanged> Loopback::reached(SessionPhase phase, const std::string& session)
{
    return deskEvents.next<rfq::SessionChanged>([&](const rfq::SessionChanged& change) {
        return change.phase == phase && change.session == rfq::SessionId(session);
    });
}

std::optional<fix::WireMessage> Loopback::clientMessage(const std::string& type)
{
    const auto event = venueEvents.next<fix::ClientMessage>(
        [&](const fix::ClientMessage& message) { return message.message.type == type; });
    return event ? std::optional(event->message) : std::nullopt;
}

std::size_t Loopback::changesInto(SessionPhase phase)
{
    return deskEvents.count<rfq::SessionChanged>(
        [phase](const rfq::SessionChanged& change) { return change.phase == phase; });
}

rfq::SendRequest Loopback::request(const std::string& id)
{
    rfq::SendRequest command;
    command.session = rfq::SessionId("VENUE-X");
    command.request.id = rfq::RfqId(id);
    command.request.instrument.symbol = "EUR/USD";
    command.request.quantity = rfq::Decimal(25'000'000, 0);
    command.request.currency = "EUR";
    command.request.settlement.date = std::chrono::year(2026) / 11 / 26;
    command.dealers = {rfq::DealerId("LPA")};
    command.expires = clock.utc() + 60s;
    return command;
}

void Loopback::quote(const std::string& rfqId, const std::string& quoteId)
{
    fix::maker::QuoteOut out;
    out.quote.id = rfq::QuoteId(quoteId);
    out.quote.rfq = rfq::RfqId(rfqId);
    out.quote.dealer = rfq::DealerId("LPA");
    out.quote.bid = *rfq::Price::parse("1.15320");
    out.quote.offer = *rfq::Price::parse("1.15340");
    out.quote.validUntil = clock.utc() + 30s;
    out.type = rfq::QuoteType::Tradeable;
    out.symbol = "EUR/USD";
    out.currency = "EUR";
    venue->send(clientSession, fix::maker::encode(out, clock.utc()));
}

rfq::Quote Loopback::quoted(const std::string& rfqId, const std::string& quoteId)
{
    desk->send(request(rfqId));
    EXPECT_TRUE(clientMessage("R"));
    quote(rfqId, quoteId);
    const auto received = deskEvents.next<rfq::QuoteReceived>();
    EXPECT_TRUE(received);
    return received ? received->quote : rfq::Quote();
}

rfq::SendAcceptance Loopback::acceptance(const rfq::Quote& quote, const std::string& clOrdId)
{
    rfq::Acceptance acceptance;
    acceptance.id = rfq::ClOrdId(clOrdId);
    acceptance.rfq = quote.rfq;
    acceptance.quote = quote.id;
    acceptance.dealer = quote.dealer;
    acceptance.session = quote.session;
    acceptance.instrument.symbol = "EUR/USD";
    acceptance.quantity = rfq::Decimal(25'000'000, 0);
    acceptance.currency = "EUR";
    acceptance.price = quote.offer.value_or(rfq::Price());
    acceptance.settlement.date = std::chrono::year(2026) / 11 / 26;
    acceptance.deadline = clock.steady() + 20s;
    acceptance.time = clock.utc();
    return {acceptance, desk->compose(acceptance)};
}

int Loopback::storedSender(const std::string& session) const
{
    int number = 0;
    std::ifstream(files.path() / "desk" / (session + ".seqnums")) >> number;
    return number;
}

}
