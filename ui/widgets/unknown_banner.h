#pragma once

#include "ui/models/desk_model.h"
#include "ui/widgets/alert_banner.h"

#include <optional>

namespace ui {

/// Loud while an outcome is unknown, gone otherwise: the deal, what is being done about it, and what can be done.
class UnknownBanner final : public AlertBanner {
    Q_OBJECT

public:
    UnknownBanner(const Theme& theme, DeskModel& desk, QWidget* parent = nullptr);

Q_SIGNALS:
    void shown(const rfq::RfqId& id);
    /// By two persons.
    void closeAsked(const rfq::ClOrdId& order);

protected:
    void showMatter(int index) override;

private:
    void ask();
    void look();

    DeskModel& m_desk;
    std::optional<UnknownRow> m_row;
    QPushButton* m_show;
    QPushButton* m_ask;
    QPushButton* m_close;
};

}
