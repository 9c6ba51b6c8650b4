#include "ui/widgets/secure_line_edit.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <array>

namespace ui {

namespace {

constexpr int DotSpacing = 14;
constexpr int DotRadius = 4;
constexpr int BlinkMs = 530;

/// Writes one UTF-16 code unit pair or unit as UTF-8 without going through a heap buffer.
std::size_t encode(char32_t c, std::array<char, 4>& out)
{
    const auto unit = [](char32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
    if (c < 0x80) {
        out[0] = unit(c);
        return 1;
    }
    if (c < 0x800) {
        out = {unit(0xc0 | (c >> 6)), unit(0x80 | (c & 0x3f)), 0, 0};
        return 2;
    }
    if (c < 0x10000) {
        out = {unit(0xe0 | (c >> 12)), unit(0x80 | ((c >> 6) & 0x3f)), unit(0x80 | (c & 0x3f)), 0};
        return 3;
    }
    out = {unit(0xf0 | (c >> 18)), unit(0x80 | ((c >> 12) & 0x3f)), unit(0x80 | ((c >> 6) & 0x3f)),
        unit(0x80 | (c & 0x3f))};
    return 4;
}

}

SecureLineEdit::SecureLineEdit(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_blink.setInterval(BlinkMs);
    connect(&m_blink, &QTimer::timeout, this, [this] {
        m_caret = !m_caret;
        update();
    });
}

base::SecretBytes SecureLineEdit::take()
{
    base::SecretBytes taken = std::move(m_secret);
    m_secret = base::SecretBytes();
    m_characters = 0;
    update();
    return taken;
}

void SecureLineEdit::clear()
{
    m_secret.clear();
    m_characters = 0;
    update();
    Q_EMIT edited();
}

QSize SecureLineEdit::sizeHint() const
{
    return {200, 38};
}

bool SecureLineEdit::event(QEvent* event)
{
    // A PIN may hold any character; none of them may fire a shortcut of the window.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const auto plain = Qt::KeyboardModifiers(Qt::ShiftModifier | Qt::KeypadModifier);
        if ((key->modifiers() & ~plain) == Qt::NoModifier) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void SecureLineEdit::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!event->isAutoRepeat())
            Q_EMIT submitted();
        return;
    case Qt::Key_Backspace:
        return chop();
    case Qt::Key_Delete:
        return clear();
    case Qt::Key_Escape:
        // What was typed goes first; of an empty field Escape leaves the dialog, as of any other.
        if (m_secret.empty())
            return event->ignore();
        return clear();
    default:
        return type(event);
    }
}

void SecureLineEdit::type(QKeyEvent* event)
{
    const auto blocking = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    const auto typed = event->text();
    const bool altGr = event->modifiers() == (Qt::ControlModifier | Qt::AltModifier);
    if (typed.isEmpty() || !typed.at(0).isPrint() || ((event->modifiers() & blocking) && !altGr)) {
        event->ignore();
        return;
    }
    for (qsizetype i = 0; i < typed.size(); ++i) {
        char32_t c = typed.at(i).unicode();
        if (QChar::isHighSurrogate(c) && i + 1 < typed.size())
            c = QChar::surrogateToUcs4(static_cast<char16_t>(c), typed.at(++i).unicode());
        std::array<char, 4> utf8{};
        const auto size = encode(c, utf8);
        if (m_secret.append({utf8.data(), size}))
            ++m_characters;
        base::wipe(utf8.data(), utf8.size());
    }
    update();
    Q_EMIT edited();
}

void SecureLineEdit::chop()
{
    m_secret.chopCharacter();
    m_characters = std::max(0, m_characters - 1);
    update();
    Q_EMIT edited();
}

void SecureLineEdit::paintEvent(QPaintEvent*)
{
    const auto& c = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hasFocus() ? c.accent : c.strongLine, 1));
    painter.setBrush(isEnabled() ? c.field : c.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), grid::Radius, grid::Radius);

    const auto fits = (width() - 2 * grid::Wide) / DotSpacing - 1;
    const auto shown = std::min(m_characters, fits);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isEnabled() ? c.text : c.faintText);
    for (int i = 0; i < shown; ++i)
        painter.drawEllipse(QPointF(grid::Wide + DotRadius + i * DotSpacing, height() / 2.0), DotRadius, DotRadius);
    if (hasFocus() && m_caret)
        painter.fillRect(QRectF(grid::Wide + shown * DotSpacing - 1, height() / 2.0 - 9, 1.5, 18), c.text);
}

void SecureLineEdit::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    m_caret = true;
    m_blink.start();
    update();
}

void SecureLineEdit::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    m_blink.stop();
    update();
}

void SecureLineEdit::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    update();
}

}
