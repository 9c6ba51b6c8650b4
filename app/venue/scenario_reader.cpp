#include "app/venue/scenario_reader.h"

#include <algorithm>
#include <array>

namespace venue {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::pair<std::string_view, QuoteFault>, 12> QuoteFaultNames{
    {{"none", QuoteFault::None}, {"without-type", QuoteFault::WithoutType}, {"zero-bid", QuoteFault::ZeroBid},
        {"zero-offer", QuoteFault::ZeroOffer}, {"crossed", QuoteFault::Crossed}, {"wrong-date", QuoteFault::WrongDate},
        {"wrong-currency", QuoteFault::WrongCurrency}, {"wrong-side", QuoteFault::WrongSide},
        {"unknown-request", QuoteFault::UnknownRequest}, {"already-expired", QuoteFault::AlreadyExpired},
        {"no-expiry", QuoteFault::NoExpiry}, {"far-expiry", QuoteFault::FarExpiry}}};

constexpr std::array<std::pair<std::string_view, OrderFault>, 6> OrderFaultNames{
    {{"none", OrderFault::None}, {"never-answer", OrderFault::NeverAnswer}, {"hold-forever", OrderFault::HoldForever},
        {"drop-before-deal", OrderFault::DropBeforeDeal}, {"drop-after-deal", OrderFault::DropAfterDeal},
        {"drop-during-hold", OrderFault::DropDuringHold}}};

constexpr std::array<std::pair<std::string_view, FillFault>, 9> FillFaultNames{
    {{"none", FillFault::None}, {"worse-price", FillFault::WorsePrice}, {"less-quantity", FillFault::LessQuantity},
        {"other-side", FillFault::OtherSide}, {"other-date", FillFault::OtherDate},
        {"other-order", FillFault::OtherOrder}, {"doubled", FillFault::Doubled},
        {"partial-status", FillFault::PartialStatus}, {"cancelled-later", FillFault::CancelledLater}}};

}

std::vector<Scenario> readScenarios(
    const store::TomlTable& root, const std::vector<DealerSettings>& dealers, const MarketSettings& market)
{
    std::vector<Scenario> scenarios;
    for (const store::TomlTable& table : root.tables("scenarios")) {
        Scenario scenario;
        const store::TomlValue dealer = table.required("dealer");
        scenario.dealer = rfq::DealerId(dealer.text().value_or(""));
        if (!scenario.dealer.empty() && std::none_of(dealers.begin(), dealers.end(), [&](const DealerSettings& known) {
                return known.id == scenario.dealer;
            }))
            dealer.refuse("the id of one of [[dealers]]");
        const store::TomlValue symbol = table.optional("symbol");
        scenario.symbol = symbol.text().value_or("");
        if (!scenario.symbol.empty()
            && std::none_of(market.instruments.begin(), market.instruments.end(),
                [&](const InstrumentSettings& entry) { return entry.instrument.symbol == scenario.symbol; }))
            symbol.refuse("the symbol of one of [[instruments]]");
        scenario.quote = table.optional("quote").choice<QuoteFault>(QuoteFaultNames).value_or(scenario.quote);
        scenario.order = table.optional("order").choice<OrderFault>(OrderFaultNames).value_or(scenario.order);
        scenario.fill = table.optional("fill").choice<FillFault>(FillFaultNames).value_or(scenario.fill);
        scenario.rejectEvery = static_cast<int>(table.optional("reject_every").integer(1, 1'000).value_or(0));
        scenario.withdrawAfter = table.optional("withdraw_after").duration(0ms, 1min);
        scenario.silent = table.optional("silent").flag().value_or(false);
        scenarios.push_back(std::move(scenario));
    }
    return scenarios;
}

}
