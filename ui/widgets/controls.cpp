#include "ui/widgets/controls.h"

#include <QStyle>
#include <QVariant>

namespace ui {

void setStyleProperty(QWidget& widget, const char* name, const QString& value)
{
    if (widget.property(name).toString() == value)
        return;
    widget.setProperty(name, value);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

void setTone(QWidget& label, const QString& tone)
{
    setStyleProperty(label, "tone", tone);
}

QLabel* label(const QString& objectName, QWidget* parent, const QString& text)
{
    auto* made = new QLabel(text, parent);
    made->setObjectName(objectName);
    made->setTextFormat(Qt::PlainText);
    return made;
}

QLabel* caption(const QString& text, QWidget* control, QWidget* parent)
{
    auto* made = new QLabel(text, parent);
    made->setTextFormat(Qt::PlainText);
    made->setBuddy(control);
    setTone(*made, QStringLiteral("small"));
    if (control && control->accessibleName().isEmpty())
        control->setAccessibleName(text);
    return made;
}

QPushButton* pushButton(const QString& objectName, const QString& text, const QString& kind, QWidget* parent)
{
    auto* made = new QPushButton(text, parent);
    made->setObjectName(objectName);
    made->setAutoDefault(false);
    setStyleProperty(*made, "kind", kind);
    return made;
}

QToolButton* toolButton(const QString& objectName, const QString& text, const QString& kind, QWidget* parent)
{
    auto* made = new QToolButton(parent);
    made->setText(QString(text).replace(u'&', QStringLiteral("&&")));
    made->setObjectName(objectName);
    made->setFocusPolicy(Qt::StrongFocus);
    setStyleProperty(*made, "kind", kind);
    return made;
}

}
