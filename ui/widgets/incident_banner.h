#pragma once

#include "ui/models/desk_model.h"
#include "ui/widgets/alert_banner.h"

#include <vector>

namespace ui {

/// Stays until every incident is acknowledged, across restarts too.
class IncidentBanner final : public AlertBanner {
    Q_OBJECT

public:
    IncidentBanner(const Theme& theme, DeskModel& desk, QWidget* parent = nullptr);

Q_SIGNALS:
    void detailsAsked(const rfq::IncidentId& incident);
    void acknowledgeAsked(const rfq::IncidentId& incident);
    void disputeAsked(const rfq::IncidentId& incident);

protected:
    void showMatter(int index) override;

private:
    void look();
    [[nodiscard]] rfq::IncidentId shownIncident() const;

    DeskModel& m_desk;
    std::vector<IncidentRow> m_open; ///< newest first
    QPushButton* m_details;
    QPushButton* m_dispute;
    QPushButton* m_acknowledge;
};

}
