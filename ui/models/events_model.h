#pragma once

#include "core/rfq/desk.h"
#include "ui/models/rows_model.h"

namespace ui {

/// What a person should know, newest first; the oldest are forgotten past Capacity (the journal keeps them).
class EventsModel final : public RowsModel<rfq::Notice> {
    Q_OBJECT

public:
    static constexpr std::size_t Capacity = 2000;

    explicit EventsModel(QObject* parent = nullptr);
    void add(const std::vector<rfq::Notice>& notices);

protected:
    [[nodiscard]] QVariant rowData(const rfq::Notice& notice, int role) const override;
};

/// "VENUE-X · Dealer B · order C-7": whatever of it the notice names.
[[nodiscard]] QString subjectText(const rfq::Notice& notice);

}
