#include "ui/widgets/side_switch.h"

#include "ui/models/format.h"
#include "ui/widgets/controls.h"

#include <QButtonGroup>
#include <QHBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

SideSwitch::SideSwitch(QWidget* parent)
    : QWidget(parent)
    , m_buttons(new QButtonGroup(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    struct Segment {
        rfq::RequestSide side;
        QString name;
        QString place;
        QString tint;
        QString about;
    };
    for (const auto& segment :
        {Segment{rfq::RequestSide::Buy, u"sideBuy"_s, u"first"_s, u"buy"_s, tr("You buy the amount")},
            Segment{rfq::RequestSide::Sell, u"sideSell"_s, {}, u"sell"_s, tr("You sell the amount")},
            Segment{rfq::RequestSide::TwoWay, u"sideTwoWay"_s, u"last"_s, {}, tr("Dealers do not see your side")}}) {
        auto* button = toolButton(segment.name, sideText(segment.side), u"segment"_s, this);
        button->setCheckable(true);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setToolTip(segment.about);
        button->setAccessibleName(sideText(segment.side) + u". " + segment.about);
        setStyleProperty(*button, "place", segment.place);
        setStyleProperty(*button, "side", segment.tint);
        m_buttons->addButton(button, static_cast<int>(segment.side));
        row->addWidget(button);
    }
    m_buttons->button(static_cast<int>(rfq::RequestSide::Buy))->setChecked(true);
    connect(m_buttons, &QButtonGroup::idToggled, this, &SideSwitch::changed);
}

rfq::RequestSide SideSwitch::side() const
{
    return static_cast<rfq::RequestSide>(m_buttons->checkedId());
}

}
