#include "ui/widgets/access_face.h"

#include "ui/models/format.h"
#include "ui/widgets/access_panel.h"
#include "ui/widgets/arm_control.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/step_up_dialog.h"
#include "ui/widgets/ticket_panel.h"

#include <QDockWidget>
#include <QPointer>
#include <QScrollArea>

#include <algorithm>
#include <utility>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds Tick{250};
constexpr std::chrono::milliseconds SlowTick{1'000};
constexpr int PanelWidth = 272;

}

AccessFace::AccessFace(rfq::AccessControl& access, rfq::StepUp& touch, MainWindow& window)
    : QObject(&window)
    , m_access(access)
    , m_touch(touch)
    , m_window(window)
{
    if (access.sessions().empty())
        return;
    build();
    m_soon.setSingleShot(true);
    m_open.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &AccessFace::refresh);
    connect(&m_open, &QTimer::timeout, this, &AccessFace::openTouch);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_touch.tick();
        m_access.tick();
        m_arm->refresh();
        follow();
    });
    access.onChanged([this, here = QPointer<AccessFace>(this)] {
        if (here)
            m_soon.start(0);
    });
    touch.onChanged([this, here = QPointer<AccessFace>(this)] {
        if (here)
            m_soon.start(0);
    });
    connect(&window, &MainWindow::covered, this, [this] { m_access.leave(); });
    connect(&window, &MainWindow::uncovered, this, [this] { m_access.comeBack(); });
    refresh();
}

void AccessFace::build()
{
    m_window.desk().setAccess(m_access);
    auto* panel = new AccessPanel(m_window.theme(), m_access, m_window.desk());
    auto* scroll = new QScrollArea;
    scroll->setObjectName(u"accessScroll"_s);
    scroll->setAccessibleName(tr("Access"));
    scroll->setWidget(panel);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(PanelWidth);
    auto* dock = m_window.addDock(u"accessDock"_s, tr("Access"), *scroll, Qt::RightDockWidgetArea);
    dock->show(); // the window may be open already
    m_window.restoreDockWidget(dock);
    m_window.resizeDocks({dock}, {PanelWidth}, Qt::Horizontal);
    dock->setEnabled(!m_window.isLocked());
    connect(m_window.findChild<HeaderBar*>(), &HeaderBar::accessAsked, dock, [dock] {
        dock->show();
        dock->raise();
        dock->widget()->setFocus();
    });
    auto* ticket = m_window.findChild<TicketPanel*>();
    m_arm = new ArmControl(m_window.theme(), m_window.desk(), m_access, [ticket] { return ticket->draft(); });
    ticket->addControl(*m_arm);
}

void AccessFace::refresh()
{
    m_arm->refresh();
    Q_EMIT m_window.desk().sessionsChanged();
    follow();
}

void AccessFace::follow()
{
    const auto* now = m_touch.current();
    const bool timed = now || std::ranges::any_of(m_access.tickets(), [](const auto& one) {
        return one.second.phase == rfq::ArmPhase::Armed;
    });
    // Decisions of this desk's own policy are made anew as time passes, too.
    const auto pace = timed ? Tick : SlowTick;
    if (!m_tick.isActive() || m_tick.intervalAsDuration() != pace)
        m_tick.start(pace);
    for (auto* dialog : m_window.findChildren<StepUpDialog*>()) {
        if (now && dialog->number() == now->number)
            dialog->refresh();
        else
            dialog->dismiss();
    }
    if (!now)
        return m_open.stop();
    const bool isOpen = std::ranges::any_of(m_window.findChildren<StepUpDialog*>(),
        [now](const auto* dialog) { return dialog->isVisible() && dialog->number() == now->number; });
    if (!isOpen && !m_open.isActive())
        m_open.start(Delay);
}

void AccessFace::openTouch()
{
    if (!m_touch.current() || m_window.isLocked())
        return;
    auto* dialog = new StepUpDialog(m_window.theme(), m_touch, m_window.desk(), &m_window);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

}
