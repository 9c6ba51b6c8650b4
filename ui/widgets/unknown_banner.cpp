#include "ui/widgets/unknown_banner.h"

#include "ui/models/format.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/glyphs.h"

#include <QHBoxLayout>
#include <QPainter>

namespace ui {
using namespace Qt::StringLiterals;

UnknownBanner::UnknownBanner(const Theme& theme, DeskModel& desk, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_desk(desk)
    , m_text(label(u"unknownBannerText"_s, this))
    , m_show(pushButton(u"unknownBannerShow"_s, tr("Show"), {}, this))
{
    setObjectName(u"unknownBanner"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(grid::Panel + 24, grid::Step, grid::Step, grid::Step);
    row->addWidget(m_text, 1);
    row->addWidget(m_show);
    setTone(*m_text, u"strong"_s);
    m_text->setWordWrap(true);
    m_show->setAccessibleName(tr("Show the request whose outcome is unknown"));
    connect(m_show, &QPushButton::clicked, this, [this] {
        auto& unknown = m_desk.unknown();
        if (unknown.rowCount() > 0)
            Q_EMIT asked(rfq::RfqId(unknown.index(0, 0).data(IdRole).toString().toStdString()));
    });
    connect(&desk.unknown(), &QAbstractItemModel::rowsInserted, this, &UnknownBanner::refresh);
    connect(&desk.unknown(), &QAbstractItemModel::rowsRemoved, this, &UnknownBanner::refresh);
    refresh();
}

void UnknownBanner::refresh()
{
    const auto count = m_desk.unknown().rowCount();
    setVisible(count > 0);
    const auto words = count == 1
        ? tr("The outcome of one deal is UNKNOWN. You may have traded: call the dealer.")
        : tr("The outcomes of %1 deals are UNKNOWN. You may have traded: call the dealers.").arg(count);
    m_text->setText(words);
    setAccessibleName(words);
}

void UnknownBanner::paintEvent(QPaintEvent*)
{
    const auto& c = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    auto wash = c.alarm;
    wash.setAlpha(40);
    painter.setPen(QPen(c.alarm, 1));
    painter.setBrush(wash);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), grid::Radius, grid::Radius);
    paintGlyph(painter, QRectF(grid::Wide, height() / 2.0 - 9, 18, 18), Glyph::Question, c.alarm);
}

}
