#include "core/store/journal_names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace store {

namespace {

template <typename E, std::size_t N>
using Names = std::array<std::pair<E, std::string_view>, N>;

constexpr Names<rfq::RfqState, 12> RfqStates{{{rfq::RfqState::Sent, "sent"}, {rfq::RfqState::Open, "open"},
    {rfq::RfqState::Quoted, "quoted"}, {rfq::RfqState::Accepting, "accepting"}, {rfq::RfqState::Traded, "traded"},
    {rfq::RfqState::PartlyTraded, "partly-traded"}, {rfq::RfqState::Unknown, "unknown"},
    {rfq::RfqState::Declined, "declined"}, {rfq::RfqState::Expired, "expired"}, {rfq::RfqState::Suspended, "suspended"},
    {rfq::RfqState::Ended, "ended"}, {rfq::RfqState::NotSent, "not-sent"}}};

constexpr Names<rfq::AcceptanceState, 12> AcceptanceStates{
    {{rfq::AcceptanceState::Intended, "intended"}, {rfq::AcceptanceState::Sent, "sent"},
        {rfq::AcceptanceState::Held, "held"}, {rfq::AcceptanceState::Filled, "filled"},
        {rfq::AcceptanceState::PartlyFilled, "partly-filled"}, {rfq::AcceptanceState::Rejected, "rejected"},
        {rfq::AcceptanceState::NotDone, "not-done"}, {rfq::AcceptanceState::NotSent, "not-sent"},
        {rfq::AcceptanceState::Unknown, "unknown"}, {rfq::AcceptanceState::NotReceived, "not-received"},
        {rfq::AcceptanceState::Closed, "closed"}, {rfq::AcceptanceState::Busted, "busted"}}};

constexpr Names<rfq::RequestSide, 3> RequestSides{
    {{rfq::RequestSide::Buy, "buy"}, {rfq::RequestSide::Sell, "sell"}, {rfq::RequestSide::TwoWay, "two-way"}}};

constexpr Names<rfq::Side, 2> Sides{{{rfq::Side::Buy, "buy"}, {rfq::Side::Sell, "sell"}}};

constexpr Names<rfq::TradeState, 3> TradeStates{{{rfq::TradeState::Booked, "booked"},
    {rfq::TradeState::Corrected, "corrected"}, {rfq::TradeState::Busted, "busted"}}};

constexpr Names<rfq::EvidenceKind, 14> EvidenceKinds{
    {{rfq::EvidenceKind::Asked, "asked"}, {rfq::EvidenceKind::Received, "received"},
        {rfq::EvidenceKind::Missed, "missed"}, {rfq::EvidenceKind::NumbersReset, "numbers-reset"},
        {rfq::EvidenceKind::Pending, "pending"}, {rfq::EvidenceKind::UnknownOrder, "unknown-order"},
        {rfq::EvidenceKind::NoTrade, "no-trade"}, {rfq::EvidenceKind::Candidate, "candidate"},
        {rfq::EvidenceKind::QuoteStatus, "quote-status"}, {rfq::EvidenceKind::Unsupported, "unsupported"},
        {rfq::EvidenceKind::Silence, "silence"}, {rfq::EvidenceKind::PartFill, "part-fill"},
        {rfq::EvidenceKind::Decided, "decided"}, {rfq::EvidenceKind::Closed, "closed"}}};

constexpr Names<rfq::Verdict, 2> Verdicts{{{rfq::Verdict::Traded, "traded"}, {rfq::Verdict::NotTraded, "not-traded"}}};

constexpr Names<rfq::IncidentKind, 6> IncidentKinds{
    {{rfq::IncidentKind::LateFill, "late-fill"}, {rfq::IncidentKind::FillDiffers, "fill-differs"},
        {rfq::IncidentKind::StrayFill, "stray-fill"}, {rfq::IncidentKind::FillCorrected, "fill-corrected"},
        {rfq::IncidentKind::FillBusted, "fill-busted"}, {rfq::IncidentKind::Contradiction, "contradiction"}}};

constexpr std::array RejectCategories{rfq::RejectCategory::None, rfq::RejectCategory::PriceMoved,
    rfq::RejectCategory::TooLate, rfq::RejectCategory::NoLiquidity, rfq::RejectCategory::Credit,
    rfq::RejectCategory::PricingOutage, rfq::RejectCategory::Regulatory, rfq::RejectCategory::RiskLimit,
    rfq::RejectCategory::StaticData, rfq::RejectCategory::NotEntitled, rfq::RejectCategory::UnsupportedProduct,
    rfq::RejectCategory::Duplicate, rfq::RejectCategory::Passed, rfq::RejectCategory::Exceptional,
    rfq::RejectCategory::Unknown};

template <typename E, std::size_t N>
std::string_view nameIn(const Names<E, N>& names, E value)
{
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.first == value; });
    return found == names.end() ? std::string_view() : found->second;
}

template <typename E, std::size_t N>
std::optional<E> valueIn(const Names<E, N>& names, std::string_view name)
{
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.second == name; });
    return found == names.end() ? std::nullopt : std::optional<E>(found->first);
}

}

std::string_view nameOf(rfq::RfqState state)
{
    return nameIn(RfqStates, state);
}

std::string_view nameOf(rfq::AcceptanceState state)
{
    return nameIn(AcceptanceStates, state);
}

std::string_view nameOf(rfq::RequestSide side)
{
    return nameIn(RequestSides, side);
}

std::string_view nameOf(rfq::Side side)
{
    return nameIn(Sides, side);
}

std::string_view nameOf(rfq::TradeState state)
{
    return nameIn(TradeStates, state);
}

std::string_view nameOf(rfq::EvidenceKind kind)
{
    return nameIn(EvidenceKinds, kind);
}

std::string_view nameOf(rfq::Verdict verdict)
{
    return nameIn(Verdicts, verdict);
}

std::string_view nameOf(rfq::IncidentKind kind)
{
    return nameIn(IncidentKinds, kind);
}

std::optional<rfq::RfqState> rfqStateFrom(std::string_view name)
{
    return valueIn(RfqStates, name);
}

std::optional<rfq::AcceptanceState> acceptanceStateFrom(std::string_view name)
{
    return valueIn(AcceptanceStates, name);
}

std::optional<rfq::RequestSide> requestSideFrom(std::string_view name)
{
    return valueIn(RequestSides, name);
}

std::optional<rfq::Side> sideFrom(std::string_view name)
{
    return valueIn(Sides, name);
}

std::optional<rfq::TradeState> tradeStateFrom(std::string_view name)
{
    return valueIn(TradeStates, name);
}

std::optional<rfq::EvidenceKind> evidenceKindFrom(std::string_view name)
{
    return valueIn(EvidenceKinds, name);
}

std::optional<rfq::Verdict> verdictFrom(std::string_view name)
{
    return valueIn(Verdicts, name);
}

std::optional<rfq::IncidentKind> incidentKindFrom(std::string_view name)
{
    return valueIn(IncidentKinds, name);
}

std::optional<rfq::RejectCategory> rejectCategoryFrom(std::string_view name)
{
    const auto found = std::find_if(RejectCategories.begin(), RejectCategories.end(),
        [&](rfq::RejectCategory category) { return rfq::nameOf(category) == name; });
    return found == RejectCategories.end() ? std::nullopt : std::optional(*found);
}

}
