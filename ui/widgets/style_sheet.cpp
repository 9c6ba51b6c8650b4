#include "ui/widgets/theme.h"

#include <QHash>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

/// Colours are written as @name; see withColours().
constexpr auto Template = uR"(
* { outline: 0; }
QMainWindow, QMainWindow::separator { background: @window; }
QMainWindow::separator { width: 4px; height: 4px; }
QMainWindow::separator:hover { background: @strongLine; }
QToolTip { background: @card; color: @text; border: 1px solid @strongLine; padding: 6px 8px; }

QDockWidget { color: @dimText; titlebar-close-icon: none; titlebar-normal-icon: none; }
#panel, #ticketPanel, #cardsPanel, #blotterPanel { background: @panel; }
#panelTitle { color: @dimText; font-size: 11px; font-weight: 600; letter-spacing: 1px; }
#header { background: @panel; border-bottom: 1px solid @line; }
#rule { background: @line; border: 0; }

QLabel { color: @text; background: transparent; }
QLabel[tone="dim"] { color: @dimText; }
QLabel[tone="small"] { color: @dimText; font-size: 11px; }
QLabel[tone="title"] { font-size: 18px; font-weight: 600; }
QLabel[tone="large"] { font-size: 15px; }
QLabel[tone="heading"] { font-size: 15px; font-weight: 600; }
QLabel[tone="strong"] { font-weight: 600; }
QLabel[tone="good"] { color: @good; }
QLabel[tone="warning"] { color: @warning; }
QLabel[tone="alarm"] { color: @alarm; }
QLabel[tone="alarmHeading"] { color: @alarm; font-weight: 600; }
QLabel[outcome] { font-size: 15px; font-weight: 700; color: @accent; }
QLabel[outcome="good"] { color: @good; }
QLabel[outcome="warning"] { color: @warning; }
QLabel[outcome="alarm"] { color: @alarm; }
QLabel:disabled { color: @faintText; }

QLineEdit, QDateEdit, QComboBox {
    background: @field; color: @text; border: 1px solid @strongLine; border-radius: 4px;
    padding: 0 8px; min-height: 30px; selection-background-color: @accent; selection-color: @onAccent;
}
QLineEdit:hover, QComboBox:hover, QDateEdit:hover { border-color: @faintText; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus { border: 1px solid @accent; }
QLineEdit[invalid="true"] { border: 1px solid @alarm; }
QLineEdit:disabled, QComboBox:disabled, QDateEdit:disabled { color: @faintText; background: @panel; border-color: @line; }
QComboBox::drop-down, QDateEdit::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: none; width: 0; }
QAbstractItemView {
    background: @card; color: @text; border: 1px solid @line; selection-background-color: @accent;
    selection-color: @onAccent;
}
QComboBox QAbstractItemView { padding: 4px; }

QPushButton, QToolButton {
    background: @card; color: @text; border: 1px solid @strongLine; border-radius: 4px; padding: 0 12px;
    min-height: 30px;
}
QPushButton:hover, QToolButton:hover { border-color: @dimText; }
QPushButton:pressed, QToolButton:pressed { background: @line; }
QPushButton:focus, QToolButton:focus { border: 1px solid @accent; }
QPushButton:disabled, QToolButton:disabled { color: @faintText; border-color: @line; background: @panel; }
QPushButton[kind="primary"] { background: @accent; color: @onAccent; border: 1px solid @accent; font-weight: 600; }
QPushButton#request, QPushButton#signInEnter { min-height: 38px; }
QPushButton[kind="primary"]:hover { border-color: @text; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; padding: 0 11px; min-height: 28px; }
QPushButton#request:focus, QPushButton#signInEnter:focus { min-height: 36px; }
QPushButton[kind="primary"]:disabled { background: @line; color: @faintText; border-color: @line; }
QPushButton[kind="quiet"], QToolButton[kind="quiet"] { background: transparent; border: 1px solid transparent; padding: 0 8px; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: @line; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border: 1px solid @accent; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: @accent; padding: 0; min-height: 22px; text-align: left; }
QPushButton[kind="link"]:focus { border: 1px solid @accent; }
QToolButton[kind="quiet"][alarm="true"] { color: @alarm; font-weight: 600; }
QToolButton[kind="quiet"][warning="true"] { color: @warning; font-weight: 600; }
QToolButton::menu-indicator { image: none; width: 0; }

QToolButton[kind="segment"] { border-radius: 0; border-right-width: 0; color: @dimText; font-weight: 600; }
QToolButton[kind="segment"][place="first"] { border-top-left-radius: 4px; border-bottom-left-radius: 4px; }
QToolButton[kind="segment"][place="last"] { border-top-right-radius: 4px; border-bottom-right-radius: 4px; border-right-width: 1px; }
QToolButton[kind="segment"]:checked { background: @accent; color: @onAccent; border-color: @accent; }
QToolButton[kind="segment"][side="buy"]:checked { background: @buy; color: @onDeal; border-color: @buy; }
QToolButton[kind="segment"][side="sell"]:checked { background: @sell; color: @onDeal; border-color: @sell; }
QToolButton[kind="segment"]:focus { border: 1px solid @text; }

