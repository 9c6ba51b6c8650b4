#pragma once

#include "core/fix/framer.h"
#include "core/fix/quickfix.h"
#include "core/fix/raw_message.h"
#include "core/fix/session.h"
#include "core/fix/session_adapters.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace fix {

/// The QuickFIX side of a FixSession: its Application and its Responder. No exception leaves a callback, because those
/// that QuickFIX does not declare would end the process.
class FixSession::Engine final : FIX::Application, FIX::Responder {
public:
    Engine(
        SessionConfig config, SessionListener& listener, const base::Clock& clock, MessageStore store, MessageLog log);
    ~Engine() override;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    void connected();
    void receive(std::string_view bytes);
    void tick();
    void disconnected();
    [[nodiscard]] base::Result<std::uint64_t> send(const WireMessage& message);
    void logout(const std::string& reason);
    void sendHeartbeat();
    void reject(const SessionRejection& rejection);
    void resetAtNextLogon() { m_unaskedReset = UnaskedReset::AtNextLogon; }
    [[nodiscard]] base::Status forgetNumbers();
    void note(const std::string& text);

    [[nodiscard]] bool loggedOn() const { return m_loggedOn; }
    [[nodiscard]] const std::optional<base::Error>& closing() const { return m_closing; }
    [[nodiscard]] std::chrono::seconds heartBtInt() const;
    MessageStore& store() { return m_store; }

private:
    struct Incoming {
        RawMessage parts;
        std::string raw;
    };

    /// A reset of the numbers that we want and the peer did not ask for.
    enum class UnaskedReset {
        None,
        AtNextLogon,
        Told, ///< the peer may answer our Logon with one of its own, which is not answered again
    };

    void take(std::string raw);
    /// Whether QuickFIX never gets to see this message.
    [[nodiscard]] bool keepsFromEngine(const RawMessage& parts);
    void resetOn(const std::string& logon);
    void passOn(Incoming incoming);
    /// Refuses what may not come before the Logon is done.
    [[nodiscard]] bool mayComeNow(const RawMessage& parts);
    /// The words for what QuickFIX is about to do on this message, where it has none.
    [[nodiscard]] std::optional<base::Error> problemOf(const RawMessage& parts) const;
    void guarded(const std::function<void()>& action);
    void close(base::Error reason);
    [[nodiscard]] const Incoming* incomingOf(std::uint64_t seqNum) const;
    void reportRejection(const FIX::Message& reject);
    void suppressResend(const FIX::Message& message);

    void onCreate(const FIX::SessionID& session) override;
    void onLogon(const FIX::SessionID& session) override;
    void onLogout(const FIX::SessionID& session) override;
    void toAdmin(FIX::Message& message, const FIX::SessionID& session) override;
    void toApp(FIX::Message& message, const FIX::SessionID& session) override;
    void fromAdmin(const FIX::Message& message, const FIX::SessionID& session) override;
    void fromApp(const FIX::Message& message, const FIX::SessionID& session) override;
    bool send(const std::string& bytes) override;
    void disconnect() override;

    SessionConfig m_config;
    SessionListener& m_listener;
    const base::Clock& m_clock;
    MessageStore m_store;
    MessageLog m_log;
    LogAdapter m_logAdapter;
    StoreFactory m_storeFactory;
    LogFactory m_logFactory;
    std::unique_ptr<FIX::Session> m_session;

    Framer m_framer;
    std::optional<Incoming> m_current;
    std::map<std::uint64_t, Incoming> m_early; ///< came before a gap was filled, by MsgSeqNum
    std::size_t m_earlyBytes = 0;
    std::optional<base::Error> m_reason; ///< why the session is going to end, where known beforehand
    std::optional<base::Error> m_closing;
    UnaskedReset m_unaskedReset = UnaskedReset::None;
    bool m_loggedOn = false;
    bool m_sending = false; ///< inside send(): what toApp sees is ours, not QuickFIX's
    bool m_repeating = false; ///< and what it sends is to be marked as a possible duplicate
    bool m_handedOver = false; ///< bytes of the message in send() reached the connection
    bool m_overflow = false; ///< the connection had no room
};

}
