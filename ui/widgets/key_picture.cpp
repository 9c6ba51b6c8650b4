#include "ui/widgets/key_picture.h"

#include <QPainter>
#include <QPainterPath>

namespace ui {

KeyPicture::KeyPicture(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedSize(sizeHint());
    setAccessibleName(tr("A security key"));
}

void KeyPicture::showTouch(bool waits)
{
    if (m_waits == waits)
        return;
    m_waits = waits;
    setAccessibleDescription(waits ? tr("It waits for your touch") : QString());
    update();
}

void KeyPicture::paintEvent(QPaintEvent*)
{
    const auto& c = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    // The plug, its contacts, the body with the hole for the ring, the metal contact.
    painter.setPen(QPen(c.strongLine, 1.5));
    painter.setBrush(c.field);
    painter.drawRoundedRect(QRectF(32, 4, 32, 40), 3, 3);
    painter.setPen(Qt::NoPen);
    painter.setBrush(c.dimText);
    for (int i = 0; i < 4; ++i)
        painter.drawRect(QRectF(36.5 + i * 6.5, 10, 3.5, 22));
    QPainterPath body;
    body.addRoundedRect(QRectF(20, 40, 56, 128), 16, 16);
    body.addEllipse(QPointF(48, 150), 7, 7);
    painter.setPen(QPen(c.strongLine, 1.5));
    painter.setBrush(c.card);
    painter.drawPath(body);
    const QPointF contact(48, 92);
    if (m_waits) {
        painter.setBrush(Qt::NoBrush);
        for (const auto& [radius, width] : {std::pair{24.0, 3.0}, std::pair{31.0, 1.5}}) {
            painter.setPen(QPen(c.accent, width));
            painter.drawEllipse(contact, radius, radius);
        }
    }
    painter.setPen(QPen(m_waits ? c.accent : c.strongLine, 1.5));
    painter.setBrush(m_waits ? c.accent : c.field);
    painter.drawEllipse(contact, 17, 17);
    painter.setPen(QPen(m_waits ? c.onAccent : c.dimText, 2));
    painter.drawLine(contact + QPointF(-6, 0), contact + QPointF(6, 0));
    painter.drawLine(contact + QPointF(0, -6), contact + QPointF(0, 6));
}

}
