#include "tests/gui/gallery_scene.h"

namespace gallery {

namespace {

void reject(Scene& s, const std::string& code, const std::string& text)
{
    auto report = s.rig.desk.statusReport(s.rig.desk.acceptance(s.dealt()).acceptance, '8', text);
    report.rejectCode = code;
    s.rig.desk.service.apply(rfq::ExecutionReported{report});
    s.rig.changed();
}

void sessionState(Scene& s, const rfq::SessionId& id, rfq::SessionPhase phase)
{
    rfq::SessionChanged event;
    event.session = id;
    event.phase = phase;
    if (phase == rfq::SessionPhase::Waiting) {
        event.reason = base::Error{base::Errc::ConnectionLost, "peer closed without notify"};
        event.retryAt = s.rig.desk.clock.steady() + 3s;
    }
    s.rig.desk.service.apply(event);
    s.rig.changed();
    DeskRig::settleLayout();
}

void proveNotReceived(Scene& s)
{
    const auto order = s.rig.desk.acceptance(s.unknown()).acceptance.id;
    sessionState(s, support::VenueX, rfq::SessionPhase::Waiting);
    sessionState(s, support::VenueX, rfq::SessionPhase::LoggedOn);
    s.rig.desk.service.apply(rfq::PeerExpects{support::VenueX, 17});
    s.rig.desk.service.apply(rfq::InquiryAnswered{support::VenueX, rfq::Inquiry::OrderStatus, order,
        rfq::EvidenceKind::UnknownOrder, "ExecType I OrdRejReason 5"});
    s.rig.changed();
}

void twoUnknown(Scene& s)
{
    s.unknown();
    const auto other = s.ask(rfq::RequestSide::Sell, "GBP/USD", "GBP");
    s.rig.quote(other, support::DlrA, "QG-1", "1.31207", "");
    s.rig.passGuard();
    DeskRig::click(s.rig.row(other, support::DlrA).button(rfq::PriceSide::Bid));
    s.rig.desk.confirmSent(other);
    s.rig.advance(10s);
    s.rig.advance(3s);
}

}

States outcomeStates()
{
    return {
        {u"held"_s,
            [](Scene& s) {
                s.open();
                s.held();
                s.rig.advance(1300ms);
            }},
        {u"held-late"_s,
            [](Scene& s) {
                s.open();
                s.held();
                s.rig.advance(4200ms);
            }},
        {u"held-asking"_s,
            [](Scene& s) {
                s.open();
                s.held();
                s.rig.advance(10s);
                s.rig.advance(1200ms);
            }},
        {u"rejected"_s,
            [](Scene& s) {
                s.open();
                reject(s, "99", "px moved 0.4 pips during last look");
            }},
        {u"rejected-own-code"_s,
            [](Scene& s) {
                s.open();
                reject(s, "7731", "see desk");
            }},
        {u"unknown-asking"_s,
            [](Scene& s) {
                s.open();
                s.asking();
                s.press(u"unknownTab"_s);
            }},
        {u"unknown"_s,
            [](Scene& s) {
                s.open();
                s.unknown();
                s.press(u"unknownTab"_s);
            }},
        {u"unknown-offline"_s,
            [](Scene& s) {
                s.open();
                s.unknown();
                sessionState(s, support::VenueX, rfq::SessionPhase::Waiting);
                s.press(u"unknownTab"_s);
            }},
        {u"unknown-two"_s,
            [](Scene& s) {
                s.open();
                twoUnknown(s);
                s.press(u"unknownTab"_s);
            }},
        {u"unknown-details"_s,
            [](Scene& s) {
                s.open();
                s.unknown();
                s.press(u"outcomeDetails"_s);
            }},
        {u"not-received"_s,
            [](Scene& s) {
                s.open();
                proveNotReceived(s);
            }},
        {u"twin-blocked"_s,
            [](Scene& s) {
                s.open();
                s.unknown();
                s.prices(s.ask(rfq::RequestSide::Buy), false);
                s.rig.advance(300ms);
            }},
        {u"clock-off"_s,
            [](Scene& s) {
                s.open();
                s.rig.desk.service.apply(rfq::ClockMeasured{support::VenueX, 2'400ms});
                s.rig.desk.service.apply(rfq::ClockMeasured{support::DirectD, -38ms});
                s.rig.changed();
                s.press(u"sessionsTab"_s);
            }},
        {u"position"_s,
            [](Scene& s) {
                s.open();
                s.filled();
                s.unknown();
                s.press(u"tradesTab"_s);
            }},
    };
}

}
