#pragma once

#include "ui/models/desk_model.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <vector>

class QToolButton;

namespace ui {

/// Whom to ask. A dealer whose session is down shows it and is not asked; the choice comes back with the session.
class DealerChips final : public QWidget {
    Q_OBJECT

public:
    DealerChips(const Theme& theme, DeskModel& desk, QWidget* parent = nullptr);

    /// Chosen, and reachable now.
    [[nodiscard]] std::vector<rfq::DealerId> dealers() const;
    [[nodiscard]] int reachable() const;

Q_SIGNALS:
    void changed();

private:
    void refresh();
    void chooseAll();

    struct Chip {
        rfq::Dealer dealer;
        QToolButton* button;
    };

    const Theme& m_theme;
    DeskModel& m_desk;
    QToolButton* m_all;
    std::vector<Chip> m_chips;
};

}
