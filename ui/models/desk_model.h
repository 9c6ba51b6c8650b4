#pragma once

#include "core/rfq/rfq_service.h"
#include "ui/models/events_model.h"
#include "ui/models/incidents_model.h"
#include "ui/models/instrument_model.h"
#include "ui/models/rfqs_model.h"
#include "ui/models/sessions_model.h"
#include "ui/models/trades_model.h"
#include "ui/models/unknown_model.h"

#include <QObject>
#include <QTimer>

namespace rfq {
class AccessControl;
}

namespace ui {

/// The desk's state for the views: takes the service's changes and hands each model one change per batch. Also the
/// desk's pulse: lets time act on the service at its deadlines, and ticks ten times a second while something runs.
/// GUI thread.
class DeskModel final : public QObject {
    Q_OBJECT

public:
    /// Both must outlive this object. Reads what the service already knows.
    DeskModel(rfq::RfqService& service, const base::Clock& clock, QObject* parent = nullptr);

    /// After a batch of events, and after every call that may have changed the service.
    void refresh();

    [[nodiscard]] rfq::RfqService& service() { return m_service; }
    [[nodiscard]] const base::Clock& clock() const { return m_clock; }
    /// What access policies have decided; null where no session has one.
    [[nodiscard]] const rfq::AccessControl* access() const { return m_access; }
    /// It must outlive this object.
    void setAccess(const rfq::AccessControl& access) { m_access = &access; }
    [[nodiscard]] SessionsModel& sessions() { return m_sessions; }
    [[nodiscard]] RfqsModel& rfqs() { return m_rfqs; }
    [[nodiscard]] UnknownModel& unknown() { return m_unknown; }
    [[nodiscard]] TradesModel& trades() { return m_trades; }
    [[nodiscard]] IncidentsModel& incidents() { return m_incidents; }
    [[nodiscard]] EventsModel& events() { return m_events; }
    [[nodiscard]] InstrumentModel& instruments() { return m_instruments; }

Q_SIGNALS:
    /// These requests changed; new ones are in the set too.
    void rfqsChanged(const std::set<rfq::RfqId>& rfqs);
    void sessionsChanged();
    void dealingChanged();
    /// Deals of unknown outcome came, went, or something was learnt about them.
    void unknownChanged();
    void incidentsChanged();
    void noticed(const rfq::Notice& notice);
    /// Time passed while something runs: repaint bars, nothing else.
    void frame();

private:
    void scheduleDeadline();

    rfq::RfqService& m_service;
    const base::Clock& m_clock;
    const rfq::AccessControl* m_access = nullptr;
    SessionsModel m_sessions;
    RfqsModel m_rfqs;
    UnknownModel m_unknown;
    TradesModel m_trades;
    IncidentsModel m_incidents;
    EventsModel m_events;
    InstrumentModel m_instruments;
    QTimer m_deadline;
    QTimer m_frame;
};

}
