#pragma once

#include "app/venue/doorbell.h"
#include "app/venue/gateway.h"
#include "tests/support/test_pki.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace bench {

/// People with a certificate each, and a venue for them, with an enforcement point or without.
class VenueWorld {
public:
    enum class Pep { With, Without };
    explicit VenueWorld(int people);

    /// Runs until the next one, or the end.
    void start(Pep pep);
    void stop();
    [[nodiscard]] std::uint16_t port() const { return m_gateway->port(); }
    /// The thread that owns the venue and its enforcement point.
    [[nodiscard]] std::thread& thread() { return m_thread; }
    [[nodiscard]] std::shared_ptr<tls::Context> client(int person) const
    {
        return m_clients[static_cast<std::size_t>(person)];
    }
    [[nodiscard]] std::shared_ptr<tls::Context> server() const;
    ~VenueWorld() { stop(); }

    [[nodiscard]] static std::string nameOf(int person) { return "trader-" + std::to_string(person); }
    [[nodiscard]] static std::string compIdOf(int person) { return "DESK" + std::to_string(person); }

private:
    class NoLog final : public venue::EventLog {
    public:
        void record(std::string_view, std::initializer_list<Field>) override { }
    };
    void enrol(int people);

    support::TemporaryDirectory m_files;
    support::TestCa m_ca;
    std::shared_ptr<const tls::Identity> m_server;
    std::vector<std::shared_ptr<tls::Context>> m_clients;
    std::vector<std::string> m_fingerprints;
    base::SystemClock m_clock;
    NoLog m_log;
    venue::ProgramSettings m_settings;
    int m_runs = 0;
    std::unique_ptr<venue::Doorbell> m_doorbell;
    std::unique_ptr<venue::OrderBook> m_book;
    std::unique_ptr<venue::Gateway> m_gateway;
    std::thread m_thread;
};

}
