#pragma once

#include "core/base/clock.h"
#include "core/base/inbox.h"
#include "core/fix/acceptor.h"
#include "core/fix/connection.h"
#include "core/fix/session.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace fix {

/// One configured counterparty of an acceptor: its session, and its connection while there is one. The acceptor's
/// thread.
class AcceptedPeer final : SessionListener {
public:
    /// Errors: Io (store or log), Configuration.
    [[nodiscard]] static base::Result<std::unique_ptr<AcceptedPeer>> open(AcceptedSession session,
        const AcceptorSettings& settings, base::Inbox<AcceptorEvent>& events, const base::Clock& clock);
    ~AcceptedPeer() override;
    AcceptedPeer(const AcceptedPeer&) = delete;
    AcceptedPeer& operator=(const AcceptedPeer&) = delete;

    [[nodiscard]] const AcceptedSession& settings() const { return m_settings; }
    [[nodiscard]] bool isConnected() const { return m_connection != nullptr; }
    /// Takes over a connection whose Logon, in `bytes`, names this session and whose certificate is bound to it.
    void adopt(tls::Stream stream, std::string_view bytes);

    void send(const WireMessage& message, std::uint64_t receipt);
    void logout(const std::string& reason);
    void askForCertificate(std::chrono::milliseconds patience);
    /// By the revocation list of now. A list that cannot be judged leaves the connection as it is.
    void judgeAgain();
    void drop();
    void reject(const SessionRejection& rejection);
    void forgetNumbers();
    void resetAtNextLogon() { m_session->resetAtNextLogon(); }

    /// Whether the client is not read now: too many of its messages wait since the events were drained for the
    /// `timesDrained`th time.
    [[nodiscard]] bool holdBack(std::uint64_t timesDrained);
    [[nodiscard]] std::optional<tls::Interest> interest() const;
    void onReady(const tls::Interest& ready);
    void onTime();
    [[nodiscard]] base::SteadyTime nextTime() const;

private:
    AcceptedPeer(AcceptedSession session, const AcceptorSettings& settings, base::Inbox<AcceptorEvent>& events,
        const base::Clock& clock);

    bool onBytes(std::string_view bytes) override;
    void onLoggedOn() override;
    void onLoggedOff() override;
    void onMessage(const WireMessage& message) override;
    void onReject(const WireMessage& reject) override;
    void onInboundRejected(const std::string& type, const std::string& why, const std::string& raw) override;
    void onGapFilled(std::uint64_t first, std::uint64_t last) override;
    void onPeerExpects(std::uint64_t number) override;
    void onNumbersReset() override;
    void settle();
    /// Whether the client has answered, or its time is over.
    void checkProof();
    /// Posts the one answer to a request that is open.
    void concludeProof(base::Status result);
    void askInTime(base::SteadyTime now);

    const AcceptedSession m_settings;
    base::Inbox<AcceptorEvent>& m_events;
    const base::Clock& m_clock;
    std::unique_ptr<FixSession> m_session;
    std::unique_ptr<Connection> m_connection;
    const std::chrono::milliseconds m_proveEvery; ///< 0: only when asked
    const std::chrono::milliseconds m_provePatience;
    std::optional<base::SteadyTime> m_nextProof; ///< while the client is logged on
    bool m_mustProve = false; ///< the request that is open is one of our own accord
    std::optional<base::SteadyTime> m_proofDue; ///< while an answer counts
    std::size_t m_timesProven = 0; ///< by this connection, before the request that is open
    const std::optional<std::size_t> m_mostUndrained;
    std::size_t m_undrained = 0; ///< messages posted since m_timesDrained
    std::uint64_t m_timesDrained = 0;
    std::string m_endReason; ///< of the connection that is being closed
};

}
