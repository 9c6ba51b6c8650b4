#include "ui/widgets/access_panel.h"

#include "ui/models/denial.h"
#include "ui/widgets/access_sheet.h"

#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

AccessPanel::AccessPanel(const Theme& theme, rfq::AccessControl& access, DeskModel& desk, QWidget* parent)
    : QWidget(parent)
    , m_access(access)
    , m_desk(desk)
{
    setObjectName(u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (const auto& [session, state] : access.sessions()) {
        auto* sheet = new AccessSheet(theme, session, this);
        connect(sheet, &AccessSheet::askAgain, this, [this](const rfq::SessionId& which) { m_access.askAgain(which); });
        m_sheets[session] = sheet;
        column->addWidget(sheet);
    }
    column->addStretch();
    connect(&desk, &DeskModel::sessionsChanged, this, &AccessPanel::refresh);
    refresh();
}

void AccessPanel::refresh()
{
    for (const auto& [session, sheet] : m_sheets) {
        const auto denial = denialOf(m_desk, session);
        if (denial && !denial->scored)
            sheet->show(*denial);
        else
            sheet->show(m_access.sessions().at(session));
    }
}

}
