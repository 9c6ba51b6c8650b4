#include "app/config/pin_warnings.h"

#include "core/tls/identity.h"
#include "core/tls/pins.h"

#include <chrono>
#include <optional>
#include <string>

namespace app {

namespace {

using base::Errc;
using base::Error;
using std::chrono::days;

constexpr days Soon{30};

std::optional<Error> endingSoon(const std::string& session, X509& certificate, base::UtcTime now)
{
    const auto end = tls::notAfterOf(certificate);
    if (end - now > Soon)
        return std::nullopt;
    const auto left = std::chrono::floor<days>(end - now).count();
    const std::string when =
        end <= now ? std::string("has ended") : "ends in " + std::to_string(left) + (left == 1 ? " day" : " days");
    return Error{Errc::CertificateExpired,
        "session " + session + ": the pinned certificate of " + tls::subjectOf(certificate) + " " + when
            + "; ask the counterparty for the fingerprint of the next one and set it as next_pins"};
}

}

std::vector<Error> pinWarnings(const DeskConfig& config, base::UtcTime now)
{
    std::vector<Error> warnings;
    for (const fix::SessionSettings& session : config.sessions) {
        const tls::TrustPolicy& trust = session.trust;
        if (trust.pins.empty())
            continue;
        if (trust.nextPins.empty() && trust.pins.size() == 1)
            warnings.push_back({Errc::Configuration,
                "session " + session.name.text()
                    + ": one pin and none to follow it: on the day the counterparty changes its certificate the "
                      "session "
                      "stops; set next_pins before that"});
        const auto certificates = tls::loadPemCertificates(trust.caFile);
        if (!certificates)
            continue; // an error of the configuration, which was told when it was read
        for (const auto& certificate : *certificates) {
            if (!tls::matchesPin(*certificate, trust.pins))
                continue;
            if (auto warning = endingSoon(session.name.text(), *certificate, now))
                warnings.push_back(*std::move(warning));
        }
    }
    return warnings;
}

}
