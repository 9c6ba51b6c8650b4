#include "app/desk_core/desk_guard.h"

#include "app/trail/change_record.h"
#include "app/trail/event_record.h"
#include "core/store/access_policy_reader.h"
#include "core/tls/detached_signature.h"

#include <utility>

namespace app {

using base::Errc;
using base::Error;

namespace {

/// How often the policy's files are looked at.
constexpr std::chrono::seconds PolicyInterval{10};

std::vector<std::string> dealersOf(const DeskConfig& config, const rfq::SessionId& session)
{
    std::vector<std::string> dealers;
    for (const rfq::Dealer& dealer : config.desk.dealers) {
        if (dealer.session == session)
            dealers.push_back(dealer.id.text());
    }
    return dealers;
}

}

base::Result<std::unique_ptr<DeskGuard>> DeskGuard::open(const DeskConfig& config, Verdicts verdicts,
    audit::AuditRecorder& trail, const base::Clock& clock, std::function<std::vector<zerotrust::IpAddress>()> addresses)
{
    std::unique_ptr<DeskGuard> guard(new DeskGuard(std::move(verdicts), trail, clock));
    guard->m_context.addresses = std::move(addresses);
    auto identities = GuardIdentities::open(config, clock);
    if (!identities)
        return identities.error();
    guard->m_identities = *std::move(identities);
    for (const std::string& problem : guard->problems())
        guard->append(audit::Kind::StepUpRefused, audit::Severity::Warning,
            {{audit::Field::Scope, "enrolment"}, {audit::Field::Reason, problem}});
    guard->m_memory.emplace(config.stateDirectory / "counterparties");
    if (const base::Status opened = guard->openPolicy(*config.access); !opened)
        return opened.error();
    if (const base::Status opened = guard->openSessions(config); !opened)
        return opened.error();
    return guard;
}

DeskGuard::DeskGuard(Verdicts verdicts, audit::AuditRecorder& trail, const base::Clock& clock)
    : m_verdicts(std::move(verdicts))
    , m_trail(trail)
    , m_clock(clock)
{
}

DeskGuard::~DeskGuard() = default;

base::Status DeskGuard::openPolicy(const DeskAccessConfig& config)
{
    if (!config.countries.empty()) {
        auto file = place::CountryWatch::open(config.countries, m_clock);
        if (!file)
            return file.error();
        m_countries.emplace(*std::move(file));
        m_context.countries = &m_countries->current();
        lookAtCountries();
    }
    if (!config.policy) {
        auto shipped = store::readAccessPolicy(store::defaultAccessPolicyText(), "the policy that is shipped");
        if (!shipped)
            return shipped.error();
        m_context.policy = *std::move(shipped);
        append(audit::Kind::PolicyLoaded, audit::Severity::Info,
            {{audit::Field::Policy, std::to_string(m_context.policy.version)},
                {audit::Field::Reason, "no policy is configured: " + m_context.policy.id + ", as shipped"}});
        return base::Ok{};
    }
    auto signers = tls::PinnedSigners::load(config.policy->signers.string());
    if (!signers)
        return signers.error();
    const auto pinned = std::make_shared<tls::PinnedSigners>(*std::move(signers));
    m_policies.emplace(config.policy->id, config.policy->files,
        [pinned](std::string_view content, std::string_view signature) { return pinned->verify(content, signature); });
    const auto report = m_policies->refresh();
    note(report);
    if (!report.inForce)
        return Error{Errc::Configuration, "no access policy is in force: " + report.detail};
    m_context.policy = m_policies->policy();
    m_policyDue = m_clock.steady() + PolicyInterval;
    return base::Ok{};
}

base::Status DeskGuard::openSessions(const DeskConfig& config)
{
    for (const fix::SessionSettings& settings : config.sessions) {
        if (!settings.access || settings.access->judge != fix::AccessJudge::Desk)
            continue;
        auto session = GuardedSession::open(settings, dealersOf(config, settings.name), config.access->enforcement,
            m_noEnrolment, {m_clock, m_random, *m_identities, *m_memory, m_context, *this});
        if (!session)
            return session.error();
        m_sessions[settings.name] = *std::move(session);
    }
    return base::Ok{};
}

void DeskGuard::verified(const stepup::UserId& user, const stepup::CertificateFingerprint& certificate)
{
    m_user = user;
    m_certificate = certificate;
    m_context.verifiedAt = m_clock.steady();
    if (const base::Status known = m_identities->signIn(user, certificate); !known)
        m_failed = known.error();
}

void DeskGuard::left()
{
    for (const auto& [name, session] : m_sessions)
        session->left();
}

void DeskGuard::trailFailed(const Error& reason)
{
    m_failed = Error{Errc::Io, "what the access policy decides cannot be written down: " + reason.detail};
    for (const auto& [session, connection] : m_connections)
        m_verdicts.ended(session, connection, *m_failed);
}

void DeskGuard::opened(const fix::AccessOpened& event)
{
    const auto found = m_sessions.find(event.session);
    if (found == m_sessions.end())
        return;
    m_connections[event.session] = event.connection;
    if (m_failed)
        return m_verdicts.ended(event.session, event.connection, *m_failed);
    if (event.user != m_user.text())
        return m_verdicts.ended(event.session, event.connection, {Errc::Refused, "somebody else is signed in"});
    found->second->opened(event.connection, m_user, m_certificate);
}

void DeskGuard::closed(const fix::AccessClosed& event)
{
    const auto found = m_sessions.find(event.session);
    if (found == m_sessions.end())
        return;
    m_connections.erase(event.session);
    found->second->closed(event.connection);
}

void DeskGuard::hear(const rfq::SessionId& session, std::uint64_t connection, fix::UserRequest request)
{
    const auto found = m_sessions.find(session);
    if (found != m_sessions.end() && !m_failed)
        found->second->hear(connection, std::move(request));
}

base::Status DeskGuard::authorise(const rfq::SendAcceptance& send, const std::string& grant)
{
    const auto found = m_sessions.find(send.acceptance.session);
    if (m_failed)
        return *m_failed;
    if (found == m_sessions.end())
        return Error{Errc::Refused, "this session is not judged here"};
    return found->second->authorise(send, grant);
}

void DeskGuard::tick()
{
    lookAtPolicy();
    lookAtCountries();
    tellChanges();
    for (const auto& [name, session] : m_sessions)
        session->tick();
}

void DeskGuard::lookAtPolicy()
{
    if (!m_policies || m_clock.steady() < m_policyDue)
        return;
    m_policyDue = m_clock.steady() + PolicyInterval;
    const auto report = m_policies->refresh();
    if (report.news != store::PolicyNews::Unchanged && !report.isRepeated)
        note(report);
    if (report.news != store::PolicyNews::Adopted)
        return;
    m_context.policy = m_policies->policy();
    for (const auto& [name, session] : m_sessions)
        session->usePolicy(m_context.policy);
}

void DeskGuard::lookAtCountries()
{
    while (const auto report = m_countries ? m_countries->look() : std::nullopt) {
        m_context.countries = &m_countries->current();
        switch (report->news) {
        case place::CountryWatch::News::Adopted:
            append(audit::Kind::PolicyLoaded, audit::Severity::Notice, {{audit::Field::Reason, report->detail}});
            break;
        case place::CountryWatch::News::Refused:
            append(audit::Kind::PolicyRefused, audit::Severity::Alert, {{audit::Field::Reason, report->detail}});
            break;
        case place::CountryWatch::News::Old:
            append(audit::Kind::Alert, audit::Severity::Warning,
                {{audit::Field::Rule, "countries-old"}, {audit::Field::Reason, report->detail}});
            break;
        }
    }
}

void DeskGuard::append(audit::Kind kind, audit::Severity severity, std::map<audit::Field, std::string> fields)
{
    audit::AuditRecord record;
    record.time = m_clock.utc();
    record.kind = kind;
    record.severity = severity;
    record.fields = std::move(fields);
    m_trail.append(std::move(record));
}

/// What others did to the store: in the trail once, also where this desk was closed then.
void DeskGuard::tellChanges()
{
    const auto mark = m_identities->changeMark();
    if (!mark || m_changesSeen == *mark)
        return; // a store that cannot be read lets nobody in; the enforcement points say so
    const auto events = m_identities->untold();
    if (!events)
        return;
    m_changesSeen = *mark;
    for (const pep::ChangeEvent& event : *events) {
        if (event.number <= m_changesHanded)
            continue;
        m_changesHanded = event.number;
        m_trail.append(app::recordOf(event),
            [this, number = event.number, alive = std::weak_ptr(m_alive)](const base::Status& written) {
                if (alive.expired())
                    return;
                if (!written)
                    return trailFailed(written.error());
                static_cast<void>(m_identities->told(number)); // else it is told once more at the next start
            });
    }
}

void DeskGuard::note(const store::PolicyReport& report)
{
    const bool isRefused = report.news == store::PolicyNews::Refused;
    audit::AuditRecord record;
    record.time = m_clock.utc();
    record.kind = isRefused ? audit::Kind::PolicyRefused : audit::Kind::PolicyLoaded;
    record.severity = isRefused ? audit::Severity::Alert : audit::Severity::Notice;
    if (report.inForce)
        record.fields[audit::Field::Policy] = std::to_string(*report.inForce);
    if (!report.signer.empty())
        record.fields[audit::Field::By] = report.signer;
    if (!report.detail.empty())
        record.fields[audit::Field::Reason] = report.detail;
    m_trail.append(std::move(record));
}

void DeskGuard::answered(const rfq::SessionId& session, std::uint64_t connection, fix::UserResponse response,
    std::optional<stepup::Notice> notice)
{
    m_verdicts.answered(session, connection, response, notice);
}

void DeskGuard::ended(const rfq::SessionId& session, std::uint64_t connection, Error reason)
{
    m_verdicts.ended(session, connection, reason);
}

void DeskGuard::recorded(const pep::Event& event)
{
    if (event.kind == pep::EventKind::StepUpApproved) {
        m_context.verifiedAt = m_clock.steady();
        m_context.tokenRemoved = false;
    }
    m_trail.append(recordOf(event));
}

}