QToolButton[kind="chip"] { min-height: 26px; padding: 0 8px; color: @dimText; background: transparent; }
QToolButton[kind="chip"]:checked { color: @text; background: @card; border-color: @accent; }
QToolButton[kind="chip"]:focus { border: 1px solid @text; }
QToolButton[kind="chip"]:disabled { color: @faintText; border-style: dashed; }

QToolButton[kind="tab"] { background: transparent; border: 0; border-bottom: 2px solid transparent; border-radius: 0; padding: 0 4px; margin: 0 4px; color: @dimText; min-height: 28px; }
QToolButton[kind="tab"]:hover { color: @text; }
QToolButton[kind="tab"]:checked { color: @text; border-bottom: 2px solid @accent; }
QToolButton[kind="tab"]:focus { color: @accent; background: @line; }
QToolButton[kind="tab"][alarm="true"] { color: @alarm; font-weight: 600; }

QDialog { background: @panel; }
QFrame[kind="tokenPanel"] { background: @card; border: 1px solid @line; border-radius: 6px; }
QPlainTextEdit { background: @field; color: @text; border: 1px solid @line; border-radius: 4px; padding: 4px; selection-background-color: @accent; selection-color: @onAccent; }
QPlainTextEdit[readOnly="false"] { border: 1px solid @strongLine; }
QPlainTextEdit:focus { border: 1px solid @accent; }
QRadioButton { color: @text; spacing: 8px; min-height: 24px; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @strongLine; border-radius: 8px; background: @field; }
QRadioButton::indicator:checked { border: 5px solid @accent; width: 6px; height: 6px; background: @onAccent; }
QRadioButton:focus { color: @accent; }
QRadioButton:disabled { color: @faintText; }
QCheckBox { color: @text; spacing: 8px; min-height: 24px; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid @strongLine; border-radius: 3px; background: @field; }
QCheckBox::indicator:checked { background: @accent; border: 1px solid @accent; }
QCheckBox:focus { color: @accent; }
QCheckBox:disabled { color: @faintText; }
QCheckBox::indicator:checked:disabled { background: @faintText; border-color: @faintText; }

QTableView { background: @panel; alternate-background-color: @panel; border: 1px solid transparent; gridline-color: @line; }
QTableView:focus { border: 1px solid @accent; }
QTableView::item { padding: 0 8px; border: 0; border-bottom: 1px solid @line; }
QTableView::item:selected { background: @card; color: @text; }
QHeaderView { background: @panel; border: 0; }
QHeaderView::section { background: @panel; color: @dimText; border: 0; border-bottom: 1px solid @line; padding: 0 11px; min-height: 28px; font-size: 11px; }

QScrollArea { background: transparent; border: 0; }
QScrollArea#accessScroll { border: 1px solid transparent; }
QScrollArea#accessScroll:focus { border: 1px solid @accent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @strongLine; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @faintText; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: transparent; border: 0; width: 0; height: 0; }

QMenu { background: @card; color: @text; border: 1px solid @strongLine; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 3px; }
QMenu::item:selected { background: @line; }
QMenu::item:disabled { color: @faintText; }
QMenu::separator { height: 1px; background: @line; margin: 4px; }
QCalendarWidget QWidget { alternate-background-color: @panel; }
QCalendarWidget QToolButton { border: 0; background: transparent; }
)";

}

QString styleSheet(const Colours& c)
{
    // Longer names first: @buyHover must not be read as @buy.
    const std::pair<QString, QColor> names[] = {{u"@strongLine"_s, c.strongLine}, {u"@barGround"_s, c.barGround},
        {u"@faintText"_s, c.faintText}, {u"@sellHover"_s, c.sellHover}, {u"@onAccent"_s, c.onAccent},
        {u"@buyHover"_s, c.buyHover}, {u"@dimText"_s, c.dimText}, {u"@warning"_s, c.warning},
        {u"@onAlarm"_s, c.onAlarm}, {u"@onDeal"_s, c.onDeal}, {u"@window"_s, c.window}, {u"@accent"_s, c.accent},
        {u"@panel"_s, c.panel}, {u"@field"_s, c.field}, {u"@alarm"_s, c.alarm}, {u"@sell"_s, c.sell},
        {u"@card"_s, c.card}, {u"@line"_s, c.line}, {u"@text"_s, c.text}, {u"@good"_s, c.good}, {u"@buy"_s, c.buy}};
    auto sheet = QString::fromUtf16(Template);
    for (const auto& [name, colour] : names)
        sheet.replace(name, colour.name());
    return sheet;
}

}
