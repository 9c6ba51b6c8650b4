#include "app/venue/scenario_reader.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace venue {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::pair<std::string_view, QuoteFault>, 12> QuoteFaultNames{
    {{"none", QuoteFault::None}, {"without-type", QuoteFault::WithoutType}, {"zero-bid", QuoteFault::ZeroBid},
        {"zero-offer", QuoteFault::ZeroOffer}, {"crossed", QuoteFault::Crossed}, {"wrong-date", QuoteFault::WrongDate},
        {"wrong-currency", QuoteFault::WrongCurrency}, {"wrong-side", QuoteFault::WrongSide},
        {"unknown-request", QuoteFault::UnknownRequest}, {"already-expired", QuoteFault::AlreadyExpired},
        {"no-expiry", QuoteFault::NoExpiry}, {"far-expiry", QuoteFault::FarExpiry}}};

constexpr std::array<std::pair<std::string_view, OrderFault>, 22> OrderFaultNames{
    {{"none", OrderFault::None}, {"never-answer", OrderFault::NeverAnswer}, {"hold-forever", OrderFault::HoldForever},
        {"late-answer", OrderFault::LateAnswer}, {"drop-before-deal", OrderFault::DropBeforeDeal},
        {"drop-after-deal", OrderFault::DropAfterDeal}, {"drop-after-report", OrderFault::DropAfterReport},
        {"drop-during-hold", OrderFault::DropDuringHold}, {"lose-report", OrderFault::LoseReport},
        {"lose-report-and-numbers", OrderFault::LoseReportAndNumbers}, {"restart", OrderFault::Restart},
        {"restart-without-numbers", OrderFault::RestartWithoutNumbers}, {"reset-session", OrderFault::ResetSession},
        {"logout-before-deal", OrderFault::LogoutBeforeDeal}, {"logout-after-deal", OrderFault::LogoutAfterDeal},
        {"session-reject", OrderFault::SessionReject}, {"business-reject", OrderFault::BusinessReject},
        {"withdraw-then-fill", OrderFault::WithdrawThenFill}, {"withdraw-then-reject", OrderFault::WithdrawThenReject},
        {"replace-then-reject", OrderFault::ReplaceThenReject}, {"fill-after-reject", OrderFault::FillAfterReject},
        {"change-certificate", OrderFault::ChangeCertificate}}};

constexpr std::array<std::pair<std::string_view, FillFault>, 16> FillFaultNames{{{"none", FillFault::None},
    {"worse-price", FillFault::WorsePrice}, {"less-quantity", FillFault::LessQuantity},
    {"other-side", FillFault::OtherSide}, {"other-date", FillFault::OtherDate}, {"other-order", FillFault::OtherOrder},
    {"doubled", FillFault::Doubled}, {"partial-status", FillFault::PartialStatus},
    {"partial-then-status", FillFault::PartialThenStatus}, {"cancelled-later", FillFault::CancelledLater},
    {"corrected-later", FillFault::CorrectedLater}, {"rejected-later", FillFault::RejectedLater},
    {"unknown-status", FillFault::UnknownStatus}, {"unknown-fields", FillFault::UnknownFields},
    {"replayed", FillFault::Replayed}, {"resent", FillFault::Resent}}};

constexpr std::array<std::pair<std::string_view, DeclineBy>, 2> DeclineByNames{
    {{"request-reject", DeclineBy::RequestReject}, {"quote-status", DeclineBy::QuoteStatus}}};

constexpr std::array<std::pair<std::string_view, ResendFault>, 3> ResendNames{
    {{"reports", ResendFault::None}, {"gap-fill", ResendFault::GapFill}, {"ignored", ResendFault::Ignored}}};

constexpr int MostOrders = 1'000'000;

std::vector<std::string> readCodes(const store::TomlValue& value)
{
    std::vector<std::string> codes = value.texts().value_or(std::vector<std::string>{});
    if (value.present() && codes.empty())
        value.refuse("at least one code");
    return codes;
}

rfq::DealerId readDealer(const store::TomlValue& value, const std::vector<DealerSettings>& dealers)
{
    rfq::DealerId id(value.text().value_or(""));
    if (!id.empty()
        && std::none_of(dealers.begin(), dealers.end(), [&](const DealerSettings& known) { return known.id == id; }))
        value.refuse("the id of one of [[dealers]]");
    return id;
}

