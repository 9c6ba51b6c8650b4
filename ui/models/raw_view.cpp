#include "ui/models/raw_view.h"

#include "ui/models/format.h"
#include "ui/models/recovery_words.h"
#include "ui/models/rfq_view.h"
#include "ui/models/words.h"

#include <QCoreApplication>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Raw)
};

/// Facts without a value are left out.
class Facts {
public:
    void add(const QString& name, const QString& value)
    {
        if (!value.isEmpty())
            m_facts.emplace_back(name, value);
    }
    [[nodiscard]] auto take() { return std::move(m_facts); }

private:
    std::vector<std::pair<QString, QString>> m_facts;
};

QString readable(std::string message)
{
    for (char& c : message) {
        if (c == '\x01')
            c = '|';
    }
    return text(message);
}

QString categoryOrUnknown(rfq::RejectCategory category)
{
    if (category == rfq::RejectCategory::Unknown)
        return Words::tr("not known to this desk");
    return categoryText(category);
}

void addClosing(Facts& facts, const rfq::Closing& closing)
{
    facts.add(Words::tr("Decided as"),
        closing.verdict == rfq::Verdict::Traded ? Words::tr("traded") : Words::tr("not traded"));
    facts.add(Words::tr("Decided at"), Words::tr("%1 UTC").arg(stampText(closing.time)));
    facts.add(Words::tr("Trader"), text(closing.trader.name));
    facts.add(Words::tr("Second person"), text(closing.approval.person.name));
    facts.add(Words::tr("Reason"), text(closing.reason));
    facts.add(Words::tr("Their reference"), text(closing.reference));
}

}

QString RawView::asText() const
{
    QStringList lines{title};
    for (const auto& [name, value] : facts)
        lines << name + u": "_s + value;
    if (!message.isEmpty())
        lines << QString() << message;
    if (!evidence.isEmpty())
        lines << QString() << evidence;
    return lines.join(u'\n') + u'\n';
}

RawView rawViewOf(const rfq::AcceptanceLine& line, const rfq::DeskSettings& settings)
{
    const auto& acceptance = line.acceptance;
    Facts facts;
    facts.add(Words::tr("State"), stateText(line.state));
    facts.add(Words::tr("Dealer"), dealerName(settings, acceptance.dealer));
    facts.add(Words::tr("Meaning"), categoryOrUnknown(line.category));
    facts.add(Words::tr("Their code"), text(line.code));
    facts.add(Words::tr("Text"), text(line.text));
    if (line.closing)
        addClosing(facts, *line.closing);
    facts.add(u"ClOrdID(11)"_s, text(acceptance.id.text()));
    facts.add(u"QuoteID(117)"_s, text(acceptance.quote.text()));
    facts.add(u"QuoteReqID(131)"_s, text(acceptance.rfq.text()));
    facts.add(Words::tr("Session"), text(acceptance.session.text()));
    if (line.seqNum)
        facts.add(u"MsgSeqNum(34)"_s, QString::number(*line.seqNum));
    facts.add(Words::tr("Clicked"), Words::tr("%1 UTC").arg(stampText(line.time)));
    RawView view;
    view.title = dealText(acceptance, dealerName(settings, acceptance.dealer));
    view.facts = facts.take();
    view.message = readable(line.message);
    for (const auto& evidence : line.evidence)
        view.evidence << evidenceLine(evidence);
    return view;
}

RawView rawViewOf(const rfq::Incident& incident, const rfq::DeskSettings& settings)
{
    Facts facts;
    facts.add(Words::tr("Time"), Words::tr("%1 UTC").arg(stampText(incident.time)));
    facts.add(Words::tr("Incident"), text(incident.id.text()));
    facts.add(Words::tr("Dealer"), incident.dealer.empty() ? QString() : dealerName(settings, incident.dealer));
    facts.add(Words::tr("Session"), text(incident.session.text()));
    facts.add(u"ClOrdID(11)"_s, text(incident.clOrdId.text()));
    facts.add(u"QuoteReqID(131)"_s, text(incident.rfq.text()));
    if (incident.report) {
        facts.add(u"OrderID(37)"_s, text(incident.report->orderId.text()));
        facts.add(u"ExecID(17)"_s, text(incident.report->execId.text()));
        facts.add(u"ExecRefID(19)"_s, text(incident.report->execRefId.text()));
    }
    facts.add(Words::tr("Disputed"), incident.disputed ? Words::tr("yes, DontKnowTrade(Q) was sent") : Words::tr("no"));
    if (incident.acknowledged) {
        const auto& seen = *incident.acknowledged;
        facts.add(
            Words::tr("Acknowledged"), Words::tr("by %1 at %2 UTC").arg(text(seen.who.name), stampText(seen.time)));
        facts.add(Words::tr("Note"), text(seen.note));
    }
    RawView view;
    view.title = incidentWords(incident.kind).title;
    view.facts = facts.take();
    view.message = text(incident.text);
    return view;
}

}
