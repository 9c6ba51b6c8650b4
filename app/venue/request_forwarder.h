#pragma once

#include "app/venue/relay.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace venue {

/// Takes clients' quote requests to the counterparties under ids of the gateway's own, and brings back what they
/// answer: quotes as they are written, under the client's id. What a client could not deal on is not shown to it.
class RequestForwarder {
public:
    explicit RequestForwarder(Relay& relay);
    RequestForwarder(const RequestForwarder&) = delete;
    RequestForwarder& operator=(const RequestForwarder&) = delete;

    void request(const SessionSettings& client, const fix::maker::QuoteRequest& request, Delivery delivery);
    /// No more quotes on this request: the counterparties are told too, but for the one that decides an order on it, or
    /// dealt. Unknown requests are ignored.
    void end(const rfq::SessionId& client, const rfq::RfqId& rfq, const std::string& why);
    void endAll(const rfq::SessionId& client, const std::string& why);

    void apply(const rfq::QuoteReceived& received);
    void apply(const rfq::QuoteWithdrawn& withdrawn);
    void apply(const rfq::RequestDeclined& declined);
    void apply(const rfq::RequestNotSent& notSent);
    void apply(const rfq::QuoteStatusReceived& status);
    /// A counterparty refused a message of ours; nothing happens where it was no request.
    void apply(const rfq::MessageRejected& rejected);
    /// Its quotes die, and whoever waits for one is told.
    void upstreamLost(const rfq::SessionId& upstream);

    /// The request as it went out. Null where it is not known, or forgotten.
    [[nodiscard]] const rfq::Request* sent(const rfq::SessionId& client, const rfq::RfqId& rfq) const;

private:
    enum class Phase { Open, Ended };
    struct Asked {
        const SessionSettings* client = nullptr;
        rfq::RfqId clientId;
        rfq::Request sent; ///< its id is ours
        rfq::SteadyTime expires{};
        Phase phase = Phase::Open;
        std::map<rfq::DealerId, rfq::SessionId> dealers{}; ///< who was asked, and where
        std::set<rfq::DealerId> answered{}; ///< or known not to answer
        std::map<rfq::DealerId, rfq::QuoteId> live{};
    };

    [[nodiscard]] std::vector<rfq::DealerId> dealersFor(
        const SessionSettings& client, const fix::maker::QuoteRequest& request);
    [[nodiscard]] std::size_t openRequests(const rfq::SessionId& client) const;
    [[nodiscard]] std::chrono::milliseconds lifeOf(const fix::maker::QuoteRequest& request) const;
    void ask(Asked& asked, const std::vector<rfq::DealerId>& dealers);
    [[nodiscard]] Asked* open(const rfq::RfqId& ours);
    void decline(Asked& asked, const rfq::DealerId& dealer, const std::string& code, const std::string& text);
    void declineAll(Asked& asked, const rfq::SessionId& upstream, const std::string& code, const std::string& text);
    void tell(const SessionSettings& client, const RequestDecline& decline);
    void withdraw(Asked& asked, const rfq::DealerId& dealer, const std::string& why);
    void forward(Asked& asked, const rfq::QuoteReceived& received, const rfq::Quote& judged);
    void withhold(Asked& asked, const rfq::Quote& quote, const std::string& why);

    Relay& m_relay;
    Floor& m_floor;
    std::map<rfq::RfqId, Asked> m_asked; ///< by our id
    std::map<std::pair<rfq::SessionId, rfq::RfqId>, rfq::RfqId> m_ours; ///< by client and the client's id
};

}
