#include "ui/models/trades_model.h"

#include "ui/models/rfq_view.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Trades)
};

constexpr int CheckColumn = 8;

QString checkText(const rfq::Trade& trade)
{
    const auto differs = text(trade.discrepancy);
    switch (trade.state) {
    case rfq::TradeState::Booked:
        return differs.isEmpty() ? Words::tr("as accepted") : Words::tr("DIFFERS: %1").arg(differs);
    case rfq::TradeState::Corrected:
        return differs.isEmpty() ? Words::tr("CORRECTED by the dealer")
                                 : Words::tr("CORRECTED by the dealer: %1").arg(differs);
    case rfq::TradeState::Busted:
        return Words::tr("BUSTED: the dealer took it back, it counts for nothing");
    }
    return {};
}

rfq::Severity severityOf(const rfq::Trade& trade)
{
    if (trade.state == rfq::TradeState::Busted || !trade.discrepancy.empty())
        return rfq::Severity::Alarm;
    return trade.state == rfq::TradeState::Corrected ? rfq::Severity::Warning : rfq::Severity::Info;
}

std::vector<TradesModel::Column> columns()
{
    return {
        {Words::tr("Time UTC"), [](const TradeRow& row) { return timeText(row.trade.time); },
            [](const TradeRow& row) {
                return QVariant(static_cast<qlonglong>(row.trade.time.time_since_epoch().count()));
            }},
        {Words::tr("Instrument"), [](const TradeRow& row) { return text(row.trade.instrument.symbol); }},
        {Words::tr("Side"), [](const TradeRow& row) { return sideText(row.trade.side); }},
        {Words::tr("Amount"),
            [](const TradeRow& row) -> QString {
                return amountText(row.trade.quantity) + u' ' + text(row.trade.currency);
            },
            [](const TradeRow& row) {
                const auto units = row.trade.quantity.rescaled(0);
                return QVariant(static_cast<qlonglong>(units ? units->mantissa() : 0));
            },
            NumberAlignment},
        {Words::tr("Price"), [](const TradeRow& row) { return text(row.trade.price.text); }, nullptr, NumberAlignment},
        {Words::tr("Counter amount"),
            [](const TradeRow& row) {
                return counterAmountText(row.trade.quantity, row.trade.currency, row.trade.instrument, row.trade.price);
            },
            nullptr, NumberAlignment},
        {Words::tr("Value date"), [](const TradeRow& row) { return valueDateText(row.trade.settlement); }},
        {Words::tr("Dealer"), [](const TradeRow& row) { return row.dealer; }},
        {Words::tr("Check"), [](const TradeRow& row) { return checkText(row.trade); }},
        {Words::tr("Trade"), [](const TradeRow& row) { return text(row.trade.execId.text()); }},
        {Words::tr("Order"), [](const TradeRow& row) { return text(row.trade.clOrdId.text()); }},
    };
}

}

TradesModel::TradesModel(QObject* parent)
    : RowsModel(columns(), parent)
{
}

void TradesModel::refresh(const rfq::RfqService& service)
{
    const auto& trades = service.trades();
    const auto known = rows().size();
    std::vector<std::pair<int, TradeRow>> changes;
    for (std::size_t i = 0; i < std::min(known, trades.size()); ++i) {
        const auto position = static_cast<int>(known - 1 - i);
        if (!(row(position).trade == trades[i]))
            changes.emplace_back(position, TradeRow{trades[i], dealerName(service.settings(), trades[i].dealer)});
    }
    replace(changes);
    std::vector<TradeRow> fresh;
    for (std::size_t i = known; i < trades.size(); ++i)
        fresh.insert(fresh.begin(), TradeRow{trades[i], dealerName(service.settings(), trades[i].dealer)});
    prepend(std::move(fresh));
}

QVariant TradesModel::data(const QModelIndex& index, int role) const
{
    // What says that it was taken back must stay easy to read.
    return role == VoidRole && index.column() == CheckColumn ? QVariant(false) : RowsModel::data(index, role);
}

QVariant TradesModel::rowData(const TradeRow& row, int role) const
{
    switch (role) {
    case IdRole:
        return text(row.trade.rfq.text());
    case SeverityRole:
        return static_cast<int>(severityOf(row.trade));
    case VoidRole:
        return row.trade.state == rfq::TradeState::Busted;
    default:
        return {};
    }
}

}
