#include "ui/models/unknown_model.h"

#include "ui/models/recovery_words.h"
#include "ui/models/rfq_view.h"
#include "ui/models/words.h"

#include <QCoreApplication>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Unknown)
};

std::vector<UnknownModel::Column> columns()
{
    return {{Words::tr("Time UTC"), [](const UnknownRow& row) { return timeText(row.time); },
                [](const UnknownRow& row) {
                    return QVariant(static_cast<qlonglong>(row.time.time_since_epoch().count()));
                }},
        {Words::tr("Dealer"), [](const UnknownRow& row) { return row.dealer; }},
        {Words::tr("Deal"), [](const UnknownRow& row) { return row.terms; }},
        {Words::tr("Session"), [](const UnknownRow& row) { return row.session; }},
        {Words::tr("What happens now"), [](const UnknownRow& row) { return row.doing; }},
        {Words::tr("Next step"), [](const UnknownRow& row) { return row.next; }},
        {Words::tr("Phone"), [](const UnknownRow& row) { return row.phone; }},
        {Words::tr("Last evidence"), [](const UnknownRow& row) { return row.evidence; }},
        {Words::tr("Order"), [](const UnknownRow& row) { return text(row.order.text()); }}};
}

bool hasCandidate(const rfq::AcceptanceLine& line)
{
    return std::ranges::any_of(
        line.evidence, [](const rfq::Evidence& e) { return e.kind == rfq::EvidenceKind::Candidate; });
}

QString doingText(const rfq::AcceptanceLine& line, bool online)
{
    const auto& session = line.acceptance.session;
    if (line.asking)
        return askingText(*line.asking, session);
    if (!online)
        return Words::tr("%1 is not logged on. It is asked as soon as it is back.").arg(text(session.text()));
    if (line.exhausted)
        return Words::tr("Nobody could tell. It is asked again by itself.");
    return Words::tr("It is asked again by itself.");
}

QString nextText(const rfq::AcceptanceLine& line, bool online)
{
    if (hasCandidate(line))
        return Words::tr("Call, compare the trade they list, then close");
    if (line.exhausted || !online)
        return Words::tr("Call, then close with a second person");
    return Words::tr("Wait for the answer, or call");
}

}

QString callText(const QString& dealer, const QString& phone, const rfq::ClOrdId& order)
{
    const auto id = text(order.text());
    return phone.isEmpty() ? Words::tr("Call %1 and ask for order %2.").arg(dealer, id)
                           : Words::tr("Call %1 on %2 and ask for order %3.").arg(dealer, phone, id);
}

UnknownRow unknownRow(const rfq::AcceptanceLine& line, const rfq::RfqService& service)
{
    const auto& acceptance = line.acceptance;
    const auto& sessions = service.sessions();
    const auto known = sessions.find(acceptance.session);
    const auto phase = known == sessions.end() ? rfq::SessionPhase::Stopped : known->second.phase;
    const auto* dealer = findDealer(service.settings(), acceptance.dealer);
    UnknownRow row;
    row.rfq = acceptance.rfq;
    row.order = acceptance.id;
    row.time = line.time;
    row.dealer = dealerName(service.settings(), acceptance.dealer);
    row.phone = dealer ? text(dealer->phone) : QString();
    row.deal = dealText(acceptance, row.dealer);
    row.terms = termsText(acceptance);
    row.session = Words::tr("%1: %2").arg(text(acceptance.session.text()), stateText(phase));
    row.isOnline = phase == rfq::SessionPhase::LoggedOn;
    row.canAsk = row.isOnline && !line.asking;
    row.exhausted = line.exhausted;
    row.evidence = line.evidence.empty() ? QString() : evidenceLine(line.evidence.back());
    row.doing = doingText(line, row.isOnline);
    row.next = nextText(line, row.isOnline);
    return row;
}

UnknownModel::UnknownModel(QObject* parent)
    : RowsModel(columns(), parent)
{
}

void UnknownModel::refresh(const rfq::RfqService& service)
{
    std::vector<UnknownRow> rows;
    for (const auto* line : service.unknownOutcomes())
        rows.push_back(unknownRow(*line, service));
    align(std::move(rows), &UnknownRow::order);
}

QVariant UnknownModel::rowData(const UnknownRow& row, int role) const
{
    switch (role) {
    case IdRole:
        return text(row.rfq.text());
    case UnknownRole:
        return true;
    case Qt::ToolTipRole:
        return QString(row.deal + u'\n' + row.doing + u'\n' + callText(row.dealer, row.phone, row.order));
    default:
        return {};
    }
}

}
