#include "core/rfq/desk_state.h"

#include <algorithm>
#include <utility>

namespace rfq {

DeskState::DeskState(
    DeskSettings theSettings, VenueLink& theLink, Journal& theJournal, IdSource& theIds, const base::Clock& theClock)
    : settings(std::move(theSettings))
    , calendar(settings.holidays)
    , link(theLink)
    , journal(theJournal)
    , ids(theIds)
    , clock(theClock)
{
    const auto know = [&](const SessionId& session) {
        SessionChanged stopped;
        stopped.session = session;
        sessions.emplace(session, stopped);
    };
    for (const auto& [session, profile] : settings.profiles)
        know(session);
    for (const Dealer& dealer : settings.dealers)
        know(dealer.session);
}

const Dealer* DeskState::dealer(const DealerId& id) const
{
    const auto found = std::find_if(
        settings.dealers.begin(), settings.dealers.end(), [&](const Dealer& dealer) { return dealer.id == id; });
    return found == settings.dealers.end() ? nullptr : &*found;
}

const Instrument* DeskState::instrument(const std::string& symbol) const
{
    const auto found = std::find_if(settings.instruments.begin(), settings.instruments.end(),
        [&](const Instrument& instrument) { return instrument.symbol == symbol; });
    return found == settings.instruments.end() ? nullptr : &*found;
}

const Profile& DeskState::profile(const SessionId& session) const
{
    static const Profile CommonDialect;
    const auto found = settings.profiles.find(session);
    return found == settings.profiles.end() ? CommonDialect : found->second;
}

bool DeskState::isLoggedOn(const SessionId& session) const
{
    const auto found = sessions.find(session);
    return found != sessions.end() && found->second.phase == SessionPhase::LoggedOn;
}

SessionId DeskState::sessionOf(const DealerId& id) const
{
    const Dealer* known = dealer(id);
    return known ? known->session : SessionId();
}

Rfq* DeskState::find(const RfqId& id)
{
    const auto found = rfqs.find(id);
    return found == rfqs.end() ? nullptr : &found->second;
}

const Rfq* DeskState::find(const RfqId& id) const
{
    const auto found = rfqs.find(id);
    return found == rfqs.end() ? nullptr : &found->second;
}

AcceptanceLine* DeskState::acceptance(const ClOrdId& id)
{
    const auto flight = flights.find(id);
    Rfq* rfq = flight == flights.end() ? nullptr : find(flight->second.rfq);
    if (!rfq)
        return nullptr;
    const auto found = std::find_if(rfq->acceptances.begin(), rfq->acceptances.end(),
        [&](const AcceptanceLine& line) { return line.acceptance.id == id; });
    return found == rfq->acceptances.end() ? nullptr : &*found;
}

void DeskState::add(Rfq rfq)
{
    const RfqId id = rfq.request.id;
    order.push_back(id);
    if (!isOver(rfq.state))
        live.insert(id);
    changes.rfqs.insert(id);
    rfqs.emplace(id, std::move(rfq));
}

void DeskState::notify(Notice notice)
{
    notice.time = clock.utc();
    changes.notices.push_back(std::move(notice));
}

void DeskState::refuse(std::string subject, std::string state, std::string event, std::string text)
{
    record(EventRefused{std::move(subject), std::move(state), std::move(event), std::move(text), clock.utc()});
}

void DeskState::record(JournalRecord entry)
{
    journal.append(std::move(entry), [this, guard = std::weak_ptr(alive)](const base::Status& status) {
        if (!guard.expired() && !status)
            journalFailed(status.error());
    });
}

void DeskState::journalFailed(const base::Error& error)
{
    if (journalFailure)
        return;
    changes.dealing = changes.dealing || !suspended;
    journalFailure = base::Error{base::Errc::Io, error.detail};
    Notice notice = noticeOf(NoticeCode::JournalFailed, Severity::Alarm);
    notice.error = error;
    notify(std::move(notice));
}

const std::optional<base::Error>& DeskState::dealingOff() const
{
    return journalFailure ? journalFailure : suspended;
}

const AcceptanceLine* openAcceptance(const Rfq& rfq)
{
    const auto found = std::find_if(
        rfq.acceptances.begin(), rfq.acceptances.end(), [](const AcceptanceLine& line) { return !isOver(line.state); });
    return found == rfq.acceptances.end() ? nullptr : &*found;
}

AcceptanceLine* openAcceptance(Rfq& rfq)
{
    return const_cast<AcceptanceLine*>(openAcceptance(std::as_const(rfq)));
}

const DealerLine* lineOf(const Rfq& rfq, const DealerId& dealer)
{
    const auto found = std::find_if(
        rfq.dealers.begin(), rfq.dealers.end(), [&](const DealerLine& line) { return line.dealer == dealer; });
    return found == rfq.dealers.end() ? nullptr : &*found;
}

DealerLine* lineOf(Rfq& rfq, const DealerId& dealer)
{
    return const_cast<DealerLine*>(lineOf(std::as_const(rfq), dealer));
}

Notice noticeOf(NoticeCode code, Severity severity, const RfqId& rfq)
{
    Notice notice;
    notice.code = code;
    notice.severity = severity;
    notice.rfq = rfq;
    return notice;
}

Notice noticeOf(NoticeCode code, Severity severity, const Acceptance& acceptance)
{
    Notice notice = noticeOf(code, severity, acceptance.rfq);
    notice.session = acceptance.session;
    notice.dealer = acceptance.dealer;
    notice.clOrdId = acceptance.id;
    return notice;
}

}
