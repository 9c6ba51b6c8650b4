#pragma once

#include "core/rfq/rfq_service.h"
#include "ui/models/rows_model.h"

namespace ui {

struct TradeRow {
    rfq::Trade trade;
    QString dealer;
};

/// The trades, newest first.
class TradesModel final : public RowsModel<TradeRow> {
    Q_OBJECT

public:
    explicit TradesModel(QObject* parent = nullptr);
    /// Takes over what was appended since the last call; trades that a correction changed are read again.
    void refresh(const rfq::RfqService& service);

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

protected:
    [[nodiscard]] QVariant rowData(const TradeRow& row, int role) const override;
};

}
