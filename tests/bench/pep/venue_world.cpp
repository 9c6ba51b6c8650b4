#include "tests/bench/pep/venue_world.h"

#include "app/venue/settings_reader.h"
#include "core/pep/fingerprint_text.h"
#include "core/pep/identity_database.h"
#include "core/store/access_policy_reader.h"
#include "core/tls/identity.h"
#include "tests/support/cms_signature.h"

namespace bench {

namespace {

constexpr const char* Market = R"(
[currencies]
USD = { rate_percent = "3.85" }
EUR = { rate_percent = "1.95" }
[[instruments]]
symbol = "EUR/USD"
mid = "1.15342"
spread_pips = "0.4"
move_pips = "0.2"
)";

/// "FIRM", and others of its kind: each answers at once, with a price that is firm for as long as anybody's.
std::string catalogue()
{
    std::string text = Market;
    for (const char* dealer : Dealers)
        text += std::string("[[dealers]]\nid = \"") + dealer + "\"\nname = \"" + dealer
            + " Bank\"\nspread_percent = 100\nlean_percent = 10\nmost = 50_000_000\n"
              "delay = { least = \"0ms\", most = \"0ms\" }\nlife = { least = \"4s\", most = \"4s\" }\n";
    return text;
}

/// The shipped policy knows no country and would deny everybody: here this machine is where people are expected.
std::string localPolicy()
{
    std::string text(store::defaultAccessPolicyText());
    const std::string none = "countries = []";
    const auto at = text.find(none);
    if (at == std::string::npos)
        fail("the shipped policy names countries");
    text.replace(at, none.size(), "countries = [\"DE\"]");
    const auto end = text.find("[end]");
    return text.insert(end, "[[place]]\nnetwork = \"127.0.0.0/8\"\ncountry = \"DE\"\n\n");
}

template <typename T>
T taken(base::Result<T> result, const char* what)
{
    if (!result)
        fail(std::string(what) + ": " + result.error().detail);
    return *std::move(result);
}

}

VenueWorld::VenueWorld(int people)
{
    support::CertificateOptions server;
    server.commonName = "venue";
    server.dnsNames = {"localhost"};
    m_server = std::make_shared<tls::Identity>(m_ca.issue(server));
    m_files.write("venue.pem", support::pemOf(*m_server->certificate));
    m_files.write("venue.key", support::pemOf(*m_server->key));
    tls::TrustPolicy trust;
    trust.caFile = m_files.write("ca.pem", m_ca.pem()).string();
    trust.serverName = "localhost";
    std::string sessions;
    for (int i = 0; i < people; ++i) {
        support::CertificateOptions desk;
        desk.commonName = nameOf(i);
        desk.purpose = support::Purpose::Client;
        const auto identity = std::make_shared<tls::Identity>(m_ca.issue(desk));
        m_fingerprints.push_back(tls::fingerprint(*identity->certificate));
        m_clients.push_back(taken(tls::Context::forClient(trust, identity), "a client's context"));
        sessions += "[[sessions]]\nname = \"" + nameOf(i)
            + "\"\nkind = \"venue\"\nsender_comp_id = \"VENUE\"\ntarget_comp_id = \"" + compIdOf(i)
            + "\"\ncertificate_name = \"" + nameOf(i) + "\"\n";
    }
    m_files.write("roots.pem", m_ca.pem());
    support::CertificateOptions officer;
    officer.commonName = "officer";
    officer.purpose = support::Purpose::CodeSigning;
    const tls::Identity signer = m_ca.issue(officer);
    m_files.write("officer.pem", support::pemOf(*signer.certificate));
    const std::string policy = localPolicy();
    m_files.write("policy.toml", policy);
    m_files.write("policy.toml.cms", support::cmsSignature(signer, policy));
    m_files.write("dealers.toml", catalogue());
    m_files.write("venue.toml",
        "catalogue = \"dealers.toml\"\n"
        "[listener]\ncertificate = \"venue.pem\"\nkey = \"venue.key\"\nclient_authority = \"ca.pem\"\nstore = "
        "\"store\"\n"
        "[pep]\nrp_id = \"stepup.desk.example\"\nidentities = \"identities.sqlite\"\nattestation_roots = "
        "\"roots.pem\"\n"
        "security_keys = [\"2fc0579f-8113-47ea-b116-bb5a8db9202a\"]\n"
        "policy = \"policy.toml\"\npolicy_id = \"default\"\npolicy_signers = \"officer.pem\"\npolicy_kept = \"kept\"\n"
        "[[pep.rule]]\nname = \"none\"\ntrigger = \"quote-request\"\nby = \"user\"\nthreshold = 10000\nwindow = "
        "\"1s\"\n"
        "action = [\"alert\"]\n"
            + sessions);
    m_settings = taken(venue::readSettings(m_files.path() / "venue.toml"), "the configuration");
    enrol(people);
}

