#include "app/desk_core/guarded_session.h"

#include "core/fix/dialect.h"
#include "core/fix/tags.h"
#include "core/place/location.h"

#include <utility>

namespace app {

using base::Errc;
using base::Error;

namespace {

/// From the end of one try to connect to the next one.
constexpr std::chrono::minutes LongestGap{5};

/// All of them as one, in the form of an address with a port, so that a change of network is a change of address.
std::string addressText(const std::vector<zerotrust::IpAddress>& addresses)
{
    std::string text;
    for (const auto& address : addresses)
        text += (text.empty() ? "" : " ") + zerotrust::valueText(address);
    return '[' + text + "]:0";
}

}

base::Result<std::unique_ptr<GuardedSession>> GuardedSession::open(const fix::SessionSettings& settings,
    std::vector<std::string> dealers, const pep::EnforcementSettings& enforcement,
    const stepup::RegistrationPolicy& keys, const Surroundings& around)
{
    std::unique_ptr<GuardedSession> session(new GuardedSession(settings, std::move(dealers), around));
    auto point = pep::EnforcementPoint::open(enforcement, around.context.policy, keys,
        {.clock = around.clock,
            .random = around.random,
            .sessions = *session,
            .recorder = *session,
            .identities = around.identities,
            .sources = {std::ref(static_cast<pep::SignalSource&>(*session))}});
    if (!point)
        return point.error();
    session->m_point = *std::move(point);
    return session;
}

GuardedSession::GuardedSession(
    const fix::SessionSettings& settings, std::vector<std::string> dealers, const Surroundings& around)
    : m_settings(settings)
    , m_dealers(std::move(dealers))
    , m_around(around)
{
}

GuardedSession::~GuardedSession() = default;

void GuardedSession::opened(
    std::uint64_t connection, const stepup::UserId& user, const stepup::CertificateFingerprint& certificate)
{
    m_connection = connection;
    // There is nothing yet that a touch could be bound to: its challenge never leaves this workstation.
    pep::ConnectionFacts facts{.session = m_settings.name,
        .venueCompId = m_settings.targetCompId,
        .deskCompId = m_settings.senderCompId,
        .dealers = m_dealers,
        .user = user,
        .certificate = certificate,
        .address = addressText(m_around.context.addresses()),
        .channelBinding = stepup::Digest{},
        .verifiedAt = m_around.context.verifiedAt};
    const bool stays = goesOn(facts);
    m_closedAt.reset();
    m_facts = std::move(facts);
    if (!stays)
        m_point->connected(m_facts);
}

bool GuardedSession::goesOn(const pep::ConnectionFacts& facts) const
{
    return m_closedAt && m_around.clock.steady() - *m_closedAt < LongestGap && m_facts.user == facts.user
        && m_facts.certificate == facts.certificate && m_facts.address == facts.address
        && m_point->standing(m_settings.name) != pep::Standing::Closed;
}

void GuardedSession::closed(std::uint64_t connection)
{
    if (connection != m_connection)
        return;
    m_connection = 0;
    m_closedAt = m_around.clock.steady();
    if (m_left)
        left();
}

void GuardedSession::left()
{
    m_left = m_connection != 0; // then once that ends
    if (m_left)
        return;
    m_closedAt.reset();
    m_point->disconnected(m_settings.name);
}

void GuardedSession::hear(std::uint64_t connection, fix::UserRequest request)
{
    if (connection != m_connection || connection == 0)
        return;
    if (request.type == fix::UserRequestType::LogOn)
        m_left = false;
    request.username = m_facts.user.text();
    m_point->receive(m_settings.name, fix::encode(request));
}

base::Status GuardedSession::authorise(const rfq::SendAcceptance& send, const std::string& grant)
{
    auto message = fix::fromWireText(send.message);
    if (!message)
        return Error{Errc::Internal, "the acceptance cannot be read"};
    // Where the message names no dealer, it is the one whose quote it is.
    fix::WireMessage quote;
    quote.type = fix::msg::Quote;
    quote.add(fix::tag::QuoteId, send.acceptance.quote.text());
    fix::addDealers(quote, {send.acceptance.dealer});
    if (m_connection == 0 || !m_point->maySend(m_settings.name, quote))
        return Error{Errc::Refused, "this desk's access policy has not let this session in"};
    if (!grant.empty())
        message->add(fix::tag::StepUpGrant, grant);
    m_objection.clear();
    if (m_point->authorise(m_settings.name, *message))
        return base::Ok{};
    return Error{Errc::Refused, m_objection.empty() ? "this desk's access policy does not allow it" : m_objection};
}

void GuardedSession::tick()
{
    if (std::exchange(m_proofAsked, false))
        m_point->proven(m_settings.name, pep::Proof::Impossible);
    m_point->tick();
}

void GuardedSession::usePolicy(const zerotrust::AccessPolicy& policy)
{
    m_point->usePolicy(policy);
}

void GuardedSession::send(const rfq::SessionId& session, fix::WireMessage message)
{
    if (message.type == fix::msg::BusinessMessageReject) {
        m_objection = message.find(fix::tag::Text).value_or(std::string_view());
        return;
    }
    if (m_connection == 0)
        return; // between two tries nobody is there to hear it: the next one asks anew
    const auto response = fix::decodeUserResponse(message);
    if (!response)
        return m_around.listener.ended(session, m_connection, response.error());
    std::optional<stepup::Notice> notice;
    if (auto read = stepup::parseNotice(response->payload))
        notice = *std::move(read);
    m_around.listener.answered(session, m_connection, *response, std::move(notice));
}

void GuardedSession::logout(const rfq::SessionId& session, const std::string& text)
{
    m_around.listener.ended(session, m_connection, {Errc::LogonRefused, text});
}

void GuardedSession::opened(const rfq::SessionId& session)
{
    const base::Status kept = m_around.memory.remember(m_settings);
    if (!kept)
        m_around.listener.ended(session, m_connection, kept.error());
}

std::vector<zerotrust::Signal> GuardedSession::signalsAbout(const pep::Subject&)
{
    const GuardContext& context = m_around.context;
    std::vector<zerotrust::Signal> signals = m_around.memory.signalsAbout(m_settings);
    for (const auto& address : context.addresses()) {
        for (auto& signal : place::locationSignals(context.policy, context.countries, address))
            signals.push_back(std::move(signal));
    }
    signals.push_back(yesOrNo(zerotrust::attribute::TokenRemoved, context.tokenRemoved, zerotrust::Source::Seen,
        "since the latest touch the card was taken out, reset or used by another program"));
    if (context.verifiedAt) {
        const auto age =
            std::chrono::duration_cast<std::chrono::seconds>(m_around.clock.steady() - *context.verifiedAt);
        signals.push_back(verificationAge(age, zerotrust::Source::Seen, "since card and PIN, or PIN and touch"));
    }
    return signals;
}

void GuardedSession::record(const pep::Event& event)
{
    pep::Event kept = event;
    kept.address = pep::hostOf(event.address);
    m_around.listener.recorded(kept);
}

}
