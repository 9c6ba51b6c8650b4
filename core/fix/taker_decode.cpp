#include "core/fix/taker_decode.h"

#include "core/fix/dialect.h"
#include "core/fix/fix_time.h"
#include "core/fix/tags.h"
#include "core/fix/taker_codec.h"

#include <algorithm>
#include <array>

namespace fix::taker {

Decoded decoded(const FieldReader& reader, rfq::VenueEvent event)
{
    if (reader.error())
        return *reader.error();
    return std::optional(std::move(event));
}

std::optional<rfq::Side> dealtSide(const Context& context, const FieldReader& reader)
{
    const auto side = sideIn(reader.find(tag::Side));
    if (!side)
        return std::nullopt;
    return translated(*side, context.profile.sideReference, reader.text(tag::Symbol), reader.text(tag::Currency));
}

namespace {

/// Who speaks: the only dealer of a direct session, else the party in the best role, else Issuer(106). Empty where the
/// message does not say.
rfq::DealerId dealerOf(const Context& context, const FieldReader& reader)
{
    if (context.sole)
        return *context.sole;
    const auto parties = partiesOf(context.message);
    for (const auto wanted :
        {role::LiquidityProvider, role::ExecutionVenue, role::MarketMaker, role::ExecutingFirm, role::ContraFirm}) {
        for (const Party& party : parties) {
            if (party.role == wanted && !party.id.empty())
                return rfq::DealerId(std::string(party.id));
        }
    }
    return rfq::DealerId(reader.text(tag::Issuer));
}

std::optional<rfq::QuoteId> quoteIdOf(const FieldReader& reader)
{
    const auto id = reader.find(tag::QuoteId);
    return id && *id != "*" ? std::optional<rfq::QuoteId>(std::string(*id)) : std::nullopt;
}

/// A Quote without QuoteType(537) is indicative, and so is one whose type we do not know: never firm by guess.
rfq::QuoteType quoteTypeIn(std::optional<std::string_view> text)
{
    if (text == "1")
        return rfq::QuoteType::Tradeable;
    if (text == "2")
        return rfq::QuoteType::RestrictedTradeable;
    if (text == "3")
        return rfq::QuoteType::Counter;
    return rfq::QuoteType::Indicative;
}

std::optional<rfq::Price> quotedPrice(FieldReader& reader, int tag, rfq::ZeroPrice zero)
{
    auto price = reader.price(tag);
    if (!price)
        return std::nullopt;
    if (price->value.isNegative())
        reader.fail(tag, "is negative");
    if (!price->value.isZero())
        return price;
    if (zero == rfq::ZeroPrice::IsAnError)
        reader.fail(tag, "is zero");
    return std::nullopt;
}

std::optional<rfq::UtcTime> sendingTime(FieldReader& reader, const WireMessage& message)
{
    if (message.sendingTime.empty())
        return std::nullopt;
    const auto time = parseUtcTimestamp(message.sendingTime);
    if (!time) {
        reader.fail(tag::SendingTime, time.error().detail);
        return std::nullopt;
    }
    return *time;
}

Decoded decodeQuote(const Context& context)
{
    FieldReader reader(context.message);
    rfq::QuoteReceived event;
    rfq::Quote& quote = event.quote;
    quote.id = rfq::QuoteId(reader.required(tag::QuoteId));
    quote.rfq = rfq::RfqId(reader.text(tag::QuoteReqId));
    quote.dealer = dealerOf(context, reader);
    if (quote.dealer.empty())
        reader.fail(tag::NoPartyIds, "names no dealer");
    quote.session = context.session;
    quote.type = quoteTypeIn(reader.find(tag::QuoteType));
    quote.bid = quotedPrice(reader, tag::BidPx, context.profile.zeroPrice);
    quote.offer = quotedPrice(reader, tag::OfferPx, context.profile.zeroPrice);
    quote.bidSize = reader.quantity(tag::BidSize);
    quote.offerSize = reader.quantity(tag::OfferSize);
    quote.valueDate = reader.date(tag::SettlDate);
    quote.received = context.received;
    quote.sendingTime = sendingTime(reader, context.message);
    quote.validUntil = reader.time(tag::ValidUntilTime);
    event.symbol = reader.text(tag::Symbol);
    event.currency = reader.text(tag::Currency);
    event.side = dealtSide(context, reader);
    event.quantity = reader.quantity(tag::OrderQty);
    event.possDup = context.message.possDup;
    event.lateness = context.message.lateness.value_or(std::chrono::microseconds(0));
    return decoded(reader, std::move(event));
}

rfq::QuoteWithdrawn withdrawal(const Context& context, const FieldReader& reader)
{
    return {context.session, rfq::RfqId(reader.text(tag::QuoteReqId)), dealerOf(context, reader), quoteIdOf(reader),
        reader.text(tag::Text)};
}

Decoded decodeQuoteCancel(const Context& context)
{
    const FieldReader reader(context.message);
    rfq::QuoteWithdrawn event = withdrawal(context, reader);
    event.code = reader.text(tag::QuoteCancelType);
    if (event.code == "4") // cancel all quotes
        event.quote.reset();
    return decoded(reader, std::move(event));
}

/// QuoteRespType(694) towards a taker: expired, done away, pass and timed out end the quote; cover and tied are news
/// about somebody else's deal.
Decoded decodeQuoteResponse(const Context& context)
{
    const FieldReader reader(context.message);
    const auto type = reader.find(tag::QuoteRespType);
    if (type != "3" && type != "5" && type != "6" && type != "8")
        return std::optional<rfq::VenueEvent>();
    rfq::QuoteWithdrawn event = withdrawal(context, reader);
    event.answers = rfq::ClOrdId(reader.text(tag::QuoteRespId));
    event.code = reader.text(tag::QuoteRespType);
    return decoded(reader, std::move(event));
}

Decoded decodeRequestReject(const Context& context)
{
    const FieldReader reader(context.message);
    return decoded(reader,
        rfq::RequestDeclined{context.session, rfq::RfqId(reader.text(tag::QuoteReqId)), dealerOf(context, reader),
            reader.text(tag::QuoteRequestRejectReason), reader.text(tag::Text)});
}

Decoded decodeQuoteStatus(const Context& context)
{
    const FieldReader reader(context.message);
    return decoded(reader,
        rfq::QuoteStatusReceived{context.session, rfq::RfqId(reader.text(tag::QuoteReqId)), dealerOf(context, reader),
            quoteIdOf(reader), reader.text(tag::QuoteStatus), reader.text(tag::QuoteRejectReason),
            reader.text(tag::Text)});
}

Decoded decodeBusinessReject(const Context& context)
{
    const FieldReader reader(context.message);
    return decoded(reader,
        rfq::MessageRejected{context.session, reader.text(tag::RefMsgType), reader.text(tag::BusinessRejectRefId),
            reader.text(tag::BusinessRejectReason), reader.text(tag::Text)});
}

/// A session Reject names a MsgSeqNum, not an id: the session that sent the message finds refId.
Decoded decodeSessionReject(const Context& context)
{
    const FieldReader reader(context.message);
    return decoded(reader,
        rfq::MessageRejected{context.session, reader.text(tag::RefMsgType), {}, reader.text(tag::SessionRejectReason),
            reader.text(tag::Text), true});
}

struct Decoder {
    std::string_view type;
    Decoded (*decode)(const Context&);
};

constexpr std::array Decoders{
    Decoder{msg::Quote, decodeQuote},
    Decoder{msg::ExecutionReport, decodeExecutionReport},
    Decoder{msg::TradeCaptureReportRequestAck, decodeTradeRequestAck},
    Decoder{msg::TradeCaptureReport, decodeTradeCaptureReport},
    Decoder{msg::QuoteCancel, decodeQuoteCancel},
    Decoder{msg::QuoteRequestReject, decodeRequestReject},
    Decoder{msg::QuoteStatusReport, decodeQuoteStatus},
    Decoder{msg::QuoteAcknowledgement, decodeQuoteStatus},
    Decoder{msg::QuoteResponse, decodeQuoteResponse},
    Decoder{msg::BusinessMessageReject, decodeBusinessReject},
    Decoder{msg::Reject, decodeSessionReject},
};

}

bool reads(std::string_view type)
{
    return std::any_of(
        Decoders.begin(), Decoders.end(), [type](const Decoder& decoder) { return decoder.type == type; });
}

base::Result<std::optional<rfq::VenueEvent>> decode(const WireMessage& message, const rfq::SessionId& session,
    const rfq::Profile& profile, const std::optional<rfq::DealerId>& sole, rfq::SteadyTime received)
{
    const Context context{message, session, profile, sole, received};
    for (const Decoder& decoder : Decoders) {
        if (decoder.type == message.type)
            return decoder.decode(context);
    }
    return std::optional<rfq::VenueEvent>();
}

}
