#include "app/config/config_sections.h"
#include "app/config/setting_names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace app {

namespace {

using namespace std::chrono_literals;
using store::TomlTable;
using store::TomlValue;

constexpr Names<rfq::DealerNaming, 2> DealerNamings{
    {{"parties", rfq::DealerNaming::Parties}, {"session", rfq::DealerNaming::Session}}};
constexpr Names<rfq::AcceptStyle, 2> AcceptStyles{
    {{"previously-quoted", rfq::AcceptStyle::PreviouslyQuoted}, {"quote-response", rfq::AcceptStyle::QuoteResponse}}};
constexpr Names<rfq::SideReference, 2> SideReferences{
    {{"dealt", rfq::SideReference::DealtCurrency}, {"base", rfq::SideReference::BaseCurrency}}};
constexpr Names<rfq::ZeroPrice, 2> ZeroPrices{
    {{"no-price", rfq::ZeroPrice::MeansNoPrice}, {"error", rfq::ZeroPrice::IsAnError}}};
constexpr Names<char, 2> TimesInForce{{{"fok", '4'}, {"ioc", '3'}}};
constexpr Names<rfq::Inquiry, 5> Inquiries{{{"order-status", rfq::Inquiry::OrderStatus},
    {"mass-status", rfq::Inquiry::MassStatus}, {"trade-capture", rfq::Inquiry::TradeCapture},
    {"quote-status", rfq::Inquiry::QuoteStatus}, {"replay", rfq::Inquiry::Replay}}};
/// Those that a dealer's code can mean; None and Unknown say that there is no meaning.
constexpr std::array Categories{rfq::RejectCategory::PriceMoved, rfq::RejectCategory::TooLate,
    rfq::RejectCategory::NoLiquidity, rfq::RejectCategory::Credit, rfq::RejectCategory::PricingOutage,
    rfq::RejectCategory::Regulatory, rfq::RejectCategory::RiskLimit, rfq::RejectCategory::StaticData,
    rfq::RejectCategory::NotEntitled, rfq::RejectCategory::UnsupportedProduct, rfq::RejectCategory::Duplicate,
    rfq::RejectCategory::Passed, rfq::RejectCategory::Exceptional};

Profiles builtInProfiles()
{
    rfq::Profile direct;
    direct.dealerNaming = rfq::DealerNaming::Session;
    return {{"venue", rfq::Profile{}}, {"direct", direct}};
}

/// In the ladder's order, whatever the order in the file; an empty array: it can answer none.
std::vector<rfq::Inquiry> readInquiries(const TomlValue& value, std::vector<rfq::Inquiry> usual)
{
    const auto texts = value.texts();
    if (!texts)
        return usual;
    std::vector<rfq::Inquiry> read;
    for (const auto& [name, inquiry] : Inquiries) {
        if (std::ranges::find(*texts, name) != texts->end())
            read.push_back(inquiry);
    }
    for (const std::string& text : *texts) {
        if (std::ranges::find(Inquiries, text, &std::pair<std::string_view, rfq::Inquiry>::first) == Inquiries.end())
            value.refuse(
                "any of order-status, mass-status, trade-capture, quote-status and replay, not '" + text + "'");
    }
    return read;
}

void readRejectCodes(const TomlTable& table, rfq::Profile& profile)
{
    std::vector<std::pair<std::string_view, rfq::RejectCategory>> names;
    for (const rfq::RejectCategory category : Categories)
        names.emplace_back(nameOf(category), category);
    for (const std::string& code : table.keys()) {
        if (const auto category = table.optional(code).choice<rfq::RejectCategory>(names))
            profile.rejectCodes.insert_or_assign(code, *category);
    }
}

void readRecovery(const TomlTable& table, rfq::Profile& profile)
{
    profile.inquiries = readInquiries(table.optional("inquiries"), std::move(profile.inquiries));
    take(profile.inquiryPatience, table.optional("inquiry_patience").duration(100ms, 10min));
    take(profile.inquiryRetry, table.optional("inquiry_retry").duration(100ms, 1h));
    take(profile.statusGrace, table.optional("status_grace").duration(0ms, 1h));
}

void readProfileTimes(const TomlTable& table, rfq::Profile& profile)
{
    take(profile.quoteLifeCap, table.optional("quote_life_cap").duration(100ms, 1h));
    take(profile.quoteSafety, table.optional("quote_safety").duration(0ms, 10s));
    take(profile.quoteLifeDefault, table.optional("quote_life_default").duration(100ms, 1h));
    take(profile.quoteAge, table.optional("quote_age").duration(10ms, 1min));
    take(profile.holdSoft, table.optional("hold_soft").duration(100ms, 1h));
    const TomlValue holdHard = table.optional("hold_hard");
    take(profile.holdHard, holdHard.duration(100ms, 1h));
    if (profile.holdHard <= profile.holdSoft)
        holdHard.refuse("more than hold_soft");
}

/// On top of `profile`, where a new one starts.
rfq::Profile readProfile(const TomlTable& table, rfq::Profile profile)
{
    take(profile.dealerNaming, table.optional("dealer_naming").choice<rfq::DealerNaming>(DealerNamings));
    take(profile.acceptStyle, table.optional("accept").choice<rfq::AcceptStyle>(AcceptStyles));
    take(profile.sideReference, table.optional("side").choice<rfq::SideReference>(SideReferences));
    take(profile.zeroPrice, table.optional("zero_price").choice<rfq::ZeroPrice>(ZeroPrices));
    take(profile.timeInForce, table.optional("time_in_force").choice<char>(TimesInForce));
    if (const TomlValue account = table.optional("account"); account.present())
        profile.account = readIdentifier(account);
    readProfileTimes(table, profile);
    readRecovery(table, profile);
    readRejectCodes(table.table("reject_codes"), profile);
    return profile;
}

}

std::string listOf(const Profiles& profiles)
{
    std::string list;
    for (const auto& [name, profile] : profiles)
        list += (list.empty() ? "\"" : ", \"") + name + "\"";
    return list;
}

Profiles readProfiles(const TomlTable& root)
{
    Profiles profiles = builtInProfiles();
    for (const TomlTable& table : root.tables("profile")) {
        const TomlValue name = table.required("name");
        const std::string text = name.text().value_or("");
        if (profiles.contains(text))
            name.refuse("a name of its own, not that of another profile (\"venue\" and \"direct\" are built in)");
        const TomlValue based = table.optional("based_on");
        const auto start = profiles.find(based.text().value_or("venue"));
        if (start == profiles.end()) {
            based.refuse("a profile above: one of " + listOf(profiles));
            continue;
        }
        profiles.emplace(text, readProfile(table, start->second));
    }
    return profiles;
}

}
