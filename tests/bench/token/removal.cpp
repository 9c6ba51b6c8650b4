#include "app/desk_core/trading_desk.h"
#include "core/fix/acceptor.h"
#include "core/fix/maker_codec.h"
#include "tests/bench/token/parts.h"
#include "tests/support/fake_tokens.h"
#include "tests/unit/auth/fake_pcsc.h"

#include <utility>

namespace bench {

namespace {

using namespace std::chrono_literals;

constexpr const char* Reader = "Scripted slot"; // what the scripted module calls its slot
const rfq::SessionId DeskSession{"VENUE-X"};
const rfq::SessionId VenueSession{"desk-at-venue"};
const rfq::DealerId Dealer{"LPA"};

/// The whole desk without its face, with a card in a scripted reader, and a venue that quotes whatever it is asked.
class PulledCard {
public:
    PulledCard()
        : m_caFile(m_files.write("ca.pem", m_ca.pem()).string())
        , m_venueEvents([this] { m_loop.post([this] { quote(); }); })
    {
        openVenue();
        support::CertificateOptions trader;
        trader.commonName = "desk-1";
        trader.purpose = support::Purpose::Client;
        m_slot = m_plugged.add({}, m_ca, trader);
        m_pcsc.insert(Reader);
        auto desk = app::TradingDesk::open(config(), m_loop, m_clock, [] {});
        if (!desk)
            fail(desk.error().detail);
        m_desk = *std::move(desk);
    }

    /// Milliseconds from the event of PC/SC until dealing is off, and until a click on a live quote was refused.
    std::pair<double, double> removeOnce()
    {
        static_cast<void>(signIn(m_desk->token(), m_loop));
        m_desk->goOnline();
        runUntil(m_loop, [&] { return m_desk->service().isLoggedOn(DeskSession); });
        const rfq::Click click = firmQuote();
        if (!m_desk->service().canAccept(click))
            fail("the quote cannot be dealt on though the card is there");

        const auto start = std::chrono::steady_clock::now();
        m_pcsc.remove(Reader);
        runUntil(m_loop, [&] { return m_desk->service().dealingSuspended().has_value(); });
        const auto off = std::chrono::steady_clock::now();
        if (m_desk->service().accept(click))
            fail("a deal went out without the card");
        const auto refused = std::chrono::steady_clock::now();
        m_plugged.remove(m_slot);
        static_cast<void>(m_desk->service().end(click.rfq));
        m_plugged.insert(m_slot);
        m_pcsc.insert(Reader);
        return {Milliseconds(off - start).count(), Milliseconds(refused - start).count()};
    }

private:
    void openVenue()
    {
        fix::AcceptorSettings settings;
        settings.trust.caFile = m_caFile;
        settings.sessions = {{VenueSession, "VENUE", "DESK", "desk-1", {}}};
        settings.storeDirectory = m_files.path() / "venue";
        support::CertificateOptions options;
        options.dnsNames = {"localhost"};
        auto venue = fix::FixAcceptor::open(
            std::move(settings), std::make_shared<tls::Identity>(m_ca.issue(options)), m_venueEvents, m_clock);
        if (!venue)
            fail(venue.error().detail);
        m_venue = *std::move(venue);
    }

    app::DeskConfig config()
    {
        app::DeskConfig config;
        config.desk.instruments = {{"EUR/USD", 4, 5, 2}};
        config.desk.dealers = {{Dealer, "Dealer A", DeskSession, "", std::nullopt}};
        config.desk.profiles = {{DeskSession, rfq::Profile{}}};
        config.desk.limits.maxQuantity["EUR"] = *rfq::Decimal::parse("50000000");
        config.desk.priceGuard = 0ms;
        fix::SessionSettings session;
        session.name = DeskSession;
        session.host = "127.0.0.1";
        session.port = m_venue->port();
        session.senderCompId = "DESK";
        session.targetCompId = "VENUE";
        session.trust.caFile = m_caFile;
        session.trust.serverName = "localhost";
        session.storeDirectory = m_files.path() / "desk";
        config.sessions = {session};
        const std::string module = support::FakeTokens::module();
        config.token = {module, {module}, "01", {}, {}};
        config.stateDirectory = m_files.path() / "state";
        config.pcsc = m_pcsc.factory();
        return config;
    }

    void quote()
    {
        for (const fix::AcceptorEvent& event : m_venueEvents.drain()) {
            const auto* client = std::get_if<fix::ClientMessage>(&event);
            const auto request =
                client ? fix::maker::decode(client->message) : base::Result<fix::maker::ClientRequest>(base::Error{});
            const auto* asked = request ? std::get_if<fix::maker::QuoteRequest>(&*request) : nullptr;
            if (!asked)
                continue;
            fix::maker::QuoteOut out;
            out.quote.id = rfq::QuoteId("QA-" + std::to_string(++m_quotes));
            out.quote.rfq = asked->rfq;
            out.quote.dealer = Dealer;
            out.quote.offer = *rfq::Price::parse("1.15340");
            out.quote.valueDate = asked->settlDate;
            out.quote.validUntil = m_clock.utc() + 20s;
            out.type = rfq::QuoteType::Tradeable;
            out.symbol = asked->symbol;
            out.currency = asked->currency;
            m_venue->send(VenueSession, fix::maker::encode(out, m_clock.utc()));
        }
    }

    rfq::Click firmQuote()
    {
        rfq::RequestDraft draft;
        draft.symbol = "EUR/USD";
        draft.side = rfq::RequestSide::Buy;
        draft.quantity = *rfq::Decimal::parse("5000000");
        draft.currency = "EUR";
        draft.dealers = {Dealer};
        const auto id = m_desk->service().request(draft);
        if (!id)
            fail(id.error().detail);
        runUntil(m_loop,
            [&] { return m_desk->service().find(*id)->state == rfq::RfqState::Quoted && m_desk->isRecorded(); });
        const rfq::Quote quote = *m_desk->service().find(*id)->dealers.front().quote;
        return {*id, Dealer, quote.id, rfq::Side::Buy, *quote.offer, quote.received};
    }

    base::SystemClock m_clock;
    cli::RunLoop m_loop;
    support::TestCa m_ca;
    support::TemporaryDirectory m_files;
    std::string m_caFile;
    support::FakeTokens m_plugged;
    std::size_t m_slot = 0;
    FakeService m_pcsc;
    int m_quotes = 0;
    base::Inbox<fix::AcceptorEvent> m_venueEvents;
    std::unique_ptr<fix::FixAcceptor> m_venue;
    std::unique_ptr<app::TradingDesk> m_desk;
};

}

/// The reader reports the removal; the watcher, the token thread's end of the sign-in and the desk's thread follow, and
/// with the desk's own rules the buttons are dead.
void measureRemoval(int rounds)
{
    constexpr int RemovalsPerRound = 20;
    PulledCard world;
    std::vector<double> off;
    std::vector<double> refused;
    for (int i = 0; i < RemovalsPerRound * rounds; ++i) {
        const auto times = world.removeOnce();
        off.push_back(times.first);
        refused.push_back(times.second);
    }
    row("removal, from the event of PC/SC to dealing off in the desk: p50", percentile(off, 0.5), "ms");
    row("removal, from the event of PC/SC to a click refused: most", percentile(refused, 1), "ms", "<= 200");
}

}
