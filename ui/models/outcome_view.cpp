#include "ui/models/outcome_view.h"

#include "ui/models/words.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Outcome)
};

using Kind = OutcomeView::Kind;

Kind kindOf(rfq::AcceptanceState state)
{
    using rfq::AcceptanceState;
    switch (state) {
    case AcceptanceState::Intended:
    case AcceptanceState::Sent:
        return Kind::Sending;
    case AcceptanceState::Held:
        return Kind::Held;
    case AcceptanceState::Filled:
    case AcceptanceState::PartlyFilled:
        return Kind::Traded;
    case AcceptanceState::Rejected:
    case AcceptanceState::NotDone:
    case AcceptanceState::NotSent:
    case AcceptanceState::NotReceived:
    case AcceptanceState::Closed:
    case AcceptanceState::Busted:
        return Kind::Failed;
    case AcceptanceState::Unknown:
        return Kind::Unknown;
    }
    return Kind::Unknown;
}

/// "BUY 25,000,000 EUR at 1.15342 with Dealer B"
QString dealText(const rfq::Acceptance& acceptance, const QString& dealer)
{
    return Words::tr("%1 %2 %3 at %4 with %5")
        .arg(sideText(acceptance.side), amountText(acceptance.quantity), text(acceptance.currency),
            text(acceptance.price.text), dealer);
}

QString tradeText(const rfq::Trade& trade, const QString& dealer)
{
    const auto pattern = trade.side == rfq::Side::Buy ? Words::tr("You BOUGHT %1 %2 at %3 from %4, value %5")
                                                      : Words::tr("You SOLD %1 %2 at %3 to %4, value %5");
    return pattern.arg(amountText(trade.quantity), text(trade.currency), text(trade.price.text), dealer,
        valueDateText(trade.settlement));
}

QStringList adviceForUnknown(const rfq::Acceptance& acceptance, const rfq::Dealer* dealer, const QString& name)
{
    QStringList advice;
    advice << Words::tr("You may have traded. Do not deal this again until you know.");
    advice << (dealer && !dealer->phone.empty()
            ? Words::tr("Call %1 on %2 and ask for this order.").arg(name, text(dealer->phone))
            : Words::tr("Call %1 and ask for this order.").arg(name));
    advice << Words::tr("Order %1 · quote %2 · session %3")
                  .arg(text(acceptance.id.text()), text(acceptance.quote.text()), text(acceptance.session.text()));
    return advice;
}

QString failureText(rfq::AcceptanceState state)
{
    return state == rfq::AcceptanceState::NotSent ? Words::tr("You did not trade: nothing left this desk.")
                                                  : Words::tr("You did not trade.");
}

QString theirWords(const rfq::AcceptanceLine& line, const QString& dealer)
{
    if (line.text.empty() && line.code.empty())
        return {};
    const auto words = line.text.empty() ? Words::tr("code %1").arg(text(line.code)) : text(line.text);
    const bool ours = line.state == rfq::AcceptanceState::NotSent || line.state == rfq::AcceptanceState::Unknown;
    return ours ? words : QString(dealer + u": " + words);
}

/// The shortest of what the profile and the dealer say: longer than this, the trader should notice.
std::chrono::milliseconds softLimit(const rfq::DeskSettings& settings, const rfq::SessionId& session)
{
    const auto it = settings.profiles.find(session);
    return it == settings.profiles.end() ? rfq::Profile{}.holdSoft : it->second.holdSoft;
}

}

OutcomeView outcomeOf(const rfq::Rfq& rfq, const rfq::DeskSettings& settings)
{
    if (rfq.acceptances.empty())
        return {};
    const auto& line = rfq.acceptances.back();
    const auto& acceptance = line.acceptance;
    const auto* dealer = findDealer(settings, acceptance.dealer);
    const auto name = dealerName(settings, acceptance.dealer);
    OutcomeView view;
    view.kind = kindOf(line.state);
    view.title = stateText(line.state);
    view.text = dealText(acceptance, name);
    view.detail = theirWords(line, name);
    view.since = line.sent;
    view.lastLook = dealer ? dealer->lastLook : std::nullopt;
    view.soft = softLimit(settings, acceptance.session);
    switch (view.kind) {
    case Kind::None:
    case Kind::Sending:
    case Kind::Held:
        break;
    case Kind::Failed:
        view.text = failureText(line.state) + u' ' + dealText(acceptance, name);
        break;
    case Kind::Unknown:
        view.advice = adviceForUnknown(acceptance, dealer, name);
        break;
    case Kind::Traded:
    case Kind::TradedWithAlarm:
        if (!rfq.trade)
            break;
        view.text = tradeText(*rfq.trade, name);
        view.detail =
            Words::tr("Trade %1 · order %2").arg(text(rfq.trade->execId.text()), text(rfq.trade->clOrdId.text()));
        if (rfq.trade->discrepancy.empty())
            break;
        view.kind = Kind::TradedWithAlarm;
        view.advice << Words::tr("The fill differs from what you accepted: %1").arg(text(rfq.trade->discrepancy));
        view.advice << (dealer && !dealer->phone.empty() ? Words::tr("Call %1 on %2.").arg(name, text(dealer->phone))
                                                         : Words::tr("Call %1.").arg(name));
        break;
    }
    return view;
}

}
