#include "app/config/config_sections.h"
#include "app/config/setting_names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

namespace app {

namespace {

using namespace std::chrono_literals;
using store::TomlTable;
using store::TomlValue;

constexpr Names<fix::SequenceReset, 3> SequenceResets{{{"never", fix::SequenceReset::Never},
    {"at-logon", fix::SequenceReset::AtLogon}, {"each-period", fix::SequenceReset::EachPeriod}}};
constexpr Names<fix::NextExpected, 2> NextExpecteds{
    {{"omitted", fix::NextExpected::Omitted}, {"sent", fix::NextExpected::Sent}}};

constexpr Names<tls::Ocsp, 2> OcspNames{{{"when-stapled", tls::Ocsp::WhenStapled}, {"required", tls::Ocsp::Required}}};

tls::TrustPolicy readTrust(const TomlTable& table, const std::string& host)
{
    tls::TrustPolicy trust;
    trust.caFile = readableFile(table.required("ca"));
    if (const TomlValue crl = table.optional("crl"); crl.present())
        trust.crlFile = readableFile(crl);
    trust.serverName = table.optional("server_name").text().value_or(host);
    take(trust.pins, readPins(table.optional("pins")));
    const TomlValue next = table.optional("next_pins");
    take(trust.nextPins, readPins(next));
    if (!trust.nextPins.empty() && trust.pins.empty())
        next.refuse("next_pins beside pins");
    take(trust.ocsp, table.optional("ocsp").choice<tls::Ocsp>(OcspNames));
    return trust;
}

void readTiming(const TomlTable& table, fix::SessionSettings& session)
{
    if (const auto heartbeat = table.optional("heartbeat").duration(1s, 5min))
        session.heartBtInt = std::chrono::duration_cast<std::chrono::seconds>(*heartbeat);
    take(session.connectTimeout, table.optional("connect_timeout").duration(100ms, 2min));
    take(session.logonTimeout, table.optional("logon_timeout").duration(100ms, 2min));
    take(session.reconnectFirst, table.optional("reconnect_first").duration(100ms, 10min));
    const TomlValue most = table.optional("reconnect_most");
    take(session.reconnectMost, most.duration(100ms, 1h));
    if (session.reconnectMost < session.reconnectFirst)
        most.refuse("at least reconnect_first");
}

void readNumbering(const TomlTable& table, fix::SessionSettings& session)
{
    const TomlValue schedule = table.optional("schedule");
    if (const auto text = schedule.text()) {
        const auto parsed = fix::SessionSchedule::parse(*text);
        if (parsed)
            session.schedule = *parsed;
        else
            schedule.refuse(parsed.error().detail);
    }
    const TomlValue reset = table.optional("sequence_reset");
    take(session.reset, reset.choice<fix::SequenceReset>(SequenceResets));
    if (session.reset == fix::SequenceReset::EachPeriod && session.schedule.isAlways())
        reset.refuse("\"each-period\" only with a schedule that has periods, \"daily ..\" or \"weekly ..\"");
    take(session.nextExpected, table.optional("next_expected").choice<fix::NextExpected>(NextExpecteds));
}

enum class AccessChoice { None, Local, Enforced };
constexpr Names<AccessChoice, 3> AccessChoices{
    {{"none", AccessChoice::None}, {"local", AccessChoice::Local}, {"enforced", AccessChoice::Enforced}}};

/// Where the desk has a policy of its own, a session without an enforcement point is judged by it: nobody can forget
/// one, and nobody can leave one out.
void readAccess(const TomlTable& table, const DeskConfig& paths, fix::SessionSettings& session)
{
    const TomlValue value = table.optional("access");
    const auto choice =
        value.choice<AccessChoice>(AccessChoices).value_or(paths.access ? AccessChoice::Local : AccessChoice::None);
    if (choice == AccessChoice::None && paths.access)
        value.refuse("\"local\" or \"enforced\": with [access] no session goes unjudged");
    if (choice != AccessChoice::Enforced) {
        if (const TomlValue domain = table.optional("step_up_domain"); domain.present())
            domain.refuse("no domain without access = \"enforced\"");
        if (choice == AccessChoice::Local)
            session.access = fix::AccessSettings{
                (paths.access ? *paths.access : bareDeskAccess(paths)).enforcement.rpId, fix::AccessJudge::Desk};
        return;
    }
    const TomlValue domain = table.required("step_up_domain");
    const auto rpId = domain.text();
    if (rpId && !isDomain(*rpId))
        domain.refuse("the domain under which security keys are enrolled there, e.g. \"stepup.example.com\"");
    session.access = fix::AccessSettings{rpId.value_or("")};
}

/// A session without a profile has the common shape: direct where it names its one dealer.
void readShape(const TomlTable& table, const Profiles& profiles, fix::SessionSettings& session)
{
    const TomlValue dealer = table.optional("dealer");
    if (dealer.present())
        session.soleDealer = rfq::DealerId(readIdentifier(dealer));
    const TomlValue named = table.optional("profile");
    const std::string name = named.text().value_or(dealer.present() ? "direct" : "venue");
    const auto profile = profiles.find(name);
    if (profile == profiles.end()) {
        named.refuse("a profile: one of " + listOf(profiles));
        return;
    }
    session.profile = profile->second;
    const bool direct = session.profile.dealerNaming == rfq::DealerNaming::Session;
    if (direct && !dealer.present())
        table.required("dealer").refuse("the id of the one dealer behind a direct session");
    if (!direct && dealer.present())
        dealer.refuse("no dealer where the profile names dealers in Parties");
}

/// Reads all sessions and dealers and remembers who was named, so that each can be checked against the other.
class CounterpartyReader {
public:
    CounterpartyReader(const Profiles& profiles, const DeskConfig& paths)
        : m_profiles(profiles)
        , m_paths(paths)
    {
    }

