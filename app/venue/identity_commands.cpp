#include "app/venue/identity_commands.h"

#include <ostream>

namespace venue {

using base::Errc;
using base::Error;
using base::Status;

namespace {

Status list(pep::IdentityDatabase& database, IdentityTask task, std::ostream& out)
{
    const auto identities = database.load();
    if (!identities)
        return identities.error();
    if (task == IdentityTask::ListRoles) {
        for (const auto role : {zerotrust::UserRole::Standard, zerotrust::UserRole::Privileged})
            out << described(role, identities->users) << '\n';
        return base::Ok{};
    }
    if (task == IdentityTask::ListUsers)
        for (const auto& user : identities->users)
            out << described(user) << '\n';
    else
        for (const auto& credential : identities->credentials)
            out << described(credential) << '\n';
    return base::Ok{};
}

Status request(const IdentityOptions& options, const Administration& by, pep::IdentityDatabase& database,
    pep::ChangeBook& changes, base::UtcTime now, std::ostream& out)
{
    const auto change = requestedChange(options, by.pep, database, now);
    if (!change)
        return change.error();
    const auto answer = changes.submit(*change, by.account);
    if (!answer)
        return answer.error();
    if (change->credential)
        out << described(*change->credential) << '\n';
    printAnswer(*answer, out);
    return base::Ok{};
}

}

Status runIdentityCommand(
    const IdentityOptions& options, const Administration& by, const base::Clock& clock, std::ostream& out)
{
    auto database = pep::IdentityDatabase::open(by.pep.identities);
    if (!database)
        return database.error();
    stepup::SystemRandom random;
    pep::ChangeBook changes(**database, random, clock, by.pep.fourEyes);
    switch (options.task) {
    case IdentityTask::ListUsers:
    case IdentityTask::ListCredentials:
    case IdentityTask::ListRoles:
        return list(**database, options.task, out);
    case IdentityTask::AddUser:
    case IdentityTask::ChangeUser:
    case IdentityTask::SetRole:
    case IdentityTask::RevokeUser:
    case IdentityTask::LockUser:
    case IdentityTask::UnlockUser:
    case IdentityTask::AddCertificate:
    case IdentityTask::RevokeCertificate:
    case IdentityTask::ChangeCertificate:
    case IdentityTask::RevokeCredential:
    case IdentityTask::RenameCredential:
    case IdentityTask::ImportCredential:
        return request(options, by, **database, changes, clock.utc(), out);
    case IdentityTask::ListChanges:
    case IdentityTask::ShowChange:
    case IdentityTask::ProposeChange:
    case IdentityTask::ApproveChange:
    case IdentityTask::RejectChange:
        return runChangeCommand(options, by, **database, changes, clock.utc(), out);
    }
    return Error{Errc::Internal, "there is no such command"};
}

}
