#include "app/desk_core/guard_identities.h"

#include "app/desk_core/desk_locks.h"
#include "app/enrolment/key_file.h"
#include "core/pep/imported_key.h"
#include "core/store/text_file.h"

#include <algorithm>
#include <utility>

namespace app {

using base::Errc;
using base::Error;

namespace {

constexpr std::size_t LargestRoots = 1U << 20U;
constexpr const char* Segment = "default";
/// The desk's own limits bound what is dealt; entitlements are a matter of whoever knows the firm's people.
constexpr const char* NoBound = "1000000000000000";

zerotrust::Entitlement everythingIn(const std::vector<rfq::Instrument>& instruments)
{
    using zerotrust::Activity;
    zerotrust::Entitlement all;
    all.activities = {Activity::View, Activity::RequestQuote, Activity::Accept, Activity::ArmTicket};
    all.instruments = {zerotrust::Any};
    all.sides = {zerotrust::Side::Buy, zerotrust::Side::Sell};
    all.dealers = {zerotrust::Any};
    const auto bound = base::Decimal::parse(NoBound);
    for (const rfq::Instrument& instrument : instruments) {
        if (bound)
            all.maxQuantity.insert({{instrument.base(), *bound}, {instrument.terms(), *bound}});
    }
    return all;
}

base::Result<stepup::RegistrationPolicy> keyPolicy(const DeskAccessConfig& config)
{
    stepup::RegistrationPolicy policy{.rpId = config.enforcement.rpId, .roots = {}, .models = config.keyModels};
    if (config.attestationRoots.empty())
        return policy;
    const auto pem = store::readTextFile(config.attestationRoots, LargestRoots);
    if (!pem)
        return pem.error();
    auto roots = stepup::AttestationRoots::fromPem(*pem);
    if (!roots)
        return Error{roots.error().code, config.attestationRoots.string() + ": " + roots.error().detail};
    policy.roots = *std::move(roots);
    return policy;
}

}

base::Result<std::unique_ptr<GuardIdentities>> GuardIdentities::open(const DeskConfig& config, const base::Clock& clock)
{
    const auto policy = keyPolicy(*config.access);
    if (!policy)
        return policy.error();
    auto database = pep::IdentityDatabase::open(locksFile(config));
    if (!database)
        return database.error();
    std::unique_ptr<GuardIdentities> identities(new GuardIdentities(config, *std::move(database), clock));
    identities->readKeys(*policy, clock.utc());
    return identities;
}

GuardIdentities::GuardIdentities(
    const DeskConfig& config, std::unique_ptr<pep::IdentityDatabase> database, const base::Clock& clock)
    : m_config(*config.access)
    , m_database(std::move(database))
    , m_clock(clock)
    , m_entitlement(everythingIn(config.desk.instruments))
{
}

void GuardIdentities::readKeys(const stepup::RegistrationPolicy& policy, base::UtcTime now)
{
    for (const auto& file : m_config.securityKeys) {
        const auto enrolment = readEnrolment(file.string());
        if (!enrolment) {
            m_problems.push_back(enrolment.error().detail);
            continue;
        }
        const auto& made = enrolment->registration;
        auto key = pep::importKey(policy,
            {.rpId = enrolment->rpId,
                .clientData = enrolment->clientData,
                .registration = {made.authenticatorData, made.format, made.attestationStatement, {}},
                .user = stepup::UserId(enrolment->user),
                .certificate = {},
                .name = file.stem().string()},
            now);
        if (key)
            m_keys.push_back(*std::move(key));
        else
            m_problems.push_back(file.string() + ": " + key.error().detail);
    }
}

pep::UserRecord GuardIdentities::record() const
{
    pep::UserRecord user;
    user.user = m_user;
    user.role = m_config.role;
    user.certificates = {{.fingerprint = m_certificate, .key = m_config.key, .device = m_config.device}};
    user.entitlements = {{{.user = m_user.text(), .segment = Segment}, m_entitlement}};
    return user;
}

base::Status GuardIdentities::signIn(const stepup::UserId& user, const stepup::CertificateFingerprint& certificate)
{
    m_user = user;
    m_certificate = certificate;
    ++m_changes;
    // What is there already keeps its locks and counters; everything else is the configuration's.
    if (const auto added = m_database->add(record()); !added && added.error().code != Errc::Duplicate)
        return added;
    const auto known = m_database->add(user, record().certificates.front());
    if (!known && known.error().code != Errc::Duplicate)
        return known;
    for (stepup::Credential key : m_keys) {
        if (key.user != user)
            continue;
        key.certificate = certificate;
        if (const auto added = m_database->add(key); !added && added.error().code != Errc::Duplicate)
            return added;
    }
    return base::Ok{};
}

base::Result<std::vector<pep::ChangeEvent>> GuardIdentities::untold()
{
    return pep::ChangeBook(*m_database, m_random, m_clock, pep::FourEyes::Off).untold();
}

base::Status GuardIdentities::told(std::int64_t upTo)
{
    return pep::ChangeBook(*m_database, m_random, m_clock, pep::FourEyes::Off).told(upTo);
}

base::Result<pep::Identities> GuardIdentities::load()
{
    auto stored = m_database->load();
    if (!stored)
        return stored.error();
    pep::Identities now;
    for (pep::UserRecord& user : stored->users) {
        if (user.user != m_user)
            continue;
        const auto isPresented = [&](const pep::CertificateRecord& one) { return one.fingerprint == m_certificate; };
        const auto found = std::find_if(user.certificates.begin(), user.certificates.end(), isPresented);
        pep::UserRecord person = record();
        person.lockedWhy = user.lockedWhy;
        person.revokedAt = user.revokedAt;
        if (found == user.certificates.end())
            person.certificates.clear(); // it belongs to somebody else: nobody is let in with it
        else {
            person.certificates.front().lockedWhy = found->lockedWhy;
            person.certificates.front().revokedAt = found->revokedAt;
        }
        now.users.push_back(std::move(person));
    }
    // A key whose file was taken out of the configuration counts no more.
    for (stepup::Credential& key : stored->credentials) {
        const auto isIt = [&](const stepup::Credential& enrolled) {
            return enrolled.id == key.id && enrolled.user == m_user && enrolled.coseKey == key.coseKey;
        };
        if (key.user != m_user || std::none_of(m_keys.begin(), m_keys.end(), isIt))
            continue;
        key.certificate = m_certificate;
        now.credentials.push_back(std::move(key));
    }
    return now;
}

base::Result<std::int64_t> GuardIdentities::changeMark()
{
    const auto mark = m_database->changeMark();
    if (!mark)
        return mark.error();
    return *mark + m_changes;
}

base::Status GuardIdentities::noted(base::Status changed)
{
    if (changed)
        ++m_changes;
    return changed;
}

base::Status GuardIdentities::add(const stepup::Credential&)
{
    return Error{Errc::Unsupported, "security keys are enrolled here by the configuration"};
}

base::Status GuardIdentities::noteCounter(const stepup::CredentialId& id, std::uint32_t signCount, base::UtcTime at)
{
    return noted(m_database->noteCounter(id, signCount, at));
}

base::Status GuardIdentities::revoke(const stepup::CredentialId& id, base::UtcTime at)
{
    return noted(m_database->revoke(id, at));
}

base::Status GuardIdentities::rename(const stepup::CredentialId& id, const std::string& name)
{
    return noted(m_database->rename(id, name));
}

base::Status GuardIdentities::lock(const stepup::UserId& user, const std::string& why)
{
    return noted(m_database->lock(user, why));
}

base::Status GuardIdentities::lock(const stepup::CertificateFingerprint& certificate, const std::string& why)
{
    return noted(m_database->lock(certificate, why));
}

base::Status GuardIdentities::remember(const std::vector<pep::PersonMemory>& people)
{
    return m_database->remember(people);
}

base::Result<std::vector<pep::PersonMemory>> GuardIdentities::recall()
{
    return m_database->recall();
}

}