void VenueWorld::enrol(int people)
{
    const auto database = taken(pep::IdentityDatabase::open(m_files.path() / "identities.sqlite"), "identities");
    const base::Status enrolled = database->atomically([&]() -> base::Status {
        for (int i = 0; i < people; ++i) {
            pep::UserRecord user;
            user.user = stepup::UserId(nameOf(i));
            pep::CertificateRecord certificate;
            certificate.fingerprint = *pep::fingerprintOf(m_fingerprints[static_cast<std::size_t>(i)]);
            certificate.key = pep::KeyHome::Hardware;
            certificate.attestation = "slot=9a serial=1 firmware=5.4.3 pin=once touch=never";
            certificate.device = pep::DeviceRecord::Managed;
            user.certificates = {certificate};
            user.entitlements[{nameOf(i), "default"}] = {
                .activities = {zerotrust::Activity::View, zerotrust::Activity::RequestQuote,
                    zerotrust::Activity::Accept},
                .instruments = {"EUR/USD", "GBP/USD", "USD/JPY"},
                .sides = {zerotrust::Side::Buy, zerotrust::Side::Sell},
                .maxQuantity = {{"EUR", *base::Decimal::parse("50000000")}},
                .dealers = {"*"}};
            if (const auto added = database->add(user); !added)
                return added;
        }
        return base::Ok{};
    });
    if (!enrolled)
        fail("identities: " + enrolled.error().detail);
}

std::shared_ptr<tls::Context> VenueWorld::server() const
{
    tls::TrustPolicy trust;
    trust.caFile = (m_files.path() / "ca.pem").string();
    return taken(tls::Context::forServer(trust, m_server), "the server's context");
}

std::unique_ptr<RunningVenue> VenueWorld::open(Pep pep)
{
    venue::ProgramSettings settings = m_settings;
    if (pep == Pep::Without)
        settings.pep.reset();
    settings.listener.store = m_files.path() / ("store" + std::to_string(++m_runs));
    settings.audit = venue::AuditSettings{.trail = settings.listener.store / "audit.sqlite",
        .signingKey = m_files.path() / "venue.key",
        .anchor = {},
        .syslog = {}};
    return std::make_unique<RunningVenue>(settings, m_clock);
}

RunningVenue::RunningVenue(const venue::ProgramSettings& settings, const base::Clock& clock)
    : m_log(m_lines, clock)
{
    const auto& store = settings.listener.store;
    m_book = taken(venue::OrderBook::open(store), "the order book");
    m_lines.open(store / "venue.log");
    m_station =
        taken(venue::AuditStation::open(*settings.audit, nullptr, {.host = "bench", .processId = "1", .version = "1"},
                  clock, m_log, [] { fail("a record of the audit trail is lost"); }),
            "the audit trail");
    std::map<std::string, std::string> users;
    for (const auto& session : settings.venue.sessions)
        users.emplace(session.name.text(), session.certificateName);
    m_audited.emplace(m_log, m_station->recorder(), clock, std::move(users));
    m_board.emplace(*m_audited, venue::statusFileOf(store), "1", clock);
    m_access.emplace(m_log, &*m_audited, &*m_board);
    m_server = taken(venue::VenueServer::open(settings, m_doorbell, *m_board, *m_access, clock, *m_book), "the venue");
    m_thread = std::thread([this] { m_server->run(); });
}

RunningVenue::~RunningVenue()
{
    m_doorbell.close();
    m_thread.join();
}

}
