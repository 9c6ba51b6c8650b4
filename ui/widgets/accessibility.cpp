#include "ui/widgets/accessibility.h"

#include "ui/widgets/deal_button.h"
#include "ui/widgets/secure_line_edit.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace ui {

namespace {

class PinFieldAccessible final : public QAccessibleWidget {
public:
    explicit PinFieldAccessible(QWidget* widget)
        : QAccessibleWidget(widget, QAccessible::EditableText)
    {
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        auto state = QAccessibleWidget::state();
        state.passwordEdit = true;
        state.editable = true;
        return state;
    }
};

/// A button without a press action: a deal needs the mouse or the chord, never a stray activation.
class DealButtonAccessible final : public QAccessibleWidget {
public:
    explicit DealButtonAccessible(QWidget* widget)
        : QAccessibleWidget(widget, QAccessible::Button)
    {
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        auto state = QAccessibleWidget::state();
        state.disabled = !static_cast<const DealButton*>(widget())->isArmed();
        return state;
    }
};

QAccessibleInterface* create(const QString&, QObject* object)
{
    if (auto* field = qobject_cast<SecureLineEdit*>(object))
        return new PinFieldAccessible(field);
    if (auto* button = qobject_cast<DealButton*>(object))
        return new DealButtonAccessible(button);
    return nullptr;
}

}

void installAccessibility()
{
    QAccessible::installFactory(create);
}

}
