#include "app/desk_core/desk_locks.h"

#include "auth/approval.h"
#include "core/audit/reader.h"
#include "core/audit/record_text.h"
#include "core/audit/time_text.h"
#include "core/pep/change_rows.h"
#include "core/pep/fingerprint_text.h"
#include "core/tls/hex.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace app {

using base::Errc;
using base::Error;
using base::Status;

namespace {

constexpr const char* Heading = "countersign.desk-unlock.v1";
constexpr std::size_t NonceSize = 16;
constexpr std::chrono::minutes Patience{15}; ///< from the words to the signature
constexpr std::size_t BatchSize = 500;

bool isOneLine(const std::string& text)
{
    return !text.empty() && std::none_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
}

/// Times of the last locks, by the person and by the certificate, as far as the trail can be read.
std::map<std::string, base::UtcTime> lockTimes(const std::filesystem::path& trail)
{
    std::map<std::string, base::UtcTime> times;
    std::error_code failure;
    if (!std::filesystem::exists(trail, failure))
        return times;
    const auto reader = audit::TrailReader::open(trail);
    if (!reader)
        return times;
    for (std::uint64_t read = 0;;) {
        const auto batch = (*reader)->records(read, BatchSize);
        if (!batch)
            return times;
        for (const audit::StoredRecord& stored : *batch) {
            read = stored.number;
            const auto parsed = audit::parseRecord(stored.text);
            if (!parsed || parsed->record.kind != audit::Kind::Locked)
                continue;
            times[parsed->record.user] = parsed->record.time;
        }
        if (batch->size() < BatchSize)
            return times;
    }
}

}

std::filesystem::path locksFile(const DeskConfig& config)
{
    return config.stateDirectory / "access.sqlite";
}

base::Result<std::unique_ptr<DeskLocks>> DeskLocks::open(
    const DeskConfig& config, stepup::RandomSource& random, const base::Clock& clock)
{
    if (!config.access)
        return Error{Errc::Configuration,
            "this desk judges no session itself: there are no locks of its own. A counterparty's are its own to end "
            "(docs/venue-access.md)"};
    auto database = pep::IdentityDatabase::open(locksFile(config));
    if (!database)
        return database.error();
    return std::unique_ptr<DeskLocks>(new DeskLocks(config, *std::move(database), random, clock));
}

DeskLocks::DeskLocks(const DeskConfig& config, std::unique_ptr<pep::IdentityDatabase> database,
    stepup::RandomSource& random, const base::Clock& clock)
    : m_authority(config.approvers.caFile)
    , m_trail(config.access->trail)
    , m_database(std::move(database))
    , m_random(random)
    , m_clock(clock)
{
}

base::Result<std::vector<DeskLock>> DeskLocks::locked()
{
    const auto identities = m_database->load();
    if (!identities)
        return identities.error();
    const auto times = lockTimes(m_trail);
    const auto since = [&](const std::string& user) {
        const auto found = times.find(user);
        return found == times.end() ? std::nullopt : std::optional(found->second);
    };
    std::vector<DeskLock> locks;
    for (const pep::UserRecord& user : identities->users) {
        const std::string& name = user.user.text();
        if (!user.lockedWhy.empty())
            locks.push_back({name, {}, user.lockedWhy, since(name)});
        for (const pep::CertificateRecord& certificate : user.certificates)
            if (!certificate.lockedWhy.empty())
                locks.push_back(
                    {name, pep::fingerprintText(certificate.fingerprint), certificate.lockedWhy, since(name)});
    }
    return locks;
}

base::Result<std::vector<DeskLock>> DeskLocks::locksOf(const std::string& user)
{
    auto locks = locked();
    if (locks)
        std::erase_if(*locks, [&](const DeskLock& lock) { return lock.user != user; });
    return locks;
}

