#include "ui/widgets/touch_view.h"

#include "ui/widgets/controls.h"

#include <QPainter>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int PictureWidth = 112;
constexpr int PictureHeight = 96;

}

TouchView::TouchView(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_title(label(u"touchTitle"_s, this))
    , m_purpose(label(u"touchPurpose"_s, this))
    , m_left(label(u"touchLeft"_s, this))
    , m_cancel(pushButton(u"touchCancel"_s, tr("Cancel"), {}, this))
{
    setObjectName(u"touchView"_s);
    setAccessibleName(tr("Touch your security key"));
    setTone(*m_title, u"title"_s);
    setTone(*m_left, u"dim"_s);
    for (auto* wrapped : {m_title, m_purpose, m_left})
        wrapped->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(PictureWidth + grid::Panel, 0, 0, 0);
    column->setSpacing(grid::Small);
    column->addWidget(m_title);
    column->addWidget(m_purpose);
    column->addWidget(m_left);
    column->addWidget(m_cancel, 0, Qt::AlignLeft);
    column->addStretch();
    setMinimumHeight(PictureHeight);
    connect(m_cancel, &QPushButton::clicked, this, &TouchView::cancelled);
    connect(&theme, &Theme::changed, this, [this] { update(); });
    wait(std::nullopt);
}

void TouchView::setPurpose(const QString& words)
{
    m_purpose->setText(words);
}

void TouchView::wait(const std::optional<rfq::KeyTouch>& touch)
{
    m_waiting = touch.has_value();
    if (!touch)
        m_title->setText(tr("Asking the key…"));
    else if (touch->choosesKey)
        m_title->setText(tr("Touch the key that you mean"));
    else
        m_title->setText(tr("Touch your key now"));
    m_left->setText(touch ? tr("It blinks. %n seconds left.", nullptr, static_cast<int>(touch->left.count()))
                          : tr("Leave it plugged in."));
    update();
}

/// A key as it lies in the hand: plug, body, and the disc that wants to be touched.
void TouchView::paintEvent(QPaintEvent*)
{
    const auto& c = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(c.strongLine, 2));
    painter.setBrush(c.field);
    painter.drawRoundedRect(QRectF(4, 34, 24, 28), 2, 2);
    painter.setBrush(c.card);
    painter.drawRoundedRect(QRectF(28, 22, 80, 52), 10, 10);
    painter.setPen(QPen(m_waiting ? c.accent : c.strongLine, 3));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(QPointF(62, 48), 14, 14);
    if (m_waiting) {
        painter.setPen(QPen(c.accent, 1.5));
        painter.drawEllipse(QPointF(62, 48), 20, 20);
        painter.setBrush(c.accent);
        painter.drawEllipse(QPointF(62, 48), 6, 6);
    }
    painter.setPen(QPen(c.strongLine, 2));
    painter.setBrush(c.panel);
    painter.drawEllipse(QPointF(96, 48), 5, 5);
}

}
