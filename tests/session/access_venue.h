#pragma once

#include "app/venue/audited_log.h"
#include "app/venue/doorbell.h"
#include "app/venue/venue_server.h"
#include "core/pep/identity_database.h"
#include "tests/session/raw_peer.h"
#include "tests/support/device_ca.h"
#include "tests/support/soft_authenticator.h"
#include "tests/support/test_pki.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace session_test {

/// What a venue tells about itself. Any thread.
class HeardLog final : public venue::EventLog {
public:
    void record(std::string_view event, std::initializer_list<Field>) override;
    /// Waits for it: what a client sees of an event may come before the record of it.
    [[nodiscard]] bool waitFor(std::string_view event);

private:
    std::mutex m_mutex;
    std::condition_variable m_recorded;
    std::vector<std::string> m_events;
};

/// A venue's audit trail, in memory. Any thread.
class HeardTrail final : public audit::AuditRecorder {
public:
    /// Waits for the first one of that kind; absent where none comes.
    [[nodiscard]] std::optional<audit::AuditRecord> waitFor(audit::Kind kind);
    [[nodiscard]] bool has(audit::Kind kind);
    [[nodiscard]] std::size_t size();

private:
    void write(audit::AuditRecord record, Done done) override;

    std::mutex m_mutex;
    std::condition_variable m_recorded;
    std::vector<audit::AuditRecord> m_records;
};

/// A venue with an enforcement point, on a thread of its own: its own listener, anchors, identities and policy, for one
/// session of "desk-1" and one of "desk-2". Its policy allows the managed, asks the unmanaged for a touch, and knows
/// 127.0.0.0/8.
class AccessVenue {
public:
    /// `authority`: who issued its own certificate and is trusted to issue the clients'.
    explicit AccessVenue(const support::TestCa& authority, const std::string& segment = "default");
    ~AccessVenue();
    AccessVenue(const AccessVenue&) = delete;
    AccessVenue& operator=(const AccessVenue&) = delete;

    /// Whoever the certificate names, with it, and a security key where there is one; before start().
    void enrol(X509& certificate, pep::DeviceRecord device, const support::SoftAuthenticator* key = nullptr,
        const stepup::DeviceNames& deviceNames = {});
    /// The administrator's hand in the identity store, at any time.
    void change(const std::function<base::Status(pep::IdentityDatabase&)>& change) const;
    void start();
    /// A new revocation list of the authority names this certificate.
    void revoke(const support::TestCa& authority, X509& certificate) const;
    /// A TLS connection of that client, as the client sees it; `newest` as RawPeer's.
    [[nodiscard]] std::unique_ptr<RawPeer> connect(
        std::shared_ptr<const tls::Identity> client, int newest = TLS1_3_VERSION) const;

    [[nodiscard]] std::uint16_t port() const { return m_server->port(); }
    [[nodiscard]] const std::string& caFile() const { return m_caFile; }

    HeardLog log;
    HeardTrail trail;
    support::DeviceCa devices; ///< whose certificates make a workstation a managed one

private:
    const std::string m_segment;
    base::SystemClock m_clock;
    support::TemporaryDirectory m_files;
    std::string m_caFile;
    venue::AuditedLog m_audited{log, trail, m_clock, {{"CLIENT", "desk-1"}}};
    venue::AccessRecorder m_recorder{log, &m_audited};
    venue::Doorbell m_doorbell;
    std::unique_ptr<venue::OrderBook> m_book;
    std::unique_ptr<venue::VenueServer> m_server;
    std::thread m_thread;
};

}