base::Result<std::string> DeskLocks::statement(const std::string& user, const std::string& reason)
{
    if (!isOneLine(reason))
        return Error{Errc::InvalidInput, "the reason is one line of text"};
    auto locks = locksOf(user);
    if (!locks)
        return locks.error();
    if (locks->empty())
        return Error{Errc::NotFound, user + " is not locked at this desk; `countersign-cli access status` says who is"};
    std::array<std::uint8_t, NonceSize> nonce{};
    if (!m_random.fill(nonce))
        return Error{Errc::Internal, "no random number could be drawn; nothing was changed"};
    const auto now = m_clock.utc();
    std::string words = std::string(Heading) + "\nunlock=" + user;
    for (const DeskLock& lock : *locks)
        words += "\nlocked=" + (lock.certificate.empty() ? std::string() : lock.certificate + ": ") + lock.why;
    words += "\nreason=" + reason + "\nasked=" + audit::timeText(now) + "\nuntil=" + audit::timeText(now + Patience)
        + "\nnonce=" + tls::hexOf({nonce.begin(), nonce.end()}) + "\n";
    m_asked = Asked{user, reason, words, *std::move(locks), m_clock.steady() + Patience};
    return words;
}

Status DeskLocks::unlock(const rfq::Approval& approval)
{
    const auto asked = std::exchange(m_asked, std::nullopt); // each signature counts once
    if (!asked || approval.statement != asked->statement)
        return Error{Errc::Refused, "other words were signed than those that unlock this person"};
    if (m_clock.steady() >= asked->until)
        return Error{Errc::Refused, "the signature came too late: ask for the unlock once more"};
    if (approval.person.name == asked->user)
        return Error{Errc::Refused, "nobody unlocks themselves"};
    if (const Status good = auth::verifyApproval(approval, m_authority); !good)
        return good;
    return m_database->atomically([&]() -> Status {
        const auto now = locksOf(asked->user);
        if (!now)
            return now.error();
        const auto sameLock = [](const DeskLock& a, const DeskLock& b) {
            return a.certificate == b.certificate && a.why == b.why;
        };
        if (!std::equal(now->begin(), now->end(), asked->locks.begin(), asked->locks.end(), sameLock))
            return Error{Errc::Refused, "the locks are not those that were signed for any more: look at them again"};
        if (const Status unlocked = m_database->unlock(stepup::UserId(asked->user)); !unlocked)
            return unlocked;
        return keep(*asked, approval);
    });
}

/// Words and signature stay in the store; the trail gets who, whom and why.
Status DeskLocks::keep(const Asked& asked, const rfq::Approval& approval)
{
    const auto certificate = pep::fingerprintOf(approval.person.fingerprint);
    const auto signature = tls::bytesOfHex(approval.signature);
    if (!certificate || !signature)
        return Error{Errc::InvalidInput, "the signature is not in the form in which it is kept"};
    auto& file = m_database->file();
    const auto last = file.ask("SELECT coalesce(max(number), 0) + 1 FROM changes");
    if (!last)
        return last.error();
    const std::int64_t number = std::stoll(*last);
    const pep::ChangeRow row{.number = number,
        .head = approval.certificate, // so that the signature can be checked years later
        .body = asked.statement,
        .until = m_clock.utc(),
        .state = pep::ChangeState::Done,
        .first = {},
        .firstCertificate = {}};
    if (const Status inserted = pep::insertChange(file, row); !inserted)
        return inserted;
    const pep::SignedStep step{.change = number,
        .step = pep::ChangeStep::Approve,
        .by = {.user = stepup::UserId(approval.person.name), .certificate = *certificate},
        .statement = approval.statement,
        .signature = std::string(signature->begin(), signature->end())};
    if (const Status updated = pep::updateChange(file, number, pep::ChangeState::Done, step); !updated)
        return updated;
    pep::ChangeEvent event;
    event.at = m_clock.utc();
    event.change = number;
    event.kind = pep::ChangeKind::UnlockUser;
    event.outcome = pep::ChangeOutcome::Done;
    event.target = asked.user;
    event.by = approval.person.name;
    event.reason = asked.reason;
    return pep::insertEvent(file, event);
}

}
