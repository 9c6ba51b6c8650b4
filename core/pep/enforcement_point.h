#pragma once

#include "core/access/decision.h"
#include "core/access/lockout.h"
#include "core/access/policy.h"
#include "core/fix/maker_codec.h"
#include "core/fix/user_request.h"
#include "core/fix/wire_message.h"
#include "core/pep/client_action.h"
#include "core/pep/directory.h"
#include "core/pep/events.h"
#include "core/pep/firing_digest.h"
#include "core/pep/ports.h"
#include "core/pep/request_meter.h"
#include "core/pep/rule_book.h"
#include "core/pep/session.h"
#include "core/pep/settings.h"
#include "core/stepup/assertion_verifier.h"
#include "core/stepup/challenge_book.h"
#include "core/stepup/dialect.h"
#include "core/stepup/grant_ledger.h"
#include "core/stepup/registration_verifier.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace pep {

/// What an enforcement point is built on. Everything outlives it.
struct Surroundings {
    const base::Clock& clock;
    stepup::RandomSource& random;
    SessionControl& sessions;
    Recorder& recorder;
    IdentityStore& identities;
    std::vector<std::reference_wrapper<SignalSource>> sources{}; ///< besides what the enforcement point sees itself
};

/// What came of SessionControl::prove().
enum class Proof {
    Given,
    NotGiven, ///< refused, too late, or with another token
    Impossible, ///< the client cannot be asked
};

/// The policy enforcement point (PEP) of a server: decides who is let in, asks for touches, and authorises each
/// message. It knows sessions and messages, no sockets; docs/step-up-dialect.md is what it speaks. Whatever fails, and
/// whatever it does not know, is refused. One thread; whoever drives it calls tick() no later than nextDue().
class EnforcementPoint {
public:
    /// `keys` outlives it. Errors: Io, where the identities cannot be read; Internal, without random bytes.
    [[nodiscard]] static base::Result<std::unique_ptr<EnforcementPoint>> open(EnforcementSettings settings,
        zerotrust::AccessPolicy policy, const stepup::RegistrationPolicy& keys, const Surroundings& around);
    ~EnforcementPoint();
    EnforcementPoint(const EnforcementPoint&) = delete;
    EnforcementPoint& operator=(const EnforcementPoint&) = delete;

    /// A client wants to log on, and nothing that it said counts yet. Absent: it may, and connected() follows; how
    /// often is metered here. Else what it is told; the refusal is counted and recorded.
    [[nodiscard]] std::optional<std::string> admission(const ConnectionFacts& facts);
    /// A client has logged on; it is judged as by admission(), once more, and not metered. Nothing passes until its
    /// desk has stated its context and was allowed.
    void connected(const ConnectionFacts& facts);
    void disconnected(const rfq::SessionId& session);
    /// A UserRequest(BE).
    void receive(const rfq::SessionId& session, const fix::WireMessage& message);
    /// Whether this application message of the client, anything but BE, may be acted on. Where not, the client was
    /// told. Takes an acceptance out of its grant: call once for each message.
    [[nodiscard]] bool authorise(const rfq::SessionId& session, const fix::WireMessage& message);
    /// The same, for whoever has decoded the message already.
    [[nodiscard]] bool authorise(const rfq::SessionId& session, const fix::WireMessage& message,
        const base::Result<fix::maker::ClientRequest>& request);
    /// An acceptance that was decided, and comes once more as a possible duplicate: whether the client may hear again
    /// what was said about it. It commits to nothing and spends no grant. Where not, the client was told.
    [[nodiscard]] bool authoriseRepeat(
        const rfq::SessionId& session, const fix::WireMessage& message, const fix::maker::ClientRequest& request);
    /// Whether this application message may be sent to the client.
    [[nodiscard]] bool maySend(const rfq::SessionId& session, const fix::WireMessage& message);

    /// Somebody was turned away before there was a session. `facts` have an address, and beside it the person and the
    /// certificate only where the handshake has proven them and they are what was turned away.
    void turnedAway(const ConnectionFacts& facts, const base::Error& why);
    /// After SessionControl::prove().
    void proven(const rfq::SessionId& session, Proof proof);

