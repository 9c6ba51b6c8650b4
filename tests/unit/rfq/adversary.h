#pragma once

#include "tests/support/fake_desk.h"

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

/// A venue, a network, a disk and a trader that do whatever can be done, in any order, and check the invariants after
/// each step. The same seed does the same.
class Adversary {
public:
    explicit Adversary(std::uint64_t seed);
    ~Adversary();
    /// One event and all checks. Empty while every invariant holds; otherwise which one broke.
    [[nodiscard]] std::string step();
    [[nodiscard]] std::size_t acceptancesSent() const { return m_handed.size(); }
    [[nodiscard]] std::size_t tradesSeen() const { return m_tradesSeen; }
    [[nodiscard]] std::size_t unknownsSeen() const { return m_unknownsSeen; }

private:
    /// Checks every acceptance at the moment it leaves for the wire.
    class Link final : public rfq::VenueLink {
    public:
        explicit Link(Adversary& owner)
            : m_owner(owner)
        {
        }
        void send(rfq::VenueCommand command) override;
        [[nodiscard]] std::string compose(const rfq::Acceptance& acceptance) const override
        {
            return "35=D\x01"
                   "11="
                + acceptance.id.text() + "\x01";
        }

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

    private:
        std::deque<std::pair<rfq::JournalRecord, std::function<void(base::Status)>>> m_queue;
    };

    void act();
    void start();
    void restart();
    void checkSend(const rfq::Acceptance& acceptance);
    void checkState();
    void checkAcceptance(const rfq::Rfq& rfq, const rfq::AcceptanceLine& line);
    void checkRestored();
    void fail(const std::string& what);

    void ask();
    void quote();
    void withdraw();
    void decline();
    void click();
    void confirm();
    void report();
    void quoteStatus();
    void refuse();
    void moveSession();
    void passTime();

    [[nodiscard]] std::uint64_t pick(std::uint64_t below) { return m_random() % below; }
    [[nodiscard]] bool oneIn(std::uint64_t n) { return pick(n) == 0; }
    template <typename T>
    [[nodiscard]] const T& any(const std::vector<T>& values)
    {
        return values[pick(values.size())];
    }
    [[nodiscard]] std::optional<rfq::Click> readButton();
    [[nodiscard]] rfq::RfqId anyRfq();
    [[nodiscard]] rfq::SessionId sessionFor(const rfq::DealerId& dealer);

    std::mt19937_64 m_random;
    FakeClock m_clock;
    FakeIdSource m_ids;
    Link m_link;
    Disk m_disk;
    std::unique_ptr<rfq::RfqService> m_service;
    std::string m_broken;

    std::vector<rfq::RfqId> m_rfqs; ///< the last few
    std::vector<rfq::Click> m_clicks; ///< every button that was ever on the screen, stale ones too
    std::map<rfq::ClOrdId, rfq::Acceptance> m_handed; ///< everything that ever left for the wire
    std::vector<rfq::ClOrdId> m_handedIds;
    std::map<rfq::ClOrdId, rfq::AcceptanceState> m_states; ///< after the previous step
    std::map<rfq::RfqId, rfq::Rfq> m_previous;
    std::set<rfq::ClOrdId> m_fillTold; ///< the venue reported a fill
    std::set<rfq::ClOrdId> m_evidence; ///< what this step's event is evidence about
    int m_quoteIds = 0;
    int m_execIds = 0;
    std::size_t m_tradesSeen = 0;
    std::size_t m_unknownsSeen = 0;
};

}
