#pragma once

#include "core/base/clock.h"
#include "core/base/inbox.h"
#include "core/fix/access_events.h"
#include "core/fix/access_gate.h"
#include "core/fix/attempt.h"
#include "core/fix/connection.h"
#include "core/fix/inquiry_ledger.h"
#include "core/fix/quote_ledger.h"
#include "core/fix/sent_ids.h"
#include "core/fix/session.h"
#include "core/fix/settings.h"
#include "core/rfq/messages.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace fix {

/// News of an attempt for the FIX thread: the socket stands and TLS begins, or the result.
struct AttemptNews {
    rfq::SessionId session;
    std::uint64_t attempt = 0;
    std::optional<base::Result<tls::Stream>> result;
};

/// What the sessions of one FIX thread share.
struct LinkContext {
    base::Inbox<rfq::VenueEvent>& events;
    AccessInbox* access; ///< null: nobody here can answer a policy enforcement point
    const base::Clock& clock;
    std::function<void(AttemptNews)> post; ///< any thread; leads to onNews() on the FIX thread
    std::set<rfq::ClOrdId> seenOrders; ///< every acceptance that was ever tried, of all sessions
    std::mt19937 random{std::random_device{}()};
};

[[nodiscard]] AccessGate::Rule accessRuleOf(const SessionSettings& settings);

/// One of the desk's sessions: its connection's life from Waiting to LoggedOn and back, and what goes over it. The FIX
/// thread's.
class LinkSession final : SessionListener {
public:
    LinkSession(SessionSettings settings, LinkContext& context);
    ~LinkSession() override;
    LinkSession(const LinkSession&) = delete;
    LinkSession& operator=(const LinkSession&) = delete;

    void start(std::shared_ptr<const tls::Identity> identity);
    /// Logs out; isQuiet() follows.
    void stop(const std::string& reason);
    /// Ends what stop() began without waiting any longer.
    void cutIfStopping();
    void retry();
    void resetSequenceNumbers();
    [[nodiscard]] bool isQuiet() const { return !m_connection; }

    void send(const rfq::SendRequest& command);
    void send(const rfq::SendAcceptance& command);
    void send(const rfq::EndRequest& command);
    void send(const rfq::AskOutcome& command);
    void send(const rfq::SendDontKnow& command);
    /// To the policy enforcement point; dropped where that connection is over.
    void send(std::uint64_t connection, UserRequest request);

    // Of the desk's own enforcement point; dropped where that attempt or connection is over.
    void answeredHere(
        std::uint64_t connection, const UserResponse& response, const std::optional<stepup::Notice>& notice);
    void turnedAwayHere(std::uint64_t connection, base::Error reason);

    void onNews(AttemptNews news);
    [[nodiscard]] std::optional<tls::Interest> interest() const;
    void onReady(const tls::Interest& ready);
    void onTime();
    [[nodiscard]] base::SteadyTime nextTime() const;
    [[nodiscard]] const rfq::SessionId& name() const { return m_settings.name; }

private:
    bool onBytes(std::string_view bytes) override;
    void onLoggedOn() override;
    void onLoggedOff() override;
    void onMessage(const WireMessage& message) override;
    void onReject(const WireMessage& reject) override;
    void onInboundRejected(const std::string& type, const std::string& why, const std::string& raw) override;
    void onGapFilled(std::uint64_t first, std::uint64_t last) override;
    void onPeerExpects(std::uint64_t number) override;
    void onNumbersReset() override;
    void onReplayOver(ReplayEnd how) override;

