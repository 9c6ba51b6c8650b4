#include "tests/support/virtual_fido/window/key_picture.h"

#include <QtGui/QPainter>

namespace virtual_key {

namespace {

const QColor Gold(0xD9, 0xA9, 0x41);
const QColor Case(0x2A, 0x2F, 0x37);
const QColor Edge(0x4A, 0x52, 0x5E);
const QColor Glow(0x4C, 0xD0, 0x7D);

constexpr qreal PlugLength = 44;
constexpr qreal Gap = 26; ///< between an unplugged key and the port
constexpr int Breath = 1400; ///< ms

}

KeyPicture::KeyPicture(QWidget* parent)
    : QAbstractButton(parent)
{
    setAccessibleName(tr("Touch the key"));
    setFocusPolicy(Qt::StrongFocus);
    m_glow.setStartValue(0.0);
    m_glow.setKeyValueAt(0.5, 1.0);
    m_glow.setEndValue(0.0);
    m_glow.setDuration(Breath);
    m_glow.setLoopCount(-1);
    connect(&m_glow, &QVariantAnimation::valueChanged, this, [this] { update(); });
}

void KeyPicture::setPlugged(bool plugged)
{
    m_plugged = plugged;
    update();
}

void KeyPicture::setWaiting(bool waiting)
{
    if (waiting == m_waiting)
        return;
    m_waiting = waiting;
    setCursor(waiting ? Qt::PointingHandCursor : Qt::ArrowCursor);
    waiting ? m_glow.start() : m_glow.stop();
    update();
}

QRectF KeyPicture::body() const
{
    const qreal left = PlugLength + (m_plugged ? 10 : 10 + Gap);
    return {left, 20, width() - left - 8 - (m_plugged ? Gap : 0), height() - 40.0};
}

QRectF KeyPicture::disc() const
{
    const QPointF centre = body().center();
    return {centre.x() - 22, centre.y() - 22, 44, 44};
}

bool KeyPicture::hitButton(const QPoint& position) const
{
    return disc().adjusted(-8, -8, 8, 8).contains(position);
}

void KeyPicture::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);

    // The port of the workstation, at the left edge.
    painter.setPen(QPen(Edge, 1.5));
    painter.setBrush(palette().window().color().darker(140));
    painter.drawRoundedRect(QRectF(-12, 16, 22, height() - 32.0), 6, 6);

    const QRectF key = body();
    const QRectF plug(key.left() - PlugLength, key.center().y() - 15, PlugLength + 4, 30);
    painter.setBrush(QColor(0xB9, 0xC0, 0xCA));
    painter.drawRect(plug);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Gold);
    for (int contact = 0; contact < 4; ++contact)
        painter.drawRect(QRectF(plug.left() + 6, plug.top() + 4 + contact * 6.0, PlugLength - 18, 3.5));

    painter.setPen(QPen(Edge, 1.5));
    painter.setBrush(Case);
    painter.drawRoundedRect(key, 18, 18);
    painter.setBrush(palette().window());
    painter.drawEllipse(QPointF(key.right() - 20, key.center().y()), 7, 7);

    const QRectF metal = disc();
    if (m_waiting) {
        const qreal breath = m_glow.currentValue().toReal();
        QColor halo = Glow;
        halo.setAlpha(64 + static_cast<int>(140 * breath));
        painter.setPen(QPen(halo, 5));
        painter.setBrush(Qt::NoBrush);
        const qreal reach = 5 + 3 * breath;
        painter.drawEllipse(metal.adjusted(-reach, -reach, reach, reach));
    }
    painter.setPen(QPen(hasFocus() ? palette().highlight().color() : Gold.darker(140), hasFocus() ? 2.5 : 1.5));
    painter.setBrush(isDown() ? Gold.darker(120) : (m_plugged ? Gold : Gold.darker(170)));
    painter.drawEllipse(metal);
}

}
