#include "app/venue/audit_reader.h"

#include <array>
#include <utility>

namespace venue {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::pair<std::string_view, siem::Format>, 3> FormatNames{
    {{"structured", siem::Format::Structured}, {"ocsf", siem::Format::Ocsf}, {"cef", siem::Format::Cef}}};

std::optional<SyslogSettings> readSyslog(const store::TomlTable& table, const std::filesystem::path& trail)
{
    if (!table.present())
        return std::nullopt;
    SyslogSettings syslog;
    syslog.host = table.required("host").text().value_or("");
    syslog.port = static_cast<std::uint16_t>(table.optional("port").integer(1, 65'535).value_or(syslog.port));
    syslog.trust.caFile = table.required("ca").path().value_or("").string();
    syslog.trust.crlFile = table.optional("revocations").path().value_or("").string();
    const auto pins = table.optional("pins").texts().value_or(std::vector<std::string>{});
    syslog.trust.pins = {pins.begin(), pins.end()};
    syslog.trust.serverName = table.optional("server_name").text().value_or(syslog.host);
    syslog.certificate = table.required("certificate").path().value_or("");
    syslog.key = table.required("key").path().value_or("");
    syslog.format = table.optional("format").choice<siem::Format>(FormatNames).value_or(syslog.format);
    syslog.hostName = table.optional("host_name").text().value_or("");
    syslog.enterprise =
        static_cast<unsigned>(table.optional("enterprise").integer(1, UINT32_MAX).value_or(syslog.enterprise));
    syslog.position = table.optional("position").path().value_or(trail.string() + ".sent");
    syslog.settle = table.optional("settle").duration(0ms, 1h).value_or(syslog.settle);
    syslog.retryMost = table.optional("retry_most").duration(100ms, 1h).value_or(syslog.retryMost);
    return syslog;
}

}

std::optional<AuditSettings> readAudit(const store::TomlTable& table, SigningToken token)
{
    if (!table.present())
        return std::nullopt;
    AuditSettings settings;
    settings.trail = table.required("trail").path().value_or("");
    settings.signingKey = table.optional("signing_key").path();
    settings.headEvery = static_cast<std::uint64_t>(table.optional("head_every").integer(1, 1'000'000).value_or(1));
    const store::TomlValue anchor = table.optional("anchor");
    settings.anchor = anchor.path();
    if (settings.anchor && !settings.signingKey && token == SigningToken::Absent)
        anchor.refuse("a signing_key beside it: an anchor is a signed head");
    settings.syslog = readSyslog(table.table("syslog"), settings.trail);
    return settings;
}

}