    void attempt();
    void connect();
    /// The desk's own policy is asked before anything is connected.
    void askHere();
    /// What was decided counts for no other attempt.
    void endJudgementHere(rfq::SessionPhase phase);
    void callOffAttempt();
    /// What m_attempt's news come under.
    [[nodiscard]] std::uint64_t workId() const { return m_answerId != 0 ? m_answerId : m_attemptId; }
    void adopt(tls::Stream stream);
    /// Hands the stream to a worker where the counterparty wants the token to sign again.
    void answerIfAsked();
    void takeBack(base::Result<tls::Stream> answered);
    /// Gives up on a token that does not sign.
    void checkAnswer(base::SteadyTime now);
    void closeConnection();
    void stopped();
    void settle();
    void lost(const base::Error& reason);
    void refuse(base::Error reason);
    void wait(base::Error reason, std::chrono::milliseconds delay);
    /// How long an enforcement point, theirs or ours, wants us to wait, where that is all that it has against us.
    [[nodiscard]] std::optional<std::chrono::milliseconds> waitTold(const base::Error& reason) const;
    /// What an enforcement point answered to our Logon, where that is the reason.
    [[nodiscard]] static std::optional<rfq::AdmissionRefusal> refusalIn(const base::Error& reason);
    void waitForSchedule();
    /// Longer each time, until a session has stood.
    [[nodiscard]] std::chrono::milliseconds nextDelay();
    [[nodiscard]] base::Status openSession();
    void askForAccess();
    void onUserResponse(const WireMessage& message);
    /// The phase after what the gate says.
    void followGate();
    /// Tells the enforcement point that the person leaves.
    void sayGoodbye();
    /// True where it was about access, or came too early.
    [[nodiscard]] bool isHeldBack(const WireMessage& message);
    /// The session is to be logged out; `reason` is then why it is Refused or Waiting.
    void turnAway(base::Error reason);
    void carryOutVerdict();
    void receive(const WireMessage& message);
    void answer(const WireMessage& message, const char* businessReason, const std::string& text);
    void askForReplay(const rfq::AskOutcome& command);
    /// Who it is about, where the refusal gives no more than the number of our message.
    void complete(rfq::MessageRejected& rejected, const WireMessage& message) const;
    void post(std::vector<rfq::InquiryAnswered> answers);
    /// Tells how far the counterparty's clock is ahead, when it is first known and when it has moved.
    void measureClock();
    [[nodiscard]] base::Status check(const rfq::Acceptance& acceptance) const;
    [[nodiscard]] base::Result<std::uint64_t> write(const WireMessage& message);
    void publish(rfq::SessionPhase phase, std::optional<base::Error> reason = std::nullopt);

    const SessionSettings m_settings;
    LinkContext& m_context;
    std::shared_ptr<const tls::Identity> m_identity; ///< set while the session is wanted
    rfq::SessionPhase m_phase = rfq::SessionPhase::Stopped;
    bool m_stopping = false; ///< our Logout is under way
    AccessGate m_gate;
    bool m_askedHere = false; ///< the desk's own policy judges the attempt or connection m_attemptId
    std::optional<base::SteadyTime> m_decisionBy; ///< the first word of the enforcement point is due
    std::optional<base::Error> m_verdict; ///< of the connection that is being logged out
    std::unique_ptr<FixSession> m_session;
    std::unique_ptr<Connection> m_connection;
    std::optional<rfq::ConnectionFacts> m_facts;
    int m_senderBefore = 1; ///< our number before this connection's Logon
    std::unique_ptr<Attempt> m_attempt; ///< to connect; or, while the connection's stream is lent, to answer
    std::map<std::uint64_t, std::unique_ptr<Attempt>> m_calledOff; ///< until their threads are done
    std::uint64_t m_attemptId = 0; ///< of the last attempt to connect
    std::uint64_t m_answerId = 0; ///< of the answer that m_attempt gives; 0: it connects
    std::uint64_t m_answers = 0;
    std::optional<base::SteadyTime> m_answerDue; ///< while the stream is lent
    std::vector<base::SteadyTime> m_asked; ///< when the counterparty asked, in the last minute
    std::optional<base::SteadyTime> m_retryAt;
    std::chrono::milliseconds m_delay{0}; ///< of the next wait
    std::optional<base::SteadyTime> m_loggedOnSince;
    QuoteLedger m_ledger;
    SentIds m_sentIds;
    InquiryLedger m_inquiries;
    std::optional<std::chrono::microseconds> m_clockOffset; ///< as it was told last
};

}
