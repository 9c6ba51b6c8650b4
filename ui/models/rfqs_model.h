#pragma once

#include "core/rfq/rfq_service.h"
#include "ui/models/rows_model.h"

#include <map>

namespace ui {

/// One line of the blotter.
struct RfqRow {
    rfq::RfqId id;
    rfq::RfqState state = rfq::RfqState::Sent;
    QString words; ///< the state in words
    rfq::UtcTime opened{};
    QString instrument;
    QString side;
    QString amount;
    qlonglong quantity = 0; ///< for sorting
    QString valueDate;
    QString price; ///< dealt
    QString dealer; ///< dealt with, or the one whose answer is missing
    QString answers; ///< "4/6"
};

/// Every request the desk knows, newest first. One change per batch.
class RfqsModel final : public RowsModel<RfqRow> {
    Q_OBJECT

public:
    explicit RfqsModel(QObject* parent = nullptr);
    void refresh(const rfq::RfqService& service, const std::set<rfq::RfqId>& changed);

protected:
    [[nodiscard]] QVariant rowData(const RfqRow& row, int role) const override;

private:
    [[nodiscard]] int rowOf(const rfq::RfqId& id) const;

    std::map<rfq::RfqId, int> m_ordinals; ///< 0 is the oldest
};

}
