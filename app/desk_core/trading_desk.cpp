#include "app/desk_core/trading_desk.h"

#include "app/desk_core/local_addresses.h"
#include "app/desk_core/undealt_acceptance.h"
#include "app/process/clock_health.h"
#include "app/trail/token_head_signer.h"
#include "core/base/overloaded.h"
#include "core/tls/hex.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace app {

using base::Errc;
using base::Error;

namespace {

constexpr std::size_t RememberedRequests = 2'000;
/// Records of the desk's own trail for one signature of the trader's card, beside those at sign-in and at the end.
constexpr std::uint64_t HeadEvery = 32;

const Error NotSignedIn{Errc::TokenAbsent, "nobody is signed in"};

/// The youngest stamp in the journal; it was made with a clock of this workstation.
std::optional<base::UtcTime> newestOf(const rfq::History& history)
{
    std::optional<base::UtcTime> newest;
    const auto consider = [&](base::UtcTime time) { newest = newest ? std::max(*newest, time) : time; };
    for (const auto& request : history.requests)
        consider(request.opened);
    for (const auto& acceptance : history.acceptances)
        consider(acceptance.time);
    for (const rfq::Incident& incident : history.incidents)
        consider(incident.time);
    return newest;
}

stepup::Digest digestOf(X509& certificate)
{
    stepup::Digest digest{};
    if (const auto bytes = tls::bytesOfHex(tls::fingerprint(certificate)); bytes && bytes->size() == digest.size())
        std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

}

base::Result<std::unique_ptr<TradingDesk>> TradingDesk::open(
    DeskConfig config, base::Executor& deskThread, const base::Clock& clock, std::function<void()> onBatch)
{
    std::error_code problem;
    std::filesystem::create_directories(config.stateDirectory, problem);
    if (problem)
        return Error{Errc::Io, config.stateDirectory.string() + ": " + problem.message()};
    auto callbacks = std::make_unique<JournalCallbacks>(deskThread, onBatch);
    auto journal = store::SqliteJournal::open(config.stateDirectory / "journal.sqlite", *callbacks);
    if (!journal)
        return journal.error();
    const auto history = (*journal)->load(RememberedRequests);
    if (!history)
        return history.error();
    std::unique_ptr<TradingDesk> desk(
        new TradingDesk(config, std::move(callbacks), *std::move(journal), deskThread, clock, std::move(onBatch)));
    if (config.access) {
        if (const base::Status guarded = desk->openGuard(config, deskThread); !guarded)
            return guarded.error();
    }
    desk->m_service.restore(*history);
    desk->m_journal->check(
        [desk = desk.get(), alive = std::weak_ptr<const int>(desk->m_alive)](const base::Status& sound) {
            if (!alive.expired() && !sound)
                desk->m_service.journalFailed(sound.error());
        });
    desk->judgeClock(clock, *history);
    return desk;
}

TradingDesk::JournalCallbacks::JournalCallbacks(base::Executor& deskThread, std::function<void()> onBatch)
    : m_deskThread(deskThread)
    , m_onBatch(std::move(onBatch))
{
}

void TradingDesk::JournalCallbacks::post(std::function<void()> work)
{
    m_deskThread.post([work = std::move(work), onBatch = m_onBatch] {
        work();
        onBatch();
    });
}

void TradingDesk::CountingJournal::append(rfq::JournalRecord record, std::function<void(base::Status)> done)
{
    ++*underWay;
    file.append(std::move(record), [count = underWay, done = std::move(done)](base::Status status) {
        --*count;
        done(std::move(status));
    });
}

TradingDesk::TradingDesk(DeskConfig config, std::unique_ptr<JournalCallbacks> callbacks,
    std::unique_ptr<store::SqliteJournal> journal, base::Executor& deskThread, const base::Clock& clock,
    std::function<void()> onBatch)
    : m_onBatch(std::move(onBatch))
    , m_callbacks(std::move(callbacks))
    , m_journal(std::move(journal))
    , m_appending(*m_journal)
    , m_ids(clock)
    , m_events([this, &deskThread, alive = std::weak_ptr<const int>(m_alive)] {
        deskThread.post([this, alive] {
            if (!alive.expired())
                applyBatch();
        });
    })
    , m_accessEvents([this, &deskThread, alive = std::weak_ptr<const int>(m_alive)] {
        deskThread.post([this, alive] {
            if (!alive.expired())
                applyBatch();
        });
    })
    , m_clock(clock)
    , m_removalGrace(config.removalGrace)
    , m_link(config.sessions, m_events, m_accessEvents, clock)
    , m_keys(config.securityKeys, clock, deskThread)
    , m_stepUp(m_keys, clock)
    , m_health("Countersign " COUNTERSIGN_VERSION, config.tpm, config.deviceCertificate, clock, deskThread)
    , m_access(
          config.sessions, m_health, m_stepUp,
          [this](const rfq::SessionId& session, std::uint64_t connection, fix::UserRequest request) {
              say(session, connection, std::move(request));
          },
          clock)
    , m_enrolment(m_access, m_stepUp, m_keys, clock)
    , m_venueKeys(m_access, m_stepUp, clock)
    , m_granting(m_link, m_access, m_events)
    , m_service(std::move(config.desk), m_granting, m_appending, m_ids, clock)
    , m_token(std::move(config.token), std::move(config.approvers), deskThread, std::move(config.pcsc))
{
    m_service.suspendDealing(NotSignedIn);
    m_keyWatch = m_keys.onChanged([this] { m_stepUp.keysChanged(); });
    if (!config.securityKeys.readers.empty())
        m_readerWatch = m_token.onChanged([this] { m_keys.readersChanged(); });
    m_access.alsoTouched([this] {
        m_removedFrom.clear();
        noteRemovedToken();
    });
    m_lossWatch = m_token.onLost([this](const Error& reason) { tokenLost(reason); });
}

TradingDesk::~TradingDesk()
{
    // While the card that signs is still signed in.
    if (m_trail && m_cardSigns)
        m_trail->seal();
}

base::Status TradingDesk::openGuard(const DeskConfig& config, base::Executor& deskThread)
{
    audit::TrailSettings settings;
    settings.file = config.access->trail;
    settings.version = COUNTERSIGN_VERSION;
    if (!config.access->trailKey.empty()) {
        auto signer = audit::openKeyFile(config.access->trailKey);
        if (!signer)
            return signer.error();
        settings.signer = *std::move(signer);
    } else {
        settings.moment = audit::HeadMoment::BehindCommit;
        settings.headEvery = HeadEvery;
    }
    m_cardSigns = config.access->trailKey.empty();
    auto trail = audit::AuditTrail::open(std::move(settings), deskThread, m_clock,
        [this, alive = std::weak_ptr<const int>(m_alive)](audit::AuditTrail::Trouble trouble, const Error& error) {
            // An unsigned head is covered by the next one; a record that is lost is not.
            if (!alive.expired() && trouble == audit::AuditTrail::Trouble::NotWritten && m_guard)
                m_guard->trailFailed(error);
        });
    if (!trail)
        return trail.error();
    m_trail = *std::move(trail);
    DeskGuard::Verdicts verdicts;
    verdicts.answered = [this](const rfq::SessionId& session, std::uint64_t connection,
                            const fix::UserResponse& response, const std::optional<stepup::Notice>& notice) {
        // First here: what the link makes of it, such as the end of the session, must not overtake the reason.
        m_accessEvents.post(fix::AccessAnswered{session, connection, response, notice});
        m_link.answerHere(session, connection, response, notice);
    };
    verdicts.ended = [this](const rfq::SessionId& session, std::uint64_t connection, const Error& reason) {
        m_link.turnAwayHere(session, connection, reason);
    };
    auto guard = DeskGuard::open(config, std::move(verdicts), *m_trail, m_clock, localAddresses);
    if (!guard)
        return guard.error();
    m_guard = *std::move(guard);
    m_granting.guardWith(*m_guard);
    m_access.alsoTick([this] { m_guard->tick(); });
    m_access.alsoLeave([this] { m_guard->left(); });
    return base::Ok{};
}

void TradingDesk::say(const rfq::SessionId& session, std::uint64_t connection, fix::UserRequest request)
{
    m_link.sendUserRequest(session, connection, request);
    if (m_guard && m_guard->judges(session))
        m_guard->hear(session, connection, std::move(request));
}

void TradingDesk::apply(const fix::AccessEvent& event)
{
    if (m_guard)
        std::visit(
            base::Overloaded{[this](const fix::AccessOpened& one) { m_guard->opened(one); },
                [](const fix::AccessAnswered&) {}, [this](const fix::AccessClosed& one) { m_guard->closed(one); }},
            event);
    m_access.apply(event);
}

void TradingDesk::judgeClock(const base::Clock& clock, const rfq::History& history)
{
    m_clockProblem = app::clockProblem(clockState(), clock.utc(), newestOf(history));
    if (!m_clockProblem)
        return;
    rfq::Notice notice;
    notice.code = rfq::NoticeCode::ClockDiffers;
    notice.severity = rfq::Severity::Warning;
    notice.raw = m_clockProblem->detail;
    m_service.report(std::move(notice));
}

std::optional<rfq::Person> TradingDesk::trader() const
{
    const auto identity = m_token.identity();
    if (!identity)
        return std::nullopt;
    return rfq::Person{tls::commonNameOf(*identity->certificate), tls::fingerprint(*identity->certificate)};
}

void TradingDesk::identify()
{
    m_service.signedIn(trader().value_or(rfq::Person()));
}

void TradingDesk::goOnline()
{
    const auto identity = m_token.identity();
    if (!identity)
        return;
    m_closeAt.reset();
    identify();
    m_signedInAs = tls::fingerprint(*identity->certificate);
    noteRemovedToken();
    signTrailWith(identity);
    if (m_guard)
        m_guard->verified(stepup::UserId(tls::commonNameOf(*identity->certificate)), digestOf(*identity->certificate));
    m_service.resumeDealing();
    m_link.start(identity);
    m_access.comeBack();
}

/// The card that is signed in signs the desk's own trail, where no key does. No record waits for that.
void TradingDesk::signTrailWith(const std::shared_ptr<const tls::Identity>& identity)
{
    if (!m_trail || !m_cardSigns)
        return;
    std::shared_ptr<audit::HeadSigner> signer;
    if (identity) {
        if (auto made = headSignerOf(identity))
            signer = *std::move(made);
    }
    m_trail->signWith(std::move(signer));
}

std::optional<base::SteadyTime> TradingDesk::sessionsCloseAt() const
{
    return m_closeAt && m_clock.steady() < *m_closeAt ? m_closeAt : std::nullopt;
}

void TradingDesk::goOffline(std::string reason)
{
    m_closeAt.reset();
    m_service.suspendDealing(NotSignedIn);
    m_access.forget();
    m_link.stop(std::move(reason));
    signTrailWith(nullptr);
    m_token.endSignIn();
    m_service.signedIn({});
}

void TradingDesk::signOut(std::string reason)
{
    goOffline(std::move(reason));
    m_token.signOut();
}

void TradingDesk::applyBatch()
{
    for (const fix::AccessEvent& event : m_accessEvents.drain())
        apply(event);
    for (const rfq::VenueEvent& event : m_events.drain()) {
        m_service.apply(event);
        if (const auto refused = unapprovedAcceptance(m_service, event))
            m_access.approveQuote(*refused);
        // What this desk itself has judged stays spent in its own ledger.
        const auto unsent = unsentAcceptance(m_service, event);
        if (unsent && !(m_guard && m_guard->judges(unsent->session)))
            m_access.giveBack(*unsent);
    }
    m_access.tick();
    m_service.tick();
    m_onBatch();
}

/// A sign-in alone does not undo it: whoever has taken the card out may have had its PIN, too.
void TradingDesk::noteRemovedToken()
{
    const bool removed = !m_removedFrom.empty() && m_removedFrom == m_signedInAs;
    m_health.setTokenRemoved(removed);
    if (m_guard)
        m_guard->tokenRemoved(removed);
}

void TradingDesk::tokenLost(const Error& reason)
{
    if (reason.code != Errc::Cancelled) { // else it is this desk itself that works on the card
        m_removedFrom = m_signedInAs;
        noteRemovedToken();
    }
    m_service.suspendDealing(reason);
    if (m_trail && m_cardSigns)
        m_trail->sign(); // in vain: the trail says from where on it is not signed
    // The counterparty's enforcement point lets nothing pass from now on, also while the connection stays.
    m_access.leave();
    const std::string words = "the token was removed";
    if (m_removalGrace > std::chrono::milliseconds(0)) {
        m_closeAt = m_clock.steady() + m_removalGrace;
        m_link.stopAt(*m_closeAt, words);
    } else {
        m_link.stop(words);
    }
    m_onBatch();
}

}
