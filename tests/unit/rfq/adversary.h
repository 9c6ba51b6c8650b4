#pragma once

#include "tests/support/fake_desk.h"
#include "tests/unit/rfq/venue_truth.h"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace support {

/// One with many dealers behind it, and a direct one.
inline const std::vector<rfq::SessionId> Sessions{VenueX, DirectD};

/// What the venue's words are worth. An honest one tells facts, in any order, late, twice, or not at all: then the desk
/// must end at the truth. A lying one tells anything: then the desk must stay safe.
enum class Venue { Honest, Lying };

/// A venue, a network, a disk and two persons that do whatever can be done, in any order, and check the invariants
/// after each step. The same seed does the same.
class Adversary {
public:
    Adversary(std::uint64_t seed, Venue venue);
    ~Adversary();
    /// One event and all checks. Empty while every invariant holds; otherwise which one broke.
    [[nodiscard]] std::string step();

    /// How deep it got.
    struct Depth {
        std::size_t sent = 0;
        std::size_t trades = 0;
        std::size_t unknown = 0;
        std::size_t notReceived = 0;
        std::size_t closed = 0;
        std::size_t busted = 0;
        std::size_t incidents = 0;
        std::size_t twins = 0; ///< sent although an outcome was unknown, by consent
        std::size_t restarts = 0;
    };
    [[nodiscard]] const Depth& depth() const { return m_depth; }

private:
    /// Checks every acceptance at the moment it leaves for the wire.
    class Link final : public rfq::VenueLink {
    public:
        explicit Link(Adversary& owner)
            : m_owner(owner)
        {
        }
        void send(rfq::VenueCommand command) override;
        [[nodiscard]] std::string compose(const rfq::Acceptance& acceptance) const override;

    private:
        Adversary& m_owner;
    };
    /// A disk with a queue: what is queued is lost in a crash.
    class Disk final : public rfq::Journal {
    public:
        void append(rfq::JournalRecord record, std::function<void(base::Status)> done) override;
        void write(std::size_t count);
        void crash() { m_queue.clear(); }

        std::vector<rfq::JournalRecord> durable;
        bool broken = false;
        std::string illegal; ///< a request was moved in a way that its machine does not know

    private:
        std::deque<std::pair<rfq::JournalRecord, std::function<void(base::Status)>>> m_queue;
    };

    void act();
    void start();
    void restart();
    void logOn();
    void forgetWhatTheCrashTook();
    void noteBusted(const rfq::ClOrdId& id);
    void moveSession();
    void passTime();

    // adversary_market.cpp: requests, quotes and clicks
    void ask();
    void quote();
    void withdraw();
    void decline();
    void quoteStatus();
    void click();
    [[nodiscard]] std::optional<rfq::Click> readButton();
    void noteAccepted(const rfq::Click& click);

    // adversary_venue.cpp: what became of acceptances
    void handOver(const rfq::SendAcceptance& command);
    void tellOfLink();
    void tellOfLink(Deal& deal);
    void tell();
    void tellTheTruth(Deal& deal);
    void tellExecution(Deal& deal);
    void tellCaptured(Deal& deal);
    void tellLastWord(Deal& deal);
    void tellAnything(const rfq::Acceptance& acceptance);
    void bust();
    void correct();
    void report(const rfq::ExecutionReport& report);
    void noteTold(const rfq::ClOrdId& id, const rfq::Decimal& amount);
    void capture(const rfq::ExecutionReport& execution);
    [[nodiscard]] bool isForgotten(const Deal& deal) const;
    [[nodiscard]] rfq::ExecutionReport reportOf(const rfq::Acceptance& acceptance, char execType, char ordStatus);
    [[nodiscard]] Deal* anyDeal();

    // adversary_recovery.cpp: answers to questions, sequence numbers, refusals
    void denyOrder(const rfq::Acceptance& acceptance);
    void answerInquiry();
    void talkOfNumbers();
    void refuse();

