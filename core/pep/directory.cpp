#include "core/pep/directory.h"

#include <algorithm>
#include <utility>

namespace pep {

Directory::Directory(IdentityStore& store)
    : m_store(store)
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
    for (auto& user : stored->users)
        m_users.emplace(user.user, std::move(user));
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

base::Status Directory::lock(const stepup::UserId& user, const std::string& why)
{
    if (const auto locked = m_store.lock(user, why); !locked)
        return locked;
    if (const auto found = m_users.find(user); found != m_users.end())
        found->second.lockedWhy = why;
    return base::Ok{};
}

base::Status Directory::lock(const stepup::CertificateFingerprint& certificate, const std::string& why)
{
    if (const auto locked = m_store.lock(certificate, why); !locked)
        return locked;
    for (auto& [name, user] : m_users)
        for (auto& record : user.certificates)
            if (record.fingerprint == certificate)
                record.lockedWhy = why;
    return base::Ok{};
}

bool Directory::isLocked(const stepup::CertificateFingerprint& certificate) const
{
    for (const auto& [name, user] : m_users)
        for (const auto& record : user.certificates)
            if (record.fingerprint == certificate && !record.lockedWhy.empty())
                return true;
    return false;
}

void Directory::endEnrolmentWindow(const stepup::UserId& user)
{
    if (const auto found = m_users.find(user); found != m_users.end())
        found->second.enrolUntil.reset();
}

}
