#include "ui/widgets/second_person.h"

namespace ui {

SecondPerson::SecondPerson(const Theme& theme, DeskModel& desk, rfq::Approver& approver, QWidget& host)
    : QObject(&host)
    , m_theme(theme)
    , m_desk(desk)
    , m_approver(approver)
    , m_host(host)
{
}

void SecondPerson::showWork(rfq::CardWork work)
{
    m_work = work;
    for (auto* dialog : m_host.findChildren<ConsentDialog*>())
        dialog->showWork(work);
}

void SecondPerson::open(const rfq::ClOrdId& order, ConsentDialog::Purpose purpose)
{
    for (auto* there : m_host.findChildren<ConsentDialog*>()) {
        if (there->isVisible() && there->order() == order && there->purpose() == purpose) {
            there->raise();
            return there->activateWindow();
        }
    }
    auto* dialog = new ConsentDialog(m_theme, m_desk, m_approver, m_trader, order, purpose, &m_host);
    dialog->showWork(m_work);
    dialog->show();
    dialog->activateWindow();
}

}