    // adversary_people.cpp: the trader and a second person
    void close();
    void allowTwin();
    void handleIncident();
    /// An acceptance without an outcome; another one now and then.
    [[nodiscard]] std::optional<rfq::Acceptance> anyDoubt();

    // adversary_checks.cpp
    void checkSend(const rfq::Acceptance& acceptance);
    void checkTwins(const rfq::Acceptance& acceptance);
    void checkState();
    void checkRequest(const rfq::Rfq& rfq);
    void checkAcceptance(const rfq::Rfq& rfq, const rfq::AcceptanceLine& line);
    void checkMove(const rfq::Rfq& rfq, const rfq::AcceptanceLine& line, rfq::AcceptanceState before);
    void checkBooking(const rfq::AcceptanceLine& line);
    void checkTruth(const rfq::AcceptanceLine& line, const Deal& deal);
    void checkPosition();
    void checkRestored();
    [[nodiscard]] const rfq::AcceptanceLine* lineOf(const rfq::Acceptance& acceptance) const;
    [[nodiscard]] bool hasIncident(const rfq::ClOrdId& id) const;
    void fail(const std::string& what);

    [[nodiscard]] std::uint64_t pick(std::uint64_t below) { return m_random() % below; }
    [[nodiscard]] bool oneIn(std::uint64_t n) { return pick(n) == 0; }
    template <typename T>
    [[nodiscard]] const T& any(const std::vector<T>& values)
    {
        return values[pick(values.size())];
    }
    [[nodiscard]] bool isHonest() const { return m_venue == Venue::Honest; }
    [[nodiscard]] rfq::RfqId anyRfq();
    [[nodiscard]] rfq::SessionId sessionFor(const rfq::DealerId& dealer);

    const Venue m_venue;
    std::mt19937_64 m_random;
    FakeClock m_clock;
    FakeIdSource m_ids;
    Link m_link;
    Disk m_disk;
    std::unique_ptr<rfq::RfqService> m_service;
    std::string m_broken;
    Depth m_depth;

    std::vector<rfq::RfqId> m_rfqs; ///< the last few
    std::vector<rfq::Click> m_clicks; ///< every button that was ever on the screen, stale ones too
    std::map<rfq::ClOrdId, Deal> m_deals; ///< everything that ever left for the wire
    std::vector<rfq::ClOrdId> m_dealIds;
    std::map<rfq::SessionId, std::uint64_t> m_numbers; ///< MsgSeqNum(34) of the last message that was written

    std::map<rfq::ClOrdId, rfq::AcceptanceState> m_states; ///< after the previous step
    std::map<rfq::RfqId, rfq::Rfq> m_previous;
    std::map<rfq::ClOrdId, rfq::Decimal> m_told; ///< the largest amount that the venue ever said was filled
    std::map<rfq::ClOrdId, std::map<rfq::ExecId, rfq::Decimal>> m_captured; ///< executions told in lists of trades
    std::set<rfq::ClOrdId> m_fillKnown; ///< the desk was told of a fill, in this process or durably
    std::set<rfq::ClOrdId> m_amended; ///< a correction or a bust was told
    std::set<rfq::ClOrdId> m_missed; ///< the numbers said that it never arrived
    std::set<rfq::ClOrdId> m_denied; ///< the venue said that it knows no such order
    std::map<rfq::ClOrdId, rfq::Acceptance> m_closedUnsent; ///< two persons closed what had never left
    std::set<rfq::ClOrdId> m_everClosed;
    std::set<rfq::ClOrdId> m_consents; ///< two persons let a twin of these pass
    std::map<rfq::ClOrdId, std::set<rfq::ClOrdId>> m_passes; ///< which ones this acceptance may pass
    std::size_t m_incidents = 0;

    // What this step's event is.
    std::set<rfq::ClOrdId> m_evidence; ///< evidence about these
    std::set<rfq::SessionId> m_sessionEvidence; ///< about what was received over these
    std::optional<rfq::ClOrdId> m_closedNow; ///< two persons have just closed it

    int m_quoteIds = 0;
    int m_execIds = 0;
    int m_steps = 0;
};

}