std::string readSymbol(const store::TomlValue& value, const MarketSettings& market)
{
    std::string symbol = value.text().value_or("");
    if (!symbol.empty()
        && std::none_of(market.instruments.begin(), market.instruments.end(),
            [&](const InstrumentSettings& entry) { return entry.instrument.symbol == symbol; }))
        value.refuse("the symbol of one of [[instruments]]");
    return symbol;
}

void readQuoting(const store::TomlTable& table, Scenario& scenario)
{
    scenario.quote = table.optional("quote").choice<QuoteFault>(QuoteFaultNames).value_or(scenario.quote);
    scenario.silent = table.optional("silent").flag().value_or(false);
    scenario.decline = readCodes(table.optional("decline"));
    scenario.declineText = table.optional("decline_text").text().value_or("");
    scenario.declineBy = table.optional("decline_by").choice<DeclineBy>(DeclineByNames).value_or(scenario.declineBy);
    scenario.quoteLife = table.optional("quote_life").duration(100ms, 1h);
    scenario.withdrawAfter = table.optional("withdraw_after").duration(0ms, 1min);
}

void readDealing(const store::TomlTable& table, Scenario& scenario)
{
    scenario.orderFrom = static_cast<int>(table.optional("order_from").integer(1, MostOrders).value_or(1));
    if (const auto times = table.optional("times").integer(1, MostOrders))
        scenario.times = static_cast<int>(*times);
    scenario.order = table.optional("order").choice<OrderFault>(OrderFaultNames).value_or(scenario.order);
    scenario.fill = table.optional("fill").choice<FillFault>(FillFaultNames).value_or(scenario.fill);
    scenario.hold = table.optional("hold").duration(0ms, 1h);
    scenario.later = table.optional("later").duration(0ms, 12h);
    scenario.rejectEvery = static_cast<int>(table.optional("reject_every").integer(1, 1'000).value_or(0));
    scenario.reject = readCodes(table.optional("reject"));
    scenario.code = table.optional("code").text().value_or("");
    scenario.text = table.optional("text").text().value_or("");
}

LineFaults readLine(const store::TomlTable& table)
{
    LineFaults line;
    line.resend = table.optional("resend").choice<ResendFault>(ResendNames).value_or(line.resend);
    if (const auto most = table.optional("most_messages_per_second").integer(1, 100'000))
        line.mostPerSecond = static_cast<int>(*most);
    const store::TomlValue ahead = table.optional("clock_ahead");
    const store::TomlValue behind = table.optional("clock_behind");
    if (ahead.present() && behind.present())
        behind.refuse("either clock_ahead or clock_behind");
    line.clockError = ahead.duration(0ms, 24h).value_or(0ms) - behind.duration(0ms, 24h).value_or(0ms);
    return line;
}

}

Misbehaviour readMisbehaviour(
    const store::TomlTable& root, const std::vector<DealerSettings>& dealers, const MarketSettings& market)
{
    Misbehaviour all;
    for (const store::TomlTable& table : root.tables("scenarios")) {
        Scenario scenario;
        scenario.dealer = readDealer(table.optional("dealer"), dealers);
        scenario.symbol = readSymbol(table.optional("symbol"), market);
        readQuoting(table, scenario);
        readDealing(table, scenario);
        all.scenarios.push_back(std::move(scenario));
    }
    all.line = readLine(root.table("line"));
    return all;
}

base::Result<Misbehaviour> readScenarioFile(
    const std::filesystem::path& file, const std::vector<DealerSettings>& dealers, const MarketSettings& market)
{
    const auto document = store::TomlDocument::open(file);
    if (!document)
        return document.error();
    Misbehaviour all = readMisbehaviour(document->root(), dealers, market);
    if (const base::Status status = document->finish(); !status)
        return status.error();
    return all;
}

void append(Misbehaviour& misbehaviour, Misbehaviour after)
{
    std::move(after.scenarios.begin(), after.scenarios.end(), std::back_inserter(misbehaviour.scenarios));
    LineFaults& line = misbehaviour.line;
    if (line.resend == ResendFault::None)
        line.resend = after.line.resend;
    if (!line.mostPerSecond)
        line.mostPerSecond = after.line.mostPerSecond;
    if (line.clockError == 0ms)
        line.clockError = after.line.clockError;
}

}
