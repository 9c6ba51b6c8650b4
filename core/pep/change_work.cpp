#include "core/pep/change_work.h"

#include <algorithm>
#include <utility>

namespace pep {

using base::Errc;
using base::Error;
using base::Status;

namespace {

Status check(const IdentityChange& change, const std::optional<UserRecord>& before)
{
    if (change.role != zerotrust::UserRole::Privileged)
        return base::Ok{};
    const bool hasCard = (change.certificate && isCard(*change.certificate))
        || (before && std::any_of(before->certificates.begin(), before->certificates.end(), isCard));
    if (!hasCard)
        return Error{Errc::Refused,
            "a privileged person signs with a card: " + change.user.text()
                + " needs a certificate that is registered with --key hardware"};
    return base::Ok{};
}

Status addCertificate(IdentityDatabase& database, const IdentityChange& change)
{
    return database.atomically([&]() -> Status {
        const Status added = database.add(change.user, *change.certificate);
        return added && change.replaced
            ? database.rebind(change.user, *change.replaced, change.certificate->fingerprint)
            : added;
    });
}

Status changeCertificate(IdentityDatabase& database, const IdentityChange& change)
{
    return database.atomically([&]() -> Status {
        if (change.reference)
            if (const Status done = database.change(*change.changedCertificate, *change.reference); !done)
                return done;
        if (change.deviceNames)
            return database.change(*change.changedCertificate, *change.deviceNames);
        return base::Ok{};
    });
}

}

base::Result<std::optional<UserRecord>> findUser(IdentityDatabase& database, const stepup::UserId& user)
{
    auto identities = database.load();
    if (!identities)
        return identities.error();
    for (auto& record : identities->users)
        if (record.user == user)
            return std::optional(std::move(record));
    return std::optional<UserRecord>();
}

bool isCard(const CertificateRecord& certificate)
{
    return certificate.key == KeyHome::Hardware && !certificate.revokedAt && certificate.lockedWhy.empty();
}

Status performChange(IdentityDatabase& database, const IdentityChange& change, base::UtcTime now)
{
    const auto before = findUser(database, change.user);
    if (!before)
        return before.error();
    if (const Status sensible = check(change, *before); !sensible)
        return sensible;
    const Error malformed{Errc::Internal, std::string(nameOf(change.kind)) + " lacks what it is about"};
    switch (change.kind) {
    case ChangeKind::AddUser: {
        if (!change.certificate)
            return malformed;
        UserRecord user;
        user.user = change.user;
        user = changed(std::move(user), change, now);
        user.certificates = {*change.certificate};
        return database.add(user);
    }
    case ChangeKind::ChangeUser:
        if (!*before)
            return Error{Errc::NotFound, change.user.text() + " is not registered"};
        return database.change(changed(**before, change, now));
    case ChangeKind::UnlockUser:
        return database.unlock(change.user);
    case ChangeKind::AddCertificate:
        return change.certificate ? addCertificate(database, change) : Status(malformed);
    case ChangeKind::ChangeCertificate:
        return change.changedCertificate && (change.reference || change.deviceNames)
            ? changeCertificate(database, change)
            : Status(malformed);
    case ChangeKind::ImportCredential:
        return change.credential ? database.add(*change.credential) : Status(malformed);
    case ChangeKind::LockUser:
        return change.why.empty() ? Status(malformed) : database.lock(change.user, change.why);
    case ChangeKind::RevokeUser:
        return database.revoke(change.user, now);
    case ChangeKind::RevokeCertificate:
        return change.revokedCertificate ? database.revoke(*change.revokedCertificate, now) : Status(malformed);
    case ChangeKind::RevokeCredential:
        return change.revokedCredential ? database.revoke(*change.revokedCredential, now) : Status(malformed);
    case ChangeKind::RenameCredential:
        return change.renamedCredential ? database.rename(*change.renamedCredential, change.keyName)
                                        : Status(malformed);
    }
    return malformed;
}

}
