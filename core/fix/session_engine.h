#pragma once

#include "core/base/allowance.h"
#include "core/fix/framer.h"
#include "core/fix/header_rules.h"
#include "core/fix/quickfix.h"
#include "core/fix/raw_message.h"
#include "core/fix/sequence_gap.h"
#include "core/fix/session.h"
#include "core/fix/session_adapters.h"
#include "core/fix/session_timers.h"
#include "core/fix/skew_meter.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace fix {

/// What stands behind a FixSession. QuickFIX keeps our numbers, writes headers, exchanges Logon and Logout and checks
/// the bodies of session messages against the dictionary. What it does otherwise than the session test cases, or on the
/// wall clock, is done here before a message reaches it: order and gaps, resends, possible duplicates, identities,
/// timers. It is this engine's Application and Responder; no exception leaves a callback, because those that QuickFIX
/// does not declare would end the process.
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
    [[nodiscard]] base::Status requestReplay(std::uint64_t from);
    void reject(const SessionRejection& rejection);
    void resetAtNextLogon();
    [[nodiscard]] base::Status forgetNumbers();
    void note(const std::string& text);

    [[nodiscard]] bool loggedOn() const { return m_loggedOn; }
    [[nodiscard]] const std::optional<base::Error>& closing() const { return m_closing; }
    [[nodiscard]] const std::optional<base::Error>& leaving() const { return m_leaving; }
    [[nodiscard]] std::chrono::seconds heartBtInt() const { return m_interval; }
    [[nodiscard]] base::SteadyTime nextTime() const;
    [[nodiscard]] std::optional<std::chrono::microseconds> clockOffset() const { return m_skew.offset(); }
    MessageStore& store() { return m_store; }

private:
    struct Incoming {
        RawMessage parts;
        std::string raw;
    };
    /// Numbers that were received before and are wanted again, by requestReplay().
    struct Replay {
        std::uint64_t next = 0;
        std::uint64_t until = 0; ///< the number that was expected when it was asked for
        base::SteadyTime giveUpAt;
    };
    /// A reset of the numbers that we want and the peer did not ask for.
    enum class UnaskedReset {
        None,
        AtNextLogon,
        Told, ///< the peer may answer our Logon with one of its own, which is not answered again
    };

    // session_engine.cpp: the connection's life and what goes out
    template <typename Action>
    void guarded(Action action);
    void close(base::Error reason);
    void sendThroughEngine(FIX::Message& message);
    void emit(const std::string& message);
    void askAlive(base::SteadyTime now);
    void giveUp(base::Error reason);
    [[nodiscard]] std::uint64_t expected() const { return static_cast<std::uint64_t>(m_store.nextTarget()); }
    [[nodiscard]] std::uint64_t lastSent() const { return static_cast<std::uint64_t>(m_store.nextSender() - 1); }

    void beginPeriod();
    void endPeriod();
    [[nodiscard]] base::SteadyTime periodEnd() const;

    // session_logon.cpp: until logged on, and what a Logon says
    void takeFirst(const Incoming& incoming);
    void refuseFirst(const RawMessage& parts);
    void takeLogon(const Incoming& incoming);
    [[nodiscard]] std::optional<base::Error> logonProblem(const RawMessage& logon) const;
    [[nodiscard]] std::optional<base::Error> logonNumberProblem(const RawMessage& logon) const;
    [[nodiscard]] bool startsAgain(const RawMessage& logon) const;
    void onLogonDone(const RawMessage& logon, std::uint64_t expectedBefore, bool early);
    void partFor(base::Error reason);

    // session_inbound.cpp: a session that is logged on
    void take(std::string raw);
    /// Whether the peer sends more of what concerns nobody but the session, or can only be ignored, than any does.
    [[nodiscard]] bool isTooMuch(const std::optional<RawMessage>& parts);
    void takeInSession(Incoming incoming);
    void takeInOrder(Incoming& incoming);
    void takeSessionMessage(const Incoming& incoming);
    void takeLogout(const Incoming& incoming);
    void takeOld(Incoming& incoming);
    void takeEarly(Incoming incoming);
    void takeWaiting();
    void deliver(Incoming& incoming);
    void count();
    void refuse(const Incoming& incoming, const Refusal& refusal);
    void runEngine(const Incoming& incoming);

    // session_recovery.cpp: what was lost, either way
    void askFor(std::uint64_t first);
    void lookAfterGap(base::SteadyTime now);
    void answerResendRequest(const Incoming& incoming);
    void sendAgain(std::uint64_t first, std::uint64_t last);
    [[nodiscard]] bool isReplayed(const RawMessage& parts);
    void lookAfterReplay();
    void endReplay(ReplayEnd how);

    // session_faults.cpp: what a well-behaved session does not do of itself
    void resetOn(const Incoming& logon);
    [[nodiscard]] bool answersUnaskedReset(const RawMessage& parts);
    static void markRepeated(FIX::Message& message);

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
    Route m_route;
    SessionListener& m_listener;
    const base::Clock& m_clock;
    MessageStore m_store;
    MessageLog m_log;
    LogAdapter m_logAdapter;
    StoreSwitches m_switches;
    StoreFactory m_storeFactory;
    LogFactory m_logFactory;
    std::shared_ptr<FIX::DataDictionary> m_dictionary;
    std::unique_ptr<FIX::Session> m_session;

    Framer m_framer;
    base::Taken m_sessionMessages; ///< by a client, whatever its connections
    SessionTimers m_timers;
    SkewMeter m_skew;
    SequenceGap m_gap;
    /// Came before a gap was filled, by MsgSeqNum; without a message where it has been dealt with and only counts.
    std::map<std::uint64_t, std::optional<Incoming>> m_early;
    std::size_t m_earlyBytes = 0;
    std::optional<Replay> m_replay;
    std::optional<SessionSchedule::Period> m_period; ///< of the schedule, since connected()
    std::chrono::seconds m_interval; ///< HeartBtInt(108) of this session
    std::uint64_t m_tests = 0; ///< TestRequests sent
    const Incoming* m_current = nullptr; ///< what QuickFIX is looking at
    std::optional<base::Error> m_reason; ///< why the session is going to end, where known beforehand
    std::optional<base::Error> m_closing;
    std::optional<base::Error> m_leaving; ///< the peer logged out and has our answer
    UnaskedReset m_unaskedReset = UnaskedReset::None;
    bool m_attached = false; ///< between connected() and disconnected()
    bool m_loggedOn = false;
    bool m_answersLogout = false; ///< the Logout that QuickFIX is looking at was not asked for
    bool m_peerTellsExpected = false; ///< the Logon at hand carries NextExpectedMsgSeqNum(789)
    bool m_logonInOrder = true; ///< the Logon at hand will be counted
    bool m_repeating = false; ///< what send() sends is to be marked as a possible duplicate
    bool m_handedOver = false; ///< bytes of the message in send() reached the connection
    bool m_overflow = false; ///< the connection had no room
};

}
