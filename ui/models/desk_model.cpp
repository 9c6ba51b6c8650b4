#include "ui/models/desk_model.h"

#include <algorithm>

namespace ui {

namespace {

constexpr std::chrono::milliseconds FrameInterval{100};

}

DeskModel::DeskModel(rfq::RfqService& service, const base::Clock& clock, QObject* parent)
    : QObject(parent)
    , m_service(service)
    , m_clock(clock)
    , m_instruments(service.settings().instruments)
{
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    m_frame.setInterval(FrameInterval);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_service.tick();
        refresh();
    });
    connect(&m_frame, &QTimer::timeout, this, &DeskModel::frame);
    refresh();
}

void DeskModel::refresh()
{
    const auto changes = m_service.takeChanges();
    m_sessions.refresh(m_service, changes.sessions);
    m_rfqs.refresh(m_service, changes.rfqs);
    m_trades.refresh(m_service);
    const bool unknownMoves = !changes.rfqs.empty() || (!changes.sessions.empty() && m_unknown.rowCount() > 0);
    if (unknownMoves)
        m_unknown.refresh(m_service);
    if (changes.incidents)
        m_incidents.refresh(m_service);
    m_events.add(changes.notices);
    scheduleDeadline();

    if (!changes.sessions.empty())
        Q_EMIT sessionsChanged();
    if (changes.dealing)
        Q_EMIT dealingChanged();
    if (!changes.rfqs.empty())
        Q_EMIT rfqsChanged(changes.rfqs);
    if (unknownMoves)
        Q_EMIT unknownChanged();
    if (changes.incidents)
        Q_EMIT incidentsChanged();
    for (const auto& notice : changes.notices)
        Q_EMIT noticed(notice);
}

void DeskModel::scheduleDeadline()
{
    const auto next = m_service.nextDeadline();
    if (next) {
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*next - m_clock.steady());
        m_deadline.start(std::clamp(wait, std::chrono::milliseconds(1), std::chrono::milliseconds(60'000)));
    } else {
        m_deadline.stop();
    }
    const bool runs = next.has_value() || m_sessions.isAnyWaiting();
    if (runs && !m_frame.isActive())
        m_frame.start();
    if (!runs)
        m_frame.stop();
}

}
