#include "app/venue/acceptor_settings.h"

#include <cstddef>

namespace venue {

namespace {

constexpr std::size_t MostUndrained = 1'000; ///< messages of one client; then it is not read until these are taken

fix::Resend resendOf(ResendFault fault)
{
    switch (fault) {
    case ResendFault::None:
        return fix::Resend::Reports;
    case ResendFault::GapFill:
        return fix::Resend::GapFill;
    case ResendFault::Ignored:
        return fix::Resend::Nothing;
    }
    return fix::Resend::Reports;
}

}

fix::AcceptorSettings acceptorSettings(const ProgramSettings& settings)
{
    const ListenerSettings& listener = settings.listener;
    fix::AcceptorSettings made;
    made.host = listener.host;
    made.port = listener.port;
    made.trust.caFile = listener.clientAuthority.string();
    made.trust.crlFile = listener.revocations ? listener.revocations->string() : "";
    made.proveEvery = listener.proveEvery;
    made.mostUndrained = MostUndrained;
    made.admission = settings.pep ? fix::Admission::Asked : fix::Admission::ByCertificate;
    made.stapleFile = listener.ocspAnswer ? listener.ocspAnswer->string() : "";
    made.storeDirectory = listener.store;
    made.logDirectory = listener.messageLog.value_or("");
    // What was sent before is sent again only by the venue, once the client is allowed: never by the session itself.
    const bool holdsBack = settings.pep && settings.venue.line.resend == ResendFault::None;
    const fix::Resend resend = holdsBack ? fix::Resend::GapFill : resendOf(settings.venue.line.resend);
    for (const SessionSettings& session : settings.venue.sessions)
        made.sessions.push_back({session.name, session.senderCompId, session.targetCompId, session.certificateName,
            session.certificatePins, resend});
    return made;
}

}
