#include "core/pep/directory.h"

#include <algorithm>
#include <utility>

namespace pep {

Directory::Directory(IdentityStore& store, const base::Clock& clock)
    : m_store(store)
    , m_clock(clock)
{
}

base::Result<bool> Directory::refresh()
{
    const auto mark = m_store.changeMark();
    if (!mark)
        return mark.error();
    if (m_mark == *mark)
        return false;
    auto stored = m_store.load();
    if (!stored)
        return stored.error();
    m_users.clear();
    std::erase_if(m_windows, [&](const auto& window) {
        return std::none_of(stored->users.begin(), stored->users.end(),
            [&](const UserRecord& user) { return user.user == window.first && user.enrolUntil; });
    });
    for (auto& user : stored->users) {
        takeWindow(user);
        m_users.emplace(user.user, std::move(user));
    }
    for (const auto& [user, why] : m_unwrittenUsers)
        apply(user, why);
    for (const auto& [certificate, why] : m_unwrittenCertificates)
        apply(certificate, why);
    for (const auto& credential : stored->credentials)
        take(credential);
    const bool changed = m_mark.has_value();
    m_mark = *mark;
    return changed;
}

void Directory::take(const stepup::Credential& stored)
{
    const stepup::Credential* known = m_registry.find(stored.id);
    if (!known) {
        // The store keeps ids unique; a seventeenth key of one person is not taken, which refuses and never allows.
        static_cast<void>(m_registry.add(stored));
        return;
    }
    if (known->name != stored.name)
        static_cast<void>(m_registry.rename(stored.id, stored.name));
    if (known->certificate != stored.certificate)
        m_registry.rebind(stored.user, known->certificate, stored.certificate);
    if (stored.signCount > known->signCount)
        static_cast<void>(m_registry.noteCounter(stored.id, stored.signCount));
    if (stored.lastUsedAt)
        static_cast<void>(m_registry.noteUse(stored.id, *stored.lastUsedAt));
    if (stored.revokedAt && !known->revokedAt)
        static_cast<void>(m_registry.revoke(stored.id, *stored.revokedAt));
}

const UserRecord* Directory::find(const stepup::UserId& user) const
{
    const auto found = m_users.find(user);
    return found == m_users.end() ? nullptr : &found->second;
}

const CertificateRecord* Directory::certificate(
    const stepup::UserId& user, const stepup::CertificateFingerprint& certificate) const
{
    const UserRecord* record = find(user);
    if (!record)
        return nullptr;
    const auto found = std::find_if(record->certificates.begin(), record->certificates.end(),
        [&](const CertificateRecord& entry) { return entry.fingerprint == certificate; });
    return found == record->certificates.end() ? nullptr : &*found;
}

bool Directory::isRevoked(const stepup::UserId& user, const stepup::CertificateFingerprint& fingerprint) const
{
    const UserRecord* record = find(user);
    const CertificateRecord* known = certificate(user, fingerprint);
    return record && known && (record->revokedAt || known->revokedAt);
}

std::optional<std::string> Directory::objection(
    const stepup::UserId& user, const stepup::CertificateFingerprint& fingerprint) const
{
    const UserRecord* record = find(user);
    if (!record)
        return "nobody of that name is registered here";
    if (record->revokedAt)
        return "this person's access was revoked";
    if (!record->lockedWhy.empty())
        return "this person is locked: " + record->lockedWhy;
    const CertificateRecord* known = certificate(user, fingerprint);
    if (!known)
        return "this certificate is not registered for this person";
    if (known->revokedAt)
        return "this certificate was revoked here";
    if (!known->lockedWhy.empty())
        return "this certificate is locked: " + known->lockedWhy;
    return std::nullopt;
}

template <typename Subject>
base::Status Directory::lock(Unwritten<Subject>& unwritten, const Subject& subject, const std::string& why)
{
    apply(subject, why);
    auto kept = m_store.lock(subject, why);
    if (!kept)
        unwritten.insert_or_assign(subject, why);
    return kept;
}

template <typename Subject>
std::vector<Subject> Directory::writePending(Unwritten<Subject>& unwritten)
{
    std::vector<Subject> written;
    std::erase_if(unwritten, [&](const auto& entry) {
        const bool isKept = m_store.lock(entry.first, entry.second).has_value();
        if (isKept)
            written.push_back(entry.first);
        return isKept;
    });
    return written;
}

base::Status Directory::lock(const stepup::UserId& user, const std::string& why)
{
    return lock(m_unwrittenUsers, user, why);
}

base::Status Directory::lock(const stepup::CertificateFingerprint& certificate, const std::string& why)
{
    if (ownerOf(certificate).empty())
        return base::Ok{};
    return lock(m_unwrittenCertificates, certificate, why);
}

void Directory::apply(const stepup::UserId& user, const std::string& why)
{
    if (const auto found = m_users.find(user); found != m_users.end())
        found->second.lockedWhy = why;
}

void Directory::apply(const stepup::CertificateFingerprint& certificate, const std::string& why)
{
    for (auto& [name, user] : m_users)
        for (auto& record : user.certificates)
            if (record.fingerprint == certificate)
                record.lockedWhy = why;
}

std::vector<Directory::Written> Directory::writePendingLocks()
{
    std::vector<Written> written;
    for (const stepup::UserId& user : writePending(m_unwrittenUsers))
        written.push_back({.user = user, .certificate = std::nullopt});
    for (const stepup::CertificateFingerprint& certificate : writePending(m_unwrittenCertificates))
        written.push_back({.user = ownerOf(certificate), .certificate = certificate});
    return written;
}

stepup::UserId Directory::ownerOf(const stepup::CertificateFingerprint& certificate) const
{
    for (const auto& [name, user] : m_users)
        if (this->certificate(name, certificate))
            return name;
    return {};
}

bool Directory::isLocked(const stepup::CertificateFingerprint& certificate) const
{
    for (const auto& [name, user] : m_users)
        for (const auto& record : user.certificates)
            if (record.fingerprint == certificate && !record.lockedWhy.empty())
                return true;
    return false;
}

void Directory::takeWindow(const UserRecord& user)
{
    if (!user.enrolUntil)
        return;
    const auto [entry, isNew] = m_windows.try_emplace(user.user);
    if (isNew || entry->second.until != *user.enrolUntil)
        entry->second = {.until = *user.enrolUntil,
            .by = m_clock.steady()
                + std::chrono::duration_cast<base::SteadyTime::duration>(*user.enrolUntil - m_clock.utc())};
}

bool Directory::isEnrolmentOpen(const stepup::UserId& user) const
{
    const UserRecord* record = find(user);
    const auto window = m_windows.find(user);
    return record && record->enrolUntil && window != m_windows.end() && m_clock.utc() < *record->enrolUntil
        && m_clock.steady() < window->second.by;
}

void Directory::endEnrolmentWindow(const stepup::UserId& user)
{
    if (const auto found = m_users.find(user); found != m_users.end())
        found->second.enrolUntil.reset();
}

}
