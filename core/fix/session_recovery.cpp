#include "core/fix/compose.h"
#include "core/fix/resend.h"
#include "core/fix/session_guard.h"
#include "core/fix/tags.h"

#include <algorithm>

/// What was lost on the way: theirs that we ask for, ours that they ask for.
namespace fix {

using base::Errc;
using base::Error;

namespace {

constexpr std::chrono::seconds ReplayPatience{30};

}

void FixSession::Engine::askFor(std::uint64_t first)
{
    FIX::Message request;
    request.getHeader().setField(FIX::MsgType(FIX::MsgType_ResendRequest));
    request.setField(FIX::FieldBase(tag::BeginSeqNo, std::to_string(first)));
    request.setField(FIX::EndSeqNo(0)); // and all that follow
    sendThroughEngine(request);
}

void FixSession::Engine::lookAfterGap(base::SteadyTime now)
{
    if (!m_loggedOn || m_closing)
        return;
    switch (m_gap.due(now)) {
    case SequenceGap::Due::Nothing:
        break;
    case SequenceGap::Due::AskAgain:
        m_gap.askedAgain(now);
        askFor(expected());
        break;
    case SequenceGap::Due::GiveUp:
        partFor({Errc::SequenceError,
            "the counterparty does not send its messages from " + std::to_string(expected())
                + " on again, which we lack"});
        break;
    }
}

void FixSession::Engine::answerResendRequest(const Incoming& incoming)
{
    if (m_config.resendRequests == ResendRequests::Ignored)
        return m_log.event("ignored a ResendRequest");
    if (const auto refusal = resendRangeProblem(incoming.parts, lastSent()))
        return refuse(incoming, *refusal);
    const ResendRange range = resendRangeOf(incoming.parts);
    m_log.event("Received ResendRequest FROM: " + std::to_string(range.first) + " TO: " + std::to_string(range.last));
    const bool toTheEnd = range.last == 0 || range.last > lastSent();
    sendAgain(range.first, toTheEnd ? lastSent() : range.last);
}

void FixSession::Engine::sendAgain(std::uint64_t first, std::uint64_t last)
{
    const auto kept = m_store.kept(static_cast<int>(first), static_cast<int>(last));
    if (!kept)
        return giveUp(kept.error());
    for (const ResendPiece& piece : resendPieces(first, last, *kept, m_config.resendable)) {
        if (m_closing)
            return;
        if (piece.message) {
            emit(possDupMessage(*piece.message, m_clock.utc()));
        } else {
            emit(gapFillMessage(m_route, piece.first, piece.last, m_clock.utc()));
            m_listener.onGapFilled(piece.first, piece.last);
        }
    }
}

base::Status FixSession::Engine::requestReplay(std::uint64_t from)
{
    if (!m_loggedOn || m_closing || m_session->sentLogout())
        return Error{Errc::NotConnected, "the session is not logged on"};
    if (from == 0 || from >= expected())
        return Error{Errc::InvalidInput,
            "messages from " + std::to_string(from) + " on cannot be asked for again: the newest is "
                + std::to_string(expected() - 1)};
    m_replay = Replay{from, expected(), m_clock.steady() + ReplayPatience};
    askFor(from);
    return base::Ok{};
}

bool FixSession::Engine::isReplayed(const RawMessage& parts)
{
    const std::uint64_t seqNum = parts.seqNum();
    if (!m_replay || seqNum < m_replay->next || seqNum >= m_replay->until)
        return false;
    const std::uint64_t filled = isGapFill(parts) ? numberOf(parts, tag::NewSeqNo).value_or(0) : 0;
    m_replay->next = std::max(seqNum + 1, filled);
    return !isSessionMessage(parts.body.type);
}

void FixSession::Engine::lookAfterReplay()
{
    if (m_replay && m_replay->next >= m_replay->until)
        endReplay(ReplayEnd::Complete);
}

void FixSession::Engine::endReplay(ReplayEnd how)
{
    const bool complete = how == ReplayEnd::Complete;
    m_log.event(complete ? "the replay is over: all of them have come"
                         : "the replay is over: the counterparty does not send them");
    m_replay.reset();
    m_listener.onReplayOver(how);
}

}
