#include "ui/widgets/shortcut_map.h"

#include "ui/widgets/controls.h"

#include <QGridLayout>

#include <utility>
#include <vector>

namespace ui {
using namespace Qt::StringLiterals;

ShortcutMap::ShortcutMap(const Theme& theme, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(u"shortcutMap"_s);
    setWindowTitle(tr("Keys"));
    const std::vector<std::pair<QString, QString>> keys{
        {u"Ctrl+T"_s, tr("Go to the ticket: instrument")},
        {u"Ctrl+M"_s, tr("Go to the ticket: amount")},
        {u"Alt+C"_s, tr("Change the dealt currency")},
        {u"Ctrl+Return"_s, tr("In the ticket: request prices (deals nothing)")},
        {u"Ctrl+Up, Ctrl+Down"_s, tr("Select the card above or below")},
        {u"Ctrl+Shift+B"_s, tr("BUY at the best price of the selected card")},
        {u"Ctrl+Shift+S"_s, tr("SELL at the best price of the selected card")},
        {u"Ctrl+Shift+Return"_s, tr("Deal the price that has the focus")},
        {u"Ctrl+F"_s, tr("Filter the blotter")},
        {u"Ctrl+Shift+K"_s, tr("Cards and security keys")},
        {u"Ctrl+L"_s, tr("Lock: hide prices, stop dealing")},
        {u"?"_s, tr("This page")},
    };
    auto* table = new QGridLayout(this);
    table->setContentsMargins(24, 24, 24, 24);
    table->setHorizontalSpacing(24);
    table->setVerticalSpacing(grid::Wide);
    int row = 0;
    for (const auto& [key, meaning] : keys) {
        auto* keyLabel = label(u"key"_s, this, key);
        keyLabel->setFont(theme.font(TextSize::Normal, QFont::DemiBold));
        table->addWidget(keyLabel, row, 0);
        table->addWidget(label(u"meaning"_s, this, meaning), row, 1);
        ++row;
    }
    auto* note = label(u"note"_s, this, tr("Return and Space never deal. Holding a key down never deals twice."));
    setTone(*note, u"dim"_s);
    table->addWidget(note, row, 0, 1, 2);
}

}
