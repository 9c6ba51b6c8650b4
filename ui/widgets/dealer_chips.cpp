#include "ui/widgets/dealer_chips.h"

#include "ui/models/format.h"
#include "ui/models/words.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/glyphs.h"

#include <algorithm>

namespace ui {
using namespace Qt::StringLiterals;

DealerChips::DealerChips(const Theme& theme, DeskModel& desk, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_desk(desk)
    , m_all(toolButton(u"dealersAll"_s, tr("All"), u"chip"_s, this))
{
    setObjectName(u"dealerChips"_s);
    auto* flow = new FlowLayout(6);
    flow->setContentsMargins(0, 0, 0, 0);
    setLayout(flow);
    flow->addWidget(m_all);
    m_all->setCheckable(true);
    m_all->setAccessibleName(tr("Ask all dealers"));
    connect(m_all, &QToolButton::clicked, this, &DealerChips::chooseAll);
    for (const auto& dealer : desk.service().settings().dealers) {
        auto* chip = toolButton(u"dealer-" + text(dealer.id.text()), u' ' + text(dealer.name), u"chip"_s, this);
        chip->setCheckable(true);
        chip->setChecked(true);
        chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        chip->setIconSize({10, 10});
        connect(chip, &QToolButton::toggled, this, [this] {
            refresh();
            Q_EMIT changed();
        });
        flow->addWidget(chip);
        m_chips.push_back({dealer, chip});
    }
    connect(&desk, &DeskModel::sessionsChanged, this, [this] {
        refresh();
        Q_EMIT changed();
    });
    connect(&theme, &Theme::changed, this, &DealerChips::refresh);
    refresh();
}

std::vector<rfq::DealerId> DealerChips::dealers() const
{
    std::vector<rfq::DealerId> chosen;
    for (const auto& chip : m_chips) {
        if (chip.button->isChecked() && m_desk.service().isLoggedOn(chip.dealer.session))
            chosen.push_back(chip.dealer.id);
    }
    return chosen;
}

int DealerChips::reachable() const
{
    return static_cast<int>(std::ranges::count_if(
        m_chips, [this](const Chip& chip) { return m_desk.service().isLoggedOn(chip.dealer.session); }));
}

void DealerChips::refresh()
{
    const auto& c = m_theme.colours();
    for (const auto& chip : m_chips) {
        const bool up = m_desk.service().isLoggedOn(chip.dealer.session);
        const bool asked = up && chip.button->isChecked();
        const auto name = text(chip.dealer.name);
        chip.button->setEnabled(up);
        chip.button->setIcon(glyphIcon(!up ? Glyph::DotRing
                : asked                    ? Glyph::Tick
                                           : Glyph::DotDash,
            !up         ? c.warning
                : asked ? c.accent
                        : c.faintText));
        chip.button->setToolTip(
            up ? QString() : tr("%1 cannot be asked: session %2 is down").arg(name, text(chip.dealer.session.text())));
        chip.button->setAccessibleName(up ? tr("Ask %1").arg(name) : tr("%1, session down").arg(name));
    }
    m_all->setChecked(std::ranges::all_of(m_chips, [](const Chip& chip) { return chip.button->isChecked(); }));
}

void DealerChips::chooseAll()
{
    const bool all = m_all->isChecked();
    for (const auto& chip : m_chips)
        chip.button->setChecked(all);
    refresh();
    Q_EMIT changed();
}

}
