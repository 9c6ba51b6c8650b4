#include "core/pep/change_book.h"

#include "core/fix/fix_time.h"
#include "core/pep/change_rows.h"
#include "core/pep/change_work.h"
#include "core/pep/fingerprint_text.h"
#include "core/pep/identity_rows.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pep {

using base::Errc;
using base::Error;
using base::Status;
using store::SqliteStatement;

namespace {

constexpr const char* Heading = "countersign.identity-change.v1";
constexpr std::chrono::hours Patience{7 * 24};
constexpr std::chrono::minutes PatienceForUnlock{15}; ///< a locked person is asked about now, not last week
constexpr std::size_t MostWaiting = 100; ///< of one account

std::string byAccount(const std::string& account)
{
    return "account " + account;
}

std::string headOf(std::int64_t number, const std::string& nonce, base::UtcTime now, base::UtcTime until)
{
    return std::string(Heading) + "\nnumber=" + std::to_string(number) + "\nnonce=" + nonce
        + "\ndrafted=" + fix::formatUtcTimestamp(now) + "\nuntil=" + fix::formatUtcTimestamp(until) + "\n";
}

Error refusal(std::int64_t number, const std::string& why)
{
    return {Errc::Refused, "change " + std::to_string(number) + ": " + why};
}

}

ChangeBook::ChangeBook(
    IdentityDatabase& database, stepup::RandomSource& random, const base::Clock& clock, FourEyes fourEyes)
    : m_database(database)
    , m_random(random)
    , m_clock(clock)
    , m_fourEyes(fourEyes)
{
}

base::Result<int> ChangeBook::needed()
{
    const auto most = m_database.file().ask("SELECT most FROM privileged");
    if (!most)
        return most.error();
    if (*most == "0")
        return 0;
    switch (m_fourEyes) {
    case FourEyes::On:
        return *most == "1" ? 1 : 2;
    case FourEyes::Off:
        return 1;
    }
    return 2;
}

Status ChangeBook::performable(const IdentityChange& change)
{
    auto& file = m_database.file();
    if (const Status saved = file.execute("SAVEPOINT tried"); !saved)
        return saved;
    const Status performed = performChange(m_database, change, m_clock.utc());
    const Status undone = file.execute("ROLLBACK TO tried; RELEASE tried");
    return performed ? undone : performed;
}

base::Result<ChangeAnswer> ChangeBook::submit(const IdentityChange& change, const std::string& account)
{
    ChangeAnswer answer;
    const Status submitted = m_database.atomically([&]() -> Status {
        const auto before = findUser(m_database, change.user);
        if (!before)
            return before.error();
        const auto needs = needed();
        if (!needs)
            return needs.error();
        const bool gives = givesPower(change, *before);
        if (gives && *needs > 0) {
            auto drafted = draft(change, account);
            if (!drafted)
                return drafted.error();
            answer = *drafted;
            return base::Ok{};
        }
        if (const auto text = changeText(change); !text)
            return text.error();
        if (const Status performed = performChange(m_database, change, m_clock.utc()); !performed)
            return performed;
        return tell({.outcome = ChangeOutcome::Done,
                        .by = byAccount(account),
                        .reason = gives ? "nobody privileged is registered yet" : change.why},
            change);
    });
    if (!submitted)
        return submitted.error();
    return answer;
}

base::Result<ChangeAnswer> ChangeBook::draft(const IdentityChange& change, const std::string& account)
{
    auto& file = m_database.file();
    const base::UtcTime now = m_clock.utc();
    const auto body = changeText(change);
    if (!body)
        return body.error();
    // What is kept is what is signed is what is done.
    if (const auto again = parseChange(*body); !again || *again != change)
        return Error{Errc::InvalidInput, "this change cannot be written down as it is"};
    if (const Status possible = performable(change); !possible)
        return possible.error();
    SqliteStatement remove(file, "DELETE FROM changes WHERE state = 'drafted' AND until <= ?");
    if (const Status removed = remove.bind(numberOf(now)).run(); !removed)
        return removed.error();
    if (const Status room = makeRoom(change, account); !room)
        return room.error();
    std::array<std::uint8_t, 16> nonce{};
    if (!m_random.fill(nonce))
        return Error{Errc::Internal, "there are no random numbers"};
    // No number comes twice, also after a draft was removed.
    const auto last = file.ask("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'changes'");
    if (!last)
        return last.error();
    ChangeRow row;
    row.number = std::stoll(*last) + 1;
    row.until = now + (change.kind == ChangeKind::UnlockUser ? PatienceForUnlock : Patience);
    row.head = headOf(row.number, stepup::base64Url(nonce), now, row.until);
    row.body = *body;
    if (const Status inserted = insertChange(file, row); !inserted)
        return inserted.error();
    if (const Status told =
            tell({.change = row.number, .outcome = ChangeOutcome::Drafted, .by = byAccount(account)}, change);
        !told)
        return told.error();
    return ChangeAnswer{.outcome = ChangeOutcome::Drafted, .number = row.number, .until = row.until};
}

