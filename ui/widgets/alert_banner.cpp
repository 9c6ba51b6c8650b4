#include "ui/widgets/alert_banner.h"

#include "ui/widgets/controls.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace ui {
using namespace Qt::StringLiterals;

AlertBanner::AlertBanner(const Theme& theme, Glyph glyph, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_glyph(glyph)
    , m_title(label(name + u"Title", this))
    , m_text(label(name + u"Text", this))
    , m_place(label(name + u"Place", this))
    , m_next(pushButton(name + u"Next", tr("Next"), u"quiet"_s, this))
    , m_buttons(new QHBoxLayout)
{
    setObjectName(name);
    setAttribute(Qt::WA_StyledBackground);
    setTone(*m_title, u"alarmHeading"_s);
    setTone(*m_place, u"dim"_s);
    for (auto* text : {m_title, m_text}) {
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_next->setAccessibleName(tr("Show the next one"));
    connect(m_next, &QPushButton::clicked, this, &AlertBanner::next);

    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_text);
    m_buttons->setSpacing(grid::Step);
    m_buttons->addWidget(m_place);
    m_buttons->addWidget(m_next);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(grid::Panel + 28, grid::Step, grid::Wide, grid::Step);
    row->setSpacing(grid::Panel);
    row->addLayout(words, 1);
    row->addLayout(m_buttons);
    hide();
}

QPushButton* AlertBanner::addButton(const QString& name, const QString& text)
{
    auto* button = pushButton(name, text, {}, this);
    m_buttons->addWidget(button);
    return button;
}

void AlertBanner::refresh(int count)
{
    const bool more = count > m_count;
    m_count = count;
    m_current = std::clamp(m_current, 0, std::max(0, count - 1));
    setVisible(count > 0);
    m_place->setVisible(count > 1);
    m_next->setVisible(count > 1);
    if (count == 0 || m_concealed)
        return;
    m_place->setText(tr("%1 of %2").arg(m_current + 1).arg(count));
    showMatter(m_current);
    if (more) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void AlertBanner::say(const QString& title, const QString& text)
{
    m_title->setText(title);
    m_text->setText(text);
    const auto words = QString(title + u' ' + text);
    if (words != accessibleName())
        setAccessibleName(words);
}

void AlertBanner::conceal()
{
    m_concealed = true;
    say({}, {});
}

void AlertBanner::reveal()
{
    m_concealed = false;
    refresh(m_count);
}

void AlertBanner::next()
{
    m_current = m_count > 0 ? (m_current + 1) % m_count : 0;
    refresh(m_count);
}

void AlertBanner::paintEvent(QPaintEvent*)
{
    const auto& c = m_theme.colours();
    QPainter painter(this);
    painter.fillRect(rect(), c.panel);
    auto wash = c.alarm;
    wash.setAlpha(36);
    painter.fillRect(rect(), wash);
    painter.fillRect(QRect(0, 0, 4, height()), c.alarm);
    painter.fillRect(QRect(0, height() - 1, width(), 1), c.alarm);
    paintGlyph(painter, QRectF(grid::Panel, height() / 2.0 - 10, 20, 20), m_glyph, c.alarm);
}

}
