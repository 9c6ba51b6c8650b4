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

}
