#include "core/rfq/inquiry_rules.h"

#include <algorithm>

namespace rfq {

namespace {

bool has(const AcceptanceLine& line, EvidenceKind kind)
{
    return std::any_of(
        line.evidence.begin(), line.evidence.end(), [kind](const Evidence& evidence) { return evidence.kind == kind; });
}

}

const char* nameOf(Inquiry inquiry)
{
    switch (inquiry) {
    case Inquiry::OrderStatus:
        return "OrderStatusRequest";
    case Inquiry::MassStatus:
        return "OrderMassStatusRequest";
    case Inquiry::TradeCapture:
        return "TradeCaptureReportRequest";
    case Inquiry::QuoteStatus:
        return "QuoteStatusRequest";
    case Inquiry::Replay:
        return "ResendRequest";
    }
    return "";
}

const char* nameOf(EvidenceKind kind)
{
    switch (kind) {
    case EvidenceKind::Asked:
        return "asked";
    case EvidenceKind::Received:
        return "received";
    case EvidenceKind::Missed:
        return "missed";
    case EvidenceKind::NumbersReset:
        return "numbers-reset";
    case EvidenceKind::Pending:
        return "pending";
    case EvidenceKind::UnknownOrder:
        return "unknown-order";
    case EvidenceKind::NoTrade:
        return "no-trade";
    case EvidenceKind::Candidate:
        return "candidate";
    case EvidenceKind::QuoteStatus:
        return "quote-status";
    case EvidenceKind::Unsupported:
        return "unsupported";
    case EvidenceKind::Silence:
        return "silence";
    case EvidenceKind::PartFill:
        return "part-fill";
    case EvidenceKind::Decided:
        return "decided";
    case EvidenceKind::Closed:
        return "closed";
    }
    return "";
}

/// Whether an answer of this kind ends the wait for the question.
bool isAnswer(EvidenceKind kind)
{
    switch (kind) {
    case EvidenceKind::Pending:
    case EvidenceKind::UnknownOrder:
    case EvidenceKind::NoTrade:
    case EvidenceKind::QuoteStatus:
    case EvidenceKind::Unsupported:
    case EvidenceKind::Silence:
    case EvidenceKind::PartFill:
        return true;
    case EvidenceKind::Asked:
    case EvidenceKind::Received:
    case EvidenceKind::Missed:
    case EvidenceKind::NumbersReset:
    case EvidenceKind::Candidate:
    case EvidenceKind::Decided:
    case EvidenceKind::Closed:
        return false;
    }
    return false;
}

bool canAnswer(const Profile& profile, Inquiry inquiry)
{
    return std::find(profile.inquiries.begin(), profile.inquiries.end(), inquiry) != profile.inquiries.end();
}

std::optional<Inquiry> nextInquiry(const Profile& profile, const std::set<Inquiry>& unsupported,
    std::optional<Inquiry> last, const AcceptanceLine& line)
{
    for (const Inquiry inquiry :
        {Inquiry::OrderStatus, Inquiry::MassStatus, Inquiry::TradeCapture, Inquiry::QuoteStatus, Inquiry::Replay}) {
        if ((last && inquiry <= *last) || unsupported.contains(inquiry) || !canAnswer(profile, inquiry))
            continue;
        if (inquiry == Inquiry::Replay && line.theirNext == 0)
            continue;
        return inquiry;
    }
    return std::nullopt;
}

bool provesNotReceived(
    const AcceptanceLine& line, const Profile& profile, const std::set<Inquiry>& unsupported, bool deniedAfterGrace)
{
    const auto asks = [&](Inquiry inquiry) { return canAnswer(profile, inquiry) && !unsupported.contains(inquiry); };
    if (has(line, EvidenceKind::PartFill))
        return false; // they have filled some of it
    const bool denied = has(line, EvidenceKind::UnknownOrder);
    const bool canDeny = asks(Inquiry::OrderStatus) || asks(Inquiry::MassStatus);
    const bool missed = has(line, EvidenceKind::Missed);
    if (missed && (denied || !canDeny))
        return true;
    return denied && deniedAfterGrace;
}

}