    /// The certificate of a session was revoked by its authority: the session ends.
    void revoked(const rfq::SessionId& session, const base::Error& why);

    /// From now on this policy is the one; every session is judged anew.
    void usePolicy(zerotrust::AccessPolicy policy);
    /// From now on these device certificates count; before the first call none does. Those of open sessions are judged
    /// anew.
    void useDeviceTrust(std::shared_ptr<const stepup::DeviceTrust> devices);

    void tick();
    /// Absent while nobody is there.
    [[nodiscard]] std::optional<base::SteadyTime> nextDue() const;

    /// Closed where there is no such session.
    [[nodiscard]] Standing standing(const rfq::SessionId& session) const;

private:
    enum class Trigger { Statement, Touch, Asked, Time, Owed };
    struct Objection {
        std::string name; ///< stable; what is recorded
        std::string words; ///< for the person; may name quantities
    };
    struct Judgement {
        zerotrust::AccessDecision decision;
        zerotrust::Signals signals;
        zerotrust::Outcome outcome = zerotrust::Outcome::Deny; ///< with touches that are owed, or were done
    };

    /// What a person owes or may not do, whichever session they come with.
    struct Standstill {
        std::string touchOwed; ///< why; empty: it is not
        bool stopsAsking = false;
        std::optional<base::SteadyTime> restrictedUntil;
    };

    /// By one certificate of one person, over all their connections.
    struct Verification {
        base::SteadyTime at{};
        bool isSeen = false; ///< a touch, or a card behind its PIN; else when they first came
    };

    EnforcementPoint(EnforcementSettings settings, zerotrust::AccessPolicy policy,
        const stepup::RegistrationPolicy& keys, const Surroundings& around, stepup::GrantKey grantKey);

    // enforcement_point.cpp: who comes and goes, and what time brings
    [[nodiscard]] Session* find(const rfq::SessionId& session);
    /// Absent: nothing keeps them out. Else what the client is told; it is counted and recorded.
    [[nodiscard]] std::optional<std::string> judgeConnection(const ConnectionFacts& facts);
    [[nodiscard]] std::optional<std::string> objectionTo(const ConnectionFacts& facts);
    /// What the client is told. `wait`: where that is all that keeps them out.
    [[nodiscard]] std::string refuseConnection(
        const ConnectionFacts& facts, const std::string& why, std::optional<std::chrono::seconds> wait = std::nullopt);
    void left(Session& session, const std::string& replyTo);
    /// Why nothing is looked at: too many failures, too many requests.
    struct Delay {
        std::string why;
        std::optional<std::chrono::seconds> wait; ///< absent: it does not end by itself
    };
    [[nodiscard]] std::optional<Delay> delayOf(const ConnectionFacts& facts) const;
    void noteFailure(const ConnectionFacts& facts);
    void noteSuccess(const ConnectionFacts& facts);
    void tick(Session& session, base::SteadyTime now);
    void missed(Session& session);
    void refreshIdentities();
    void checkIdentity(Session& session);

    // device_proofs.cpp: what the workstation's TPM and its device certificate prove
    enum class Proofs { New, KnownAlready };
    void judgeDevice(Session& session, Proofs proofs);
    void judgeQuote(Session& session, Proofs proofs);
    void judgeCertificate(Session& session, Proofs proofs);
    /// Absent where there is none, or nobody is known who could issue it.
    [[nodiscard]] std::optional<std::variant<stepup::KnownDevice, stepup::DeviceRefusal>> deviceIn(
        const Session& session, const stepup::DeviceNames& registered) const;

    // enforcement_memory.cpp: what is known of a person from one connection to the next
    [[nodiscard]] base::Status recall();
    void verifiedBefore(Session& session);
    void verifiedNow(Session& session);
    void cameFrom(const Session& session);
    void keepInMind(const stepup::UserId& user);
    void writeMemories();

