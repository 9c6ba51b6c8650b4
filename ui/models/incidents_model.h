#pragma once

#include "core/rfq/rfq_service.h"
#include "ui/models/rows_model.h"

namespace ui {

struct IncidentRow {
    rfq::Incident incident;
    QString dealer; ///< or the session, where no dealer is known
    QString terms; ///< the deal without the dealer
    QString deal; ///< "BUY 25,000,000 EUR at 1.15342 with Dealer B"; empty where it is no deal of this desk

    friend bool operator==(const IncidentRow&, const IncidentRow&) = default;
};
/// One incident and the deal it is about, as the desk remembers it.
[[nodiscard]] IncidentRow incidentRow(const rfq::Incident& incident, const rfq::RfqService& service);

/// What must not have happened, newest first; acknowledged ones stay.
class IncidentsModel final : public RowsModel<IncidentRow> {
    Q_OBJECT

public:
    explicit IncidentsModel(QObject* parent = nullptr);
    void refresh(const rfq::RfqService& service);
    /// Newest first.
    [[nodiscard]] std::vector<IncidentRow> unacknowledged() const;

protected:
    [[nodiscard]] QVariant rowData(const IncidentRow& row, int role) const override;
};

}
