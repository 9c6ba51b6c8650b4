#include "ui/models/outcome_view.h"

#include "ui/models/recovery_words.h"
#include "ui/models/unknown_model.h"
#include "ui/models/words.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Outcome)
};

using Kind = OutcomeView::Kind;
constexpr std::size_t ShownEvidence = 4;

Kind kindOf(const rfq::AcceptanceLine& line)
{
    using rfq::AcceptanceState;
    switch (line.state) {
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
        return Kind::Failed;
    case AcceptanceState::NotReceived:
        return Kind::NotReceived;
    case AcceptanceState::Closed:
        return line.closing && line.closing->verdict == rfq::Verdict::Traded ? Kind::ClosedTraded
                                                                             : Kind::ClosedNotTraded;
    case AcceptanceState::Busted:
        return Kind::Busted;
    case AcceptanceState::Unknown:
        return Kind::Unknown;
    }
    return Kind::Unknown;
}

QString tradeText(const rfq::Trade& trade, const QString& dealer)
{
    const auto pattern = trade.side == rfq::Side::Buy ? Words::tr("You BOUGHT %1 %2 at %3 from %4, value %5")
                                                      : Words::tr("You SOLD %1 %2 at %3 to %4, value %5");
    return pattern.arg(amountText(trade.quantity), text(trade.currency), text(trade.price.text), dealer,
        valueDateText(trade.settlement));
}

QString phoneText(const rfq::Dealer* dealer, const QString& name)
{
    return dealer && !dealer->phone.empty() ? Words::tr("Call %1 on %2.").arg(name, text(dealer->phone))
                                            : Words::tr("Call %1.").arg(name);
}

QString failureText(rfq::AcceptanceState state)
{
    return state == rfq::AcceptanceState::NotSent ? Words::tr("You did not trade: nothing left this desk.")
                                                  : Words::tr("You did not trade.");
}

/// The dealer's reason, or ours where nothing was sent.
QString whyText(const rfq::AcceptanceLine& line, const QString& dealer)
{
    using rfq::AcceptanceState;
    if (line.state == AcceptanceState::NotSent)
        return text(line.text);
    const auto theirs = refusalText(line.category, line.code, line.text);
    if (theirs.isEmpty())
        return line.state == AcceptanceState::Rejected ? Words::tr("%1 gave no reason").arg(dealer) : QString();
    return dealer + u": " + theirs;
}

std::chrono::milliseconds softLimit(const rfq::DeskSettings& settings, const rfq::SessionId& session)
{
    const auto it = settings.profiles.find(session);
    return it == settings.profiles.end() ? rfq::Profile{}.holdSoft : it->second.holdSoft;
}

QStringList newestEvidence(const std::vector<rfq::Evidence>& all)
{
    QStringList lines;
    for (auto i = all.size() - std::min(all.size(), ShownEvidence); i < all.size(); ++i)
        lines << evidenceLine(all[i]);
    return lines;
}

void describeUnknown(OutcomeView& view, const rfq::AcceptanceLine& line, const rfq::RfqService& service)
{
    const auto row = unknownRow(line, service);
    view.canAsk = row.canAsk;
    view.evidence = newestEvidence(line.evidence);
    view.advice << Words::tr("You may have traded. Do not deal this again until you know.");
    view.advice << row.doing;
    view.advice << callText(row.dealer, row.phone, row.order);
}

void describeClosed(OutcomeView& view, const rfq::AcceptanceLine& line, const QString& deal)
{
    const bool traded = view.kind == Kind::ClosedTraded;
    view.text = traded ? Words::tr("Two persons decided: TRADED. %1").arg(deal)
                       : Words::tr("Two persons decided: NOT traded. %1").arg(deal);
    view.detail = text(line.text);
    if (line.closing) {
        const auto& closing = *line.closing;
        view.detail = Words::tr("%1 and %2 at %3 UTC. Reference: %4. Reason: %5")
                          .arg(text(closing.trader.name), text(closing.approval.person.name), timeText(closing.time),
                              text(closing.reference), text(closing.reason));
    }
    if (traded)
        view.advice << Words::tr("It counts in your position until the dealer's own report is booked.");
}

void describeTrade(OutcomeView& view, const rfq::Trade& trade, const rfq::Dealer* dealer, const QString& name)
{
    view.text = tradeText(trade, name);
    view.detail = Words::tr("Trade %1 · order %2").arg(text(trade.execId.text()), text(trade.clOrdId.text()));
    const auto wrong = text(trade.discrepancy);
    if (trade.state == rfq::TradeState::Corrected) {
        view.kind = Kind::TradedWithAlarm;
        view.advice << (wrong.isEmpty() ? Words::tr("The dealer corrected this fill. These are the new values.")
                                        : Words::tr("The dealer corrected this fill: %1").arg(wrong));
    } else if (!wrong.isEmpty()) {
        view.kind = Kind::TradedWithAlarm;
        view.advice << Words::tr("Something is wrong with this fill: %1").arg(wrong);
    }
    if (view.kind == Kind::TradedWithAlarm)
        view.advice << phoneText(dealer, name);
}

}

OutcomeView outcomeOf(const rfq::Rfq& rfq, const rfq::RfqService& service)
{
    if (rfq.acceptances.empty())
        return {};
    const auto& line = rfq.acceptances.back();
    const auto& acceptance = line.acceptance;
    const auto* dealer = findDealer(service.settings(), acceptance.dealer);
    const auto name = dealerName(service.settings(), acceptance.dealer);
    const auto deal = dealText(acceptance, name);
    OutcomeView view;
    view.kind = kindOf(line);
    view.title = stateText(line.state);
    view.text = deal;
    view.order = acceptance.id;
    view.since = line.sent;
    view.lastLook = dealer ? dealer->lastLook : std::nullopt;
    view.soft = softLimit(service.settings(), acceptance.session);
    view.asking = line.asking ? askingText(*line.asking, acceptance.session) : QString();
    switch (view.kind) {
    case Kind::None:
    case Kind::Sending:
        break;
    case Kind::Held:
        view.detail = text(line.text);
        break;
    case Kind::Failed:
        view.text = failureText(line.state) + u' ' + deal;
        view.detail = whyText(line, name);
        break;
    case Kind::NotReceived:
        view.text = Words::tr("You did not trade, and that is proven: it never reached the dealer. %1").arg(deal);
        view.evidence = newestEvidence(line.evidence);
        view.advice << Words::tr("It is safe to deal again.");
        break;
    case Kind::ClosedTraded:
    case Kind::ClosedNotTraded:
        describeClosed(view, line, deal);
        break;
    case Kind::Busted:
        view.text = Words::tr("The dealer took the fill back: it counts for nothing. %1").arg(deal);
        view.detail = whyText(line, name);
        view.advice << phoneText(dealer, name) + u' ' + Words::tr("Check your hedge before you deal again.");
        break;
    case Kind::Unknown:
        describeUnknown(view, line, service);
        break;
    case Kind::Traded:
    case Kind::TradedWithAlarm:
        if (rfq.trade)
            describeTrade(view, *rfq.trade, dealer, name);
        break;
    }
    return view;
}

}
