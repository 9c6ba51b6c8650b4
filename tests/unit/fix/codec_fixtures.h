#pragma once

#include "core/fix/fix_time.h"
#include "core/fix/wire_message.h"
#include "core/rfq/counterparty.h"
#include "core/rfq/messages.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace fix::test {

/// "35=S|131=Q7|52=..." as the session would hand it over.
inline WireMessage wire(std::string_view line)
{
    WireMessage message;
    while (!line.empty()) {
        const std::string_view field = line.substr(0, line.find('|'));
        line.remove_prefix(std::min(line.size(), field.size() + 1));
        const std::size_t equals = field.find('=');
        const int tag = std::stoi(std::string(field.substr(0, equals)));
        const std::string text(field.substr(equals + 1));
        if (tag == 35)
            message.type = text;
        else if (tag == 52)
            message.sendingTime = text;
        else if (tag == 43)
            message.possDup = text == "Y";
        else
            message.add(tag, text);
    }
    return message;
}

/// The same message without every field of that tag.
inline WireMessage without(WireMessage message, int tag)
{
    std::erase_if(message.fields, [tag](const auto& field) { return field.first == tag; });
    return message;
}

/// The same message with that field's text replaced.
inline WireMessage with(WireMessage message, int tag, const std::string& text)
{
    for (auto& [fieldTag, fieldText] : message.fields) {
        if (fieldTag == tag)
            fieldText = text;
    }
    return message;
}

inline rfq::UtcTime at(std::string_view text)
{
    return parseUtcTimestamp(text).value();
}

inline rfq::Decimal decimal(std::string_view text)
{
    return rfq::Decimal::parse(text).value();
}

inline rfq::Price price(std::string_view text)
{
    return rfq::Price::parse(text).value();
}

inline const rfq::UtcTime Now = at("20261125-07:00:07.480");
inline const rfq::Date ValueDate = parseDate("20261127").value();
inline const rfq::SteadyTime Received{std::chrono::seconds(42)};
inline const rfq::SessionId Session("VENUE-X");

inline rfq::Request sampleRequest()
{
    rfq::Request request;
    request.id = rfq::RfqId("Q7F3K2");
    request.instrument.symbol = "EUR/USD";
    request.side = rfq::RequestSide::Sell;
    request.quantity = decimal("25000000");
    request.currency = "EUR";
    request.settlement = {rfq::Tenor::Spot, ValueDate};
    return request;
}

inline rfq::SendRequest sampleSendRequest()
{
    return {Session, sampleRequest(), {rfq::DealerId("LPA")}, at("20261125-07:00:30")};
}

inline rfq::SendAcceptance sampleAcceptance()
{
    rfq::Acceptance acceptance;
    acceptance.id = rfq::ClOrdId("C-0009");
    acceptance.rfq = rfq::RfqId("Q7F3K2");
    acceptance.quote = rfq::QuoteId("LPA-9911");
    acceptance.dealer = rfq::DealerId("LPA");
    acceptance.session = Session;
    acceptance.instrument.symbol = "EUR/USD";
    acceptance.side = rfq::Side::Sell;
    acceptance.quantity = decimal("25000000");
    acceptance.currency = "EUR";
    acceptance.price = price("1.15342");
    acceptance.settlement = {rfq::Tenor::Spot, ValueDate};
    acceptance.time = Now;
    return {acceptance, {}};
}

inline constexpr std::string_view SampleQuote =
    "35=S|131=Q7F3K2|117=LPA-9911|537=1|453=1|448=LPA|447=D|452=35|55=EUR/USD|54=2|38=25000000|15=EUR|64=20261127|"
    "132=1.15342|134=25000000|188=1.15342|62=20261125-07:00:12.500|60=20261125-07:00:07.480|"
    "52=20261125-07:00:07.481";

inline constexpr std::string_view SampleFill =
    "35=8|37=LP77|17=E1|11=C-0009|150=F|39=2|55=EUR/USD|54=2|38=25000000|15=EUR|32=25000000|31=1.15342|151=0|"
    "14=25000000|6=1.15342|64=20261127|60=20261125-07:00:08.001";

}
