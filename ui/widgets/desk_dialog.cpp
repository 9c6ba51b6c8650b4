#include "ui/widgets/desk_dialog.h"

#include "ui/widgets/tab_order.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int Margin = 24;
constexpr int Edge = 1;
constexpr int EdgeAlpha = 130; ///< of 255
constexpr int FrameHeight = 48; ///< about what the window manager puts around it

}

DeskDialog::DeskDialog(const QString& name, const QString& title, QWidget* parent)
    : QDialog(parent)
    , m_scroll(new QScrollArea(this))
    , m_content(new QWidget)
    , m_column(new QVBoxLayout(m_content))
    , m_foot(new QHBoxLayout)
{
    setObjectName(name);
    setWindowTitle(title);
    setAccessibleName(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(Width);
    m_column->setContentsMargins(Margin, Margin, Margin, grid::Small);
    m_column->setSpacing(grid::Step);
    m_foot->setContentsMargins(Margin, grid::Step, Margin, Margin);
    m_foot->setSpacing(grid::Step);
    m_foot->addStretch();
    m_scroll->setObjectName(name + u"Scroll"_s);
    m_scroll->setWidget(m_content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    m_content->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (now && m_content->isAncestorOf(now))
            m_scroll->ensureWidgetVisible(now);
    });
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(Edge, Edge, Edge, Edge);
    outer->setSpacing(0);
    outer->addWidget(m_scroll, 1);
    outer->addLayout(m_foot);
}

void DeskDialog::addFoot(std::initializer_list<QWidget*> widgets)
{
    for (auto* widget : widgets)
        m_foot->addWidget(widget);
}

void DeskDialog::showEvent(QShowEvent* event)
{
    growToFit();
    orderTabs(*layout());
    QDialog::showEvent(event);
}

void DeskDialog::paintEvent(QPaintEvent* event)
{
    QDialog::paintEvent(event);
    QPainter painter(this);
    auto colour = palette().color(QPalette::PlaceholderText);
    colour.setAlpha(EdgeAlpha);
    painter.setPen(colour);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

bool DeskDialog::eventFilter(QObject* watched, QEvent* event)
{
    const bool taken = QDialog::eventFilter(watched, event);
    if (watched == m_content && event->type() == QEvent::LayoutRequest) {
        growToFit();
        orderTabs(*layout());
    }
    return taken;
}

/// What is only read has no focus that could bring it into sight.
void DeskDialog::keyPressEvent(QKeyEvent* event)
{
    auto& bar = *m_scroll->verticalScrollBar();
    if (event->key() == Qt::Key_PageDown)
        bar.triggerAction(QAbstractSlider::SliderPageStepAdd);
    else if (event->key() == Qt::Key_PageUp)
        bar.triggerAction(QAbstractSlider::SliderPageStepSub);
    else
        QDialog::keyPressEvent(event);
}

void DeskDialog::growToFit()
{
    // Beside a scroll bar the words take more lines; without the room for those it would never go.
    const int narrow = std::min(width() - 2 * Edge, m_scroll->viewport()->width());
    const int content = std::max(m_column->totalHeightForWidth(narrow), m_column->totalMinimumSize().height());
    const int wanted = content + m_foot->sizeHint().height() + 2 * Edge;
    const QRect available = screen()->availableGeometry();
    const int room = available.height() - FrameHeight;
    if (height() >= std::min(wanted, room))
        return;
    resize(width(), std::min(wanted, room));
    // Where it stands it may have outgrown the screen: its buttons stay in sight.
    const int below = frameGeometry().bottom() - available.bottom();
    if (isVisible() && below > 0)
        move(x(), std::max(available.top(), y() - below));
}

}
