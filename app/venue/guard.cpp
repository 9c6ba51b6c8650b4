#include "app/venue/guard.h"

#include "core/store/access_policy_reader.h"
#include "core/store/text_file.h"
#include "core/tls/detached_signature.h"

#include <algorithm>
#include <utility>

namespace venue {

namespace {

/// How often the policy's files are looked at.
constexpr std::chrono::seconds PolicyInterval{10};

std::string numberText(const std::optional<std::uint32_t>& number)
{
    return number ? std::to_string(*number) : std::string();
}

}

base::Result<stepup::RegistrationPolicy> registrationPolicy(const PepSettings& settings)
{
    const auto pem = store::readTextFile(settings.attestationRoots, LargestRoots);
    if (!pem)
        return pem.error();
    auto roots = stepup::AttestationRoots::fromPem(*pem);
    if (!roots)
        return base::Error{roots.error().code, settings.attestationRoots.string() + ": " + roots.error().detail};
    return stepup::RegistrationPolicy{
        .rpId = settings.enforcement.rpId, .roots = *std::move(roots), .models = settings.securityKeys};
}

Guard::Guard(EventLog& log, const base::Clock& clock)
    : m_log(log)
    , m_clock(clock)
{
}

Guard::~Guard() = default;

base::Result<std::unique_ptr<Guard>> Guard::open(const PepSettings& settings, pep::SessionControl& sessions,
    EventLog& log, AccessRecorder& recorder, const base::Clock& clock)
{
    std::unique_ptr<Guard> guard(new Guard(log, clock));
    auto keys = registrationPolicy(settings);
    if (!keys)
        return keys.error();
    guard->m_keys = *std::move(keys);
    auto identities = pep::IdentityDatabase::open(settings.identities);
    if (!identities)
        return identities.error();
    guard->m_identities = *std::move(identities);
    guard->m_changes.emplace(*guard->m_identities, guard->m_random, clock, settings.fourEyes);
    guard->m_reporter.emplace(*guard->m_identities, *guard->m_changes, recorder, clock);

    if (settings.countries) {
        auto countries = place::CountryWatch::open(*settings.countries, clock);
        if (!countries)
            return countries.error();
        guard->m_countries.emplace(*std::move(countries));
        guard->runCountries();
    }
    guard->m_whereabouts.emplace(guard->m_countries ? &*guard->m_countries : nullptr);

    zerotrust::AccessPolicy policy;
    if (settings.policy) {
        auto signers = tls::PinnedSigners::load(settings.policy->signers.string());
        if (!signers)
            return signers.error();
        const auto pinned = std::make_shared<tls::PinnedSigners>(*std::move(signers));
        guard->m_policies.emplace(settings.policy->id, settings.policy->files,
            [pinned](
                std::string_view content, std::string_view signature) { return pinned->verify(content, signature); });
        const auto report = guard->m_policies->refresh();
        guard->tell(report);
        if (!report.inForce)
            return base::Error{base::Errc::Configuration, "no access policy is in force: " + report.detail};
        policy = guard->m_policies->policy();
        guard->m_policyDue = clock.steady() + PolicyInterval;
    } else {
        auto shipped = store::readAccessPolicy(store::defaultAccessPolicyText(), "the policy that is shipped");
        if (!shipped)
            return shipped.error();
        policy = *std::move(shipped);
        log.record("policy-in-force",
            {{"version", std::to_string(policy.version)},
                {"why", "no policy is configured: " + policy.id + ", as shipped"}});
    }
    guard->m_whereabouts->use(policy);
    auto point = pep::EnforcementPoint::open(settings.enforcement, std::move(policy), guard->m_keys,
        {.clock = clock,
            .random = guard->m_random,
            .sessions = sessions,
            .recorder = recorder,
            .identities = *guard->m_identities,
            .sources = {*guard->m_whereabouts}});
    if (!point)
        return point.error();
    guard->m_point = *std::move(point);
    if (settings.devices) {
        guard->m_devices.emplace(*settings.devices, clock);
        const auto devices = guard->m_devices->runDue(); // the first time it reads them
        if (devices && !*devices)
            return devices->error();
        if (devices)
            guard->m_point->useDeviceTrust(**devices);
    }
    return guard;
}

void Guard::runDue()
{
    const base::SteadyTime now = m_clock.steady();
    m_isEarly = now < m_lookAt;
    if (m_isEarly)
        return;
    m_lookAt = now + LookEvery;
    if (m_policies && m_clock.steady() >= m_policyDue) {
        m_policyDue = m_clock.steady() + PolicyInterval;
        const auto report = m_policies->refresh();
        if (report.news != store::PolicyNews::Unchanged && !report.isRepeated)
            tell(report);
        if (report.news == store::PolicyNews::Adopted) {
            m_whereabouts->use(m_policies->policy());
            m_point->usePolicy(m_policies->policy());
        }
    }
    runDevices();
    runCountries();
    m_reporter->runDue();
    m_point->tick();
}

void Guard::runDevices()
{
    const auto read = m_devices ? m_devices->runDue() : std::nullopt;
    if (!read)
        return;
    if (*read)
        m_point->useDeviceTrust(**read);
    else
        m_log.record("device-authority-unreadable", {{"why", read->error().detail}});
}

void Guard::runCountries()
{
    while (const auto report = m_countries ? m_countries->look() : std::nullopt)
        switch (report->news) {
        case place::CountryWatch::News::Adopted:
            m_log.record("countries-adopted", {{"why", report->detail}});
            break;
        case place::CountryWatch::News::Refused:
            m_log.record("countries-refused", {{"why", report->detail}});
            break;
        case place::CountryWatch::News::Old:
            m_log.record("countries-old", {{"why", report->detail}});
            break;
        }
}

std::optional<base::SteadyTime> Guard::nextDue() const
{
    if (m_isEarly)
        return m_lookAt;
    base::SteadyTime own = m_policies ? std::min(m_policyDue, m_reporter->nextDue()) : m_reporter->nextDue();
    if (m_devices)
        own = std::min(own, m_devices->nextDue());
    if (m_countries)
        own = std::min(own, m_countries->nextDue());
    return std::min(m_point->nextDue().value_or(own), own);
}

void Guard::tell(const store::PolicyReport& report)
{
    switch (report.news) {
    case store::PolicyNews::Adopted:
        m_log.record("policy-adopted",
            {{"before", numberText(report.before)}, {"version", numberText(report.inForce)},
                {"signer", report.signer}});
        return;
    case store::PolicyNews::Unchanged:
        m_log.record("policy-in-force", {{"version", numberText(report.inForce)}, {"signer", report.signer}});
        return;
    case store::PolicyNews::Refused:
        m_log.record("policy-refused", {{"version", numberText(report.inForce)}, {"why", report.detail}});
        return;
    }
}

}
