#include "tests/bench/click/dealing_world.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace bench {

using namespace std::chrono_literals;

namespace {

const rfq::SessionId DeskSession{"VENUE-X"};
const rfq::SessionId VenueSession{"desk-at-venue"};
const rfq::DealerId Dealer{"LPA"};
constexpr std::chrono::milliseconds Patience{20'000};

template <typename T>
T must(base::Result<T> result, const char* what)
{
    if (!result) {
        std::fprintf(stderr, "bench_click: %s: %s\n", what, result.error().detail.c_str());
        std::exit(1);
    }
    return *std::move(result);
}

std::shared_ptr<const tls::Identity> issue(const support::TestCa& ca, const char* name, support::Purpose purpose)
{
    support::CertificateOptions options;
    options.commonName = name;
    options.dnsNames = {"localhost"};
    options.purpose = purpose;
    return std::make_shared<tls::Identity>(ca.issue(options));
}

rfq::DeskSettings deskSettings()
{
    rfq::DeskSettings settings;
    settings.instruments = {{"EUR/USD", 4, 5, 2}};
    settings.dealers = {{Dealer, "Dealer A", DeskSession, "", std::nullopt}};
    settings.profiles = {{DeskSession, rfq::Profile{}}};
    settings.limits.maxQuantity["EUR"] = *rfq::Decimal::parse("50000000");
    settings.priceGuard = 0ms;
    return settings;
}

}

DealingWorld::DealingWorld(const std::filesystem::path& directory)
    : m_directory(directory)
    , m_caFile((directory / "ca.pem").string())
    , m_venueEvents([this] {
        m_loop.post([this] {
            for (const fix::AcceptorEvent& event : m_venueEvents.drain()) {
                if (const auto* message = std::get_if<fix::ClientMessage>(&event))
                    answer(*message);
            }
        });
    })
    , m_deskEvents([this] {
        m_loop.post([this] {
            for (const rfq::VenueEvent& event : m_deskEvents.drain()) {
                if (const auto* sent = std::get_if<rfq::AcceptanceSent>(&event))
                    m_written[sent->clOrdId] = sent->time;
                m_service->apply(event);
            }
            m_service->tick();
        });
    })
    , m_ids(m_clock)
{
    std::FILE* file = std::fopen(m_caFile.c_str(), "w");
    if (file == nullptr || std::fputs(m_ca.pem().c_str(), file) < 0 || std::fclose(file) != 0) {
        std::fprintf(stderr, "bench_click: %s cannot be written\n", m_caFile.c_str());
        std::exit(1);
    }
    m_journal.world = this;
    openVenue();
    openDesk();
}

DealingWorld::~DealingWorld() = default;

void DealingWorld::openVenue()
{
    fix::AcceptorSettings settings;
    settings.trust.caFile = m_caFile;
    settings.sessions = {{VenueSession, "VENUE", "DESK", "desk-1", {}}};
    settings.storeDirectory = m_directory / "venue";
    m_venue = must(fix::FixAcceptor::open(
                       std::move(settings), issue(m_ca, "venue", support::Purpose::Server), m_venueEvents, m_clock),
        "the venue");
}

void DealingWorld::openDesk()
{
    m_file = must(store::SqliteJournal::open(m_directory / "journal.sqlite", m_loop), "the journal");
    fix::SessionSettings settings;
    settings.name = DeskSession;
    settings.host = "127.0.0.1";
    settings.port = m_venue->port();
    settings.senderCompId = "DESK";
    settings.targetCompId = "VENUE";
    settings.trust.caFile = m_caFile;
    settings.trust.serverName = "localhost";
    settings.storeDirectory = m_directory / "desk";
    m_link = std::make_unique<fix::FixLink>(std::vector{settings}, m_deskEvents, m_clock);
    m_service = std::make_unique<rfq::RfqService>(deskSettings(), *m_link, m_journal, m_ids, m_clock);
    m_link->start(issue(m_ca, "desk-1", support::Purpose::Client));
    waitFor([this] { return m_service->isLoggedOn(DeskSession); });
}

void DealingWorld::TimedJournal::append(rfq::JournalRecord record, std::function<void(base::Status)> done)
{
    const auto* intent = std::get_if<rfq::AcceptanceIntended>(&record);
    const rfq::ClOrdId id = intent ? intent->acceptance.id : rfq::ClOrdId();
    const std::size_t before = world->logSize();
    ++underWay;
    world->m_file->append(std::move(record), [this, id, before, done = std::move(done)](const base::Status& status) {
        if (!id.empty()) {
            world->m_durable[id] = world->m_clock.utc();
            if (const std::size_t after = world->logSize(); after > before)
                world->m_intentSize = after - before;
        }
        --underWay;
        done(status);
    });
}

void DealingWorld::answer(const fix::ClientMessage& client)
{
    const auto request = must(fix::maker::decode(client.message), "a message of the desk");
    if (const auto* asked = std::get_if<fix::maker::QuoteRequest>(&request)) {
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
    if (const auto* order = std::get_if<fix::maker::Order>(&request)) {
        rfq::ExecutionReport report;
        report.clOrdId = order->clOrdId;
        report.orderId = rfq::OrderId("O-" + order->clOrdId.text());
        report.execId = rfq::ExecId("E-" + order->clOrdId.text());
        report.execType = 'F';
        report.ordStatus = '2';
        report.symbol = order->symbol;
        report.side = order->side;
        report.currency = order->currency;
        report.quantity = report.lastQty = order->quantity;
        report.cumQty = order->quantity;
        report.lastPx = report.avgPx = order->price;
        report.valueDate = order->settlDate;
        m_venue->send(VenueSession, fix::maker::encode(report));
    }
}

void DealingWorld::waitFor(const std::function<bool()>& done)
{
    const auto deadline = m_clock.steady() + Patience;
    while (!done()) {
        if (m_clock.steady() > deadline) {
            std::fprintf(stderr, "bench_click: the desk does not get on; nothing was measured\n");
            std::exit(1);
        }
        m_loop.runSome(100ms);
    }
}

std::size_t DealingWorld::logSize() const
{
    std::error_code problem;
    const auto size = std::filesystem::file_size(m_directory / "journal.sqlite-wal", problem);
    return problem ? 0 : static_cast<std::size_t>(size);
}

Passage DealingWorld::dealOnce()
{
    rfq::RequestDraft draft;
    draft.symbol = "EUR/USD";
    draft.side = rfq::RequestSide::Buy;
    draft.quantity = *rfq::Decimal::parse("5000000");
    draft.currency = "EUR";
    draft.dealers = {Dealer};
    const rfq::RfqId id = must(m_service->request(draft), "the request");
    // A person takes longer to click than the journal takes to write what came before.
    waitFor([&] { return m_service->find(id)->state == rfq::RfqState::Quoted && m_journal.underWay == 0; });

    const rfq::Quote quote = *m_service->find(id)->dealers.front().quote;
    Passage passage;
    passage.clicked = m_clock.utc();
    must(m_service->accept({id, Dealer, quote.id, rfq::Side::Buy, *quote.offer, quote.received}), "the click");
    // What comes after the fill is written before anything else is measured: one disk, one thing at a time.
    waitFor([&] { return m_service->find(id)->trade.has_value() && m_journal.underWay == 0; });
    const rfq::ClOrdId order = m_service->find(id)->acceptances.back().acceptance.id;
    passage.durable = m_durable.at(order);
    passage.written = m_written.at(order);
    return passage;
}

}
