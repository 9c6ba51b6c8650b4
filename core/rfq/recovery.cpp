#include "core/rfq/recovery.h"

#include "core/rfq/value_date.h"

namespace rfq {

namespace {

/// Every line "name: value": readable for who signs, and unambiguous for who checks the signature.
std::string dealLines(const Acceptance& acceptance)
{
    const bool buys = acceptance.side == Side::Buy;
    return "order: " + acceptance.id.text() + "\nrequest: " + acceptance.rfq.text()
        + "\nquote: " + acceptance.quote.text() + "\ndealer: " + acceptance.dealer.text()
        + "\nsession: " + acceptance.session.text() + "\ndeal: " + (buys ? "BUY " : "SELL ")
        + acceptance.quantity.text() + " " + acceptance.currency + " of " + acceptance.instrument.symbol + " at "
        + acceptance.price.text + ", value " + isoDate(acceptance.settlement.date) + "\n";
}

/// A line break in what a person typed would look like a line of ours.
std::string oneLine(std::string text)
{
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = ' ';
    }
    return text;
}

std::string personLine(const Person& trader)
{
    return "trader: " + oneLine(trader.name) + " " + trader.fingerprint + "\n";
}

}

std::optional<Inquiry> inquiryOf(const std::string& msgType)
{
    if (msgType == "H")
        return Inquiry::OrderStatus;
    if (msgType == "AF")
        return Inquiry::MassStatus;
    if (msgType == "AD")
        return Inquiry::TradeCapture;
    if (msgType == "a")
        return Inquiry::QuoteStatus;
    return std::nullopt;
}

std::string closingStatement(const Acceptance& acceptance, Verdict verdict, const std::string& reason,
    const std::string& reference, const Person& trader)
{
    return std::string("Countersign: outcome decided by two persons\n") + dealLines(acceptance)
        + "verdict: " + (verdict == Verdict::Traded ? "traded" : "not traded") + "\nreason: " + oneLine(reason)
        + "\nreference: " + oneLine(reference) + "\n" + personLine(trader);
}

std::string twinStatement(const Acceptance& acceptance, const std::string& reason, const Person& trader)
{
    return std::string("Countersign: one more deal allowed while an outcome is unknown\n") + dealLines(acceptance)
        + "reason: " + oneLine(reason) + "\n" + personLine(trader);
}

}
