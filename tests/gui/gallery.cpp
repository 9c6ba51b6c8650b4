/// desk_gallery DIRECTORY [dark|light]: opens the real window on a desk of fakes in every state that matters and saves
/// a picture of each. For people who change a screen: run it at QT_SCALE_FACTOR 1 and 2 and look.

#include "tests/gui/desk_rig.h"
#include "ui/models/format.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPixmap>

#include <functional>
#include <iostream>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::DeskRig;

namespace {

rfq::DeskSettings sixDealers()
{
    auto settings = support::deskSettings();
    settings.dealers[0].name = "Alder Bank";
    settings.dealers[1].name = "Birch Markets";
    settings.dealers[1].lastLook = 2000ms;
    settings.dealers[2].name = "Cedar & Co";
    settings.dealers[3].name = "Dogwood Direct";
    settings.dealers.push_back({rfq::DealerId("DLR-E"), "Elm Securities", support::VenueX, "+44 20 7946 0005", {}});
    settings.dealers.push_back({rfq::DealerId("DLR-F"), "Fir Capital", support::VenueX, "+44 20 7946 0006", {}});
    return settings;
}

struct Scene {
    DeskRig rig;

    explicit Scene(ui::ThemeName theme)
        : rig(settings(theme), sixDealers())
    {
    }

    static ui::WindowSettings settings(ui::ThemeName theme)
    {
        ui::WindowSettings made;
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
        rig.desk.service.apply(rfq::RequestDeclined{support::VenueX, id, support::DlrC, "5", "credit line full"});
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
};

using Setup = std::function<void(Scene&)>;

std::vector<std::pair<QString, Setup>> signInStates()
{
    return {
        {u"sign-in"_s, [](Scene&) {}},
        {u"sign-in-wrong"_s, [](Scene& s) { s.rig.enterPin(u"0000"_s); }},
        {u"sign-in-last-try"_s,
            [](Scene& s) {
                s.rig.enterPin(u"0000"_s);
                s.rig.enterPin(u"0000"_s);
            }},
        {u"sign-in-blocked"_s,
            [](Scene& s) {
                s.rig.signIn.status.pin = {0, false, true};
                s.rig.click(*s.rig.find<QWidget>(u"signInAgain"_s));
                s.rig.signIn.inspect([](const auto&) {});
                s.rig.window->findChild<ui::SecureLineEdit*>(u"pin"_s)->clear();
            }},
        {u"sign-in-no-token"_s,
            [](Scene& s) {
                s.rig.open();
                s.rig.signIn.pull();
            }},
    };
}

std::vector<std::pair<QString, Setup>> deskStates()
{
    return {
        {u"empty"_s, [](Scene& s) { s.open(); }},
        {u"live-buy"_s,
            [](Scene& s) {
                s.open();
                s.prices(s.ask(rfq::RequestSide::Buy), false);
                s.rig.advance(2s);
            }},
        {u"two-way"_s,
            [](Scene& s) {
                s.open();
                s.prices(s.ask(rfq::RequestSide::TwoWay), true);
            }},
        {u"held"_s,
            [](Scene& s) {
                s.open();
                const auto id = s.dealt();
                s.rig.desk.service.apply(
                    rfq::ExecutionReported{s.rig.desk.statusReport(s.rig.desk.acceptance(id).acceptance, '0')});
                s.rig.advance(1300ms);
            }},
        {u"traded"_s,
            [](Scene& s) {
                s.open();
                s.rig.desk.fill(s.dealt());
                s.rig.changed();
                s.prices(s.ask(rfq::RequestSide::Sell), true);
                DeskRig::click(*s.rig.find<QWidget>(u"tradesTab"_s));
            }},
        {u"rejected"_s,
            [](Scene& s) {
                s.open();
                s.rig.desk.reject(s.dealt(), "price moved during last look");
                s.rig.changed();
            }},
        {u"unknown"_s,
            [](Scene& s) {
                s.open();
                s.dealt();
                s.rig.advance(11s);
                s.prices(s.ask(rfq::RequestSide::Buy), false);
                DeskRig::click(*s.rig.find<QWidget>(u"unknownTab"_s));
            }},
        {u"session-down"_s,
            [](Scene& s) {
                s.open();
                s.prices(s.ask(rfq::RequestSide::Buy), false);
                rfq::SessionChanged down;
                down.session = support::DirectD;
                down.phase = rfq::SessionPhase::Waiting;
                down.reason = base::Error{base::Errc::ConnectionLost, "peer closed without notify"};
                down.retryAt = s.rig.desk.clock.steady() + 3s;
                s.rig.desk.service.apply(down);
                s.rig.changed();
                DeskRig::click(*s.rig.find<QWidget>(u"eventsTab"_s));
            }},
        {u"locked"_s,
            [](Scene& s) {
                s.open();
                s.prices(s.ask(rfq::RequestSide::Buy), false);
                s.rig.window->lock();
            }},
    };
}

}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc < 2) {
        std::cerr << "usage: desk_gallery DIRECTORY [dark|light]\n";
        return 64;
    }
    const QDir directory(QString::fromLocal8Bit(argv[1]));
    directory.mkpath(u"."_s);
    const bool light = argc > 2 && QByteArray(argv[2]) == "light";
    auto states = signInStates();
    for (auto& state : deskStates())
        states.push_back(std::move(state));
    for (const auto& [name, setup] : states) {
        Scene scene(light ? ui::ThemeName::Light : ui::ThemeName::Dark);
        setup(scene);
        DeskRig::settleLayout();
        const auto file = name + (light ? u"-light.png" : u"-dark.png");
        if (!scene.rig.window->grab().save(directory.filePath(file)))
            return 1;
    }
    std::cout << states.size() << " pictures in " << argv[1] << '\n';
    return 0;
}
