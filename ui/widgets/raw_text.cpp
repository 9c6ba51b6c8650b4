#include "ui/widgets/raw_text.h"

#include <QFontDatabase>
#include <QFontMetrics>

namespace ui {

RawText::RawText(const QString& name, int lines, QWidget* parent)
    : QPlainTextEdit(parent)
{
    setObjectName(name);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    auto font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(12);
    setFont(font);
    setFixedHeight(QFontMetrics(font).lineSpacing() * lines + 28);
}

void RawText::show(const QString& text)
{
    if (text != toPlainText())
        setPlainText(text);
}

}
