#include "app/venue/settings_reader.h"

#include "app/venue/audit_reader.h"
#include "app/venue/catalogue_reader.h"
#include "app/venue/gateway_reader.h"
#include "app/venue/pep_reader.h"
#include "app/venue/scenario_reader.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace venue {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::pair<std::string_view, SessionKind>, 2> KindNames{
    {{"venue", SessionKind::Venue}, {"direct", SessionKind::Direct}}};

constexpr std::array<std::pair<std::string_view, UnknownOrderStyle>, 2> UnknownOrderNames{
    {{"status", UnknownOrderStyle::Status}, {"reject", UnknownOrderStyle::Reject}}};

constexpr std::array<std::pair<std::string_view, Enquiry>, 4> EnquiryNames{
    {{"order-status", Enquiry::OrderStatus}, {"mass-status", Enquiry::MassStatus},
        {"trade-capture", Enquiry::TradeCapture}, {"quote-status", Enquiry::QuoteStatus}}};

ListenerSettings readListener(const store::TomlTable& table)
{
    ListenerSettings listener;
    listener.host = table.optional("host").text().value_or(listener.host);
    listener.port = static_cast<std::uint16_t>(table.optional("port").integer(0, 65'535).value_or(0));
    listener.certificate = table.required("certificate").path().value_or("");
    listener.key = table.required("key").path().value_or("");
    listener.nextCertificate = table.optional("next_certificate").path();
    const store::TomlValue nextKey = table.optional("next_key");
    listener.nextKey = nextKey.path();
    if (listener.nextCertificate.has_value() != listener.nextKey.has_value())
        nextKey.refuse("next_certificate and next_key together");
    listener.clientAuthority = table.required("client_authority").path().value_or("");
    listener.revocations = table.optional("revocations").path();
    listener.ocspAnswer = table.optional("ocsp_answer").path();
    listener.proveEvery = table.optional("prove_every").duration(10s, 24h).value_or(listener.proveEvery);
    listener.store = table.required("store").path().value_or("");
    listener.messageLog = table.optional("message_log").path();
    return listener;
}

bool isFingerprint(const std::string& text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::set<std::string> readPins(const store::TomlValue& value)
{
    const std::vector<std::string> pins = value.texts().value_or(std::vector<std::string>{});
    if (!std::all_of(pins.begin(), pins.end(), isFingerprint))
        value.refuse("SHA-256 fingerprints: 64 lower-case hexadecimal digits each");
    return {pins.begin(), pins.end()};
}

/// The dealers that the client of this name may ask.
using DealersFor = std::function<std::vector<rfq::DealerId>(const rfq::SessionId&)>;

/// The dealers behind a session: those that are named, or all of a venue.
std::vector<rfq::DealerId> readSessionDealers(
    const store::TomlTable& table, SessionKind kind, const std::vector<rfq::DealerId>& all)
{
    const bool direct = kind == SessionKind::Direct;
    const store::TomlValue value = direct ? table.required("dealers") : table.optional("dealers");
    const auto named = value.texts();
    if (!named)
        return all;
    std::vector<rfq::DealerId> dealers;
    for (const std::string& id : *named)
        dealers.emplace_back(id);
    const auto isKnown = [&](const rfq::DealerId& id) { return std::find(all.begin(), all.end(), id) != all.end(); };
    if (!std::all_of(dealers.begin(), dealers.end(), isKnown))
        value.refuse("ids of [[dealers]] only, or of dealers that an [[upstream]] has for this client");
    if (direct && dealers.size() != 1)
        value.refuse("exactly one dealer on a direct session");
    return dealers;
}

std::set<Enquiry> readEnquiries(const store::TomlValue& value, std::set<Enquiry> usual)
{
    const auto names = value.texts();
    if (!names)
        return usual;
    std::set<Enquiry> enquiries;
    for (const std::string& name : *names) {
        const auto* known = std::find_if(
            EnquiryNames.begin(), EnquiryNames.end(), [&name](const auto& entry) { return entry.first == name; });
        if (known == EnquiryNames.end())
            value.refuse("order-status, mass-status, trade-capture and quote-status only");
        else
            enquiries.insert(known->second);
    }
    return enquiries;
}

SessionSettings readSession(const store::TomlTable& table, const DealersFor& dealersFor)
{
    SessionSettings session;
    session.name = rfq::SessionId(table.required("name").text().value_or(""));
    session.kind = table.required("kind").choice<SessionKind>(KindNames).value_or(SessionKind::Venue);
    session.senderCompId = table.required("sender_comp_id").text().value_or("");
    session.targetCompId = table.required("target_comp_id").text().value_or("");
    session.certificateName = table.required("certificate_name").text().value_or("");
    session.certificatePins = readPins(table.optional("certificate_pins"));
    session.dealers = readSessionDealers(table, session.kind, dealersFor(session.name));
    session.supports = readEnquiries(table.optional("supports"), session.supports);
    session.unknownOrder =
        table.optional("reject_style").choice<UnknownOrderStyle>(UnknownOrderNames).value_or(session.unknownOrder);
    return session;
}

std::vector<SessionSettings> readSessions(const store::TomlTable& root, const DealersFor& dealersFor)
{
    const std::vector<store::TomlTable> tables = root.tables("sessions");
    if (tables.empty())
        root.required("sessions").refuse("at least one [[sessions]] table");
    std::vector<SessionSettings> sessions;
    for (const store::TomlTable& table : tables) {
        SessionSettings session = readSession(table, dealersFor);
        for (const SessionSettings& other : sessions) {
            if (other.name == session.name)
                table.required("name").refuse("a name that no other session has");
            if (other.senderCompId == session.senderCompId && other.targetCompId == session.targetCompId)
                table.required("target_comp_id").refuse("a pair of CompIDs that no other session has");
        }
        sessions.push_back(std::move(session));
    }
    return sessions;
}

base::Result<Misbehaviour> playedScenarios(
    const std::vector<std::filesystem::path>& files, const VenueSettings& settings)
{
    Misbehaviour played;
    for (const std::filesystem::path& file : files) {
        auto read = readScenarioFile(file, settings.dealers, settings.market);
        if (!read)
            return read.error();
        append(played, *std::move(read));
    }
    return played;
}

bool changesCertificate(const std::vector<Scenario>& scenarios)
{
    return std::any_of(scenarios.begin(), scenarios.end(),
        [](const Scenario& scenario) { return scenario.order == OrderFault::ChangeCertificate; });
}

std::vector<rfq::DealerId> idsOf(const std::vector<DealerSettings>& dealers)
{
    std::vector<rfq::DealerId> ids;
    ids.reserve(dealers.size());
    for (const DealerSettings& dealer : dealers)
        ids.push_back(dealer.id);
    return ids;
}

/// In front of real counterparties: no catalogue, no scenarios, no chance.
base::Result<ProgramSettings> readGatewaySettings(
    const store::TomlDocument& document, ProgramSettings settings, const std::vector<std::filesystem::path>& scenarios)
{
    const store::TomlTable root = document.root();
    refuseSimulation(root);
    settings.venue.sessions =
        readSessions(root, [&](const rfq::SessionId& client) { return dealersFor(root, *settings.gateway, client); });
    if (const base::Status status = document.finish(); !status)
        return status.error();
    if (!scenarios.empty())
        return base::Error{base::Errc::Configuration,
            scenarios.front().string() + ": a gateway plays no scenarios: its dealers are real"};
    return settings;
}

base::Result<Catalogue> catalogueFor(const store::TomlTable& root)
{
    const auto file = root.optional("catalogue").path();
    return file ? readCatalogue(*file) : builtInCatalogue();
}

}

base::Result<ProgramSettings> readSettings(
    const std::filesystem::path& file, const std::vector<std::filesystem::path>& scenarios)
{
    const base::Result<store::TomlDocument> document = store::TomlDocument::open(file);
    if (!document)
        return document.error();
    const store::TomlTable root = document.value().root();
    ProgramSettings settings;
    settings.listener = readListener(root.table("listener"));
    settings.pep = readPep(root);
    settings.gateway = readGateway(root, settings.listener);
    const bool hasToken = settings.gateway && std::holds_alternative<auth::TokenSettings>(settings.gateway->identity);
    settings.audit = readAudit(root.table("audit"), hasToken ? SigningToken::Present : SigningToken::Absent);
    if (settings.gateway)
        return readGatewaySettings(document.value(), std::move(settings), scenarios);
    base::Result<Catalogue> catalogue = catalogueFor(root);
    if (!catalogue)
        return catalogue.error();
    settings.venue.seed = static_cast<std::uint64_t>(root.optional("seed").integer(0, INT64_MAX).value_or(1));
    settings.venue.sessions =
        readSessions(root, [all = idsOf(catalogue.value().dealers)](const rfq::SessionId&) { return all; });
    const store::TomlValue scenario = root.optional("scenario");
    Misbehaviour written = readMisbehaviour(root, catalogue.value().dealers, catalogue.value().market);
    std::vector<std::filesystem::path> files = scenarios;
    if (const auto named = scenario.path())
        files.push_back(*named);
    settings.venue.requests = std::move(catalogue.value().requests);
    settings.venue.market = std::move(catalogue.value().market);
    settings.venue.dealers = std::move(catalogue.value().dealers);
    if (const base::Status status = document.value().finish(); !status)
        return status.error();

    auto played = playedScenarios(files, settings.venue);
    if (!played)
        return played.error();
    append(*played, std::move(written));
    if (changesCertificate(played->scenarios) && !settings.listener.nextCertificate)
        return base::Error{base::Errc::Configuration,
            file.string()
                + ": a scenario changes the certificate: expected listener.next_certificate and "
                  "listener.next_key, found neither"};
    settings.venue.scenarios = std::move(played->scenarios);
    settings.venue.line = played->line;
    return settings;
}

}
