#pragma once

#include "core/rfq/rfq_service.h"
#include "ui/models/rows_model.h"

namespace ui {

/// A deal whose outcome nobody knows, and what is being done about it.
struct UnknownRow {
    rfq::RfqId rfq;
    rfq::ClOrdId order;
    rfq::UtcTime time{}; ///< of the click
    QString dealer;
    QString phone; ///< empty where none is configured
    QString deal; ///< "BUY 25,000,000 EUR at 1.15342 with Dealer B"
    QString terms; ///< the same without the dealer
    QString session; ///< "VENUE-X: on"
    QString evidence; ///< the newest piece, with its time; empty where there is none
    QString doing; ///< what happens right now
    QString next; ///< what the trader does next
    bool exhausted = false; ///< every question was asked and none decided
    bool isOnline = false; ///< its session is logged on
    bool canAsk = false; ///< online, and no question waits for its answer

    friend bool operator==(const UnknownRow&, const UnknownRow&) = default;
};
[[nodiscard]] UnknownRow unknownRow(const rfq::AcceptanceLine& line, const rfq::RfqService& service);
/// "Call Dealer B on +44 … and ask for order C-7."
[[nodiscard]] QString callText(const QString& dealer, const QString& phone, const rfq::ClOrdId& order);

/// Every outcome that nobody knows, oldest first.
class UnknownModel final : public RowsModel<UnknownRow> {
    Q_OBJECT

public:
    explicit UnknownModel(QObject* parent = nullptr);
    void refresh(const rfq::RfqService& service);

protected:
    [[nodiscard]] QVariant rowData(const UnknownRow& row, int role) const override;
};

}
