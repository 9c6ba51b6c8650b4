#include "app/venue/access_recorder.h"

#include "app/trail/change_record.h"
#include "app/trail/event_record.h"
#include "core/pep/session.h"

#include <utility>

namespace venue {

using audit::AuditRecord;

namespace {

/// One line of the log has room for these.
std::string valueOf(const pep::Event& event, std::string_view name)
{
    for (const auto& field : event.fields)
        if (field.name == name)
            return field.value;
    return {};
}

}

AuditRecord recordOf(const pep::ChangeEvent& event)
{
    return app::recordOf(event);
}

AccessRecorder::AccessRecorder(EventLog& log, audit::AuditRecorder* trail, AccessWatcher* watcher)
    : m_log(log)
    , m_trail(trail)
    , m_watcher(watcher)
{
}

void AccessRecorder::record(const pep::Event& event)
{
    const auto field = [&](std::string_view name) { return EventLog::Field(name, valueOf(event, name)); };
    m_log.record(pep::eventName(event.kind),
        {{"severity", pep::severityName(event.severity)}, {"session", event.session.text()},
            {"user", event.user.text()}, {"address", event.address}, {"reference", event.reference}, field("outcome"),
            field("score"), field("lines"), field("signals"), field("policy"), field("scope"), field("action"),
            field("type"), field("id"), field("instrument"), field("refusal"), field("credential"), field("name"),
            field("rule"), field("attempts"), field("target"), {"certificate", event.certificate}, field("why")});
    if (m_trail)
        m_trail->append(app::recordOf(event));
    if (m_watcher)
        m_watcher->saw(event);
}

void AccessRecorder::show(StoreStanding standing)
{
    if (m_watcher)
        m_watcher->saw(std::move(standing));
}

void AccessRecorder::record(const pep::ChangeEvent& event, audit::AuditRecorder::Done done)
{
    m_log.record("identity-change",
        {{"reference", app::referenceOf(event)}, {"action", pep::nameOf(event.kind)},
            {"outcome", pep::nameOf(event.outcome)}, {"target", event.target}, {"certificate", event.certificate},
            {"credential", event.credential}, {"role", event.role}, {"segment", event.segment}, {"by", event.by},
            {"second", event.second}, {"why", event.reason}});
    if (m_trail)
        m_trail->append(recordOf(event), std::move(done));
    else
        done(base::Ok{});
}

}
