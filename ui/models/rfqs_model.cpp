#include "ui/models/rfqs_model.h"

#include "ui/models/rfq_view.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Rfqs)
};

qlonglong sortable(rfq::UtcTime time)
{
    return static_cast<qlonglong>(time.time_since_epoch().count());
}

std::vector<RfqsModel::Column> columns()
{
    return {
        {Words::tr("Time UTC"), [](const RfqRow& row) { return timeText(row.opened); },
            [](const RfqRow& row) { return QVariant(sortable(row.opened)); }},
        {Words::tr("State"), [](const RfqRow& row) { return row.words; }},
        {Words::tr("Instrument"), [](const RfqRow& row) { return row.instrument; }},
        {Words::tr("Side"), [](const RfqRow& row) { return row.side; }},
        {Words::tr("Amount"), [](const RfqRow& row) { return row.amount; },
            [](const RfqRow& row) { return QVariant(row.quantity); }, NumberAlignment},
        {Words::tr("Value date"), [](const RfqRow& row) { return row.valueDate; }},
        {Words::tr("Price"), [](const RfqRow& row) { return row.price; }, nullptr, NumberAlignment},
        {Words::tr("Dealer"), [](const RfqRow& row) { return row.dealer; }},
        {Words::tr("Answers"), [](const RfqRow& row) { return row.answers; }, nullptr, NumberAlignment},
        {Words::tr("Request"), [](const RfqRow& row) { return text(row.id.text()); }},
    };
}

QString answersOf(const rfq::Rfq& rfq)
{
    if (rfq.dealers.empty())
        return {};
    const auto waiting = std::ranges::count(rfq.dealers, rfq::DealerState::Asked, &rfq::DealerLine::state);
    const auto all = static_cast<int>(rfq.dealers.size());
    return QString::number(all - static_cast<int>(waiting)) + u'/' + QString::number(all);
}

/// Whether the deal as it was accepted says more than the request: its outcome is unknown, or two persons decided it.
bool wasAccepted(const rfq::Rfq& rfq)
{
    if (rfq.acceptances.empty())
        return false;
    const auto last = rfq.acceptances.back().state;
    return last == rfq::AcceptanceState::Unknown || last == rfq::AcceptanceState::Closed;
}

RfqRow rowFrom(const rfq::Rfq& rfq, const rfq::DeskSettings& settings)
{
    const auto& request = rfq.request;
    RfqRow row;
    row.id = request.id;
    row.state = rfq.state;
    row.words = stateOf(rfq);
    row.opened = rfq.opened;
    row.instrument = text(request.instrument.symbol);
    row.side = sideText(request.side);
    row.amount = amountText(request.quantity) + u' ' + text(request.currency);
    row.quantity = request.quantity.rescaled(0) ? request.quantity.rescaled(0)->mantissa() : 0;
    row.valueDate = valueDateText(request.settlement);
    row.answers = answersOf(rfq);
    if (rfq.trade) {
        row.side = sideText(rfq.trade->side);
        row.price = text(rfq.trade->price.text);
        row.dealer = dealerName(settings, rfq.trade->dealer);
    } else if (wasAccepted(rfq)) {
        const auto& open = rfq.acceptances.back().acceptance;
        row.side = sideText(open.side);
        row.price = text(open.price.text);
        row.dealer = dealerName(settings, open.dealer);
    }
    return row;
}

}

RfqsModel::RfqsModel(QObject* parent)
    : RowsModel(columns(), parent)
{
}

void RfqsModel::refresh(const rfq::RfqService& service, const std::set<rfq::RfqId>& changed)
{
    std::vector<std::pair<int, RfqRow>> changes;
    for (const auto& id : changed) {
        const auto* rfq = service.find(id);
        if (rfq && m_ordinals.contains(id))
            changes.emplace_back(rowOf(id), rowFrom(*rfq, service.settings()));
    }
    replace(changes);

    std::vector<RfqRow> fresh;
    const auto& all = service.rfqs();
    for (auto i = m_ordinals.size(); i < all.size(); ++i) {
        const auto* rfq = service.find(all[i]);
        if (!rfq)
            continue;
        m_ordinals.emplace(all[i], static_cast<int>(m_ordinals.size()));
        fresh.insert(fresh.begin(), rowFrom(*rfq, service.settings()));
    }
    prepend(std::move(fresh));
}

QVariant RfqsModel::rowData(const RfqRow& row, int role) const
{
    switch (role) {
    case IdRole:
        return text(row.id.text());
    case UnknownRole:
        return row.state == rfq::RfqState::Unknown;
    default:
        return {};
    }
}

int RfqsModel::rowOf(const rfq::RfqId& id) const
{
    return rowCount() - 1 - m_ordinals.at(id);
}

}
