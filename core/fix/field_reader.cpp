#include "core/fix/field_reader.h"

#include "core/fix/fix_time.h"
#include "core/fix/tags.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fix {

namespace {

// The fields a decoder can complain about, under their specification names.
constexpr std::array<std::pair<int, const char*>, 51> Names{{
    {tag::AvgPx, "AvgPx"},
    {tag::ClOrdId, "ClOrdID"},
    {tag::CumQty, "CumQty"},
    {tag::Currency, "Currency"},
    {tag::LastPx, "LastPx"},
    {tag::LastQty, "LastQty"},
    {tag::OrderQty, "OrderQty"},
    {tag::OrdStatus, "OrdStatus"},
    {tag::OrdType, "OrdType"},
    {tag::Price, "Price"},
    {tag::SendingTime, "SendingTime"},
    {tag::Side, "Side"},
    {tag::Symbol, "Symbol"},
    {tag::TimeInForce, "TimeInForce"},
    {tag::TransactTime, "TransactTime"},
    {tag::ValidUntilTime, "ValidUntilTime"},
    {tag::SettlDate, "SettlDate"},
    {tag::QuoteId, "QuoteID"},
    {tag::ExpireTime, "ExpireTime"},
    {tag::QuoteReqId, "QuoteReqID"},
    {tag::BidPx, "BidPx"},
    {tag::OfferPx, "OfferPx"},
    {tag::BidSize, "BidSize"},
    {tag::OfferSize, "OfferSize"},
    {tag::NoRelatedSym, "NoRelatedSym"},
    {tag::ExecType, "ExecType"},
    {tag::LeavesQty, "LeavesQty"},
    {tag::CashOrderQty, "CashOrderQty"},
    {tag::RefMsgType, "RefMsgType"},
    {tag::NoPartyIds, "NoPartyIDs"},
    {tag::QuoteRespId, "QuoteRespID"},
    {tag::QuoteRespType, "QuoteRespType"},
    {tag::OrderId, "OrderID"},
    {tag::ExecId, "ExecID"},
    {tag::TradeReportId, "TradeReportID"},
    {tag::TradeRequestId, "TradeRequestID"},
    {tag::TradeRequestType, "TradeRequestType"},
    {tag::MassStatusReqId, "MassStatusReqID"},
    {tag::MassStatusReqType, "MassStatusReqType"},
    {tag::Account, "Account"},
    {tag::SettlType, "SettlType"},
    {tag::StepUpGrant, "StepUpGrant"},
    {tag::UserRequestId, "UserRequestID"},
    {tag::UserRequestType, "UserRequestType"},
    {tag::Username, "Username"},
    {tag::UserStatus, "UserStatus"},
    {tag::RawDataLength, "RawDataLength"},
    {tag::RawData, "RawData"},
    {tag::QuoteStatusReqId, "QuoteStatusReqID"},
    {tag::UserStatusText, "UserStatusText"},
    {tag::DkReason, "DKReason"},
}};

std::string described(int tag)
{
    const auto* entry = std::find_if(Names.begin(), Names.end(), [tag](const auto& name) { return name.first == tag; });
    return (entry == Names.end() ? "" : entry->second) + ('(' + std::to_string(tag) + ')');
}

}

std::optional<std::string_view> FieldReader::find(int tag) const
{
    const auto text = m_message.find(tag);
    return text && !text->empty() ? text : std::nullopt;
}

std::string FieldReader::text(int tag) const
{
    return std::string(find(tag).value_or(""));
}

std::string FieldReader::required(int tag)
{
    if (!find(tag))
        fail(tag, "is missing");
    return text(tag);
}

char FieldReader::code(int tag)
{
    const auto text = find(tag);
    if (!text)
        return 0;
    if (text->size() != 1)
        fail(tag, "is not one character");
    return text->front();
}

std::optional<rfq::Price> FieldReader::price(int tag)
{
    const auto text = find(tag);
    if (!text)
        return std::nullopt;
    auto price = rfq::Price::parse(*text);
    if (!price) {
        fail(tag, price.error().detail);
        return std::nullopt;
    }
    return *std::move(price);
}

std::optional<rfq::Decimal> FieldReader::quantity(int tag)
{
    const auto text = find(tag);
    if (!text)
        return std::nullopt;
    const auto quantity = rfq::Decimal::parse(*text);
    if (!quantity) {
        fail(tag, quantity.error().detail);
        return std::nullopt;
    }
    if (quantity->isNegative())
        fail(tag, "is negative");
    return *quantity;
}

std::optional<rfq::Date> FieldReader::date(int tag)
{
    const auto text = find(tag);
    if (!text)
        return std::nullopt;
    const auto date = parseDate(*text);
    if (!date) {
        fail(tag, date.error().detail);
        return std::nullopt;
    }
    return *date;
}

std::optional<rfq::UtcTime> FieldReader::time(int tag)
{
    const auto text = find(tag);
    if (!text)
        return std::nullopt;
    const auto time = parseUtcTimestamp(*text);
    if (!time) {
        fail(tag, time.error().detail);
        return std::nullopt;
    }
    return *time;
}

void FieldReader::fail(int tag, const std::string& why)
{
    if (!m_error)
        m_error = base::Error{base::Errc::InvalidInput, m_message.type + ": " + described(tag) + ": " + why};
}

}
