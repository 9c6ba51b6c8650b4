#include "core/fix/link_thread.h"

#include "core/base/overloaded.h"
#include "core/fix/session_timers.h"

#include <algorithm>

namespace fix {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds LongestSleep = 1s;

std::chrono::milliseconds untilAtMost(base::SteadyTime due, base::SteadyTime now)
{
    if (due <= now)
        return 0ms;
    return due - now > LongestSleep ? LongestSleep : std::chrono::ceil<std::chrono::milliseconds>(due - now);
}

const rfq::SessionId& sessionOf(const rfq::VenueCommand& command)
{
    return std::visit(
        base::Overloaded{[](const rfq::SendRequest& request) -> const rfq::SessionId& { return request.session; },
            [](const rfq::SendAcceptance& send) -> const rfq::SessionId& { return send.acceptance.session; },
            [](const rfq::EndRequest& end) -> const rfq::SessionId& { return end.session; },
            [](const rfq::AskOutcome& ask) -> const rfq::SessionId& { return ask.acceptance.session; },
            [](const rfq::SendDontKnow& dispute) -> const rfq::SessionId& { return dispute.report.session; }},
        command);
}

}

FixLink::Thread::Thread(std::vector<SessionSettings> sessions, base::Inbox<rfq::VenueEvent>& events,
    AccessInbox* access, const base::Clock& clock)
    : m_clock(clock)
    , m_events(events)
    , m_orders([this] { m_waker.wake(); })
    , m_context{events, access, clock, [this](AttemptNews news) { post(std::move(news)); }, {}}
{
    tls::ignoreBrokenPipes();
    for (SessionSettings& settings : sessions)
        m_sessions.push_back(std::make_unique<LinkSession>(std::move(settings), m_context));
    m_thread = std::thread([this] { run(); });
}

FixLink::Thread::~Thread()
{
    post(End{});
    m_thread.join();
}

void FixLink::Thread::run()
{
    while (!m_ending || !isQuiet()) {
        waitAndServe();
        for (Order& order : m_orders.drain())
            obey(std::move(order));
        stopWhenDue();
        for (const auto& session : m_sessions)
            session->onTime();
        cutWhatStayed();
    }
}

void FixLink::Thread::waitAndServe()
{
    const base::SteadyTime now = m_clock.steady();
    std::vector<tls::Interest> interests{{.handle = m_waker.handle(), .read = true}};
    std::vector<LinkSession*> waiting;
    base::SteadyTime due = m_cutAt.value_or(base::SteadyTime::max());
    if (m_stopAt)
        due = std::min(due, m_stopAt->when);
    for (const auto& session : m_sessions) {
        due = std::min(due, session->nextTime());
        if (const auto interest = session->interest()) {
            interests.push_back(*interest);
            waiting.push_back(session.get());
        }
    }
    tls::waitFor(interests, untilAtMost(due, now));
    if (interests[0].readable)
        m_waker.clear();
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        const tls::Interest& ready = interests[i + 1];
        if (ready.readable || ready.writable || ready.failed)
            waiting[i]->onReady(ready);
    }
}

void FixLink::Thread::obey(Order order)
{
    std::visit(
        base::Overloaded{[this](Start& begin) { start(begin.identity); }, [this](Stop& reason) { stop(reason.reason); },
            [this](StopAt& later) { m_stopAt = std::move(later); },
            [this](Retry& retry) {
                if (LinkSession* session = find(retry.session))
                    session->retry();
            },
            [this](ResetNumbers& reset) {
                if (LinkSession* session = find(reset.session))
                    session->resetSequenceNumbers();
            },
            [this](Say& say) {
                if (LinkSession* session = find(say.session))
                    session->send(say.connection, std::move(say.request));
            },
            [this](Answer& answer) {
                if (LinkSession* session = find(answer.session))
                    session->answeredHere(answer.connection, answer.response, answer.notice);
            },
            [this](TurnAway& away) {
                if (LinkSession* session = find(away.session))
                    session->turnedAwayHere(away.connection, std::move(away.reason));
            },
            [this](End&) {
                m_ending = true;
                stop("the desk closes");
            },
            [this](rfq::VenueCommand& command) { obey(std::move(command)); },
            [this](AttemptNews& news) {
                if (LinkSession* session = find(news.session))
                    session->onNews(std::move(news));
            }},
        order);
}

void FixLink::Thread::obey(rfq::VenueCommand command)
{
    LinkSession* session = find(sessionOf(command));
    if (session == nullptr)
        return refuse(command);
    std::visit([session](const auto& one) { session->send(one); }, command);
}

void FixLink::Thread::refuse(const rfq::VenueCommand& command)
{
    const base::Error reason{base::Errc::NotFound, "no session is named " + sessionOf(command).text()};
    std::visit(base::Overloaded{[&](const rfq::SendRequest& request) {
                                    m_events.post(rfq::RequestNotSent{request.session, request.request.id, reason});
                                },
                   [&](const rfq::SendAcceptance& send) {
                       m_events.post(rfq::AcceptanceNotSent{send.acceptance.session, send.acceptance.id, reason});
                   },
                   [](const rfq::EndRequest&) {}, [](const rfq::AskOutcome&) {}, [](const rfq::SendDontKnow&) {}},
        command);
}

void FixLink::Thread::start(const std::shared_ptr<const tls::Identity>& identity)
{
    m_stopAt.reset();
    for (const auto& session : m_sessions)
        session->start(identity);
}

void FixLink::Thread::stopWhenDue()
{
    if (m_stopAt && m_clock.steady() >= m_stopAt->when)
        stop(std::string(m_stopAt->reason));
}

void FixLink::Thread::stop(const std::string& reason)
{
    m_stopAt.reset();
    for (const auto& session : m_sessions)
        session->stop(reason);
    m_cutAt = m_clock.steady() + SessionTimers::LogoutPatience;
}

void FixLink::Thread::cutWhatStayed()
{
    if (!m_cutAt || m_clock.steady() < *m_cutAt)
        return;
    m_cutAt.reset();
    for (const auto& session : m_sessions)
        session->cutIfStopping();
}

LinkSession* FixLink::Thread::find(const rfq::SessionId& name)
{
    const auto found = std::find_if(
        m_sessions.begin(), m_sessions.end(), [&name](const auto& session) { return session->name() == name; });
    return found == m_sessions.end() ? nullptr : found->get();
}

bool FixLink::Thread::isQuiet() const
{
    return std::all_of(m_sessions.begin(), m_sessions.end(), [](const auto& session) { return session->isQuiet(); });
}

}
