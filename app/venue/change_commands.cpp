#include "app/venue/identity_commands.h"
#include "app/venue/signatory.h"
#include "core/fix/fix_time.h"
#include "core/store/text_file.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <ostream>

namespace venue {

using base::Errc;
using base::Error;
using base::Status;
using nlohmann::ordered_json;

namespace {

constexpr std::size_t LargestSignature = 1U << 16U;

base::Result<std::int64_t> numberOf(const std::string& text)
{
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || end != text.data() + text.size() || number <= 0)
        return Error{
            Errc::InvalidInput, "a change is named by its number, as `change list` shows it; found '" + text + "'"};
    return number;
}

Status list(pep::ChangeBook& changes, std::ostream& out)
{
    const auto pending = changes.pending();
    if (!pending)
        return pending.error();
    for (const auto& change : *pending)
        out << ordered_json{{"change", change.number}, {"kind", pep::nameOf(change.change.kind)},
            {"user", change.change.user.text()}, {"draftedBy", change.draftedBy}, {"proposedBy", change.proposer},
            {"next", change.proposer.empty() ? "propose" : "approve"}, {"until", fix::formatUtcTimestamp(change.until)}}
                   .dump()
            << '\n';
    return base::Ok{};
}

Status show(const IdentityOptions& options, pep::ChangeBook& changes, std::int64_t number, std::ostream& out)
{
    const auto step = options.step ? base::Result<pep::ChangeStep>(*options.step) : changes.nextStep(number);
    if (!step)
        return step.error();
    const auto statement = changes.statement(number, *step);
    if (!statement)
        return statement.error();
    out << *statement;
    return base::Ok{};
}

Status take(pep::ChangeStep step, const IdentityOptions& options, const Administration& by,
    pep::IdentityDatabase& database, pep::ChangeBook& changes, std::int64_t number, base::UtcTime now,
    std::ostream& out)
{
    const auto statement = changes.statement(number, step);
    if (!statement)
        return statement.error();
    const auto signature = store::readTextFile(options.signature.value_or(""), LargestSignature);
    if (!signature)
        return signature.error();
    const auto identities = database.load();
    if (!identities)
        return identities.error();
    const auto signatory = signatoryOf(*statement, *signature, *identities, by.people, now);
    if (!signatory) {
        const std::string reason =
            std::string(base::errcName(signatory.error().code)) + ": " + signatory.error().detail;
        if (const Status told = changes.refused(number, "account " + by.account, reason); !told)
            return told;
        return signatory.error();
    }
    const auto answer = changes.take(
        {.change = number, .step = step, .by = *signatory, .statement = *statement, .signature = *signature});
    if (!answer)
        return answer.error();
    printAnswer(*answer, out);
    return base::Ok{};
}

}

void printAnswer(const pep::ChangeAnswer& answer, std::ostream& out)
{
    ordered_json line{{"outcome", pep::nameOf(answer.outcome)}};
    if (answer.number != 0)
        line["change"] = answer.number;
    switch (answer.outcome) {
    case pep::ChangeOutcome::Drafted:
        line["next"] = "propose";
        line["until"] = fix::formatUtcTimestamp(answer.until);
        break;
    case pep::ChangeOutcome::Proposed:
        line["next"] = "approve";
        line["until"] = fix::formatUtcTimestamp(answer.until);
        break;
    case pep::ChangeOutcome::Done:
    case pep::ChangeOutcome::Rejected:
    case pep::ChangeOutcome::Refused:
        break;
    }
    out << line.dump() << '\n';
}

Status runChangeCommand(const IdentityOptions& options, const Administration& by, pep::IdentityDatabase& database,
    pep::ChangeBook& changes, base::UtcTime now, std::ostream& out)
{
    if (options.task == IdentityTask::ListChanges)
        return list(changes, out);
    const auto number = numberOf(options.object);
    if (!number)
        return number.error();
    switch (options.task) {
    case IdentityTask::ShowChange:
        return show(options, changes, *number, out);
    case IdentityTask::ProposeChange:
        return take(pep::ChangeStep::Propose, options, by, database, changes, *number, now, out);
    case IdentityTask::ApproveChange:
        return take(pep::ChangeStep::Approve, options, by, database, changes, *number, now, out);
    case IdentityTask::RejectChange:
        return take(pep::ChangeStep::Reject, options, by, database, changes, *number, now, out);
    case IdentityTask::ListChanges:
    case IdentityTask::ListUsers:
    case IdentityTask::ListCredentials:
    case IdentityTask::ListRoles:
    case IdentityTask::SetRole:
    case IdentityTask::AddUser:
    case IdentityTask::ChangeUser:
    case IdentityTask::RevokeUser:
    case IdentityTask::LockUser:
    case IdentityTask::UnlockUser:
    case IdentityTask::AddCertificate:
    case IdentityTask::RevokeCertificate:
    case IdentityTask::ChangeCertificate:
    case IdentityTask::RevokeCredential:
    case IdentityTask::RenameCredential:
    case IdentityTask::ImportCredential:
        break;
    }
    return Error{Errc::Internal, "this is no command about a change"};
}

}
