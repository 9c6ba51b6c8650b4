#pragma once

#include "app/venue/access_recorder.h"
#include "app/venue/audit_station.h"
#include "app/venue/audited_log.h"
#include "app/venue/doorbell.h"
#include "app/venue/line_log.h"
#include "app/venue/settings.h"
#include "app/venue/status_board.h"
#include "app/venue/venue_server.h"
#include "tests/bench/pep/fix_client.h"
#include "tests/support/test_pki.h"

#include <array>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace bench {

/// countersign-venue without its main(), on a thread of its own: with log, status and a signed audit trail.
class RunningVenue {
public:
    RunningVenue(const venue::ProgramSettings& settings, const base::Clock& clock);
    ~RunningVenue();
    RunningVenue(const RunningVenue&) = delete;
    RunningVenue& operator=(const RunningVenue&) = delete;
    [[nodiscard]] std::uint16_t port() const { return m_server->port(); }

private:
    std::ofstream m_lines;
    venue::LineLog m_log;
    venue::Doorbell m_doorbell;
    std::unique_ptr<venue::OrderBook> m_book;
    std::unique_ptr<venue::AuditStation> m_station;
    std::optional<venue::AuditedLog> m_audited;
    std::optional<venue::StatusBoard> m_board;
    std::optional<venue::AccessRecorder> m_access;
    std::unique_ptr<venue::VenueServer> m_server;
    std::thread m_thread;
};

/// Behind each session.
inline constexpr std::array Dealers{"FIRM", "DEALER2", "DEALER3", "DEALER4", "DEALER5", "DEALER6"};

/// People with a certificate each, and venues for them, with an enforcement point or without.
class VenueWorld {
public:
    explicit VenueWorld(int people);

    /// A new one: nothing that another left behind.
    [[nodiscard]] std::unique_ptr<RunningVenue> open(Pep pep);
    [[nodiscard]] std::shared_ptr<tls::Context> client(int person) const
    {
        return m_clients[static_cast<std::size_t>(person)];
    }
    [[nodiscard]] std::shared_ptr<tls::Context> server() const;

    [[nodiscard]] static std::string nameOf(int person) { return "trader-" + std::to_string(person); }
    [[nodiscard]] static std::string compIdOf(int person) { return "DESK" + std::to_string(person); }

private:
    void enrol(int people);

    support::TemporaryDirectory m_files;
    support::TestCa m_ca;
    std::shared_ptr<const tls::Identity> m_server;
    std::vector<std::shared_ptr<tls::Context>> m_clients;
    std::vector<std::string> m_fingerprints;
    base::SystemClock m_clock;
    venue::ProgramSettings m_settings;
    int m_runs = 0;
};

}