Status ChangeBook::makeRoom(const IdentityChange& change, const std::string& account)
{
    auto& file = m_database.file();
    const auto open = readOpenChanges(file, m_clock.utc());
    if (!open)
        return open.error();
    // Apart: whoever floods the one sort does not touch the other.
    const auto isUnlock = [](const IdentityChange& one) { return one.kind == ChangeKind::UnlockUser; };
    std::size_t alike = 0;
    std::optional<std::pair<std::int64_t, IdentityChange>> oldest;
    for (const ChangeRow& row : *open) {
        auto waits = parseChange(row.body);
        if (!waits)
            return waits.error();
        if (row.draftedBy != byAccount(account) || isUnlock(*waits) != isUnlock(change))
            continue;
        ++alike;
        if (row.state == ChangeState::Drafted && !oldest)
            oldest.emplace(row.number, *std::move(waits));
    }
    if (alike < MostWaiting || (!oldest && isUnlock(change)))
        return base::Ok{};
    if (!oldest)
        return Error{Errc::LimitExceeded,
            std::to_string(MostWaiting) + " changes of " + byAccount(account)
                + " are signed and waiting: approve or reject some of them first"};
    SqliteStatement remove(file, "DELETE FROM changes WHERE number = ? AND state = 'drafted'");
    if (const Status removed = remove.bind(oldest->first).run(); !removed)
        return removed;
    return tell(
        {.change = oldest->first,
            .outcome = ChangeOutcome::Rejected,
            .by = byAccount(account),
            .reason = "nobody had signed it, and " + std::to_string(MostWaiting) + " others of this account wait"},
        oldest->second);
}

base::Result<std::vector<PendingChange>> ChangeBook::pending()
{
    const auto rows = readOpenChanges(m_database.file(), m_clock.utc());
    if (!rows)
        return rows.error();
    std::vector<PendingChange> list;
    for (const ChangeRow& row : *rows) {
        auto change = parseChange(row.body);
        if (!change)
            return change.error();
        list.push_back({.number = row.number,
            .change = *std::move(change),
            .draftedBy = row.draftedBy,
            .proposer = row.first,
            .until = row.until});
    }
    return list;
}

base::Result<ChangeRow> ChangeBook::waiting(std::int64_t number)
{
    auto row = readChange(m_database.file(), number);
    if (!row)
        return row;
    switch (row->state) {
    case ChangeState::Done:
        return refusal(number, "it was done already");
    case ChangeState::Rejected:
        return refusal(number, "it was rejected");
    case ChangeState::Drafted:
    case ChangeState::Proposed:
        break;
    }
    if (row->until <= m_clock.utc())
        return refusal(number, "its time is over: ask for it once more");
    return row;
}

base::Result<ChangeStep> ChangeBook::nextStep(std::int64_t number)
{
    const auto row = waiting(number);
    if (!row)
        return row.error();
    return row->state == ChangeState::Proposed ? ChangeStep::Approve : ChangeStep::Propose;
}

base::Result<std::string> ChangeBook::statement(std::int64_t number, ChangeStep step)
{
    const auto row = waiting(number);
    if (!row)
        return row.error();
    const bool isProposed = row->state == ChangeState::Proposed;
    if (step == ChangeStep::Propose && isProposed)
        return refusal(number, row->first + " has proposed it; now another privileged person approves it");
    if (step == ChangeStep::Approve && !isProposed)
        return refusal(number, "nobody has proposed it; that comes first");
    return row->head + row->body + (isProposed ? "proposed-by=" + row->first + "\n" : std::string())
        + "step=" + nameOf(step) + "\n";
}

Status ChangeBook::objectionTo(const Signatory& by)
{
    const auto user = findUser(m_database, by.user);
    if (!user)
        return user.error();
    const auto no = [&](const std::string& why) { return Error{Errc::Refused, by.user.text() + " " + why}; };
    if (!*user)
        return no("is not registered");
    if ((*user)->role != zerotrust::UserRole::Privileged)
        return no("is not privileged");
    if ((*user)->revokedAt)
        return no("was revoked");
    if (!(*user)->lockedWhy.empty())
        return no("is locked: " + (*user)->lockedWhy);
    const auto& certificates = (*user)->certificates;
    const auto own = std::find_if(certificates.begin(), certificates.end(),
        [&](const CertificateRecord& certificate) { return certificate.fingerprint == by.certificate; });
    if (own == certificates.end())
        return no("has no such certificate here");
    if (!isCard(*own))
        return no("signs with a certificate that was revoked, is locked, or is not registered as one of a card");
    return base::Ok{};
}