    Counterparties read(const TomlTable& root)
    {
        for (const TomlTable& table : root.tables("session"))
            readSession(table);
        for (const TomlTable& table : root.tables("dealer"))
            readDealer(table);
        if (m_read.sessions.empty())
            root.required("session").refuse("at least one [[session]]");
        if (m_read.dealers.empty())
            root.required("dealer").refuse("at least one [[dealer]]");
        checkSoleDealers();
        return std::move(m_read);
    }

private:
    void readSession(const TomlTable& table)
    {
        fix::SessionSettings session =
            readInitiator(table, m_profiles, m_paths.stateDirectory / "fix", m_paths.logDirectory);
        if (!m_names.insert(session.name.text()).second)
            table.required("name").refuse("a name of its own");
        if (!m_compIds.emplace(session.senderCompId, session.targetCompId).second)
            table.required("target_comp_id").refuse("each pair of sender_comp_id and target_comp_id once");
        readAccess(table, m_paths, session);
        if (session.soleDealer)
            m_soleDealers.emplace_back(table.optional("dealer"), session.name);
        m_read.sessions.push_back(std::move(session));
    }

    void readDealer(const TomlTable& table)
    {
        rfq::Dealer dealer;
        const TomlValue id = table.required("id");
        dealer.id = rfq::DealerId(readIdentifier(id));
        const auto isSame = [&](const rfq::Dealer& other) { return other.id == dealer.id; };
        if (std::ranges::any_of(m_read.dealers, isSame))
            id.refuse("each dealer once");
        dealer.name = table.optional("name").text().value_or(dealer.id.text());
        const TomlValue session = table.required("session");
        dealer.session = rfq::SessionId(session.text().value_or(""));
        checkSessionOf(dealer, session);
        dealer.phone = table.optional("phone").text().value_or("");
        dealer.lastLook = table.optional("last_look").duration(0ms, 1min);
        m_read.dealers.push_back(std::move(dealer));
    }

    void checkSessionOf(const rfq::Dealer& dealer, const TomlValue& value) const
    {
        const auto session = std::ranges::find(m_read.sessions, dealer.session, &fix::SessionSettings::name);
        if (session == m_read.sessions.end())
            value.refuse("the name of a [[session]]");
        else if (session->soleDealer && *session->soleDealer != dealer.id)
            value.refuse("a session that is not another dealer's own");
    }

    void checkSoleDealers() const
    {
        for (const auto& [value, session] : m_soleDealers) {
            const rfq::DealerId id(value.text().value_or(""));
            const auto dealer = std::ranges::find(m_read.dealers, id, &rfq::Dealer::id);
            if (dealer == m_read.dealers.end() || dealer->session != session)
                value.refuse("the id of a [[dealer]] of this session");
        }
    }

    const Profiles& m_profiles;
    const DeskConfig& m_paths;
    Counterparties m_read;
    std::set<std::string> m_names;
    std::set<std::pair<std::string, std::string>> m_compIds;
    std::vector<std::pair<TomlValue, rfq::SessionId>> m_soleDealers;
};

}

fix::SessionSettings readInitiator(const TomlTable& table, const Profiles& profiles,
    const std::filesystem::path& storeDirectory, const std::filesystem::path& logDirectory)
{
    fix::SessionSettings session;
    const TomlValue name = table.required("name");
    session.name = rfq::SessionId(readIdentifier(name));
    if (session.name.text().find('/') != std::string::npos)
        name.refuse("a name of its own without '/'");
    session.host = table.required("host").text().value_or("");
    session.port = static_cast<std::uint16_t>(table.required("port").integer(1, 65'535).value_or(0));
    session.senderCompId = readIdentifier(table.required("sender_comp_id"));
    session.targetCompId = readIdentifier(table.required("target_comp_id"));
    session.trust = readTrust(table, session.host);
    readTiming(table, session);
    readNumbering(table, session);
    readShape(table, profiles, session);
    session.storeDirectory = storeDirectory;
    session.logDirectory = logDirectory;
    return session;
}

Counterparties readCounterparties(const TomlTable& root, const Profiles& profiles, const DeskConfig& paths)
{
    return CounterpartyReader(profiles, paths).read(root);
}

}
