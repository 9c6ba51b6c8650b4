#include "core/fix/inquiry_ledger.h"

#include "core/fix/dialect.h"
#include "core/fix/tags.h"
#include "core/fix/taker_codec.h"

#include <algorithm>
#include <charconv>

namespace fix {

using rfq::EvidenceKind;
using rfq::Inquiry;

namespace {

std::optional<std::size_t> numberIn(const WireMessage& message, int tag)
{
    const auto text = message.find(tag).value_or("");
    std::size_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failure == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// The kind of list that this message is a part of; absent where it is none.
std::optional<Inquiry> listOf(const WireMessage& message)
{
    if (message.type == msg::TradeCaptureReport || message.type == msg::TradeCaptureReportRequestAck)
        return Inquiry::TradeCapture;
    const bool listed =
        message.find(tag::MassStatusReqId) || message.find(tag::TotNumReports) || message.find(tag::LastRptRequested);
    return message.type == msg::ExecutionReport && listed ? std::optional(Inquiry::MassStatus) : std::nullopt;
}

const rfq::ExecutionReport* reportIn(const std::optional<rfq::VenueEvent>& event)
{
    if (!event)
        return nullptr;
    if (const auto* reported = std::get_if<rfq::ExecutionReported>(&*event))
        return &reported->report;
    const auto* captured = std::get_if<rfq::TradeCaptured>(&*event);
    return captured ? &captured->report : nullptr;
}

/// Filled, done for the day, cancelled, rejected, expired.
bool isDecided(char ordStatus)
{
    return ordStatus != 0 && std::string_view("2348C").find(ordStatus) != std::string_view::npos;
}

rfq::InquiryAnswered answer(const rfq::AskOutcome& ask, EvidenceKind meaning, std::string text)
{
    return {ask.acceptance.session, ask.inquiry, ask.acceptance.id, meaning, std::move(text)};
}

std::string reportsOf(std::size_t number)
{
    return std::to_string(number) + (number == 1 ? " report" : " reports");
}

}

void InquiryLedger::open(const rfq::AskOutcome& ask, std::string id)
{
    std::erase_if(m_open, [&](const Question& question) {
        return question.ask.inquiry == ask.inquiry && question.ask.acceptance.id == ask.acceptance.id;
    });
    m_open.push_back({.ask = ask, .id = std::move(id)});
}

std::vector<rfq::InquiryAnswered> InquiryLedger::note(const WireMessage& message, std::optional<rfq::VenueEvent>& event)
{
    if (event)
        complete(message, *event);
    const rfq::ExecutionReport* report = reportIn(event);
    for (Question& question : m_open) {
        if (question.ask.inquiry != Inquiry::Replay || !message.possDup)
            continue;
        ++question.reports;
        question.named = question.named || (report && report->clOrdId == question.ask.acceptance.id);
    }
    const auto list = listOf(message);
    if (!list)
        return {};
    count(message, *list, report);
    return takeEnded(message, *list);
}

void InquiryLedger::complete(const WireMessage& message, rfq::VenueEvent& event)
{
    if (auto* reported = std::get_if<rfq::ExecutionReported>(&event)) {
        const Question* question = find(message, Inquiry::OrderStatus);
        if (question && reported->report.clOrdId.empty())
            reported->report.clOrdId = question->ask.acceptance.id;
    } else if (auto* status = std::get_if<rfq::QuoteStatusReceived>(&event)) {
        const Question* question = find(message, Inquiry::QuoteStatus);
        if (question && !status->quote)
            status->quote = question->ask.acceptance.quote;
    } else if (auto* answered = std::get_if<rfq::InquiryAnswered>(&event)) {
        if (const Question* question = find(message, answered->inquiry)) {
            answered->clOrdId = question->ask.acceptance.id;
            std::erase_if(m_open, [id = question->id](const Question& open) { return open.id == id; });
        }
    }
}

void InquiryLedger::count(const WireMessage& message, Inquiry list, const rfq::ExecutionReport* report)
{
    const std::string id = taker::inquiryId(message, list);
    for (Question& question : m_open) {
        // A list that does not say whose it is may be anybody's.
        if (question.ask.inquiry != list || (!id.empty() && id != question.id))
            continue;
        if (const auto total =
                numberIn(message, list == Inquiry::MassStatus ? tag::TotNumReports : tag::TotNumTradeReports))
            question.total = total;
        if (!report)
            continue;
        ++question.reports;
        question.named = question.named || report->clOrdId == question.ask.acceptance.id;
        question.listsDecided = question.listsDecided || (!report->clOrdId.empty() && isDecided(report->ordStatus));
    }
}

std::vector<rfq::InquiryAnswered> InquiryLedger::takeEnded(const WireMessage& message, Inquiry list)
{
    const std::string id = taker::inquiryId(message, list);
    const bool last = message.find(tag::LastRptRequested) == "Y";
    std::vector<rfq::InquiryAnswered> answers;
    std::erase_if(m_open, [&](const Question& question) {
        if (question.ask.inquiry != list || (!id.empty() && id != question.id))
            return false;
        const bool allCame = question.total && *question.total > 0 && question.reports >= *question.total;
        if (!last && !allCame)
            return false;
        if (!question.named)
            answers.push_back(meaningOfList(question));
        return true;
    });
    return answers;
}

rfq::InquiryAnswered InquiryLedger::meaningOfList(const Question& question)
{
    const std::size_t total = question.total.value_or(question.reports);
    if (question.unreadable || question.reports < total)
        return answer(question.ask, EvidenceKind::Silence,
            "only " + std::to_string(question.reports) + " of " + reportsOf(total) + " could be read, none about it");
    const std::string reports = reportsOf(question.reports) + ", none about it";
    if (question.ask.inquiry == Inquiry::TradeCapture)
        return answer(question.ask, EvidenceKind::NoTrade, reports);
    // Many list only what is open: an order that was filled is not among those, and yet was received.
    if (!question.listsDecided)
        return answer(question.ask, EvidenceKind::NoTrade, reports + ", all of them of open orders");
    return answer(question.ask, EvidenceKind::UnknownOrder, reports + ", some of them of decided orders");
}

void InquiryLedger::noteUnreadable(const WireMessage& message)
{
    const auto list = listOf(message);
    for (Question& question : m_open) {
        const bool replayed = question.ask.inquiry == Inquiry::Replay && message.possDup;
        question.unreadable = question.unreadable || replayed || question.ask.inquiry == list;
    }
}

std::optional<std::uint64_t> InquiryLedger::replayFrom() const
{
    std::optional<std::uint64_t> from;
    for (const Question& question : m_open) {
        if (question.ask.inquiry == Inquiry::Replay)
            from = std::min(from.value_or(question.ask.replayFrom), question.ask.replayFrom);
    }
    return from;
}

std::vector<rfq::InquiryAnswered> InquiryLedger::replayOver(ReplayEnd how)
{
    std::vector<rfq::InquiryAnswered> answers;
    std::erase_if(m_open, [&](const Question& question) {
        if (question.ask.inquiry != Inquiry::Replay)
            return false;
        // Who waits knows how long it waits: silence is for it to say, but where what came could not be read.
        const bool tells = how == ReplayEnd::Complete && !question.named;
        if (tells && question.unreadable)
            answers.push_back(answer(question.ask, EvidenceKind::Silence,
                "their messages from " + std::to_string(question.ask.replayFrom)
                    + " on came once more, and not all of them could be read"));
        else if (tells)
            answers.push_back(answer(question.ask, EvidenceKind::NoTrade,
                "their messages from " + std::to_string(question.ask.replayFrom) + " on came once more, "
                    + reportsOf(question.reports) + ", none about it"));
        return true;
    });
    return answers;
}

const InquiryLedger::Question* InquiryLedger::find(const WireMessage& message, Inquiry inquiry) const
{
    const std::string id = taker::inquiryId(message, inquiry);
    if (id.empty())
        return nullptr;
    const auto found = std::find_if(m_open.begin(), m_open.end(),
        [&](const Question& question) { return question.ask.inquiry == inquiry && question.id == id; });
    return found == m_open.end() ? nullptr : &*found;
}

}
