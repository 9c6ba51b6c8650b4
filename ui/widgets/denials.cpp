#include "ui/widgets/denials.h"

#include "ui/models/denial.h"
#include "ui/widgets/denied_dialog.h"
#include "ui/widgets/main_window.h"

#include <algorithm>
#include <utility>

namespace ui {

Denials::Denials(MainWindow& window)
    : QObject(&window)
    , m_window(window)
{
    connect(&window.desk(), &DeskModel::sessionsChanged, this, &Denials::explain);
    connect(&window, &MainWindow::uncovered, this, &Denials::explain);
}

void Denials::explain()
{
    if (m_window.isLocked())
        return;
    for (const auto& [session, now] : m_window.desk().service().sessions()) {
        const auto denial = denialOf(m_window.desk(), session);
        const bool isOver = now.phase == rfq::SessionPhase::LoggedOn || now.phase == rfq::SessionPhase::Stopped;
        if (!denial && isOver)
            m_explained.erase(session);
        if (denial && std::exchange(m_explained[session], denial->kind) != denial->kind && !find(session))
            open(session);
    }
}

void Denials::open(const rfq::SessionId& session)
{
    auto* dialog = find(session);
    if (!dialog) {
        dialog = new DeniedDialog(m_window.theme(), m_window.desk(), session, &m_window);
        connect(dialog, &DeniedDialog::retryAsked, this, [this, session](const QString& name) {
            m_explained.erase(session); // whoever asks wants to know what comes of it
            Q_EMIT m_window.retrySession(name);
        });
        dialog->QWidget::show();
    }
    dialog->raise();
    dialog->activateWindow();
}

DeniedDialog* Denials::find(const rfq::SessionId& session) const
{
    const auto all = m_window.findChildren<DeniedDialog*>();
    const auto found =
        std::ranges::find_if(all, [&](const auto* one) { return one->isVisible() && one->session() == session; });
    return found == all.end() ? nullptr : *found;
}

}