    // enforcement_decisions.cpp: decisions about sessions
    [[nodiscard]] zerotrust::Signals signalsOf(const Session& session, zerotrust::Occasion occasion) const;
    [[nodiscard]] Judgement judge(Session& session, Trigger trigger) const;
    void decide(Session& session, Trigger trigger, const std::string& replyTo);
    void allow(Session& session, const std::string& replyTo);
    void askForTouch(Session& session, const std::string& replyTo);
    void deny(Session& session, const std::string& replyTo);
    void onlyView(Session& session);
    void close(Session& session, const std::string& text);
    void shut(Session& session);
    void viewOnlyForNow(Session& session, const std::string& replyTo);
    [[nodiscard]] bool isRestricted(const stepup::UserId& user) const;

    // enforcement_rules.cpp: automatic responses
    void happened(RuleTrigger trigger, const ConnectionFacts& facts);
    /// Counts it; whether a rule has fired, and what it says was done.
    [[nodiscard]] bool fires(const Occurrence& occurrence);
    /// Whether what comes with this certificate may count as this person's doing: not once it was taken from them.
    [[nodiscard]] bool isTheirs(const ConnectionFacts& facts) const;
    void fire(const Firing& firing, const Occurrence& occurrence);
    void recordFirings(const std::vector<FiringDigest::Counted>& counted);
    void follow(const Rule& rule, RuleAction action, const Occurrence& occurrence);
    /// The sessions that stand where the rule counts.
    [[nodiscard]] std::vector<Session*> reachedBy(const Rule& rule, const ConnectionFacts& facts);
    void end(Session& session, const std::string& why);
    void oweTouch(Session& session, const std::string& why);
    void restrict(const stepup::UserId& user, std::chrono::seconds time);
    /// Of a lock that holds though it could not be written down, that too.
    void recordUnwritten(const ConnectionFacts& facts, const base::Status& kept);
    void writePendingLocks();
    void lockUser(const ConnectionFacts& facts, const std::string& why);
    void lockCertificate(const ConnectionFacts& facts, const std::string& why);
    void countryOf(Session& session, Judgement& judgement, Trigger trigger);
    void askForProof(Session& session, const std::string& why);
    void proveElsewhere(const Session& session);
    void recordAbout(const ConnectionFacts& facts, EventKind kind, Severity severity, std::vector<EventField> fields);

    // enforcement_answers.cpp: what the desk says
    void take(Session& session, const fix::UserRequest& request);
    void takePayload(Session& session, const fix::UserRequest& request);
    /// Nothing is asked for before: the session was not judged, and whom the policy denies enrols no key either.
    void askForContext(Session& session, const std::string& replyTo);
    void answer(Session& session, const std::string& replyTo, const stepup::ChallengeAnswer& answer);
    void approved(Session& session, const std::string& replyTo, const stepup::Approval& approval);
    void armed(Session& session, const std::string& replyTo, const stepup::Approval& approval);
    void refused(Session& session, const std::string& replyTo, const stepup::Refusal& refusal, bool isReplayed);
    [[nodiscard]] bool isReplay(const stepup::Refusal& refusal, const stepup::Digest& challenge) const;
    void enrol(Session& session, const std::string& replyTo, const stepup::NewKey& key);
    void challengeToRegister(Session& session, const std::string& replyTo, const stepup::Approval& approval);
    void challengeFor(Session& session, const std::string& replyTo, const stepup::Action& action);
    [[nodiscard]] std::optional<Objection> objectionTo(Session& session, const stepup::Action& action);

    // enforcement_keys.cpp: a person's own keys
    void listKeys(Session& session, const std::string& replyTo);
    /// The keys that may approve this.
    [[nodiscard]] std::vector<stepup::CredentialId> answering(
        const Session& session, const stepup::Action& action) const;
    [[nodiscard]] std::optional<Objection> objectionTo(const Session& session, const std::string& user,
        const stepup::CredentialId& credential, const std::string& name) const;
    void changeKey(Session& session, const std::string& replyTo, const stepup::Approval& approval);
    void endKeyChange(Session& session, const std::string& replyTo, EventKind kind,
        const stepup::CredentialId& credential, const std::string& name, const base::Status& kept);

