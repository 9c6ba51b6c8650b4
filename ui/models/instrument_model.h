#pragma once

#include "core/rfq/values.h"

#include <QAbstractListModel>

#include <vector>

namespace ui {

/// The instruments of the desk, for search as you type. The display text is the symbol; the description names both
/// currencies.
class InstrumentModel final : public QAbstractListModel {
    Q_OBJECT

public:
    explicit InstrumentModel(std::vector<rfq::Instrument> instruments, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    /// What the trader means: "EUR/USD", "eurusd", "eur usd". Null where it is none of ours or not yet unambiguous.
    [[nodiscard]] const rfq::Instrument* find(const QString& typed) const;

private:
    std::vector<rfq::Instrument> m_instruments;
};

}
