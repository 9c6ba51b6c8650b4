#pragma once

#include "tests/gui/fake_approver.h"
#include "tests/gui/fake_sign_in.h"
#include "tests/support/fake_desk.h"
#include "ui/widgets/cards_panel.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/quote_row.h"
#include "ui/widgets/rfq_card.h"
#include "ui/widgets/secure_line_edit.h"

#include <QTest>

#include <memory>

namespace support {
using namespace Qt::StringLiterals;

/// The real window on a desk of fakes, driven the way a person drives it.
struct DeskRig {
    FakeDesk desk;
    FakeSignIn signIn;
    FakeApprover approver;
    std::unique_ptr<ui::MainWindow> window;

    explicit DeskRig(ui::WindowSettings settings = {}, rfq::DeskSettings rules = deskSettings())
        : desk(std::move(rules))
    {
        window = std::make_unique<ui::MainWindow>(desk.service, signIn, approver, desk.clock, std::move(settings));
        window->show();
        static_cast<void>(QTest::qWaitForWindowExposed(window.get()));
        window->activateWindow();
    }

    /// Types the PIN and presses Return.
    void enterPin(const QString& pin) const
    {
        auto* field = window->findChild<ui::SecureLineEdit*>(u"pin"_s);
        QTest::keyClicks(field, pin);
        QTest::keyClick(field, Qt::Key_Return);
    }
    /// Signed in, both sessions up, guard times over.
    void open()
    {
        enterPin(u"1234"_s);
        desk.logOn();
        changed();
    }
    void changed() const { window->deskChanged(); }
    /// Time passes for the service and for the screen.
    void advance(std::chrono::nanoseconds by)
    {
        desk.advance(by);
        changed();
        Q_EMIT window->desk().frame();
    }
    void passGuard() { advance(std::chrono::milliseconds(300)); }

    rfq::RfqId request(const rfq::RequestDraft& draft = FakeDesk::draft())
    {
        const auto id = desk.request(draft);
        changed();
        settleLayout();
        return id;
    }
    void quote(const rfq::RfqId& id, const rfq::DealerId& dealer, const std::string& quoteId, const std::string& bid,
        const std::string& offer)
    {
        desk.quote(id, dealer, quoteId, bid, offer);
        changed();
        settleLayout();
    }
    /// Lets Qt lay out and paint what was posted.
    static void settleLayout()
    {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }

    template <typename Widget>
    [[nodiscard]] Widget* find(const QString& name) const
    {
        return window->findChild<Widget*>(name);
    }
    [[nodiscard]] ui::CardsPanel& cards() const { return *find<ui::CardsPanel>(u"cardsPanel"_s); }
    [[nodiscard]] ui::RfqCard& card(const rfq::RfqId& id) const { return *cards().card(id); }
    [[nodiscard]] ui::QuoteRow& row(const rfq::RfqId& id, const rfq::DealerId& dealer) const
    {
        return *card(id).findChild<ui::QuoteRow*>(u"quoteRow-" + QString::fromStdString(dealer.text()));
    }
    [[nodiscard]] ui::DealButton& offer(const rfq::RfqId& id, const rfq::DealerId& dealer) const
    {
        return row(id, dealer).button(rfq::PriceSide::Offer);
    }
    static void press(QWidget& widget) { QTest::mousePress(&widget, Qt::LeftButton); }
    static void release(QWidget& widget) { QTest::mouseRelease(&widget, Qt::LeftButton); }
    static void click(QWidget& widget) { QTest::mouseClick(&widget, Qt::LeftButton); }
    /// Accepted, sent, and no answer in time nor to the question about it: UNKNOWN.
    rfq::RfqId losesSight(const rfq::DealerId& dealer = DlrA)
    {
        const auto id = request();
        quote(id, dealer, "Q-" + id.text(), "", "1.15342");
        passGuard();
        click(offer(id, dealer));
        desk.confirmSent(id);
        const auto& profile = desk.service.settings().profiles.at(VenueX);
        advance(profile.holdHard);
        advance(profile.inquiryPatience);
        settleLayout();
        return id;
    }
    /// A dialog that is open; null where none of that name is.
    template <typename Dialog>
    [[nodiscard]] Dialog* dialog() const
    {
        for (auto* there : window->findChildren<Dialog*>()) {
            if (there->isVisible())
                return there;
        }
        return nullptr;
    }
    [[nodiscard]] std::size_t deals() const { return desk.link.acceptances().size(); }
};

}
