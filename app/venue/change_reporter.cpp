#include "app/venue/change_reporter.h"

namespace venue {

namespace {

constexpr std::chrono::seconds ReportInterval{2};

}

ChangeReporter::ChangeReporter(
    pep::IdentityDatabase& database, pep::ChangeBook& changes, AccessRecorder& recorder, const base::Clock& clock)
    : m_database(database)
    , m_changes(changes)
    , m_recorder(recorder)
    , m_clock(clock)
    , m_due(clock.steady())
{
}

void ChangeReporter::runDue()
{
    if (m_clock.steady() < m_due)
        return;
    m_due = m_clock.steady() + ReportInterval;
    const base::Status reported = report();
    if (!reported && !m_isFailing) {
        pep::Event event;
        event.kind = pep::EventKind::StoreFailed;
        event.severity = pep::Severity::Alert;
        event.at = m_clock.utc();
        event.fields = {{"why", "changes of the identity store are not told: " + reported.error().detail}};
        m_recorder.record(event);
    }
    m_isFailing = !reported;
}

base::Status ChangeReporter::report()
{
    if (const std::int64_t written = m_written->upTo.load(); written > m_told) {
        if (const base::Status told = m_changes.told(written); !told)
            return told;
        m_told = written;
    }
    const auto events = m_changes.untold();
    if (!events)
        return events.error();
    for (const pep::ChangeEvent& event : *events) {
        if (event.number <= m_handed)
            continue;
        m_handed = event.number;
        m_recorder.record(event, [written = m_written, number = event.number](const base::Status& status) {
            if (!status)
                written->hasFailed = true;
            else if (!written->hasFailed)
                written->upTo = number;
        });
    }
    return show();
}

base::Status ChangeReporter::show()
{
    auto pending = m_changes.pending();
    if (!pending)
        return pending.error();
    if (const base::Status found = findLocked(); !found)
        return found;
    m_recorder.show({.pending = *std::move(pending), .locked = m_locked, .reading = m_reading});
    return base::Ok{};
}

base::Status ChangeReporter::findLocked()
{
    // What the enforcement point locks over the same connection does not move the mark: it tells that itself.
    const auto mark = m_database.changeMark();
    if (!mark)
        return mark.error();
    if (m_mark == *mark)
        return base::Ok{};
    const auto identities = m_database.load();
    if (!identities)
        return identities.error();
    m_locked.clear();
    for (const auto& user : identities->users) {
        if (!user.lockedWhy.empty())
            m_locked.push_back({.who = user.user.text(), .why = user.lockedWhy});
        for (const auto& certificate : user.certificates)
            if (!certificate.lockedWhy.empty())
                m_locked.push_back({.who = "a certificate of " + user.user.text(), .why = certificate.lockedWhy});
    }
    m_mark = *mark;
    ++m_reading;
    return base::Ok{};
}

}