    // enforcement_actions.cpp: application messages
    /// `words` are the client's, and may name prices and quantities; `refusal` is what is recorded: a stable name.
    [[nodiscard]] bool refuse(Session& session, EventKind kind, const ClientAction& action, const std::string& words,
        const char* refusal, Severity severity);
    /// `verdict`: whether the session asks no more than everybody may.
    [[nodiscard]] bool authorise(Session& session, ClientAction& action, RequestMeter::Verdict verdict);
    [[nodiscard]] bool authorise(Session& session, ClientAction& action);
    /// Whether this session may ask for quotes at this moment; where not, the client was told.
    [[nodiscard]] bool mayAsk(Session& session, const ClientAction& action);
    [[nodiscard]] bool cover(Session& session, const ClientAction& action);
    /// `judged`: the decision that allows it, where no record has that yet; empty: one has.
    [[nodiscard]] bool passed(const Session& session, const ClientAction& action, std::vector<EventField> judged);
    [[nodiscard]] bool spendGrant(Session& session, const ClientAction& action, std::vector<EventField> judged);
    void recordAllowed(const Session& session, std::vector<EventField> judged);
    /// Whom a message is about, in its place; false where it named somebody who is not there: the client was told.
    [[nodiscard]] bool findDealers(Session& session, ClientAction& action);
    /// In this segment.
    [[nodiscard]] std::optional<zerotrust::Entitlement> entitlementOf(const stepup::UserId& user) const;
    [[nodiscard]] static std::optional<zerotrust::Refusal> missingEntitlement(
        const Session& session, const zerotrust::Attempt& attempt);
    [[nodiscard]] static bool mayView(const Session& session);
    [[nodiscard]] static bool spendApproval(Session& session, const ClientAction& action, base::SteadyTime now);
    void countRefusal(Session& session);
    /// Whether the session asks no more than everybody may; where it does, the client was told.
    [[nodiscard]] bool isWithinMeter(Session& session, const fix::UserRequest& request);

    // notices.cpp: what is said
    [[nodiscard]] std::string newReference();
    [[nodiscard]] stepup::Notice noticeAbout(const Session& session, stepup::AccessOutcome outcome) const;
    [[nodiscard]] stepup::Notice actionNotice(const Session& session, stepup::AccessOutcome outcome);
    void say(Session& session, const std::string& replyTo, fix::UserStatus status, const std::string& text,
        const stepup::Notice& notice);
    void record(EventKind kind, Severity severity, const Session& session, std::vector<EventField> fields,
        const std::string& reference = {});
    [[nodiscard]] static std::vector<EventField> decisionFields(const Session& session,
        const zerotrust::AccessDecision& decision, const std::string& signals, const std::string& outcome);
    void recordDecision(EventKind kind, Severity severity, const Session& session,
        const zerotrust::AccessDecision& decision, const std::string& signals, const std::string& outcome,
        const std::string& reference);

    const EnforcementSettings m_settings;
    zerotrust::AccessPolicy m_policy;
    std::shared_ptr<const stepup::DeviceTrust> m_devices;
    Surroundings m_around;
    Directory m_directory;
    stepup::ChallengeBook m_challenges;
    stepup::AssertionVerifier m_assertions;
    stepup::RegistrationVerifier m_registrations;
    stepup::GrantKey m_grantKey;
    stepup::GrantLedger m_grants;
    zerotrust::Lockout m_lockout;
    RequestMeter m_meter;
    RuleBook m_rules;
    FiringDigest m_firedAgain;
    DealtOrders m_dealt;
    std::map<stepup::UserId, Standstill> m_standstills; ///< of registered people only
    std::deque<stepup::Digest> m_answered; ///< the latest challenges that were answered
    std::map<rfq::SessionId, Session> m_sessions;
    std::map<stepup::UserId, std::string> m_lastHost; ///< where a session of each person was opened last
    std::map<std::pair<stepup::UserId, stepup::CertificateFingerprint>, Verification> m_verifications;
    std::set<stepup::UserId> m_unwritten; ///< of whom the store does not have the latest
    base::SteadyTime m_writeAt{}; ///< where there are some
    base::SteadyTime m_refreshAt{};
    std::uint64_t m_lastMessage = 0; ///< of the UserRequestIDs of our own
    std::uint64_t m_lastReference = 0;
};

}
