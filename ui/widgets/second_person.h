#pragma once

#include "ui/widgets/consent_dialog.h"

#include <QObject>

namespace ui {

/// Opens what two persons decide, one window for each decision. GUI thread.
class SecondPerson final : public QObject {
    Q_OBJECT

public:
    /// The windows belong to `host`.
    SecondPerson(const Theme& theme, DeskModel& desk, rfq::Approver& approver, QWidget& host);

    /// Who asks; the second person is always somebody else.
    void setTrader(rfq::Person trader) { m_trader = std::move(trader); }
    void closeOutcome(const rfq::ClOrdId& order) { open(order, ConsentDialog::Purpose::CloseOutcome); }
    void allowTwin(const rfq::ClOrdId& order) { open(order, ConsentDialog::Purpose::AllowTwin); }

    /// A card keeps somebody waiting, or does so no longer.
    void showWork(rfq::CardWork work);

private:
    void open(const rfq::ClOrdId& order, ConsentDialog::Purpose purpose);

    const Theme& m_theme;
    DeskModel& m_desk;
    rfq::Approver& m_approver;
    QWidget& m_host;
    rfq::Person m_trader;
    rfq::CardWork m_work = rfq::CardWork::Done;
};

}