base::Result<ChangeAnswer> ChangeBook::take(const SignedStep& step)
{
    ChangeAnswer answer;
    const Status taken = m_database.atomically([&]() -> Status {
        const auto result = takeStep(step);
        if (!result)
            return result.error();
        answer = *result;
        return base::Ok{};
    });
    if (taken)
        return answer;
    if (const Status told = refused(step.change, step.by.user.text(), taken.error().detail); !told)
        return told.error();
    return taken.error();
}

base::Result<ChangeAnswer> ChangeBook::takeStep(const SignedStep& step)
{
    const auto expected = statement(step.change, step.step);
    if (!expected)
        return expected.error();
    if (*expected != step.statement)
        return refusal(step.change, "something else was signed");
    if (const Status may = objectionTo(step.by); !may)
        return may.error();
    const auto row = waiting(step.change);
    if (!row)
        return row.error();
    const auto change = parseChange(row->body);
    if (!change)
        return change.error();
    return finish(*row, *change, step);
}

base::Result<ChangeAnswer> ChangeBook::finish(
    const ChangeRow& row, const IdentityChange& change, const SignedStep& step)
{
    ChangeEvent event{.change = row.number, .outcome = ChangeOutcome::Done, .by = step.by.user.text()};
    ChangeState state = ChangeState::Done;
    switch (step.step) {
    case ChangeStep::Propose: {
        const auto needs = needed();
        if (!needs)
            return needs.error();
        if (*needs > 1) {
            event.outcome = ChangeOutcome::Proposed;
            state = ChangeState::Proposed;
        }
        break;
    }
    case ChangeStep::Approve: {
        const auto firstCertificate = fingerprintOf(row.firstCertificate);
        if (!firstCertificate || row.first == step.by.user.text() || *firstCertificate == step.by.certificate)
            return refusal(row.number, step.by.user.text() + " has proposed it: another person must approve it");
        if (const Status may = objectionTo({stepup::UserId(row.first), *firstCertificate}); !may)
            return refusal(row.number, "who proposed it may no longer do so: " + may.error().detail);
        event.by = row.first;
        event.second = step.by.user.text();
        break;
    }
    case ChangeStep::Reject:
        event.outcome = ChangeOutcome::Rejected;
        state = ChangeState::Rejected;
        break;
    }
    if (state == ChangeState::Done)
        if (const Status performed = performChange(m_database, change, m_clock.utc()); !performed)
            return performed.error();
    if (const Status kept = updateChange(m_database.file(), row.number, state, step); !kept)
        return kept.error();
    const ChangeAnswer answer{.outcome = event.outcome, .number = row.number, .until = row.until};
    if (const Status told = tell(std::move(event), change); !told)
        return told.error();
    return answer;
}

Status ChangeBook::refused(std::int64_t number, const std::string& by, const std::string& reason)
{
    const auto row = readChange(m_database.file(), number);
    const auto change = row ? parseChange(row->body) : base::Result<IdentityChange>(IdentityChange{});
    if (!change)
        return change.error();
    return tell({.change = row ? number : 0, .outcome = ChangeOutcome::Refused, .by = by, .reason = reason}, *change);
}

Status ChangeBook::tell(ChangeEvent event, const IdentityChange& change)
{
    event.at = m_clock.utc();
    event.kind = change.kind;
    event.target = change.user.text();
    if (change.certificate)
        event.certificate = fingerprintText(change.certificate->fingerprint);
    for (const auto& named : {change.changedCertificate, change.revokedCertificate})
        if (named)
            event.certificate = fingerprintText(*named);
    if (change.credential)
        event.credential = stepup::base64Url(change.credential->id);
    for (const auto& named : {change.revokedCredential, change.renamedCredential})
        if (named)
            event.credential = stepup::base64Url(*named);
    if (change.role)
        event.role = zerotrust::roleName(*change.role);
    if (change.entitlement)
        event.segment = change.entitlement->segment;
    return insertEvent(m_database.file(), event);
}

base::Result<std::vector<ChangeEvent>> ChangeBook::untold()
{
    return readUntold(m_database.file());
}

Status ChangeBook::told(std::int64_t upTo)
{
    SqliteStatement update(m_database.file(), "UPDATE change_events SET told = 1 WHERE told = 0 AND number <= ?");
    return update.bind(upTo).run();
}

}
