#include "ui/widgets/unknown_banner.h"

#include "ui/models/error_text.h"
#include "ui/models/format.h"
#include "ui/widgets/controls.h"

namespace ui {
using namespace Qt::StringLiterals;

UnknownBanner::UnknownBanner(const Theme& theme, DeskModel& desk, QWidget* parent)
    : AlertBanner(theme, Glyph::Question, u"unknownBanner"_s, parent)
    , m_desk(desk)
    , m_show(addButton(u"unknownBannerShow"_s, tr("Show")))
    , m_ask(addButton(u"unknownBannerAsk"_s, tr("Ask again")))
    , m_close(addButton(u"unknownBannerClose"_s, tr("Close with a second person…")))
{
    m_show->setAccessibleName(tr("Show the request whose outcome is unknown"));
    m_ask->setToolTip(tr("Asks the counterparty now what became of the deal"));
    m_close->setToolTip(tr("When the dealer told you on the phone: two persons decide, and both are on record"));
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (m_row)
            Q_EMIT shown(m_row->rfq);
    });
    connect(m_ask, &QPushButton::clicked, this, &UnknownBanner::ask);
    connect(m_close, &QPushButton::clicked, this, [this] {
        if (m_row)
            Q_EMIT closeAsked(m_row->order);
    });
    connect(&desk, &DeskModel::unknownChanged, this, &UnknownBanner::look);
    look();
}

void UnknownBanner::look()
{
    refresh(m_desk.unknown().rowCount());
}

void UnknownBanner::showMatter(int index)
{
    const auto& row = m_desk.unknown().row(index);
    m_row = row;
    m_ask->setEnabled(row.canAsk);
    say(tr("UNKNOWN since %1 UTC: %2. You may have traded.").arg(timeText(row.time), row.deal),
        row.exhausted || !row.isOnline ? QString(row.doing + u' ' + callText(row.dealer, row.phone, row.order))
                                       : row.doing);
}

void UnknownBanner::ask()
{
    if (!m_row)
        return;
    const auto asked = m_desk.service().ask(m_row->order);
    m_desk.refresh();
    if (!asked && m_row)
        say(tr("UNKNOWN: %1. You may have traded.").arg(m_row->deal), errorText(asked.error().code).whole());
}

}
