#include "tests/fuzz/entry_points.h"

#include "core/base/decimal.h"
#include "core/fix/fix_time.h"
#include "core/fix/framer.h"
#include "core/fix/inquiry_ledger.h"
#include "core/fix/maker_codec.h"
#include "core/fix/raw_message.h"
#include "core/fix/taker_codec.h"
#include "core/fix/user_request.h"
#include "core/rfq/amount.h"
#include "tests/fuzz/promise.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace fuzz {

namespace {

std::string wireBytes(std::string_view text)
{
    std::string bytes(text);
    std::replace(bytes.begin(), bytes.end(), '|', '\x01');
    return bytes;
}

bool hasControl(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

/// Whether some field of that tag reads exactly so.
bool saysExactly(const fix::WireMessage& message, int tag, std::string_view text)
{
    return std::any_of(message.fields.begin(), message.fields.end(),
        [&](const auto& field) { return field.first == tag && field.second == text; });
}

void requireEcho(const fix::WireMessage& message, int tag, const std::optional<rfq::Price>& price)
{
    if (!price)
        return;
    require(saysExactly(message, tag, price->text), "a decoded price has the text of the wire");
    const auto value = rfq::Decimal::parse(price->text);
    require(value && *value == price->value, "a decoded price has the value of its text");
}

/// What follows for a question that is open while this comes.
void requireSoundAnswers(const fix::WireMessage& message, std::optional<rfq::VenueEvent> event)
{
    fix::InquiryLedger ledger;
    rfq::AskOutcome ask;
    ask.acceptance.id = rfq::ClOrdId("C-ASKED");
    for (const auto inquiry : {rfq::Inquiry::MassStatus, rfq::Inquiry::TradeCapture}) {
        ask.inquiry = inquiry;
        ledger.open(ask, fix::taker::inquiryId(message, inquiry));
    }
    for (const rfq::InquiryAnswered& answer : ledger.note(message, event)) {
        require(answer.clOrdId == ask.acceptance.id, "an answer is about what was asked");
        require(message.find(912) == "Y" || message.find(911) || message.find(748), "a list ends where it says so");
    }
}

void requireSound(const fix::WireMessage& message, const rfq::VenueEvent& event, const rfq::Profile& profile)
{
    if (const auto* quote = std::get_if<rfq::QuoteReceived>(&event)) {
        require(!quote->quote.id.empty(), "a quote has an id");
        require(!quote->quote.dealer.empty(), "a quote has a dealer");
        requireEcho(message, 132, quote->quote.bid);
        requireEcho(message, 133, quote->quote.offer);
        const bool firm = quote->quote.type != rfq::QuoteType::Indicative;
        require(!firm || message.find(537), "a quote without QuoteType is indicative");
    }
    if (const auto* captured = std::get_if<rfq::TradeCaptured>(&event)) {
        const rfq::ExecutionReport& report = captured->report;
        requireEcho(message, 31, report.lastPx);
        require(message.find(32) && !report.cumQty.isNegative(), "a captured amount stands in LastQty");
        require(!report.execId.empty(), "a captured trade can be told from another");
        require(report.clOrdId.empty() || saysExactly(message, 11, report.clOrdId.text()), "an order is not invented");
    }
    if (const auto* answer = std::get_if<rfq::InquiryAnswered>(&event)) {
        const bool proof = answer->meaning == rfq::EvidenceKind::UnknownOrder;
        require(!proof && answer->clOrdId.empty(), "one message alone proves nothing about an order");
        const bool list = answer->inquiry == rfq::Inquiry::MassStatus ? message.type == "8" : message.type == "AQ";
        require(list, "nothing is said where it was asked");
    }
    if (const auto* execution = std::get_if<rfq::ExecutionReported>(&event)) {
        const rfq::ExecutionReport& report = execution->report;
        requireEcho(message, 31, report.lastPx);
        requireEcho(message, 6, report.avgPx);
        require(!report.cumQty.isNegative() && !report.leavesQty.isNegative(), "quantities are not negative");
        require(report.cumQty.isZero() || message.find(message.type == "AE" ? 32 : 14), "a dealt quantity is told");
        const bool guessable = profile.sideReference == rfq::SideReference::DealtCurrency || message.find(15);
        require(!report.side || guessable, "a side is not guessed");
    }
}

}

void takerDecode(std::string_view bytes)
{
    const auto parts = fix::takeApart(wireBytes(bytes));
    if (!parts)
        return;
    require(!hasControl(fix::readable(parts->body)), "readable text has no control characters");
    const rfq::SessionId session("S");
    for (const auto reference : {rfq::SideReference::DealtCurrency, rfq::SideReference::BaseCurrency}) {
        rfq::Profile profile;
        profile.sideReference = reference;
        const auto event = fix::taker::decode(parts->body, session, profile, std::nullopt, {});
        if (event && *event)
            requireSound(parts->body, **event, profile);
        if (event)
            requireSoundAnswers(parts->body, *event);
        require(event || event.error().code == base::Errc::InvalidInput, "a refusal is about the input");
    }
}

void makerDecode(std::string_view bytes)
{
    const auto parts = fix::takeApart(wireBytes(bytes));
    if (!parts)
        return;
    const auto request = fix::maker::decode(parts->body);
    if (!request)
        return require(request.error().code == base::Errc::InvalidInput, "a refusal is about the input");
    if (const auto* order = std::get_if<fix::maker::Order>(&*request)) {
        const auto& text = order->price.text;
        require(saysExactly(parts->body, 44, text) || saysExactly(parts->body, 132, text)
                || saysExactly(parts->body, 133, text),
            "an order's price has the text of the wire");
        require(order->quantity > rfq::Decimal(), "an order's quantity is positive");
        require(!order->clOrdId.empty() && !order->quote.empty(), "an order has its ids");
    }
    if (const auto* asked = std::get_if<fix::maker::QuoteRequest>(&*request)) {
        require(asked->quantity > rfq::Decimal(), "a request's quantity is positive");
        require(!asked->rfq.empty() && !asked->symbol.empty() && !asked->currency.empty(), "a request is complete");
    }
}

void framer(std::string_view bytes)
{
    const std::string stream = wireBytes(bytes);
    fix::Framer whole;
    whole.add(stream);
    fix::Framer drip;
    for (std::size_t at = 0; at < stream.size(); ++at)
        drip.add(std::string_view(stream).substr(at, 1));
    for (;;) {
        const auto message = whole.next();
        const auto same = drip.next();
        require(message.has_value() == same.has_value(), "how the bytes arrive changes nothing");
        if (!message || !*message)
            return;
        require(*message == *same, "how the bytes arrive changes nothing");
        require((*message)->starts_with("8=") && (*message)->ends_with('\x01'), "a message is whole");
        require(stream.find(**message) != std::string::npos, "a message is what came");
        (void)fix::redacted(**message);
    }
}

void decimal(std::string_view bytes)
{
    const auto number = base::Decimal::parse(bytes);
    if (!number)
        return;
    const auto again = base::Decimal::parse(number->text());
    require(again && *again == *number && again->scale() == number->scale(), "a number survives being written");
    const auto shorter = number->rescaled(0);
    require(shorter.has_value(), "a number can be rounded to whole units");
    require(number->negated().negated() == *number, "negating twice is nothing");
    const auto sum = base::Decimal::add(*number, number->negated());
    require(sum && sum->isZero(), "a number less itself is zero");
    (void)base::Decimal::multiply(*number, *number, base::Decimal::MaxScale);
    (void)base::Decimal::multiply(*number, *number, 0);
}

void time(std::string_view bytes)
{
    if (const auto stamp = fix::parseUtcTimestamp(bytes)) {
        const auto again = fix::parseUtcTimestamp(fix::formatUtcTimestamp(*stamp, fix::TimePrecision::Microseconds));
        require(again && *again == *stamp, "a timestamp survives being written");
    }
    if (const auto date = fix::parseDate(bytes))
        require(fix::formatDate(*date) == bytes, "a date survives being written");
}

void amount(std::string_view bytes)
{
    const auto amount = rfq::parseAmount(bytes);
    if (!amount)
        return;
    require(*amount > base::Decimal(), "an amount is positive");
    const auto grouped = rfq::parseAmount(rfq::groupedAmount(*amount));
    require(grouped && *grouped == *amount, "an amount survives being grouped");
    const auto shortened = rfq::parseAmount(rfq::shortAmount(*amount));
    require(shortened && *shortened == *amount, "an amount survives being shortened");
}

void userRequest(std::string_view bytes)
{
    const auto parts = fix::takeApart(wireBytes(bytes));
    if (!parts)
        return;
    if (const auto request = fix::decodeUserRequest(parts->body)) {
        require(!request->id.empty() && !request->username.empty(), "a request can be answered");
        const auto again = fix::decodeUserRequest(fix::encode(*request));
        require(again && *again == *request, "a user request survives being written");
    }
    if (const auto response = fix::decodeUserResponse(parts->body)) {
        const auto again = fix::decodeUserResponse(fix::encode(*response));
        require(again && *again == *response, "a user response survives being written");
    }
}

}
