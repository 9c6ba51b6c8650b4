#include "core/fix/dialect.h"

#include "core/fix/tags.h"

namespace fix {

std::vector<Party> partiesOf(const WireMessage& message)
{
    std::vector<Party> parties;
    for (const auto& [tag, text] : message.fields) {
        if (tag == tag::PartyId)
            parties.push_back({text, {}});
        else if (tag == tag::PartyRole && !parties.empty())
            parties.back().role = text;
    }
    return parties;
}

std::string_view quotingPartyOf(const WireMessage& message)
{
    std::string_view party;
    std::string_view quoting;
    for (const auto& [tag, text] : message.fields) {
        if (tag == tag::PartyId)
            party = text;
        else if (tag == tag::PartyRole && (text == role::LiquidityProvider || text == role::ExecutionVenue))
            quoting = party;
    }
    return quoting;
}

void addDealers(WireMessage& message, const std::vector<rfq::DealerId>& dealers)
{
    if (dealers.empty())
        return;
    message.add(tag::NoPartyIds, std::to_string(dealers.size()));
    for (const auto& dealer : dealers) {
        message.add(tag::PartyId, dealer.text());
        message.add(tag::PartyIdSource, "D");
        message.add(tag::PartyRole, std::string(role::LiquidityProvider));
    }
}

std::optional<rfq::Side> sideIn(std::optional<std::string_view> text)
{
    if (text == "1")
        return rfq::Side::Buy;
    if (text == "2")
        return rfq::Side::Sell;
    return std::nullopt;
}

const char* sideText(rfq::Side side)
{
    return side == rfq::Side::Buy ? "1" : "2";
}

std::optional<rfq::Side> translated(
    rfq::Side side, rfq::SideReference reference, std::string_view symbol, std::string_view currency)
{
    if (reference == rfq::SideReference::DealtCurrency)
        return side;
    const std::size_t slash = symbol.find('/');
    if (slash == std::string_view::npos || currency.empty())
        return std::nullopt;
    if (currency == symbol.substr(0, slash))
        return side;
    if (currency == symbol.substr(slash + 1))
        return opposite(side);
    return std::nullopt;
}

const char* settlTypeText(rfq::Tenor tenor)
{
    return tenor == rfq::Tenor::Spot ? "0" : "6";
}

}
