#include "app/venue/gateway_reader.h"

#include "app/config/config_sections.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

namespace venue {

namespace {

constexpr const char* Folder = "upstream";

/// The reader takes the identity from a token where there is [gateway.token], else from files.
std::variant<PemIdentity, auth::TokenSettings> readIdentity(const store::TomlTable& gateway)
{
    const store::TomlTable token = gateway.table("token");
    const store::TomlValue certificate = gateway.optional("certificate");
    const store::TomlValue key = gateway.optional("key");
    if (token.present()) {
        for (const store::TomlValue* file : {&certificate, &key})
            if (file->present())
                file->refuse("no file beside [gateway.token]: one identity");
        return app::readToken(token);
    }
    if (!certificate.present())
        gateway.required("certificate").refuse("certificate and key, or a [gateway.token]");
    else if (!key.present())
        gateway.required("key").refuse("the key of the certificate");
    return PemIdentity{certificate.path().value_or(""), key.path().value_or("")};
}

/// One dealer on a direct session, those that are listed on another.
std::vector<rfq::DealerId> readDealers(const store::TomlTable& table, const fix::SessionSettings& session)
{
    const store::TomlValue listed = table.optional("dealers");
    if (session.soleDealer) {
        if (listed.present())
            listed.refuse("no list beside dealer, the one behind a direct session");
        return {*session.soleDealer};
    }
    std::vector<rfq::DealerId> dealers;
    for (const std::string& id : listed.texts().value_or(std::vector<std::string>()))
        dealers.emplace_back(id);
    if (dealers.empty())
        table.required("dealers").refuse("the ids of the dealers behind this session");
    return dealers;
}

void refuseTwice(
    const store::TomlTable& table, const UpstreamSettings& upstream, const std::vector<UpstreamSettings>& others)
{
    for (const UpstreamSettings& other : others) {
        if (other.session.name == upstream.session.name)
            table.required("name").refuse("a name that no other upstream has");
        if (other.session.senderCompId == upstream.session.senderCompId
            && other.session.targetCompId == upstream.session.targetCompId)
            table.required("target_comp_id").refuse("a pair of CompIDs that no other upstream has");
        for (const rfq::DealerId& dealer : upstream.dealers)
            if (std::find(other.dealers.begin(), other.dealers.end(), dealer) != other.dealers.end())
                table.required(upstream.session.soleDealer ? "dealer" : "dealers")
                    .refuse(
                        "dealers of no other upstream; " + dealer.text() + " is behind " + other.session.name.text());
    }
}

UpstreamSettings readUpstream(
    const store::TomlTable& table, const app::Profiles& profiles, const ListenerSettings& listener)
{
    UpstreamSettings upstream;
    upstream.session = app::readInitiator(table, profiles, listener.store / Folder,
        listener.messageLog ? *listener.messageLog / Folder : std::filesystem::path());
    // A touch is a person's: a gateway cannot answer for one.
    if (const auto access = table.optional("access"); access.text().value_or("none") != "none")
        access.refuse("\"none\": a gateway answers no policy enforcement point, the trader's touch ends here");
    if (const auto domain = table.optional("step_up_domain"); domain.present())
        domain.refuse("no domain: a gateway has no security key");
    upstream.dealers = readDealers(table, upstream.session);
    return upstream;
}

/// The clients that an upstream is for; absent: all.
std::optional<std::set<std::string>> clientsOf(const store::TomlTable& upstream)
{
    const auto named = upstream.optional("sessions").texts();
    return named ? std::optional(std::set<std::string>(named->begin(), named->end())) : std::nullopt;
}

void refuseUnknownClients(const store::TomlTable& root, const store::TomlTable& upstream)
{
    std::set<std::string> known;
    for (const store::TomlTable& session : root.tables("sessions"))
        known.insert(session.optional("name").text().value_or(""));
    const auto named = clientsOf(upstream);
    if (named && !std::all_of(named->begin(), named->end(), [&](const auto& name) { return known.contains(name); }))
        upstream.optional("sessions").refuse("names of [[sessions]] only");
}

}

std::optional<GatewaySettings> readGateway(const store::TomlTable& root, const ListenerSettings& listener)
{
    const store::TomlTable table = root.table("gateway");
    const auto upstreams = root.tables("upstream");
    if (!table.present() && upstreams.empty())
        return std::nullopt;
    GatewaySettings settings;
    if (!table.present())
        root.required("gateway").refuse("a [gateway] section: who the gateway is towards the [[upstream]]");
    else
        settings.identity = readIdentity(table);
    if (upstreams.empty())
        root.required("upstream").refuse("at least one [[upstream]]: a gateway has no dealers of its own");
    const app::Profiles profiles = app::readProfiles(root);
    for (const store::TomlTable& each : upstreams) {
        UpstreamSettings upstream = readUpstream(each, profiles, listener);
        refuseTwice(each, upstream, settings.upstreams);
        refuseUnknownClients(root, each);
        settings.upstreams.push_back(std::move(upstream));
    }
    return settings;
}

void refuseSimulation(const store::TomlTable& root)
{
    constexpr const char* Words = "nothing of the kind beside [gateway]: a gateway simulates no dealers";
    for (const char* key : {"catalogue", "scenario", "seed"})
        if (const store::TomlValue value = root.optional(key); value.present())
            value.refuse(Words);
    for (const char* key : {"scenarios", "line", "dealers"})
        if (const store::TomlValue value = root.optional(key); value.present())
            value.refuse(Words);
}

std::vector<rfq::DealerId> dealersFor(
    const store::TomlTable& root, const GatewaySettings& gateway, const rfq::SessionId& client)
{
    std::vector<rfq::DealerId> dealers;
    const auto tables = root.tables("upstream");
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const auto clients = clientsOf(tables[i]);
        if (clients && !clients->contains(client.text()))
            continue;
        const auto& behind = gateway.upstreams[i].dealers;
        dealers.insert(dealers.end(), behind.begin(), behind.end());
    }
    return dealers;
}

}
