#include "ui/models/recovery_words.h"

#include "ui/models/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Recovery)
};

}

QString categoryText(rfq::RejectCategory category)
{
    using rfq::RejectCategory;
    switch (category) {
    case RejectCategory::None:
    case RejectCategory::Unknown:
        return {};
    case RejectCategory::PriceMoved:
        return Words::tr("price moved (last look)");
    case RejectCategory::TooLate:
        return Words::tr("too late (last look)");
    case RejectCategory::NoLiquidity:
        return Words::tr("price or amount no longer available");
    case RejectCategory::Credit:
        return Words::tr("credit");
    case RejectCategory::PricingOutage:
        return Words::tr("no prices at the moment");
    case RejectCategory::Regulatory:
        return Words::tr("regulatory");
    case RejectCategory::RiskLimit:
        return Words::tr("the dealer's own risk limits");
    case RejectCategory::StaticData:
        return Words::tr("set-up: account, instrument, date or amount");
    case RejectCategory::NotEntitled:
        return Words::tr("not entitled");
    case RejectCategory::UnsupportedProduct:
        return Words::tr("product not supported");
    case RejectCategory::Duplicate:
        return Words::tr("seen before by the dealer");
    case RejectCategory::Passed:
        return Words::tr("passed");
    case RejectCategory::Exceptional:
        return Words::tr("exceptional");
    }
    return {};
}

QString refusalText(rfq::RejectCategory category, const std::string& code, const std::string& words)
{
    QStringList parts;
    if (const auto meaning = categoryText(category); !meaning.isEmpty())
        parts << meaning;
    if (!words.empty())
        parts << u"“%1”"_s.arg(text(words));
    if (!code.empty())
        parts << Words::tr("code %1").arg(text(code));
    return parts.join(u" · "_s);
}

QString askingText(rfq::Inquiry inquiry, const rfq::SessionId& session)
{
    const auto whom = text(session.text());
    switch (inquiry) {
    case rfq::Inquiry::OrderStatus:
        return Words::tr("Asking %1 for the order's status…").arg(whom);
    case rfq::Inquiry::MassStatus:
        return Words::tr("Asking %1 for the status of all orders…").arg(whom);
    case rfq::Inquiry::TradeCapture:
        return Words::tr("Asking %1 for today's trades…").arg(whom);
    case rfq::Inquiry::QuoteStatus:
        return Words::tr("Asking %1 what became of the quote…").arg(whom);
    case rfq::Inquiry::Replay:
        return Words::tr("Asking %1 to send its messages again…").arg(whom);
    }
    return {};
}

QString evidenceText(rfq::EvidenceKind kind)
{
    using rfq::EvidenceKind;
    switch (kind) {
    case EvidenceKind::Asked:
        return Words::tr("Asked");
    case EvidenceKind::Received:
        return Words::tr("Their engine has the message");
    case EvidenceKind::Missed:
        return Words::tr("Their engine never had the message");
    case EvidenceKind::NumbersReset:
        return Words::tr("Message numbers began again and prove nothing");
    case EvidenceKind::Pending:
        return Words::tr("They have it and have not decided");
    case EvidenceKind::UnknownOrder:
        return Words::tr("They know no such order");
    case EvidenceKind::NoTrade:
        return Words::tr("It is not among what they list");
    case EvidenceKind::Candidate:
        return Words::tr("A trade on the same terms that names no order: judge yourself");
    case EvidenceKind::QuoteStatus:
        return Words::tr("State of the quote");
    case EvidenceKind::Unsupported:
        return Words::tr("They cannot answer this question");
    case EvidenceKind::Silence:
        return Words::tr("No answer");
    case EvidenceKind::PartFill:
        return Words::tr("A part was filled, the rest is open");
    case EvidenceKind::Decided:
        return Words::tr("Decided");
    case EvidenceKind::Closed:
        return Words::tr("Decided by two persons");
    }
    return {};
}

QString evidenceLine(const rfq::Evidence& evidence)
{
    const auto what = evidenceText(evidence.kind);
    return timeText(evidence.time) + u"  "_s
        + (evidence.text.empty() ? what : QString(what + u": "_s + text(evidence.text)));
}

IncidentWords incidentWords(rfq::IncidentKind kind)
{
    using rfq::IncidentKind;
    switch (kind) {
    case IncidentKind::LateFill:
        return {Words::tr("A fill came although the deal was over"),
            Words::tr("It is booked and counts in your position. Call the dealer, then accept or dispute it.")};
    case IncidentKind::FillDiffers:
        return {Words::tr("The fill is not what you accepted"),
            Words::tr("It is booked as the dealer reported it. Call the dealer, then accept or dispute it.")};
    case IncidentKind::StrayFill:
        return {Words::tr("A fill came for an order this desk does not know"),
            Words::tr("It is not booked. Call the counterparty and find out whose deal it is.")};
    case IncidentKind::FillCorrected:
        return {Words::tr("The dealer changed a fill"),
            Words::tr("The trade shows the new values. Call the dealer and check your hedge.")};
    case IncidentKind::FillBusted:
        return {Words::tr("The dealer took a fill back"),
            Words::tr("The trade no longer counts in your position. Call the dealer and check your hedge.")};
    case IncidentKind::Contradiction:
        return {Words::tr("The counterparty contradicts itself"),
            Words::tr("What was booked stays booked. Call the dealer and agree on what happened.")};
    }
    return {};
}

}
