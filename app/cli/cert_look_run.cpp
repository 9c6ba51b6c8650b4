#include "app/cli/cert_look_run.h"

#include "app/cli/cert_events.h"
#include "app/cli/reporter.h"
#include "auth/cert/attestation.h"
#include "auth/cert/issued.h"
#include "core/base/clock.h"
#include "core/tls/presented.h"
#include "core/tls/statement.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

namespace cli {

namespace {

using base::Errc;
using base::Error;
using Certificates = std::vector<tls::CertificatePtr>;

base::Result<Certificates> shownBy(const CertTrust& trust)
{
    if (!trust.file.empty())
        return cert::readCertificates(trust.file);
    const tls::Waker never;
    return tls::presentedBy(
        trust.host, trust.port, trust.serverName.empty() ? trust.host : trust.serverName, trust.limit, never);
}

ExitCode run(const CertTrust& trust, Reporter& reporter)
{
    const std::string nothing = "Nothing was written";
    if (std::error_code problem; !trust.out.empty() && std::filesystem::exists(trust.out, problem))
        return refuseCertificate(reporter, {Errc::Duplicate, trust.out + " exists and is left alone"}, nothing);
    const auto shown = shownBy(trust);
    if (!shown)
        return refuseCertificate(reporter, shown.error(), nothing);
    for (const auto& certificate : *shown)
        reporter.report(certificateShownEvent(*certificate));
    if (trust.fingerprint.empty()) {
        reporter.report(endEvent(ExitCode::Done,
            "Nothing was written and nothing is trusted. Compare the fingerprint with what the counterparty tells you "
            "by "
            "another way, such as the telephone; then give it with --fingerprint, and --out"));
        return ExitCode::Done;
    }
    const auto named = std::find_if(shown->begin(), shown->end(),
        [&](const auto& certificate) { return tls::fingerprint(*certificate) == trust.fingerprint; });
    if (named == shown->end())
        return refuseCertificate(reporter,
            {Errc::CertificateUntrusted,
                "none of the certificates shown has the fingerprint " + trust.fingerprint
                    + ": it was mistyped, or somebody stands between you and the counterparty"},
            nothing);
    std::ofstream output(trust.out, std::ios::binary);
    output << tls::toPem(**named);
    output.close();
    if (!output)
        return refuseCertificate(reporter, {Errc::Io, trust.out + " cannot be written"}, nothing);
    reporter.report(certificateTrustedEvent(**named, trust.out));
    reporter.report(
        endEvent(ExitCode::Done, "Name the file as `ca` of the session, and the fingerprint in its `pins`"));
    return ExitCode::Done;
}

ExitCode run(const CertAttestation& attestation, Reporter& reporter)
{
    const std::string reason = "Nothing proves where the key was made";
    std::ifstream input(attestation.file, std::ios::binary);
    std::ostringstream content;
    content << input.rdbuf();
    if (!input)
        return refuseCertificate(reporter, {Errc::Io, attestation.file + " cannot be read"}, reason);
    const auto key = cert::checkAttestation(content.str(), attestation.rootsFile, base::SystemClock().utc());
    if (!key)
        return refuseCertificate(reporter, key.error(), reason);
    reporter.report(attestationEvent(*key));
    return ExitCode::Done;
}

}

ExitCode runCertLook(const CertLookCommand& command, Format format, std::ostream& output)
{
    Reporter reporter(output, format);
    return std::visit([&](const auto& what) { return run(what, reporter); }, command.what);
}

}
