#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPalette>
#include <QStyleFactory>

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

Colours darkColours()
{
    Colours c;
    c.window = QColor(0x0d, 0x11, 0x17);
    c.panel = QColor(0x14, 0x1a, 0x22);
    c.card = QColor(0x1a, 0x22, 0x2c);
    c.field = QColor(0x0f, 0x15, 0x1c);
    c.line = QColor(0x26, 0x30, 0x3c);
    c.strongLine = QColor(0x61, 0x70, 0x84);
    c.text = QColor(0xe6, 0xec, 0xf2);
    c.dimText = QColor(0xa3, 0xb0, 0xbf);
    c.faintText = QColor(0x86, 0x94, 0xa5);
    c.accent = QColor(0x5b, 0xb8, 0xc9);
    c.onAccent = QColor(0x06, 0x14, 0x18);
    c.buy = QColor(0x1f, 0x66, 0xc9);
    c.buyHover = QColor(0x2b, 0x73, 0xd6);
    c.sell = QColor(0xb2, 0x45, 0x2a);
    c.sellHover = QColor(0xbc, 0x50, 0x35);
    c.onDeal = QColor(0xff, 0xff, 0xff);
    c.good = QColor(0x4f, 0xc0, 0x7f);
    c.warning = QColor(0xe8, 0xb2, 0x4a);
    c.alarm = QColor(0xff, 0x6b, 0x63);
    c.onAlarm = QColor(0x1c, 0x05, 0x04);
    c.barGround = QColor(0x2b, 0x36, 0x43);
    return c;
}

Colours lightColours()
{
    Colours c;
    c.window = QColor(0xe4, 0xe8, 0xed);
    c.panel = QColor(0xf3, 0xf5, 0xf8);
    c.card = QColor(0xff, 0xff, 0xff);
    c.field = QColor(0xff, 0xff, 0xff);
    c.line = QColor(0xd3, 0xda, 0xe2);
    c.strongLine = QColor(0x7d, 0x8b, 0x9b);
    c.text = QColor(0x16, 0x1d, 0x26);
    c.dimText = QColor(0x47, 0x55, 0x65);
    c.faintText = QColor(0x5f, 0x6d, 0x7d);
    c.accent = QColor(0x0c, 0x6f, 0x84);
    c.onAccent = QColor(0xff, 0xff, 0xff);
    c.buy = QColor(0x1b, 0x5f, 0xc1);
    c.buyHover = QColor(0x15, 0x52, 0xab);
    c.sell = QColor(0xa8, 0x3e, 0x22);
    c.sellHover = QColor(0x93, 0x33, 0x19);
    c.onDeal = QColor(0xff, 0xff, 0xff);
    c.good = QColor(0x13, 0x73, 0x3f);
    c.warning = QColor(0x8a, 0x5a, 0x00);
    c.alarm = QColor(0xbd, 0x1f, 0x1f);
    c.onAlarm = QColor(0xff, 0xff, 0xff);
    c.barGround = QColor(0xd9, 0xdf, 0xe6);
    return c;
}

bool hasTabularDigits(const QString& family)
{
    QFont font(family);
    font.setPixelSize(32);
    const QFontMetricsF metrics(font);
    const auto width = metrics.horizontalAdvance(u'0');
    return std::ranges::all_of(
        u"123456789"_s, [&](QChar digit) { return std::abs(metrics.horizontalAdvance(digit) - width) < 0.01; });
}

/// The first of these that is installed and whose digits are equally wide.
QString tabularFamily()
{
    static constexpr std::array Preferred{u"Roboto", u"Segoe UI", u"Noto Sans", u"Open Sans", u"DejaVu Sans"};
    for (const auto* name : Preferred) {
        const auto family = QString::fromUtf16(name);
        if (QFontDatabase::hasFamily(family) && hasTabularDigits(family))
            return family;
    }
    return QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
}

int pixels(TextSize size)
{
    switch (size) {
    case TextSize::Small:
        return 11;
    case TextSize::Normal:
        return 13;
    case TextSize::Large:
        return 15;
    case TextSize::Title:
        return 18;
    case TextSize::Pips:
        return 22;
    }
    return 13;
}

double luminance(const QColor& colour)
{
    const auto linear = [](double channel) {
        return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

}

Theme::Theme(ThemeName name, QObject* parent)
    : QObject(parent)
    , m_name(name)
    , m_colours(name == ThemeName::Dark ? darkColours() : lightColours())
    , m_family(tabularFamily())
{
}

QFont Theme::font(TextSize size, QFont::Weight weight) const
{
    QFont font(m_family);
    font.setPixelSize(pixels(size));
    font.setWeight(weight);
    return font;
}

void Theme::apply(QApplication& application) const
{
    application.setStyle(QStyleFactory::create(u"Fusion"_s));
    application.setFont(font(TextSize::Normal));
    // Platforms give some classes a font of their own, which that leaves alone: of another size, and of another family,
    // which the style sheet puts right.
    for (const char* kind : {"QToolButton", "QMenu"})
        application.setFont(font(TextSize::Normal), kind);
    application.setPalette(palette());
    // Raw text stands in a typewriter's letters, so that what was typed and what was sent can be compared.
    const auto fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
    application.setStyleSheet(
        u"* { font-family: \"%1\"; }\nQPlainTextEdit { font-family: \"%2\"; }\n"_s.arg(m_family, fixed)
        + styleSheet(m_colours));
}

void Theme::change(ThemeName name)
{
    m_name = name;
    m_colours = name == ThemeName::Dark ? darkColours() : lightColours();
    apply(*static_cast<QApplication*>(QApplication::instance()));
    Q_EMIT changed();
}

QPalette Theme::palette() const
{
    const auto& c = m_colours;
    QPalette palette;
    palette.setColor(QPalette::Window, c.panel);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.field);
    palette.setColor(QPalette::AlternateBase, c.panel);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.faintText);
    palette.setColor(QPalette::Button, c.card);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.alarm);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.onAccent);
    palette.setColor(QPalette::ToolTipBase, c.card);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::Light, c.line);
    palette.setColor(QPalette::Midlight, c.line);
    palette.setColor(QPalette::Mid, c.line);
    palette.setColor(QPalette::Dark, c.window);
    palette.setColor(QPalette::Shadow, c.window);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.faintText);
    return palette;
}

double contrast(const QColor& a, const QColor& b)
{
    const auto [dark, bright] = std::minmax({luminance(a), luminance(b)}); // values: a pair of references would dangle
    return (bright + 0.05) / (dark + 0.05);
}

}
