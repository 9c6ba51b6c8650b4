#pragma once

#include "tests/gui/desk_rig.h"

#include <QLineEdit>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

/// A desk of fakes for pictures: six dealers, one price of each kind.
namespace gallery {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::DeskRig;

inline rfq::DeskSettings sixDealers()
{
    auto settings = support::deskSettings();
    settings.dealers[0].name = "Alder Bank";
    settings.dealers[1].name = "Birch Markets";
    settings.dealers[1].lastLook = 2000ms;
    settings.dealers[2].name = "Cedar & Co";
    settings.dealers[3].name = "Dogwood Direct";
    settings.dealers.push_back({rfq::DealerId("DLR-E"), "Elm Securities", support::VenueX, "+44 20 7946 0005", {}});
    settings.dealers.push_back({rfq::DealerId("DLR-F"), "Fir Capital", support::VenueX, "+44 20 7946 0006", {}});
    settings.profiles[support::VenueX].rejectCodes = {
        {"4", rfq::RejectCategory::Credit}, {"99", rfq::RejectCategory::PriceMoved}};
    return settings;
}

struct Scene {
    std::shared_ptr<void> more; ///< what a scene has beside the window, which goes first
    DeskRig rig;

    std::optional<base::SteadyTime> closeAt; ///< while the sessions wait for a card

    explicit Scene(ui::ThemeName theme)
        : rig(settings(theme), sixDealers())
    {
    }

    ui::WindowSettings settings(ui::ThemeName theme)
    {
        ui::WindowSettings made;
        made.sessionsCloseAt = [this] { return closeAt; };
        made.restored.theme = theme;
        return made;
    }

    void open()
    {
        rig.open();
        rfq::SessionChanged up;
        up.session = support::VenueX;
        up.phase = rfq::SessionPhase::LoggedOn;
        up.connection = rfq::ConnectionFacts{"TLSv1.3", "TLS_AES_256_GCM_SHA384", "127.0.0.1:7801",
            "CN=venue-x.example", "5e884898da28047151d0e56f8dc62927", rig.desk.clock.utc(), true};
        rig.desk.service.apply(up);
        rig.find<QLineEdit>(u"amount"_s)->setText(u"25m"_s);
        rig.changed();
    }

    rfq::RfqId ask(rfq::RequestSide side, const std::string& symbol = "EUR/USD", const std::string& currency = "EUR")
    {
        auto draft = support::FakeDesk::draft();
        draft.symbol = symbol;
        draft.currency = currency;
        draft.side = side;
        draft.dealers.clear();
        for (const auto& dealer : rig.desk.service.settings().dealers)
            draft.dealers.push_back(dealer.id);
        return rig.request(draft);
    }

    void prices(const rfq::RfqId& id, bool twoWay)
    {
        rig.quote(id, support::DlrB, "QB-1", twoWay ? "1.15331" : "", "1.15342");
        rig.quote(id, support::DlrA, "QA-1", twoWay ? "1.15333" : "", "1.15344");
        auto indicative = rig.desk.quoteEvent(id, support::DlrD, "QD-1", twoWay ? "1.1533" : "", "1.1534");
        indicative.quote.type = rfq::QuoteType::Indicative;
        rig.desk.service.apply(indicative);
        rig.desk.service.apply(rfq::RequestDeclined{support::VenueX, id, support::DlrC, "4", "credit line full"});
        auto gone = rig.desk.quoteEvent(id, rfq::DealerId("DLR-E"), "QE-1", twoWay ? "1.15330" : "", "1.15349");
        rig.desk.service.apply(gone);
        rig.desk.service.apply(
            rfq::QuoteWithdrawn{support::VenueX, id, rfq::DealerId("DLR-E"), rfq::QuoteId("QE-1"), {}});
        rig.changed();
        rig.advance(600ms);
    }

    rfq::RfqId dealt()
    {
        const auto id = ask(rfq::RequestSide::Buy);
        prices(id, false);
        DeskRig::click(rig.offer(id, support::DlrB));
        rig.desk.confirmSent(id);
        rig.changed();
        return id;
    }
    rfq::RfqId held()
    {
        const auto id = dealt();
        rig.desk.service.apply(rfq::ExecutionReported{rig.desk.statusReport(rig.desk.acceptance(id).acceptance, '0')});
        rig.changed();
        return id;
    }
    /// No answer in time: the dealer is being asked.
    rfq::RfqId asking()
    {
        const auto id = dealt();
        rig.advance(10s);
        rig.advance(3s);
        DeskRig::settleLayout();
        return id;
    }
    /// Every question was asked, and nobody could tell.
    rfq::RfqId unknown()
    {
        const auto id = asking();
        rig.advance(3s);
        rig.advance(3s);
        DeskRig::settleLayout();
        return id;
    }
    rfq::RfqId filled()
    {
        const auto id = dealt();
        rig.desk.fill(id);
        rig.changed();
        return id;
    }
    void amend(const rfq::RfqId& id, char execType, const std::string& price)
    {
        auto report = rig.desk.fillReport(rig.desk.acceptance(id).acceptance);
        report.execRefId = report.execId;
        report.execId = rfq::ExecId(std::string("X") + execType);
        report.execType = execType;
        report.lastPx = support::price(price);
        report.avgPx = report.lastPx;
        report.text = execType == 'H' ? "booked in error" : "price corrected";
        rig.desk.service.apply(rfq::ExecutionReported{report});
        rig.changed();
        DeskRig::settleLayout();
    }
    void press(const QString& name)
    {
        DeskRig::settleLayout();
        DeskRig::click(*rig.find<QWidget>(name));
        DeskRig::settleLayout();
    }
};

using Setup = std::function<void(Scene&)>;
using States = std::vector<std::pair<QString, Setup>>;

/// Before the sign-in, and the desk at its ordinary work.
[[nodiscard]] States signInStates();
[[nodiscard]] States deskStates();
/// From the click to its outcome, and what can go wrong on the way.
[[nodiscard]] States outcomeStates();
/// What two persons decide, and incidents.
[[nodiscard]] States decisionStates();
/// A card that goes, comes back or is another; a certificate that ends.
[[nodiscard]] States tokenStates();
[[nodiscard]] States accessStates();
/// Cards and security keys, from the shop to the sign-in.
[[nodiscard]] States tokenManagerStates();
/// All of these.
[[nodiscard]] States allStates();

}
