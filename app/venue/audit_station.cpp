#include "app/venue/audit_station.h"

#include "core/tls/identity.h"

#include <utility>

namespace venue {

namespace {

std::string reasonText(const base::Error& error)
{
    return std::string(base::errcName(error.code)) + ": " + error.detail;
}

siem::CollectorSettings collectorSettings(
    const SyslogSettings& syslog, const std::filesystem::path& trail, siem::Origin origin)
{
    siem::CollectorSettings made;
    made.host = syslog.host;
    made.port = syslog.port;
    made.format = syslog.format;
    made.origin = std::move(origin);
    if (!syslog.hostName.empty())
        made.origin.host = syslog.hostName;
    made.origin.enterprise = syslog.enterprise;
    made.trail = trail;
    made.position = syslog.position;
    made.settle = syslog.settle;
    made.retryMost = syslog.retryMost;
    return made;
}

}

base::Result<std::unique_ptr<AuditStation>> AuditStation::open(const AuditSettings& settings,
    std::shared_ptr<audit::HeadSigner> token, const siem::Origin& origin, const base::Clock& clock, EventLog& log,
    std::function<void()> failed)
{
    std::unique_ptr<AuditStation> station(new AuditStation(log, origin));
    if (base::Status opened = station->openTrail(settings, std::move(token), clock, std::move(failed)); !opened)
        return opened.error();
    if (base::Status opened = station->openForwarder(settings, clock); !opened)
        return opened.error();
    station->note(audit::Kind::ProgramStarted);
    return station;
}

AuditStation::AuditStation(EventLog& log, siem::Origin origin)
    : m_log(log)
    , m_origin(std::move(origin))
{
}

AuditStation::~AuditStation()
{
    if (m_trail)
        note(audit::Kind::ProgramStopped);
}

base::Status AuditStation::openTrail(const AuditSettings& settings, std::shared_ptr<audit::HeadSigner> token,
    const base::Clock& clock, std::function<void()> failed)
{
    audit::TrailSettings made;
    made.file = settings.trail;
    made.headEvery = settings.headEvery;
    made.anchor = settings.anchor;
    made.version = m_origin.version;
    if (settings.signingKey) {
        auto signer = audit::openKeyFile(*settings.signingKey);
        if (!signer)
            return signer.error();
        made.signer = *std::move(signer);
    } else if (token) {
        made.signer = std::move(token);
        made.moment = audit::HeadMoment::BehindCommit;
    }
    std::error_code failure; // opening the file tells
    std::filesystem::create_directories(settings.trail.parent_path(), failure);
    auto trail = audit::AuditTrail::open(std::move(made), m_teller, clock,
        [this, failed = std::move(failed)](audit::AuditTrail::Trouble trouble, const base::Error& error) {
            switch (trouble) {
            case audit::AuditTrail::Trouble::NotWritten:
                m_log.record("audit-failed", {{"why", reasonText(error)}});
                return failed();
            case audit::AuditTrail::Trouble::NotSigned:
                return m_log.record("audit-not-signed", {{"why", reasonText(error)}});
            }
        });
    if (!trail)
        return trail.error();
    m_trail = *std::move(trail);
    return base::Ok{};
}

base::Status AuditStation::openForwarder(const AuditSettings& settings, const base::Clock& clock)
{
    if (!settings.syslog)
        return base::Ok{};
    auto identity = tls::loadPemIdentity(settings.syslog->certificate.string(), settings.syslog->key.string());
    if (!identity)
        return identity.error();
    auto context =
        tls::Context::forClient(settings.syslog->trust, std::make_shared<const tls::Identity>(*std::move(identity)));
    if (!context)
        return context.error();
    m_forwarder = std::make_unique<siem::Forwarder>(collectorSettings(*settings.syslog, settings.trail, m_origin),
        *std::move(context), clock, [this](const siem::CollectorNews& news) {
            m_log.record(news.problem ? "collector-down" : "collector-up",
                {{"delivered", std::to_string(news.delivered)},
                    {"why", news.problem ? reasonText(*news.problem) : std::string()}});
        });
    m_trail->whenGrown([forwarder = m_forwarder.get()] { forwarder->wake(); });
    return base::Ok{};
}

void AuditStation::note(audit::Kind kind)
{
    audit::AuditRecord record;
    record.kind = kind;
    record.fields = {{audit::Field::Version, m_origin.version}};
    m_trail->append(std::move(record));
}

}
